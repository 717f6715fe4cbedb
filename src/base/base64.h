// Base64 with padding (RFC 4648 section 4), as mail carries it.
#pragma once

#include <string>
#include <string_view>

namespace base {

std::string to_base64(std::string_view bytes);

}  // namespace base
