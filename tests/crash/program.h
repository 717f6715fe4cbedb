// The built program as a process of its own: started, listened to, killed. For tests about what survives.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace crash {

// How it is started, where that matters.
struct Around {
  std::vector<std::string> through = {};  // a command that starts it: {"prlimit", "--nofile=40"}
  std::string log = {};                   // a file for its standard error; empty: the test's own
  int socket = -1;                        // a listening socket that it inherits as from a service manager; -1: none
};

// Ends (SIGKILL) with its owner. Used by one thread.
class Process {
 public:
  // As Around says of `log` and `socket`.
  explicit Process(std::vector<std::string> arguments, const std::string& errors = {}, int socket = -1)
      : Process(std::move(arguments), Around{.through = {}, .log = errors, .socket = socket}) {}
  explicit Process(std::vector<std::string> arguments, const Around& around) {
    int output[2];
    if (::pipe2(output, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    if (!around.log.empty()) {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, around.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    arguments.insert(arguments.begin(), BROADSHEET_PROGRAM);
    arguments.insert(arguments.begin(), around.through.begin(), around.through.end());
    if (around.socket >= 0) {
      posix_spawn_file_actions_adddup2(&actions, around.socket, 3);
      // Only a shell knows the number of the process that it becomes.
      arguments.insert(arguments.begin(), {"/bin/sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=http exec \"$0\" \"$@\""});
    }
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const int failure = ::posix_spawnp(&id_, argv.front(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(output[1]);
    output_ = output[0];
    if (failure != 0) throw std::runtime_error("the program can't be started");
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    kill_now();
    ::close(output_);
  }

  // Standard output up to its end, or up to and with the first line that holds `until`.
  std::string read(const std::string& until = {}) {
    std::string text;
    char c = 0;
    for (;;) {
      await_output();
      if (::read(output_, &c, 1) != 1) break;
      text += c;
      if (c == '\n' && !until.empty() && text.find(until) != std::string::npos) break;
    }
    return text;
  }

  // The port of "listening on http://127.0.0.1:PORT".
  std::uint16_t await_port() {
    const std::string line = read("listening on ");
    const auto colon = line.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("the server does not listen: " + line);
    return static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
  }

  pid_t id() const { return id_; }
  void kill_now() { end(SIGKILL); }
  // The exit code; 128 + the signal if it was killed.
  int end(int signal) {
    if (id_ > 0 && signal != 0) ::kill(id_, signal);
    return await_exit();
  }
  void signal(int number) { ::kill(id_, number); }
  int await_exit() {
    if (id_ <= 0) return exit_code_;
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_code_;
  }
  // The most memory it had at once, as far as read() saw it. Not what wait4 says, which counts what the test had that started it.
  std::int64_t peak_kilobytes() const { return peak_kilobytes_; }

 private:
  void await_output() {
    pollfd output{.fd = output_, .events = POLLIN, .revents = 0};
    while (::poll(&output, 1, 10) == 0) look_at_memory();
  }
  void look_at_memory() {
    std::ifstream status("/proc/" + std::to_string(id_) + "/status");
    const std::string name = "VmHWM:";
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(name)) peak_kilobytes_ = std::max<std::int64_t>(peak_kilobytes_, std::stoll(line.substr(name.size())));
    }
  }

  pid_t id_ = 0;
  int output_ = -1;
  int exit_code_ = -1;
  std::int64_t peak_kilobytes_ = 0;
};

struct Outcome {
  int exit_code = 0;
  std::string output;
  std::int64_t peak_kilobytes = 0;
};

inline Outcome run(std::vector<std::string> arguments, const Around& around = {}) {
  Process process(std::move(arguments), around);
  Outcome outcome;
  outcome.output = process.read();
  outcome.exit_code = process.await_exit();
  outcome.peak_kilobytes = process.peak_kilobytes();
  return outcome;
}

// A folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "broadsheet-crash-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace crash
