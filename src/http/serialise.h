// Response heads as bytes. Whatever a handler put into a header, the result is one well-formed head: it never lets a line end or
// a control character through (no response splitting), and never a framing header that the connection itself must decide.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace http {

// Status line and the response's headers, each line ended, without Date, Connection and the empty line. Content-Length is left
// out where the status forbids it (1xx, 204, 304).
std::string serialise_head(const Response& response, std::optional<std::uint64_t> content_length);

// The status line and only those of the headers that a 304 carries (RFC 9110, 15.4.5).
std::string serialise_not_modified(const Response& response);

// Whether an answer with this status has no body and no Content-Length.
bool is_bodiless(int status);

}  // namespace http
