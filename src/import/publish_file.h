// `broadsheet publish`: one Markdown file with front matter becomes an article or a page, its picture a file of the site's media.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/publish_article.h"

namespace import_ {

struct PublishPlaces {
  std::filesystem::path pictures;    // where relative pictures are looked for; empty: beside the Markdown file
  std::filesystem::path media_root;  // the site folder's media/
};

struct PublishedFile {
  desk::PublishedArticle article;
  std::vector<std::string> warnings;   // sentences: keys of the front matter that nobody knows
};

// Error{invalid | not_found, sentences with file, line and remedy}; then nothing was changed but, at most, a picture copied.
base::Result<PublishedFile> publish_file(const desk::Desk& desk, const std::filesystem::path& file, const PublishPlaces& places);

}  // namespace import_
