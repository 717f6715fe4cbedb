// What the handlers of the site share. Borrowed by each for one request; it owns the cache, the limits and the present theme, and
// decides nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/mutex.h"
#include "desk/desk.h"
#include "http/file_response.h"
#include "view/catalogue.h"
#include "view/theme.h"
#include "web/counts.h"
#include "web/live_threads.h"
#include "web/page_cache.h"
#include "web/polisher.h"
#include "web/rate_limit.h"
#include "web/site.h"

namespace web {

// Thread-safe. Shared with answers that come later, from the database's writer.
class SiteParts : public std::enable_shared_from_this<SiteParts> {
 public:
  SiteParts(const desk::Desk& the_desk, std::shared_ptr<const view::Theme> theme, const SiteFolders& folders,
            CacheSettings cache_settings, SiteLimits limits);

  std::shared_ptr<const view::Theme> theme() const EXCLUDES(mutex_);
  // By the image hosts of the site, which an import may add to.
  std::string content_security_policy() const EXCLUDES(mutex_);
  // Called by whoever announces a write: keeps the policy it has if the database is away.
  void renew_policy() EXCLUDES(mutex_);
  void set_theme(std::shared_ptr<const view::Theme> theme) EXCLUDES(mutex_);

  const desk::Desk desk;
  const std::optional<http::FileRoot> media;  // none: the folder cannot be opened
  const view::Catalogue messages;
  PageCache cache;
  mutable CommentCounts comments;
  Polisher polisher{cache};
  LiveThreads live_threads;
  OpenStreams streams;
  RateLimit comment_limit;
  RateLimit password_limit;
  RateLimit reader_limit;
  RateLimit page_limit;  // of pages that must be made

 private:
  mutable base::Mutex mutex_;
  std::shared_ptr<const view::Theme> theme_ GUARDED_BY(mutex_);
  std::string policy_ GUARDED_BY(mutex_);
};

}  // namespace web
