#include "http/form.h"

#include "http/syntax.h"

namespace http {

namespace {

constexpr std::size_t max_fields = 100;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// https://url.spec.whatwg.org/#urlencoded-parsing: '+' is a space, a broken escape stays as it is.
std::string decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

std::string_view Form::value(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

base::Result<Form> parse_form(std::string_view body) {
  Form form;
  while (!body.empty()) {
    std::string_view pair = cut_until(body, '&');
    if (pair.empty()) continue;
    if (form.fields.size() == max_fields) return base::Error{base::Errc::invalid, "form.too_many_fields", {}};
    std::string name = decode(cut_until(pair, '='));
    std::string value = decode(pair);
    if (name.find('\0') != std::string::npos || value.find('\0') != std::string::npos) {
      return base::Error{base::Errc::invalid, "form.damaged", {}};
    }
    form.fields.emplace_back(std::move(name), std::move(value));
  }
  return form;
}

}  // namespace http
