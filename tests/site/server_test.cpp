// The site behind its real server: what readers' browsers get over a socket.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/format.h"
#include "http/server.h"
#include "site/test_site.h"

namespace site {
namespace {

class Served {
 public:
  explicit Served(TestSite& site)
      : server_(
            settings(),
            [&site](http::Request request, http::Reply reply) { site.web().handle(std::move(request), std::move(reply)); },
            [&site] { return site.web().make_source(); }) {
    EXPECT_TRUE(server_.start());
  }

  // Sends a head (and a body) as it stands, reads until the server closes.
  std::string exchange(const std::string& start, const std::string& body = {}) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const std::string message = start + "\r\nHost: news.example.org\r\nConnection: close\r\n\r\n" + body;
    EXPECT_EQ(::send(descriptor, message.data(), message.size(), MSG_NOSIGNAL), static_cast<ssize_t>(message.size()));
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(descriptor, buffer, sizeof buffer, 0)) > 0;)
      answer.append(buffer, static_cast<std::size_t>(got));
    ::close(descriptor);
    return answer;
  }
  std::string get(const std::string& target, const std::string& more = {}) {
    return exchange("GET " + target + " HTTP/1.1" + more);
  }

 private:
  static http::ServerSettings settings() {
    http::ServerSettings settings;
    settings.port = 0;
    settings.workers = 2;
    return settings;
  }
  http::Server server_;
};

std::string value_of(const std::string& answer, const std::string& name) {
  const std::size_t start = answer.find("\r\n" + name + ": ");
  if (start == std::string::npos) return {};
  const std::size_t value = start + name.size() + 4;
  return answer.substr(value, answer.find("\r\n", value) - value);
}

TEST(Server, A_reader_gets_the_page_then_only_that_it_has_not_changed) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  Served served(site);
  const std::string first = served.get(article.address);
  EXPECT_TRUE(first.starts_with("HTTP/1.1 200 OK\r\n")) << first.substr(0, 300);
  const std::string again = served.get(article.address + "?fbclid=x");
  EXPECT_EQ(value_of(again, "ETag"), value_of(first, "ETag"));
  EXPECT_TRUE(contains(again, "default-src 'none'"));
  const std::string known = served.get(article.address, "\r\nIf-None-Match: " + value_of(first, "ETag"));
  EXPECT_TRUE(known.starts_with("HTTP/1.1 304 ")) << known.substr(0, 300);
  const std::string head = served.exchange("HEAD " + article.address + " HTTP/1.1");
  EXPECT_EQ(value_of(head, "Content-Length"), value_of(first, "Content-Length"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(Server, A_comment_posted_over_the_socket_is_on_the_page_when_its_answer_arrives) {
  TestSite site;
  const auto article = site.publish("The bridge opens");
  Served served(site);
  served.get(article.address);
  const http::Request form = make_post("/comment", site.filled_form(article, "Over the wire."));
  const std::string answer =
      served.exchange(base::format("POST /comment HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
                                   "application/x-www-form-urlencoded\r\nContent-Length: {}",
                                   form.body.size()),
                      form.body);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 303 ")) << answer.substr(0, 300);
  EXPECT_TRUE(contains(served.get(article.address), "Over the wire."));
  EXPECT_TRUE(served.exchange("PUT /comment HTTP/1.1\r\nContent-Length: 0").starts_with("HTTP/1.1 405 "));
}

}  // namespace
}  // namespace site
