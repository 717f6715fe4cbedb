#include "http/http2_head.h"

#include <algorithm>

#include "http/syntax.h"

namespace http {

namespace {

constexpr std::size_t field_overhead = 32;
constexpr std::size_t max_fields = 104;  // a hundred headers, as in HTTP/1.1, and the pseudo-header fields
constexpr std::size_t most_kept = 8 * 1024;

Method parse_method(std::string_view name) {
  if (name == "GET") return Method::get;
  if (name == "HEAD") return Method::head;
  if (name == "POST") return Method::post;
  if (name == "PUT") return Method::put;
  if (name == "PATCH") return Method::patch;
  if (name == "DELETE") return Method::delete_;
  return name == "OPTIONS" ? Method::options : Method::other;
}

// What may stand in a target: everything printable but white space, and no fragment (RFC 9112, 3.2).
bool is_target(std::string_view target) {
  return std::all_of(target.begin(), target.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f && c != '#';
  });
}

}  // namespace

void Http2Head::clear() {
  bytes_ = content_length_ = 0;
  text_.clear();
  if (text_.capacity() > most_kept) text_ = std::string();
  fields_.clear();
  host_ = {};
  head_.method = Method::other;
  head_.target = head_.authority = head_.accept_encoding = head_.if_none_match = head_.if_match = {};
  head_.is_http11 = head_.keep_alive = true;
  head_.has_body = head_.expects_continue = false;
  head_.headers.clear();
}

void Http2Head::add(std::string_view name, std::string_view value) {
  bytes_ += name.size() + value.size() + field_overhead;
  if (bytes_ > most_bytes_ || fields_.size() > max_fields) return;
  fields_.push_back({text_.size(), name.size(), value.size()});
  text_.append(name).append(value);
}

int Http2Head::finish(bool has_body, std::size_t most_body_bytes) {
  if (bytes_ > most_bytes_ || fields_.size() > max_fields) return 431;
  head_.has_body = has_body;
  for (const Field& field : fields_) {
    const std::string_view name = std::string_view(text_).substr(field.begin, field.name_size);
    const std::string_view value = std::string_view(text_).substr(field.begin + field.name_size, field.value_size);
    const int status = name.starts_with(':') ? take_pseudo(name, value) : take_regular(name, value);
    if (status != 0) return status;
  }
  if (const int status = check(); status != 0) return status;
  if (!head_.authority.empty() && host_.empty()) head_.headers.push_back({"host", head_.authority});
  head_.authority = {};  // it is the Host now, and no longer another one than that
  return content_length_ > most_body_bytes ? 413 : 0;
}

// That each stands once, before all others, and that none is missing is checked where they are decoded.
int Http2Head::take_pseudo(std::string_view name, std::string_view value) {
  if (name == ":method") {
    head_.method = parse_method(value);
    return head_.method == Method::other ? 501 : 0;
  }
  if (name == ":path") {
    head_.target = value;
    const bool is_origin_form = value.starts_with('/') && is_target(value);
    return is_origin_form || value == "*" ? 0 : 400;
  }
  if (name == ":authority") {
    head_.authority = value;
    return is_host(value) ? 0 : 400;
  }
  return name == ":scheme" && (value == "https" || value == "http") ? 0 : 400;
}

int Http2Head::take_regular(std::string_view name, std::string_view value) {
  head_.headers.push_back({name, value});
  if (name == "host") {
    if (!host_.empty() || !is_host(value)) return 400;
    host_ = value;
  } else if (name == "content-length") {
    const auto length = parse_decimal(value);
    if (!length) return 400;
    content_length_ = static_cast<std::size_t>(*length);
  } else if (name == "accept-encoding") {
    head_.accept_encoding = value;
  } else if (name == "if-none-match") {
    head_.if_none_match = value;
  } else if (name == "if-match") {
    head_.if_match = value;
  } else if (name == "expect") {
    if (!equals_ignoring_case(value, "100-continue")) return 417;
    head_.expects_continue = true;
  }
  return 0;
}

// RFC 9113, 8.3.1: two names for where the request is to go must not differ; whoever routes by the one would let through what the
// other forbids.
int Http2Head::check() const {
  if (head_.target == "*" && head_.method != Method::options) return 400;
  if (head_.authority.empty() && host_.empty()) return 400;
  const bool agree = head_.authority.empty() || host_.empty() || equals_ignoring_case(head_.authority, host_);
  return agree ? 0 : 400;
}

}  // namespace http
