#include "site/smtp_server.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "text/json.h"

namespace site {
namespace {

std::string from_base64(const std::string& encoded) {
  static const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string plain;
  unsigned bits = 0;
  int count = 0;
  for (const char c : encoded) {
    const std::size_t value = letters.find(c);
    if (value == std::string::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    plain += static_cast<char>(bits >> count & 0xff);
  }
  return plain;
}

std::map<std::string, std::string> read_headers(const std::string& raw) {
  std::map<std::string, std::string> headers;
  std::string name;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find("\r\n", at), raw.size());
    const std::string line = raw.substr(at, end - at);
    at = end + 2;
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      headers[name] += line;
      continue;
    }
    name = line.substr(0, line.find(':'));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    // A field that stands there twice is seen.
    headers[name] += line.substr(std::min(line.find(": ") + 2, line.size()));
  }
  return headers;
}

std::string part_of(const std::string& raw, const std::string& type) {
  const std::size_t start = raw.find("Content-Type: " + type);
  const std::size_t body = start == std::string::npos ? start : raw.find("\r\n\r\n", start);
  if (body == std::string::npos) return {};
  return from_base64(raw.substr(body + 4, raw.find("\r\n--", body + 4) - body - 4));
}

ReceivedMail read_mail(const std::string& line) {
  const text::json::object json = text::json::parse(line).as_object();
  ReceivedMail mail;
  mail.from = std::string(json.at("from").as_string());
  for (const auto& to : json.at("to").as_array()) mail.to.emplace_back(to.as_string());
  mail.raw = from_base64(std::string(json.at("data").as_string()));
  mail.headers = read_headers(mail.raw);
  mail.text = part_of(mail.raw, "text/plain");
  mail.html = part_of(mail.raw, "text/html");
  return mail;
}

}  // namespace

std::optional<SmtpServer> SmtpServer::start() {
  int input[2];
  int output[2];
  if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  const std::string program = "/usr/bin/python3";  // Debian's, for which the package is made
  const std::string script = std::string(BROADSHEET_SOURCE_DIR) + "/tests/site/smtp_server.py";
  char* const argv[] = {const_cast<char*>(program.c_str()), const_cast<char*>(script.c_str()), nullptr};
  SmtpServer server;
  const int failure = ::posix_spawn(&server.id_, program.c_str(), &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(input[0]);
  ::close(output[1]);
  server.input_ = input[1];
  server.output_ = output[0];
  if (failure != 0) return std::nullopt;
  const std::string line = server.read_line();
  if (!line.starts_with("port ")) return std::nullopt;
  server.port_ = std::stoi(line.substr(5));
  return server;
}

SmtpServer::SmtpServer(SmtpServer&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)),
      port_(other.port_) {}

SmtpServer::~SmtpServer() {
  if (input_ >= 0) ::close(input_);
  if (output_ >= 0) ::close(output_);
  if (id_ > 0) {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
}

mail::Server SmtpServer::settings() const {
  mail::Server server;
  server.url = "smtp://127.0.0.1:" + std::to_string(port_);
  server.from = "paper@example.org";
  return server;
}

ReceivedMail SmtpServer::receive() { return read_mail(read_line()); }

std::string SmtpServer::read_line() {
  std::string line;
  char c = 0;
  while (::read(output_, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

std::string link_in(const ReceivedMail& mail, const std::string& path) {
  const std::size_t start = mail.text.find(path);
  if (start == std::string::npos) return {};
  return mail.text.substr(start, mail.text.find('\n', start) - start);
}

}  // namespace site
