#include "operating/served_site.h"

#include <fstream>

#include "text/url.h"

namespace operating {

using crash::TemporaryFolder;

std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& name, const std::string& content) { std::ofstream(name, std::ios::binary) << content; }

void make_site(const TemporaryFolder& folder) {
  write_file(folder / "story.md", "---\ntitle: A story\nslug: story\ndate: 2026-01-02\n---\nSome words.\n");
  if (crash::run({"init", folder / "site"}).exit_code != 0) throw std::runtime_error("no site could be made");
  if (crash::run({"publish", folder / "site", folder / "story.md"}).exit_code != 0)
    throw std::runtime_error("no article could be published");
}

std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : answer.substr(end + 4);
}

namespace {

std::vector<std::string> arguments_of(const TemporaryFolder& folder, const std::vector<std::string>& settings) {
  std::vector<std::string> arguments = {"serve",    folder / "site",
                                        "--listen", "127.0.0.1:0",
                                        "--set",    "limits.comments_per_minute=0",
                                        "--set",    "limits.requests_per_minute=0"};
  for (const std::string& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
  return arguments;
}

}  // namespace

ServedSite::ServedSite(const TemporaryFolder& folder, const std::vector<std::string>& settings)
    : log_(folder / "log"), process_(arguments_of(folder, settings), log_), port_(process_.await_port()) {}

std::uint16_t ServedSite::operations_port() const {
  const std::string port = crash::between(log(), "told on http://127.0.0.1:", "\n");
  return port.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(std::stoi(port));
}

ServedSite::Form ServedSite::form() const {
  const std::string page = crash::get(port_, "/2026/01/story/");
  return {crash::between(page, "name=\"article\" value=\"", "\""), crash::between(page, "name=\"stamp\" value=\"", "\"")};
}

std::string ServedSite::post_comment(const Form& form, const std::string& name, const std::string& email,
                                     const std::string& text) const {
  return crash::post_form(port_, "/comment",
                          "article=" + form.article + "&parent=&stamp=" + text::percent_encode(form.stamp) +
                              "&name=" + text::percent_encode(name) + "&email=" + text::percent_encode(email) +
                              "&website=&comment=" + text::percent_encode(text));
}

}  // namespace operating
