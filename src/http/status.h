// The status line's words, and the answers the server gives on its own account.
#pragma once

#include <string_view>

#include "http/message.h"

namespace http {

// The reason phrase; "Unknown" for a number nobody registered.
std::string_view reason_of(int status);

// A short answer in plain text that says what was wrong and never repeats what the client sent.
Response plain_answer(int status);

}  // namespace http
