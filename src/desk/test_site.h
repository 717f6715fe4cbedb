// A site of its own for each test of the use cases: real SQLite in a fresh folder, a clock that stands still, everything else as
// in the server.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "base/secrets.h"
#include "db/faulty_connection.h"
#include "db/temporary_folder.h"
#include "desk/intake.h"
#include "desk/moderate_comment.h"
#include "desk/post_comment.h"
#include "desk/publish_article.h"

namespace desk {

class TestSite {
 public:
  TestSite() {
    db::DatabaseSettings opening;
    opening.file = folder_.path() / "broadsheet.db";
    opening.connect = [faults = faults](const std::filesystem::path& file, db::Access access) -> std::unique_ptr<db::Connection> {
      return std::make_unique<db::FaultyConnection>(db::open_sqlite(file, access), faults);
    };
    auto opened = db::Database::open(std::move(opening));
    if (!opened) throw std::runtime_error(opened.error().key);
    database_ = *std::move(opened);
  }

  Desk desk() { return {*database_, clock, secrets, settings, zone}; }
  db::Database& database() { return *database_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path media() const { return folder() / "media"; }

  // An article with that headline, published an hour ago unless the request says otherwise.
  news::ArticleId publish(PublishRequest request) {
    if (!request.published) request.published = clock.now() - base::Seconds(3600);
    const auto published = publish_article(desk(), request);
    if (!published) throw std::runtime_error(published.error().key);
    return published->id;
  }
  news::ArticleId publish(const std::string& headline) {
    return publish(PublishRequest{.headline = headline, .standfirst = {}, .body = "Words."});
  }

  base::Result<PostedComment> post(const CommentForm& form, Actor actor = {}) {
    std::promise<base::Result<PostedComment>> promise;
    post_comment(desk(), actor, form, [&](base::Result<PostedComment> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }

  std::shared_ptr<db::Faults> faults = std::make_shared<db::Faults>();  // makes the database fail
  base::ManualClock clock{base::from_unix(1'790'000'000)};              // 21 September 2026, 14:13:20 UTC
  base::Secrets secrets = base::Secrets::ephemeral();
  news::SiteSettings settings;
  text::TimeZone zone = text::TimeZone::utc();

 private:
  db::TemporaryFolder folder_;
  std::unique_ptr<db::Database> database_;  // gone before its folder
};

inline CommentForm form_for(news::ArticleId article, const std::string& comment = "A fine bridge.") {
  return {.article = article, .parent = {}, .name = "Ada Marsh", .email = "ada@example.org", .website = "", .comment = comment};
}

}  // namespace desk
