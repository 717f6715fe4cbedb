// Records as bytes, for the scratch map. Good only within one run of the program: nobody else ever reads them.
#pragma once

#include <string>
#include <string_view>

#include "import/comment_records.h"

namespace import_ {

std::string to_bytes(const ThreadRecord& thread);
std::string to_bytes(const PersonRecord& person);
std::string to_bytes(const CommentRecord& comment);

// Precondition: made by to_bytes. Throw std::out_of_range otherwise.
ThreadRecord thread_of(std::string_view bytes);
PersonRecord person_of(std::string_view bytes);
CommentRecord comment_of(std::string_view bytes);

}  // namespace import_
