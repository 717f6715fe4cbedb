#include "text/url.h"

#include <algorithm>
#include <charconv>

#include "text/code_point.h"
#include "text/normalise.h"
#include "text/utf8.h"

namespace text {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr std::string_view letters_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

bool is_letter_or_digit(char byte) { return letters_and_digits.find(byte) != std::string_view::npos; }
bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

char to_lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

std::string lower(std::string_view ascii) {
  std::string out(ascii);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

bool may_stand_in_reference(std::string_view reference) {
  for (std::size_t at = 0; at < reference.size();) {
    const char32_t point = next_code_point(reference, at);
    if (point == no_code_point || is_control(point) || is_noncharacter(point)) return false;
    if (point < 0x80 && std::string_view(" \"<>\\").find(static_cast<char>(point)) != std::string_view::npos) return false;
  }
  return true;
}

bool is_scheme(std::string_view text) {
  if (text.empty() || !is_letter_or_digit(text[0]) || digits.find(text[0]) != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return is_letter_or_digit(byte) || byte == '+' || byte == '-' || byte == '.'; });
}

bool is_web(std::string_view scheme) { return scheme == "http" || scheme == "https"; }

// Four numbers from 0 to 255 without leading zeros: the one way to write an IPv4 address that everybody reads alike.
bool is_ipv4(std::string_view host) {
  int parts = 0;
  while (true) {
    const std::size_t end = std::min(host.find('.'), host.size());
    const std::string_view part = host.substr(0, end);
    if (part.empty() || part.size() > 3 || part.find_first_not_of(digits) != std::string_view::npos) return false;
    if ((part.size() > 1 && part[0] == '0') || (part.size() == 3 && part > "255")) return false;
    ++parts;
    if (end == host.size()) return parts == 4;
    host.remove_prefix(end + 1);
  }
}

// WHATWG URL standard, "ends in a number checker": browsers take such a host for an IPv4 address, in hexadecimal and octal too.
bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.empty()) return false;
  if (last.find_first_not_of(digits) == std::string_view::npos) return true;
  return last.size() >= 2 && last[0] == '0' && to_lower(last[1]) == 'x' &&
         last.substr(2).find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
}

// RFC 3986 section 3.2.2 without percent-encoding and punctuation, which no host on the web has.
bool is_host_name(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 3 && host.ends_with(']') &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789ABCDEFabcdef:.") == std::string_view::npos;
  }
  if (ends_in_number(host)) return is_ipv4(host);
  return std::all_of(host.begin(), host.end(), [](char byte) {
    return is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_' || !is_ascii(byte);
  });
}

// "Example.org:8080" as it is kept; nothing for a user name, a bad port or a host that is none.
std::optional<std::string> parse_authority(std::string_view authority, std::string_view scheme) {
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (!is_host_name(host)) return std::nullopt;
  if (host.empty() && (scheme.empty() || is_web(scheme) || colon != std::string_view::npos)) return std::nullopt;
  std::string kept = lower(host);
  if (colon == std::string_view::npos || colon + 1 == authority.size()) return kept;
  const std::string_view port = authority.substr(colon + 1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || end != port.data() + port.size() || number > 65535) return std::nullopt;
  const bool is_default = (scheme == "http" && number == 80) || (scheme == "https" && number == 443);
  if (!is_default) kept += ":" + std::to_string(number);
  return kept;
}

// Takes what stands behind the first `mark` off `rest`.
std::string split_off(std::string_view& rest, char mark) {
  const std::size_t at = rest.find(mark);
  if (at == std::string_view::npos) return {};
  std::string behind(rest.substr(at + 1));
  rest = rest.substr(0, at);
  return behind;
}

int hex_value(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  const char low = to_lower(byte);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

void append_percent(std::string& out, std::string_view bytes) {
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += '%';
    out += hex_digits[value >> 4];
    out += hex_digits[value & 15];
  }
}

std::string percent_encode_except(std::string_view plain, std::string_view kept) {
  std::string out;
  out.reserve(plain.size() + 16);
  for (const char& byte : plain) {
    if (is_letter_or_digit(byte) || kept.find(byte) != std::string_view::npos) {
      out += byte;
    } else {
      append_percent(out, std::string_view(&byte, 1));
    }
  }
  return out;
}

