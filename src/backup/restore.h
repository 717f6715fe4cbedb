// A backup back into a folder, or only looked through. Nothing in the file is believed: names that lead anywhere but into a site
// folder, links, doubles, and content that differs from the manifest are refused, and then nothing stays.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>

#include "backup/manifest.h"
#include "base/result.h"

namespace backup {

// Called with the bytes of content read so far.
using ReadProgress = std::function<void(std::uint64_t bytes)>;

// Reads all of it and compares every hash. Error{not_found, conflict, sentence}.
base::Result<Manifest> verify(const std::filesystem::path& file, const ReadProgress& progress = {});

// Into `folder`, which must be missing or empty: Error{conflict} otherwise. broadsheet.toml is written last, after every hash was
// compared, so that a folder in which the power failed half-way is no site.
base::Result<Manifest> restore(const std::filesystem::path& file, const std::filesystem::path& folder,
                               const ReadProgress& progress = {}, const std::stop_token& stop = {});

}  // namespace backup
