// What kinds of files a newsroom keeps among its media, and how one is copied there.
#pragma once

#include <filesystem>
#include <string>

namespace import_ {

// The content type by the name's ending; "application/octet-stream" for those that browsers do not show.
std::string type_of(const std::filesystem::path& file);

// A web server that one day serves the folder must not run what it finds there.
bool is_program(const std::filesystem::path& file);

// Whole or not at all, readable by everybody. Throws std::filesystem::filesystem_error.
void copy_whole(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace import_