std::optional<std::string> decode(std::string_view encoded) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    if (encoded[at] != '%') {
      out += encoded[at];
      continue;
    }
    const int high = at + 2 < encoded.size() ? hex_value(encoded[at + 1]) : -1;
    const int low = at + 2 < encoded.size() ? hex_value(encoded[at + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  if (out.find('\0') != std::string::npos || !is_valid_utf8(out)) return std::nullopt;
  return out;
}

// The WHATWG URL standard, "basic URL parser" steps 1 to 3: what a browser takes away before it looks at an address.
std::string as_a_browser_reads(std::string_view written) {
  while (!written.empty() && static_cast<unsigned char>(written.front()) <= 0x20) written.remove_prefix(1);
  while (!written.empty() && static_cast<unsigned char>(written.back()) <= 0x20) written.remove_suffix(1);
  std::string out;
  out.reserve(written.size());
  bool in_path = true;
  for (const char byte : written) {
    if (byte == '\t' || byte == '\n' || byte == '\r') continue;
    if (byte == '?' || byte == '#') in_path = false;
    out += in_path && byte == '\\' ? '/' : byte;
  }
  return out;
}

// [begin, end) of the authority, empty if there is none.
std::pair<std::size_t, std::size_t> find_authority(std::string_view address) {
  std::size_t begin = 0;
  const std::size_t colon = address.find_first_of(":/?#");
  if (colon != std::string_view::npos && address[colon] == ':') begin = colon + 1;
  if (address.substr(begin, 2) != "//") return {0, 0};
  return {begin + 2, std::min(address.find_first_of("/?#", begin + 2), address.size())};
}

bool is_escape(std::string_view text) { return text.size() >= 3 && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0; }

// Encodes what is no "URL code point" (WHATWG URL standard), and the bytes that would read differently a second time.
std::string with_odd_characters_encoded(std::string_view address) {
  const auto [authority_begin, authority_end] = find_authority(address);
  std::string out;
  out.reserve(address.size() + 16);
  bool in_fragment = false;
  for (std::size_t at = 0; at < address.size();) {
    const std::size_t start = at;
    const char32_t point = next_code_point(address, at);
    const std::string_view bytes = address.substr(start, at - start);
    bool keep = point != no_code_point && !is_control(point) && !is_noncharacter(point) && !is_white_space(point) &&
                !(point >= 0x202A && point <= 0x202E) && !(point >= 0x2066 && point <= 0x2069);
    if (keep && point < 0x80) keep = std::string_view("\"<>\\^`{|}").find(bytes[0]) == std::string_view::npos;
    if (point == '[' || point == ']') keep = start >= authority_begin && start < authority_end;
    if (point == '%') keep = is_escape(address.substr(start));
    if (point == '#') {
      keep = !in_fragment;
      in_fragment = true;
    }
    if (keep) {
      out.append(bytes);
    } else {
      append_percent(out, bytes);
    }
  }
  return out;
}

}  // namespace

std::optional<Url> parse_url(std::string_view reference) {
  if (!may_stand_in_reference(reference)) return std::nullopt;
  Url url;
  std::string_view rest = reference;
  url.fragment = split_off(rest, '#');
  if (url.fragment.find('#') != std::string::npos) return std::nullopt;
  url.query = split_off(rest, '?');
  const std::size_t colon = rest.find_first_of(":/");
  if (colon != std::string_view::npos && rest[colon] == ':') {
    if (!is_scheme(rest.substr(0, colon))) return std::nullopt;
    url.scheme = lower(rest.substr(0, colon));
    rest.remove_prefix(colon + 1);
  }
  if (rest.starts_with("//")) {
    const std::size_t end = std::min(rest.find('/', 2), rest.size());
    const std::optional<std::string> host = parse_authority(rest.substr(2, end - 2), url.scheme);
    if (!host) return std::nullopt;
    url.host = *host;
    rest.remove_prefix(end);
  }
  // Browsers find a host in "https:/x" and "https:x", the RFC does not.
  if (is_web(url.scheme) && url.host.empty()) return std::nullopt;
  url.path = rest;
  return url;
}

std::optional<std::string> clean_website(std::string_view typed) {
  const std::string line = clean_line(typed);
  if (line.empty()) return std::nullopt;
  const bool has_scheme = line.find("://") != std::string::npos;
  const std::optional<std::string> link = clean_link(has_scheme ? line : "https://" + line);
  const std::optional<Url> url = link ? parse_url(*link) : std::nullopt;
  if (!url || !is_web(url->scheme)) return std::nullopt;
  if (!has_scheme && url->host.find('.') == std::string::npos) return std::nullopt;
  std::string website = url->origin() + url->path;
  if (!url->query.empty()) website += "?" + url->query;
  if (!url->fragment.empty()) website += "#" + url->fragment;
  return website;
}

bool is_safe_link(std::string_view reference) {
  const std::optional<Url> url = parse_url(reference);
  return url && (url->scheme.empty() || is_web(url->scheme) || url->scheme == "mailto" || url->scheme == "tel");
}

std::optional<std::string> clean_link(std::string_view written) {
  std::string link = with_odd_characters_encoded(as_a_browser_reads(written));
  if (!is_safe_link(link)) return std::nullopt;
  return link;
}

std::optional<std::string> percent_decode(std::string_view encoded) { return decode(encoded); }

std::string percent_encode(std::string_view plain) { return percent_encode_except(plain, "-._~"); }
std::string percent_encode_path(std::string_view plain) { return percent_encode_except(plain, "-._~/"); }

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string pair(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    std::replace(pair.begin(), pair.end(), '+', ' ');
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::optional<std::string> name = decode(std::string_view(pair).substr(0, equals));
    std::optional<std::string> value = decode(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
    if (name && value) pairs.emplace_back(*std::move(name), *std::move(value));
  }
  return pairs;
}

std::optional<std::string> address_key(std::string_view path) {
  const std::optional<std::string> plain = decode(path);
  if (!plain) return std::nullopt;
  std::vector<std::string_view> segments;
  for (std::string_view rest = *plain; !rest.empty();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (segment.empty() || segment == ".") continue;
    if (segment == "..") {
      if (segments.empty()) return std::nullopt;
      segments.pop_back();
    } else {
      segments.push_back(segment);
    }
  }
  std::string key;
  for (const std::string_view segment : segments) key.append("/").append(segment);
  for (std::size_t at = 0; at < key.size();) {
    if (is_control(next_code_point(key, at))) return std::nullopt;
  }
  return key.empty() ? "/" : to_nfc(key);
}

}  // namespace text
