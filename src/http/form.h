// application/x-www-form-urlencoded bodies.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace http {

// Fields in order. Decoding is lenient as in the URL Standard (a broken %-escape stays as it is), but NUL bytes refuse. Values
// are bytes: whoever reads them checks UTF-8.
struct Form {
  std::vector<std::pair<std::string, std::string>> fields;

  // The first field of that name, or "".
  std::string_view value(std::string_view name) const;
};

// Error{invalid, "form.too_many_fields" | "form.damaged"}: at most 100 fields.
base::Result<Form> parse_form(std::string_view body);

}  // namespace http
