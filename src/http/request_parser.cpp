#include "http/request_parser.h"

#include <algorithm>
#include <cstring>
#include <functional>

#define BOOST_BEAST_HEADER_ONLY 1
#include <boost/beast/http/basic_parser.hpp>

#include "http/syntax.h"

namespace http {

namespace beast = boost::beast;
using Base = beast::http::basic_parser<true>;
using beast::error_code;
using beast::http::field;

namespace {

constexpr std::size_t max_headers = 100;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::get;
    case beast::http::verb::head: return Method::head;
    case beast::http::verb::post: return Method::post;
    case beast::http::verb::put: return Method::put;
    case beast::http::verb::patch: return Method::patch;
    case beast::http::verb::delete_: return Method::delete_;
    case beast::http::verb::options: return Method::options;
    default: return Method::other;
  }
}

// Beast joins folded lines silently. A value that was folded lies elsewhere, or has a line end before it.
bool is_folded(std::string_view name, std::string_view value) {
  const char* begin = name.data() + name.size();
  const std::less<const char*> before;
  if (before(value.data(), begin) || before(begin + 65'536, value.data())) return true;
  return std::find(begin, value.data(), '\r') != value.data();
}

// "HTTP/1.7" is to be read as the highest version of its major that we know (RFC 9110, 2.5); Beast refuses it.
void lower_minor_version(char* bytes, std::size_t size) {
  const auto* end = static_cast<char*>(std::memchr(bytes, '\r', size));
  if (!end || end - bytes < 8 || std::memcmp(end - 8, "HTTP/1.", 7) != 0) return;
  char& minor = bytes[end - bytes - 1];
  if (minor >= '2' && minor <= '9') minor = '1';
}

}  // namespace

class RequestParser::Machine final : public Base {
 public:
  explicit Machine(Head& head) : head_(head) {}

  int status_of(const error_code& code, std::string_view bytes) const;
  void set_body(std::string* body) { body_ = body; }

 private:
  void refuse(int status, error_code& error) {
    refusal_ = status;
    error = beast::http::error::bad_value;
  }

  void on_request_impl(beast::http::verb verb, beast::string_view, beast::string_view target, int version,
                       error_code& error) override {
    head_.method = method_of(verb);
    head_.is_http11 = version == 11;
    head_.target = view(target);
    if (head_.method == Method::other) return refuse(501, error);
    if (!normalise_target()) refuse(400, error);
  }

  void on_response_impl(int, beast::string_view, int, error_code&) override {}

  // RFC 9112, 3.2: origin form, absolute form, or "*" for OPTIONS.
  bool normalise_target() {
    std::string_view& target = head_.target;
    if (target.find('#') != std::string_view::npos) return false;
    if (target.front() == '/') return true;
    if (target == "*") return head_.method == Method::options;
    const std::size_t scheme = starts_ignoring_case(target, "http://") ? 7 : starts_ignoring_case(target, "https://") ? 8 : 0;
    if (scheme == 0) return false;
    const std::size_t path = std::min(target.find_first_of("/?", scheme), target.size());
    head_.authority = target.substr(scheme, path - scheme);
    target = target.substr(path);
    if (!target.starts_with('/')) {  // an empty path is "/" (RFC 9112, 3.2.1), also before a query
      target_.assign("/").append(target);
      target = target_;
    }
    return is_host(head_.authority);
  }

  void on_field_impl(field name, beast::string_view name_text, beast::string_view value_text, error_code& error) override {
    const HeaderView header{view(name_text), view(value_text)};
    if (is_folded(header.name, header.value)) return refuse(400, error);
    if (is_header_done()) return;  // a trailer: nothing here wants one, and merging it would let it pose as a header
    if (head_.headers.size() == max_headers) return refuse(431, error);
    head_.headers.push_back(header);
    note(name, header.value, error);
  }

  void note(field name, std::string_view value, error_code& error) {
    switch (name) {
      case field::host:
        if (std::exchange(has_host_, true) || !is_host(value)) refuse(400, error);
        return;
      case field::content_length:
        if (std::exchange(has_length_, true) || !parse_decimal(value)) refuse(400, error);
        return;
      case field::transfer_encoding:
        has_coding_ = true;
        has_other_coding_ = has_other_coding_ || !equals_ignoring_case(value, "chunked");
        return;
      case field::expect:
        if (!equals_ignoring_case(value, "100-continue")) return refuse(417, error);
        head_.expects_continue = true;
        return;
      case field::accept_encoding: return join(head_.accept_encoding, value, encodings_);
      case field::if_none_match: return join(head_.if_none_match, value, unwanted_tags_);
      case field::if_match: return join(head_.if_match, value, wanted_tags_);
      default: return;
    }
  }

  // A list may come in several lines (RFC 9110, 5.3). Only then it needs a place of its own.
  static void join(std::string_view& list, std::string_view value, std::string& place) {
    if (list.empty()) {
      list = value;
      return;
    }
    if (place.empty()) place = list;
    place.append(", ").append(value);
    list = place;
  }

  void on_header_impl(error_code& error) override {
    if (head_.is_http11 && !has_host_) return refuse(400, error);
    if (has_coding_ && (has_length_ || !head_.is_http11)) return refuse(400, error);
    if (has_other_coding_) return refuse(501, error);
    head_.keep_alive = keep_alive();
    head_.expects_continue = head_.expects_continue && head_.is_http11;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

  std::size_t on_body_impl(beast::string_view text, error_code&) override {
    body_->append(text.data(), text.size());
    return text.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view text, error_code&) override {
    body_->append(text.data(), text.size());
    return text.size();
  }

  void on_finish_impl(error_code&) override {}

  Head& head_;
  std::string* body_ = nullptr;
  int refusal_ = 0;
  bool has_host_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
  bool has_other_coding_ = false;
  std::string encodings_, unwanted_tags_, wanted_tags_, target_;  // what a view of the head points to when it was put together
};

RequestParser::RequestParser(Limits limits) : limits_(limits), machine_(std::make_unique<Machine>(head_)) {}
RequestParser::~RequestParser() = default;

// The head is parsed from its beginning each time, so that no view outlives a move of the buffer. The caller comes back only when
// another line is there, and there are at most a hundred lines, so a slow sender cannot make this quadratic.
RequestParser::Progress RequestParser::parse_head(char* bytes, std::size_t size) {
  std::destroy_at(machine_.get());
  std::construct_at(machine_.get(), head_);
  head_.headers.clear();
  head_.authority = head_.accept_encoding = head_.if_none_match = head_.if_match = {};
  head_.expects_continue = head_.has_body = false;
  machine_->header_limit(static_cast<std::uint32_t>(limits_.head_bytes));
  machine_->body_limit(limits_.body_bytes);
  lower_minor_version(bytes, size);

  error_code error;
  const std::size_t consumed = machine_->put({bytes, size}, error);
  if (error == beast::http::error::need_more && size < limits_.head_bytes) return {};
  if (error) return {Stage::refused, size, machine_->status_of(error, {bytes, size})};
  if (consumed > limits_.head_bytes) return {Stage::refused, size, 431};
  head_.has_body = !machine_->is_done();
  return {Stage::complete, consumed, 0};
}

// Only for a head: whether it is too long, speaks another version, or breaks a rule.
int RequestParser::Machine::status_of(const error_code& code, std::string_view bytes) const {
  using beast::http::error;
  if (refusal_ != 0) return refusal_;
  if (code == error::body_limit) return 413;
  if (code == error::need_more || code == error::header_limit) return bytes.find('\n') == std::string_view::npos ? 414 : 431;
  if (code != error::bad_version) return 400;
  // The version is another one, or what stands in its place is no version at all.
  const std::string_view line = bytes.substr(0, bytes.find('\r'));
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  const bool is_version = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.';
  return is_version && !version.starts_with("HTTP/1.") ? 505 : 400;
}

RequestParser::Progress RequestParser::parse_body(const char* bytes, std::size_t size, std::string& body) {
  machine_->set_body(&body);
  std::size_t used = 0;
  while (used < size && !machine_->is_done()) {
    error_code error;
    used += machine_->put({bytes + used, size - used}, error);
    if (error == beast::http::error::need_more) break;
    if (error == beast::http::error::body_limit) return {Stage::refused, size, 413};
    if (error) return {Stage::refused, size, 400};
  }
  return {machine_->is_done() ? Stage::complete : Stage::incomplete, used, 0};
}

Request to_request(const Head& head) {
  Request request;
  request.method = head.method;
  request.target = std::string(head.target);
  std::string_view rest = head.target;
  request.path = std::string(cut_until(rest, '?'));
  request.query = std::string(rest);
  request.headers.reserve(head.headers.size());
  for (const HeaderView& header : head.headers) {
    const bool is_replaced = !head.authority.empty() && equals_ignoring_case(header.name, "host");
    request.headers.push_back({std::string(header.name), std::string(is_replaced ? head.authority : header.value)});
  }
  return request;
}

}  // namespace http
