// For tests: a new site on a real database in a folder of its own, and short ways to fill it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "db/database.h"
#include "db/temporary_folder.h"
#include "news/source.h"
#include "store/articles.h"
#include "store/comments.h"
#include "store/integrity.h"
#include "store/taxonomy.h"
#include "text/escape.h"

namespace store {

inline base::Time at(std::int64_t seconds) { return base::from_unix(1'790'000'000 + seconds); }

struct SiteFixture : testing::Test {
  static std::unique_ptr<db::Database> open(const std::filesystem::path& file) {
    db::DatabaseSettings settings;
    settings.file = file;
    // What db promises of durability is tested there: here nobody waits for a disk.
    settings.connect = [](const std::filesystem::path& path, db::Access access) {
      auto connection = db::open_sqlite(path, access);
      connection->execute("PRAGMA synchronous = OFF");
      return connection;
    };
    auto opened = db::Database::open(std::move(settings));
    EXPECT_TRUE(opened) << opened.error().key;
    return *std::move(opened);
  }

  // Runs `work` in a transaction of its own and gives what it gives.
  template <class F>
  auto write(F&& work) {
    using Value = std::invoke_result_t<F, db::Transaction&>;
    if constexpr (std::is_void_v<Value>) {
      auto done = database->write([&](db::Transaction& tx) -> base::Result<void> {
        work(tx);
        return {};
      });
      EXPECT_TRUE(done);
    } else {
      auto done = database->write([&](db::Transaction& tx) -> base::Result<Value> { return work(tx); });
      return *std::move(done);
    }
  }
  template <class F>
  auto read(F&& look) {
    db::Reading reading = database->read();
    return look(reading.connection());
  }

  news::SectionId section(const std::string& slug, news::SectionId parent = {}) {
    return write([&](db::Transaction& tx) {
      return insert(tx, news::NewSection{parent, slug, slug, {}}, "/category/" + slug + "/");
    });
  }
  news::TagId tag(const std::string& slug) {
    return write([&](db::Transaction& tx) { return insert(tx, news::NewTag{slug, slug, {}}, "/tag/" + slug + "/"); });
  }
  news::AuthorId author(const std::string& slug) {
    return write([&](db::Transaction& tx) { return insert(tx, news::NewAuthor{slug, slug, {}}, "/author/" + slug + "/"); });
  }

  static news::NewArticle draft_of(const std::string& slug, std::int64_t published = 0) {
    news::NewArticle article;
    article.slug = slug;
    article.address = "/" + slug + "/";
    article.headline = "Headline of " + slug;
    article.body = text::escape("Body of " + slug);
    article.source = "Body of " + slug;
    article.published = article.updated = at(published);
    return article;
  }
  news::ArticleId article(const news::NewArticle& article) {
    return write([&](db::Transaction& tx) { return insert(tx, article, {"Summary of " + article.slug, article.source}, at(0)); });
  }
  news::ArticleId article(const std::string& slug, std::int64_t published = 0) { return article(draft_of(slug, published)); }

  static news::NewComment comment_on(news::ArticleId article, std::int64_t created = 0, news::CommentId parent = {},
                                     news::CommentStatus status = news::CommentStatus::published) {
    news::NewComment comment;
    comment.article = article;
    comment.parent = parent;
    comment.author = "Nora";
    comment.website = "https://nora.example";
    comment.source = "Well said";
    comment.body = text::escape("Well said");
    comment.created = at(created);
    comment.verdict = {status, "test"};
    return comment;
  }
  news::CommentId comment(const news::NewComment& comment, int max_depth = 10) {
    return write([&](db::Transaction& tx) { return insert(tx, comment, max_depth); });
  }
  void verdict(news::CommentId id, news::CommentStatus status) {
    EXPECT_TRUE(write([&](db::Transaction& tx) { return set_verdict(tx, id, {status, "staff"}); }));
  }

  // What the write touched.
  template <class F>
  std::vector<news::Source> touched_by(F&& work) {
    std::vector<news::Source> sources;
    database->on_touched([&](const std::vector<db::Touched>& touched) {
      for (const db::Touched& what : touched) sources.push_back({static_cast<news::SourceKind>(what.kind), what.id});
    });
    work();
    database->on_touched({});
    return sources;
  }

  std::vector<std::string> problems() {
    std::vector<std::string> found;
    db::Reading reading = database->read();
    check_integrity(reading.connection(), Thoroughness::thorough,
                    {.found = [&](std::string sentence) { found.push_back(std::move(sentence)); }, .progress = {}});
    return found;
  }

  // Past all that store keeps in step, to damage it.
  void sql(const std::string& statements) { db::open_sqlite(database->file(), db::Access::write)->execute(statements); }

  void TearDown() override {
    if (is_damaged) return;
    EXPECT_EQ(problems(), std::vector<std::string>());
  }

  bool is_damaged = false;  // a test that damages the site says so
  db::TemporaryFolder folder;
  std::unique_ptr<db::Database> database = open(folder.path() / "site.db");
};

inline std::vector<std::string> headlines(const std::vector<news::Teaser>& teasers) {
  std::vector<std::string> headlines;
  for (const news::Teaser& teaser : teasers) headlines.push_back(teaser.headline.substr(std::string("Headline of ").size()));
  return headlines;
}

using Strings = std::vector<std::string>;

}  // namespace store
