#include "web/site_parts.h"

#include <exception>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "desk/image_hosts.h"
#include "web/security_headers.h"

namespace web {
namespace {

// Guessing is slow work: argon2 costs us a tenth of a second each time.
constexpr int passwords_per_minute = 10;
// Providers of mail end subscriptions for many people from one address. What mails cost is bounded apart from this, by the hour.
constexpr int reader_posts_per_minute = 120;

std::optional<http::FileRoot> open_media(const SiteFolders& folders) {
  base::Result<http::FileRoot> media = http::FileRoot::open(folders.media);
  if (media) return *std::move(media);
  base::log::warning(media.error().key);
  return std::nullopt;
}

}  // namespace

SiteParts::SiteParts(const desk::Desk& the_desk, std::shared_ptr<const view::Theme> theme, const SiteFolders& folders,
                     CacheSettings cache_settings, SiteLimits limits)
    : desk(the_desk),
      media(open_media(folders)),
      messages(view::Catalogue::of(the_desk.settings.language)),
      cache(cache_settings.most_bytes, the_desk.clock),
      live_threads(the_desk),
      streams(limits.streams),
      comment_limit(the_desk.settings.comments_per_minute, the_desk.secrets, the_desk.clock),
      password_limit(passwords_per_minute, the_desk.secrets, the_desk.clock),
      reader_limit(reader_posts_per_minute, the_desk.secrets, the_desk.clock),
      page_limit(limits.requests_per_minute, the_desk.secrets, the_desk.clock),
      theme_(std::move(theme)),
      policy_(make_content_security_policy(desk::read_image_hosts(the_desk))) {}

std::string SiteParts::content_security_policy() const {
  base::MutexLock lock(mutex_);
  return policy_;
}

void SiteParts::renew_policy() {
  try {
    std::string policy = make_content_security_policy(desk::read_image_hosts(desk));
    base::MutexLock lock(mutex_);
    policy_ = std::move(policy);
  } catch (const std::exception& cause) {
    // An exception here would end the database's writer, which announces what it wrote.
    base::log::error(base::format("the image hosts could not be read again: {}", cause.what()));
  }
}

std::shared_ptr<const view::Theme> SiteParts::theme() const {
  base::MutexLock lock(mutex_);
  return theme_;
}

void SiteParts::set_theme(std::shared_ptr<const view::Theme> theme) {
  {
    base::MutexLock lock(mutex_);
    theme_ = std::move(theme);
  }
  // After the change: a page in making may still hold the old theme, and is then not kept as fresh.
  cache.make_stale({news::Source{news::SourceKind::everything, 0}});
}

}  // namespace web
