#include <cstdio>

#include "base/format.h"
#include "import/publish_file.h"
#include "main/commands.h"
#include "main/progress.h"

namespace cli {
namespace {

using base::Result;

const char* word_for(desk::PublishedArticle::Outcome outcome) {
  switch (outcome) {
    case desk::PublishedArticle::Outcome::created: return "published";
    case desk::PublishedArticle::Outcome::revised: return "revised";
    case desk::PublishedArticle::Outcome::unchanged: return "unchanged";
  }
  return "";
}

}  // namespace

// Every file is tried; the first refusal is the result, those after it are printed.
Result<void> publish(const PublishOptions& options) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const import_::PublishPlaces places{.pictures = options.files, .media_root = options.folder.media()};
  std::optional<base::Error> refusal;
  Progress progress("publishing");
  for (std::size_t i = 0; i < options.articles.size(); ++i) {
    const Result<import_::PublishedFile> published = import_::publish_file(site->desk(), options.articles[i], places);
    if (!published) {
      if (refusal) std::fputs((published.error().key + "\n").c_str(), stderr);
      else refusal = published.error();
      continue;
    }
    for (const std::string& warning : published->warnings) std::fputs((warning + "\n").c_str(), stderr);
    std::fputs(base::format("{} {}\n", word_for(published->article.outcome), published->article.address).c_str(), stdout);
    progress.show(i + 1, options.articles.size());
  }
  if (refusal) return *std::move(refusal);
  return {};
}

}  // namespace cli
