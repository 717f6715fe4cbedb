#include "main/process.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace cli {
namespace {

std::string read_all(const char* file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

std::uint64_t count_descriptors() {
  std::error_code failure;
  std::uint64_t count = 0;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", failure), end; !failure && entry != end;
       entry.increment(failure))
    ++count;
  return count > 0 ? count - 1 : 0;  // without the one that looked
}

// The fields of /proc/self/stat after the program's name, which may hold anything (proc(5)); the first is number 3.
std::uint64_t stat_field(const std::string& stat, int number) {
  const auto after_name = stat.rfind(')');
  if (after_name == std::string::npos) return 0;
  std::istringstream fields(stat.substr(after_name + 1));
  std::string field;
  for (int i = 3; i <= number; ++i) fields >> field;
  return std::strtoull(field.c_str(), nullptr, 10);
}

double read_clock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Not from /proc/stat, which a sandbox hides.
double boot_time() { return read_clock(CLOCK_REALTIME) - read_clock(CLOCK_BOOTTIME); }

}  // namespace

ProcessState look_at_process() {
  constexpr int threads = 20, start_time = 22, virtual_bytes = 23, resident_pages = 24;
  const std::string stat = read_all("/proc/self/stat");
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  return {
      .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
      .resident_bytes = stat_field(stat, resident_pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)),
      .virtual_bytes = stat_field(stat, virtual_bytes),
      .open_descriptors = count_descriptors(),
      .most_descriptors = files.rlim_cur,
      .start_time = boot_time() + static_cast<double>(stat_field(stat, start_time)) / static_cast<double>(::sysconf(_SC_CLK_TCK)),
      .threads = stat_field(stat, threads)};
}

}  // namespace cli
