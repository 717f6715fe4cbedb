#include "desk/check_site.h"

#include <system_error>

#include "base/format.h"
#include "desk/place.h"
#include "desk/settings_rows.h"
#include "news/permalink.h"
#include "store/addresses.h"
#include "store/integrity.h"
#include "store/media.h"
#include "store/walk.h"

namespace desk {
namespace {

constexpr int portion = 500;
constexpr int most_hops = 5;  // browsers give up at twenty; more than a few are a mistake

using Found = std::function<void(std::string)>;

class SiteCheck {
 public:
  SiteCheck(const Desk& desk, const std::filesystem::path& media_root, const Found& found, const CheckOptions& options)
      : desk_(desk),
        media_root_(media_root),
        found_(found),
        options_(options),
        reading_(desk.database.read()),
        rules_(permalink_rules(reading_.connection())) {}

  CheckCounts run() {
    const store::RowCounts rows = store::count_rows(reading_.connection());
    counts_.articles = rows.articles;
    counts_.comments = rows.comments;
    store::check_integrity(
        reading_.connection(), options_.thoroughness,
        {.found = [this](std::string sentence) { problem(std::move(sentence)); }, .progress = options_.progress});
    say("checking permalinks");
    check_articles();
    check_addresses();
    say("checking media files");
    check_media();
    say("checking emails");
    check_emails();
    return counts_;
  }

 private:
  void say(const char* stage) const {
    if (options_.progress) options_.progress(stage, 0, 0);
  }
  void problem(std::string sentence) {
    ++counts_.problems;
    found_(std::move(sentence));
  }

  // A damaged file may hand out rows out of their order, and a walk over them would never end.
  bool goes_on(bool is_forward) {
    if (!is_forward) problem("The rows of a table do not stand in their order: the file is damaged. Restore a backup.");
    return is_forward;
  }

  void check_articles();
  void check_addresses();
  void check_redirect(const store::StoredAddress& address);
  bool is_made_on_the_fly(std::string_view path) const;
  void check_media();
  void check_file(const news::Media& media);
  void check_emails();

  const Desk& desk_;
  const std::filesystem::path& media_root_;
  const Found& found_;
  const CheckOptions& options_;
  db::Reading reading_;  // one snapshot for all of it
  const news::PermalinkRules rules_;
  CheckCounts counts_;
};

void SiteCheck::check_articles() {
  news::ArticleId after;
  for (std::vector<store::Slug> articles; !(articles = store::walk_articles(reading_.connection(), after, portion)).empty() &&
                                          goes_on(articles.back().id > after.value);
       after = {articles.back().id}) {
    for (const store::Slug& article : articles) {
      const std::optional<std::string> key = key_of_address(article.address);
      const auto target = key ? store::find_address(reading_.connection(), *key) : std::nullopt;
      if (target && target->kind == news::AddressKind::gone) continue;
      if (target && target->kind == news::AddressKind::article && target->object_id == article.id) continue;
      problem(base::format("The address {} of article {} does not lead to it.", article.address, article.id));
    }
  }
}

void SiteCheck::check_addresses() {
  std::string after;
  for (std::vector<store::StoredAddress> addresses;
       !(addresses = store::walk_addresses(reading_.connection(), after, portion)).empty() &&
       goes_on(addresses.back().key > after);
       after = addresses.back().key) {
    for (const store::StoredAddress& address : addresses) {
      ++counts_.addresses;
      if (address.target.kind == news::AddressKind::redirect) check_redirect(address);
    }
  }
}

// Invariant 7: a redirect ends at something that is served.
void SiteCheck::check_redirect(const store::StoredAddress& address) {
  std::string target = address.target.target;
  for (int hop = 0; hop < most_hops; ++hop) {
    if (!target.starts_with('/')) {
      if (target.find("://") == std::string::npos)
        problem(base::format("The address {} redirects to \"{}\", which is no address.", address.key, target));
      return;  // to another site: theirs to keep
    }
    const std::string path = target.substr(0, target.find('#'));
    const std::optional<std::string> key = key_of_address(path);
    const auto next = key ? store::find_address(reading_.connection(), *key) : std::nullopt;
    if (!next) {
      if (!is_made_on_the_fly(path))
        problem(base::format("The address {} redirects to {}, where nothing is.", address.key, target));
      return;
    }
    if (next->kind != news::AddressKind::redirect) return;
    target = next->target;
  }
  problem(base::format("The address {} is redirected too often or in a circle.", address.key));
}

// Pages that are in no table: the front page, searches, archives by date, further pages of lists and threads.
bool SiteCheck::is_made_on_the_fly(std::string_view path) const {
  std::string_view plain = path.substr(0, path.find('?'));
  if (plain == "/" || plain == "/search" || plain == "/search/") return true;
  if (plain.find("/page/") != std::string_view::npos || plain.find("/comment-page-") != std::string_view::npos) return true;
  if (!plain.starts_with(rules_.date_base)) return false;
  plain.remove_prefix(rules_.date_base.size());
  return plain.find_first_not_of("/0123456789") == std::string_view::npos;
}

void SiteCheck::check_media() {
  news::MediaId after;
  for (std::vector<news::Media> all;
       !(all = store::list_media(reading_.connection(), after, portion)).empty() && goes_on(all.back().id.value > after.value);
       after = all.back().id) {
    for (const news::Media& media : all) {
      ++counts_.media;
      if (!media.file.empty()) check_file(media);  // without a file it was imported as missing, and the import said so
    }
  }
}

void SiteCheck::check_file(const news::Media& media) {
  const std::filesystem::path file = std::filesystem::path(media.file).lexically_normal();
  if (file.is_absolute() || (!file.empty() && *file.begin() == "..")) {
    problem(base::format("The media {} names a file outside the media folder: {}.", media.address, media.file));
    return;
  }
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(media_root_ / file, error);
  if (error) {
    problem(base::format("The file {} of the media {} cannot be read: {}.", media.file, media.address, error.message()));
  } else if (media.bytes > 0 && size != static_cast<std::uintmax_t>(media.bytes)) {
    problem(
        base::format("The file {} of the media {} has {} bytes instead of {}.", media.file, media.address, size, media.bytes));
  }
}

// Only whether they open: what they say stays sealed (invariant 3).
void SiteCheck::check_emails() {
  news::ReaderId after;
  for (std::vector<store::SealedEmail> emails; !(emails = store::walk_emails(reading_.connection(), after, portion)).empty() &&
                                               goes_on(emails.back().reader.value > after.value);
       after = emails.back().reader) {
    for (const store::SealedEmail& email : emails) {
      if (desk_.secrets.unseal(base::Purpose::email_seal, email.sealed)) continue;
      problem(
          base::format("The email of reader {} cannot be opened: the site's secret key is another one than it was sealed with.",
                       email.reader.value));
    }
  }
}

}  // namespace

CheckCounts check_site(const Desk& desk, const std::filesystem::path& media_root, const std::function<void(std::string)>& found,
                       const CheckOptions& options) {
  return SiteCheck(desk, media_root, found, options).run();
}

}  // namespace desk
