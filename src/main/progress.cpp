#include "main/progress.h"

#include <unistd.h>

#include <cstdio>

#include "base/format.h"

namespace cli {

Progress::Progress(std::string what)
    : what_(std::move(what)), on_terminal_(::isatty(STDERR_FILENO) == 1), next_(std::chrono::steady_clock::now() + std::chrono::milliseconds(300)) {}

Progress::~Progress() {
  if (drawn_ && on_terminal_) std::fputs("\r\033[K", stderr);
}

void Progress::show(std::uint64_t done, std::uint64_t total) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + (on_terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000));
  draw(done, total);
}

void Progress::draw(std::uint64_t done, std::uint64_t total) {
  drawn_ = true;
  const std::uint64_t percent = total ? done * 100 / total : 0;
  if (!on_terminal_) {
    std::fputs(total ? base::format("{}: {} %\n", what_, percent).c_str() : base::format("{}: {}\n", what_, done).c_str(), stderr);
    return;
  }
  constexpr std::uint64_t width = 40;
  const auto filled = static_cast<std::size_t>(total ? done * width / total : 0);
  std::fputs(base::format("\r\033[K{} [{}{}] {} %", what_, std::string(filled, '#'), std::string(width - filled, '.'), percent).c_str(), stderr);
}

void StageProgress::show(const std::string& stage, std::uint64_t done, std::uint64_t total) {
  if (!bar_ || stage != stage_) {
    bar_.reset();
    bar_ = std::make_unique<Progress>(stage);
    stage_ = stage;
  }
  bar_->show(done, total);
}

}  // namespace cli
