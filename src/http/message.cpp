#include "http/message.h"

#include <unistd.h>

#include <algorithm>

#include "http/syntax.h"

namespace http {

namespace {

template <class Headers>
auto find_named(Headers& headers, std::string_view name) {
  return std::find_if(headers.begin(), headers.end(),
                      [&](const Header& header) { return equals_ignoring_case(header.name, name); });
}

}  // namespace

std::optional<std::string_view> Request::find_header(std::string_view name) const {
  const auto found = find_named(headers, name);
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

std::string Request::join_header(std::string_view name) const {
  std::string joined;
  for (const Header& header : headers) {
    if (!equals_ignoring_case(header.name, name) || header.value.empty()) continue;
    if (!joined.empty()) joined += ", ";
    joined += header.value;
  }
  return joined;
}

// RFC 6265, 5.4: "a=1; b=2"; a browser sends one Cookie header, but HTTP/2 front ends split it.
std::optional<std::string_view> Request::find_cookie(std::string_view name) const {
  for (const Header& header : headers) {
    if (!equals_ignoring_case(header.name, "cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const std::string_view pair = trim(cut_until(rest, ';'));
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

FileBody& FileBody::operator=(FileBody&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  offset_ = other.offset_;
  size_ = other.size_;
  return *this;
}

FileBody::~FileBody() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Response& Response::set(std::string_view name, std::string_view value) {
  const auto found = find_named(headers, name);
  if (found == headers.end()) return add(name, value);
  found->value = std::string(value);
  headers.erase(
      std::remove_if(found + 1, headers.end(), [&](const Header& header) { return equals_ignoring_case(header.name, name); }),
      headers.end());
  return *this;
}

Response& Response::add(std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

const std::string* Response::find(std::string_view name) const {
  const auto found = find_named(headers, name);
  return found == headers.end() ? nullptr : &found->value;
}

}  // namespace http
