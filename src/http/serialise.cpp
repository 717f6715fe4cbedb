#include "http/serialise.h"

#include <algorithm>
#include <array>

#include "http/status.h"
#include "http/syntax.h"

namespace http {

namespace {

bool is_among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view other) { return equals_ignoring_case(name, other); });
}

bool is_token_character(char c) {
  const bool letter = (to_lower(c) >= 'a' && to_lower(c) <= 'z') || (c >= '0' && c <= '9');
  return letter || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_sendable(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character) &&
         !is_among(name, {"date", "content-length", "connection", "keep-alive", "transfer-encoding", "trailer", "upgrade"});
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : trim(value)) {
    const auto byte = static_cast<unsigned char>(c);
    out += (byte < 0x20 && c != '\t') || byte == 0x7f ? ' ' : c;
  }
  out += "\r\n";
}

std::string status_line(int status) {
  std::string line = "HTTP/1.1 ";
  line.append(std::to_string(status)).append(1, ' ').append(reason_of(status)).append("\r\n");
  return line;
}

}  // namespace

bool is_bodiless(int status) { return status < 200 || status == 204 || status == 304; }

std::string serialise_head(const Response& response, std::optional<std::uint64_t> content_length) {
  std::string out = status_line(response.status);
  for (const Header& header : response.headers) {
    if (is_sendable(header.name)) append_line(out, header.name, header.value);
  }
  if (content_length && !is_bodiless(response.status)) append_line(out, "Content-Length", std::to_string(*content_length));
  return out;
}

std::string serialise_not_modified(const Response& response) {
  std::string out = status_line(304);
  for (const Header& header : response.headers) {
    if (is_among(header.name, {"cache-control", "content-location", "etag", "expires", "vary", "last-modified"})) {
      append_line(out, header.name, header.value);
    }
  }
  return out;
}

}  // namespace http
