// A site with one article, served by the built program as its operator would: a process, its log, and what it tells of itself.
#pragma once

#include <string>
#include <vector>

#include "crash/http_client.h"
#include "crash/program.h"
#include "operating/exposition.h"

namespace operating {

std::string read_file(const std::string& name);
void write_file(const std::string& name, const std::string& content);

// A new site in `folder`/site with the article /2026/01/story/.
void make_site(const crash::TemporaryFolder& folder);

// The body of an answer; empty if there is none.
std::string body_of(const std::string& answer);

// Used by one thread; it ends with its owner.
class ServedSite {
 public:
  // `settings`: KEY=VALUE each, over those that make a server fit for a test.
  explicit ServedSite(const crash::TemporaryFolder& folder, const std::vector<std::string>& settings = {});

  std::uint16_t port() const { return port_; }
  std::uint16_t operations_port() const;  // 0: it tells nobody
  std::string log() const { return read_file(log_); }
  Families metrics() const { return parse_exposition(body_of(crash::get(operations_port(), "/metrics"))); }
  crash::Process& process() { return process_; }

  struct Form {
    std::string article;
    std::string stamp;
  };
  Form form() const;
  // The whole answer to a posted comment.
  std::string post_comment(const Form& form, const std::string& name, const std::string& email, const std::string& text) const;

 private:
  std::string log_;
  crash::Process process_;
  std::uint16_t port_;
};

}  // namespace operating
