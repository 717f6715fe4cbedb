// Reply, apart from the server: handlers are tested with it where no socket is.
#include <utility>

#include "http/server.h"
#include "http/status.h"
#include "http/syntax.h"

namespace http {

namespace {

// The bytes of a prepared head, read back.
Response to_response(const Prepared& prepared) {
  const Representation& plain = prepared.identity;
  Response response;
  response.status = prepared.status;
  std::string_view rest = plain.head;
  cut_until(rest, '\n');
  while (!rest.empty()) {
    std::string_view line = cut_until(rest, '\r');
    cut_until(rest, '\n');
    const std::string_view name = cut_until(line, ':');
    if (!equals_ignoring_case(name, "content-length")) response.add(name, trim(line));
  }
  response.body = plain_body(prepared);
  return response;
}

class FunctionWay final : public Reply::Way {
 public:
  explicit FunctionWay(std::function<void(Response&&)> send) : send_(std::move(send)) {}
  void send(Response&& response) override { send_(std::move(response)); }
  void send(std::shared_ptr<const Prepared> prepared) override { send_(to_response(*prepared)); }

 private:
  std::function<void(Response&&)> send_;
};

}  // namespace

Reply::Reply(std::function<void(Response&&)> send) : way_(std::make_unique<FunctionWay>(std::move(send))) {}

Reply& Reply::operator=(Reply&& other) noexcept {
  std::swap(way_, other.way_);
  return *this;
}

Reply::~Reply() {
  if (way_) way_->send(plain_answer(500));
}

void Reply::operator()(Response response) {
  if (const auto way = std::exchange(way_, nullptr)) way->send(std::move(response));
}

void Reply::operator()(std::shared_ptr<const Prepared> prepared) {
  if (const auto way = std::exchange(way_, nullptr)) way->send(std::move(prepared));
}

}  // namespace http
