// What the conformance suite shares: a whole site behind the real server, and rules as rows of a table. A rule is named after the
// section of the RFC that it holds the server to; it sends exactly the bytes it gives and says what must come back. Whatever
// comes back, some things must hold of every answer, and they are looked at every time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "http/server.h"
#include "site/test_site.h"
#include "wire/wire.h"

namespace conformance {

// After a refusal where the next request would begin is anybody's guess, so the server closes; after all else the same connection
// answers one more request.
enum class Then { stays, closes };

struct Rule {
  const char* name;                       // RFC9112_6_3_length_and_chunks_are_refused
  std::string request;                    // with placeholders, see Paper::fill
  std::vector<int> statuses;              // one of these
  std::vector<std::string> headers = {};  // "Name: value" as it must stand; "Name" must be there; "!Name" must not
  Then then = Then::stays;
  std::string body = {};  // a part of it
};

std::string get(std::string_view target, std::string_view headers = "");
std::string request(std::string_view method, std::string_view target, std::string_view headers = "", std::string_view body = "");

// A site with one article of some length, one comment on it, and media/clip.mp4 of 1000 bytes, an hour old. One for all tests of
// the program.
class Paper {
 public:
  static Paper& one();

  std::uint16_t port() const { return server_.port(); }
  site::TestSite& site() { return site_; }
  // {article} its address; {tag}, {gzip-tag}, {clip-tag} entity tags of the page and of the file; {clip-date} its Last-Modified.
  std::string fill(std::string text) const;
  const std::string& clip() const { return clip_; }

  // One request on a connection of its own.
  wire::Answer ask(std::string_view request) const;

 private:
  Paper();

  site::TestSite site_;
  std::string clip_;
  http::Server server_;
  std::vector<std::pair<std::string, std::string>> facts_;
};

void check(const Rule& rule);
void PrintTo(const Rule& rule, std::ostream* out);

class Conforms : public testing::TestWithParam<Rule> {};
std::string name_of(const testing::TestParamInfo<Rule>& info);

}  // namespace conformance
