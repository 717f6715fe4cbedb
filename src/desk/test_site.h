// A site of its own for each test of the use cases: real SQLite in a fresh folder, a clock that stands still, everything else as in the server.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "base/secrets.h"
#include "desk/intake.h"
#include "desk/moderate_comment.h"
#include "desk/post_comment.h"
#include "desk/publish_article.h"

namespace desk {

class TestSite {
 public:
  TestSite() {
    folder_ = std::filesystem::temp_directory_path() / ("broadsheet-desk-" + base::random_hex(8));
    std::filesystem::create_directories(folder_);
    auto opened = db::Database::open({.file = folder_ / "broadsheet.db"});
    if (!opened) throw std::runtime_error(opened.error().key);
    database_ = *std::move(opened);
  }
  TestSite(const TestSite&) = delete;
  TestSite& operator=(const TestSite&) = delete;
  ~TestSite() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  Desk desk() { return {*database_, clock, secrets, settings, zone}; }
  db::Database& database() { return *database_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path media() const { return folder_ / "media"; }

  // An article with that headline, published an hour ago unless the request says otherwise.
  news::ArticleId publish(PublishRequest request) {
    if (!request.published) request.published = clock.now() - base::Seconds(3600);
    const auto published = publish_article(desk(), request);
    if (!published) throw std::runtime_error(published.error().key);
    return published->id;
  }
  news::ArticleId publish(const std::string& headline) { return publish(PublishRequest{.headline = headline, .standfirst = {}, .body = "Words."}); }

  base::Result<PostedComment> post(const CommentForm& form, Actor actor = {}) {
    std::promise<base::Result<PostedComment>> promise;
    post_comment(desk(), actor, form, [&](base::Result<PostedComment> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }

  base::ManualClock clock{base::from_unix(1'790'000'000)};  // 21 September 2026, 14:13:20 UTC
  base::Secrets secrets = base::Secrets::ephemeral();
  news::SiteSettings settings;
  text::TimeZone zone = text::TimeZone::utc();

 private:
  std::filesystem::path folder_;
  std::unique_ptr<db::Database> database_;
};

inline CommentForm form_for(news::ArticleId article, const std::string& comment = "A fine bridge.") {
  return {.article = article, .parent = {}, .name = "Ada Marsh", .email = "ada@example.org", .website = "", .comment = comment};
}

}  // namespace desk
