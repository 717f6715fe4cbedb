// What the server needs to make a page that is not in its cache: the whole site in this process (route, reading, template,
// compression, head), without sockets and with a cache that keeps nothing. Reads lines "KIND PATH" from standard input, asks for
// each path once after a first round that warms the database, follows a redirect, and prints for each kind: the kind, how many pages, the median and
// the 99th percentile in milliseconds, the largest page in bytes, and the median of the processor's milliseconds, which others'
// work disturbs less.
//
//   view_time DIR [MOST]        MOST: pages of one kind, at most (500)
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/heap.h"
#include "base/secrets.h"
#include "db/database.h"
#include "load.h"
#include "view/theme.h"
#include "web/site.h"

namespace {

struct Answered {
  int status = 0;
  std::size_t bytes = 0;  // of the page, not compressed
  std::string location = {};
};

// Takes the answer as a connection would, without turning it into anything else.
class Taking final : public http::Reply::Way {
 public:
  explicit Taking(Answered& answered) : answered_(answered) {}
  void send(http::Response&& response) override { 
    answered_ = {response.status, response.body.size()};
    for (const http::Header& header : response.headers) {
      if (header.name == "Location") answered_.location = header.value;
    }
  }
  void send(std::shared_ptr<const http::Prepared> prepared) override { answered_ = {200, prepared->plain_size}; }

 private:
  Answered& answered_;
};

http::Request make_get(const std::string& target) {
  http::Request request;
  request.method = http::Method::get;
  request.target = target;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  request.headers = {{"Host", "127.0.0.1"}, {"Accept-Encoding", "gzip, br"}, {"Accept", "text/html"}};
  request.client = "127.0.0.1";
  return request;
}

// Follows one redirect, as that of a permalink.
Answered ask(web::Site& site, const std::string& path) {
  Answered answered;
  site.handle(make_get(path), http::Reply(std::make_unique<Taking>(answered)));
  if (const std::string there = answered.location.substr(0, answered.location.find('#')); !there.empty()) {
    answered = {};
    site.handle(make_get(there), http::Reply(std::make_unique<Taking>(answered)));
  }
  if (answered.status != 200) throw std::runtime_error(path + " gives " + std::to_string(answered.status));
  return answered;
}

double processor_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(web::Site& site, const std::string& kind, const std::vector<std::string>& paths) {
  std::vector<double> times;
  std::vector<double> processor;
  std::size_t largest = 0;
  for (const std::string& path : paths) ask(site, path);
  for (const std::string& path : paths) {
    const double processor_before = processor_milliseconds();
    const auto start = bench::Clock::now();
    largest = std::max(largest, ask(site, path).bytes);
    times.push_back(std::chrono::duration<double, std::milli>(bench::Clock::now() - start).count());
    processor.push_back(processor_milliseconds() - processor_before);
  }
  std::sort(times.begin(), times.end());
  std::printf("%s %zu %.3f %.3f %zu %.3f\n", kind.c_str(), times.size(), times[times.size() / 2], times[times.size() * 99 / 100],
              largest, median(processor));
  std::fflush(stdout);
}

std::map<std::string, std::vector<std::string>> read_paths(std::size_t most) {
  std::map<std::string, std::vector<std::string>> paths;
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t space = line.find(' ');
    std::vector<std::string>& of_kind = paths[line.substr(0, space)];
    if (of_kind.size() < most) of_kind.push_back(line.substr(space + 1));
  }
  return paths;
}

void run(const std::string& folder, std::size_t most) {
  const base::Result<base::Secrets> secrets = base::Secrets::load(folder + "/secrets/site.key");
  if (!secrets) throw std::runtime_error(secrets.error().key);
  const auto database = db::Database::open({.file = folder + "/broadsheet.db"});
  if (!database) throw std::runtime_error(database.error().key);
  const base::SystemClock clock;
  const news::SiteSettings settings;
  const text::TimeZone zone = text::TimeZone::utc();
  web::Site site({**database, clock, *secrets, settings, zone}, view::Theme::shipped(view::Catalogue::of(settings.language)),
                 {.media = folder + "/media"}, {.most_bytes = 0}, {.requests_per_minute = 0});
  for (const auto& [kind, paths] : read_paths(most)) measure(site, kind, paths);
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 2) bench::fail("usage: view_time DIR [MOST]");
  base::settle_heap();
  run(arguments[1], count > 2 ? std::stoul(arguments[2]) : 500);
} catch (const std::exception& error) {
  bench::fail(error.what());
}
