#include "mail/message.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/format.h"

namespace mail {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t bytes_in_a_word = 42;   // 56 characters of base64: with its frame below the 75 of RFC 2047 section 2
constexpr std::size_t base64_in_a_line = 76;  // RFC 2045 section 6.8

bool is_plain(char c) { return c >= 0x20 && c < 0x7f; }
bool is_all_plain(std::string_view text) { return std::all_of(text.begin(), text.end(), is_plain); }

// What could end the address, or make two of it.
bool is_address(std::string_view address) {
  const auto is_harmless = [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f &&
           std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
  };
  return !address.empty() && std::all_of(address.begin(), address.end(), is_harmless) &&
         std::count(address.begin(), address.end(), '@') == 1;
}

// Never cuts a character in two (RFC 2047 section 5): continuation bytes stay with their first.
std::size_t end_of_word(std::string_view utf8) {
  std::size_t end = std::min(bytes_in_a_word, utf8.size());
  while (end < utf8.size() && end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
  return end == 0 ? std::min(bytes_in_a_word, utf8.size()) : end;
}

// Text of a header. Encoded unless it is short, plain ASCII: then no byte of it can mean anything to a mail program.
std::string encode_text(std::string_view utf8) {
  if (is_all_plain(utf8) && utf8.size() <= 60 && utf8.find("=?") == std::string_view::npos) return std::string(utf8);
  std::string encoded;
  while (!utf8.empty()) {
    const std::size_t end = end_of_word(utf8);
    encoded += base::format("{}=?utf-8?B?{}?=", encoded.empty() ? "" : "\r\n ", base::to_base64(utf8.substr(0, end)));
    utf8.remove_prefix(end);
  }
  return encoded;
}

// A name before an address: a quoted string, or encoded.
std::string encode_name(std::string_view utf8) {
  if (!is_all_plain(utf8) || utf8.size() > 60 || utf8.find_first_of("\"\\") != std::string_view::npos) return encode_text(utf8);
  return base::format("\"{}\"", utf8);
}

// RFC 5322 section 3.3.
std::string format_date(base::Time time) {
  static constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return base::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()],
                      static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                      static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string part(std::string_view type, std::string_view content) {
  std::string lines = base::format(
      "Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\n", type);
  const std::string encoded = base::to_base64(content);
  for (std::size_t at = 0; at < encoded.size(); at += base64_in_a_line) lines += encoded.substr(at, base64_in_a_line) + "\r\n";
  return lines;
}

std::string unsubscribe_headers(const std::string& address) {
  if (address.empty()) return {};
  return base::format("List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", address);
}

// A recipient with letters beyond ASCII stands in the envelope only: whether the server takes such a header is not known yet.
std::string to_header(const std::string& to) {
  return is_all_plain(to) ? base::format("To: <{}>\r\n", to) : std::string("To: undisclosed-recipients:;\r\n");
}

}  // namespace

Result<std::string> compose(const Message& message) {
  for (const std::string* address : {&message.from, &message.to}) {
    if (!is_address(*address)) return Error{Errc::invalid, "An address of this mail is none that can stand in a header.", {}};
  }
  const bool is_clean = is_all_plain(message.message_id) && is_all_plain(message.unsubscribe) && is_all_plain(message.from) &&
                        message.unsubscribe.find_first_of("<> ") == std::string::npos;
  if (!is_clean) return Error{Errc::invalid, "A header of this mail holds what no header may hold.", {}};
  // No base64 holds "=_", so no part can hold the boundary.
  constexpr std::string_view boundary = "=_broadsheet_alternative";
  std::string bytes = message.from_name.empty() ? base::format("From: <{}>\r\n", message.from)
                                                : base::format("From: {} <{}>\r\n", encode_name(message.from_name), message.from);
  bytes += to_header(message.to);
  bytes += base::format("Subject: {}\r\nDate: {}\r\nMessage-ID: <{}>\r\n", encode_text(message.subject),
                        format_date(message.date), message.message_id);
  bytes += "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
  bytes += unsubscribe_headers(message.unsubscribe);
  bytes += base::format("MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary);
  bytes += base::format("--{0}\r\n{1}\r\n--{0}\r\n{2}\r\n--{0}--\r\n", boundary, part("text/plain", message.text),
                        part("text/html", message.html));
  return bytes;
}

std::string_view domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos || at + 1 == address.size() ? std::string_view("localhost") : address.substr(at + 1);
}

}  // namespace mail
