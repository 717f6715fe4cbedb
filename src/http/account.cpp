#include "http/account.h"

#include "http/loop.h"

namespace http {

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

void Account::begin(Protocol protocol) {
  protocol_ = protocol;
  kind_ = AnswerKind::refused;
  timing_.reset();
}

std::shared_ptr<Timing> Account::hand_over(const Loop& loop, const Request& request) {
  kind_ = AnswerKind::worker;
  handed_over_ = std::chrono::steady_clock::now();
  timing_ = std::make_shared<Timing>(protocol_, request.method, request.path, loop.settings().log);
  return timing_;
}

void Account::take_back(Loop& loop) {
  kind_ = AnswerKind::refused;
  loop.counts().refused_by_queue.add();
}

void Account::find_ready(const Loop& loop, Method method, std::string_view target) {
  kind_ = AnswerKind::prepared;
  timing_ = std::make_shared<Timing>(protocol_, method, path_of(target), loop.settings().log);
}

void Account::answer(Loop& loop, const Answer& answer) {
  if (kind_ == AnswerKind::worker) {
    loop.worker_seconds().observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - handed_over_).count());
    if (answer.file()) kind_ = AnswerKind::file;
    if (answer.is_endless()) kind_ = AnswerKind::events;
  }
  loop.counts().count(kind_, answer.status());
  expect(answer.status(), answer.file() ? answer.file()->size() : answer.body().size());
  if (!timing_) log_access(loop.settings().log, protocol_, Method::other, {}, status_, bytes_);
  if (answer.is_endless()) finish();  // how long somebody listens says nothing about the server
}

void Account::expect(int status, std::uint64_t bytes) {
  status_ = status;
  bytes_ = bytes;
}

void Account::finish() {
  if (timing_) timing_->finish(status_, bytes_);
  timing_.reset();
}

}  // namespace http
