// Addresses. Pure functions over strings; nothing is ever fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace text {

struct Url {
  std::string scheme;    // lower case, "https"; empty in a relative reference
  std::string host;      // lower case, with ":port" if one is given; empty in a relative reference
  std::string path;      // as written, starts with '/' if a host is given
  std::string query;     // without '?'
  std::string fragment;  // without '#'

  std::string origin() const { return scheme + "://" + host; }
};

// RFC 3986 section 3, with letters of all scripts. Nothing for what is no reference at all (control characters, spaces, a bad
// port), and for what browsers read differently from the RFC or what only misleads: backslashes, user names
// ("https://bank@evil"),
// "///". A port that is the scheme's own is left out.
std::optional<Url> parse_url(std::string_view reference);

// A reader's website: http or https, with a host; "example.org" alone gets "https://". Nothing otherwise.
std::optional<std::string> clean_website(std::string_view typed);

// True for http, https, mailto, tel and relative references; everything else (javascript:, data:, vbscript: in any disguise) is
// false.
bool is_safe_link(std::string_view reference);

// What stands in somebody's href or src, as a browser reads it: spaces around it and line ends inside it gone, backslashes turned
// to slashes, everything that may not stand in an address percent-encoded. Nothing unless the result is_safe_link. Cleaning twice
// equals cleaning once.
std::optional<std::string> clean_link(std::string_view written);

// Percent-decoding; '+' stays '+'. Nothing for a broken escape, a NUL byte or a result that is not UTF-8.
std::optional<std::string> percent_decode(std::string_view encoded);
// Encodes everything but unreserved characters (RFC 3986 section 2.3), and '/' where `path` is meant.
std::string percent_encode(std::string_view plain);
std::string percent_encode_path(std::string_view plain);

// "a=1&b=2" decoded ('+' is a space), in order. Pairs that do not decode are left out.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

// The form of a path under which addresses are stored and looked up: percent-decoded, NFC, "//" folded, no "." or ".." segments,
// no trailing '/' except for "/" itself. Nothing if it does not decode, climbs above the root or holds control characters.
std::optional<std::string> address_key(std::string_view path);

}  // namespace text
