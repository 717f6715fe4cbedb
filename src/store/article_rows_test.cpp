#include <gmock/gmock.h>

#include "store/addresses.h"
#include "store/media.h"
#include "store/rows.h"
#include "store/site_fixture.h"

namespace store {
namespace {

using news::ArticleStatus;
using news::Source;
using news::SourceKind;
using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;

struct ArticleRows : SiteFixture {
  news::AddressTarget target(std::string_view key) {
    return read([&](db::Connection& connection) {
      return find_address(connection, key).value_or(news::AddressTarget{news::AddressKind::gone, 0, {}});
    });
  }
  std::optional<news::Article> find(news::ArticleId id) {
    return read([&](db::Connection& connection) { return find_article(connection, id); });
  }
  void change(news::ArticleId id, const news::NewArticle& changed) {
    write([&](db::Transaction& tx) { update(tx, id, changed, {"summary", changed.source}, at(9)); });
  }
};

TEST_F(ArticleRows, Everything_that_was_written_is_read_back) {
  const news::SectionId news = section("news");
  const news::SectionId town = section("town", news);
  const news::TagId bridge = tag("bridge");
  const news::AuthorId ann = author("ann");
  const news::AuthorId bob = author("bob");
  const news::MediaId picture = write([&](db::Transaction& tx) {
    news::NewMedia media;
    media.address = "/media/bridge.svg";
    media.width = 640;
    media.height = 480;
    return insert(tx, media);
  });
  news::NewArticle written = draft_of("bridge-opens", 5);
  written.standfirst = text::escape("At <last>");
  written.dateline = "HARROWMOUTH";
  written.language = "de";
  written.updated = at(7);
  written.lead = news::Picture{picture, {}, 0, 0, "A bridge", text::escape("The bridge"), "Photo: Ann"};
  written.authors = {bob, ann};
  written.sections = {town, news};
  written.tags = {bridge};
  written.comments = news::Comments::closed;
  written.sticky = true;
  written.post_format = "quote";
  const news::ArticleId id = article(written);

  const news::Article stored = find(id).value();
  EXPECT_EQ(stored.headline, written.headline);
  EXPECT_EQ(stored.slug, "bridge-opens");
  EXPECT_EQ(stored.standfirst.string(), "At &lt;last&gt;");
  EXPECT_EQ(stored.body, written.body);
  EXPECT_EQ(stored.dateline, "HARROWMOUTH");
  EXPECT_EQ(stored.language, "de");
  EXPECT_EQ(stored.published, at(5));
  EXPECT_EQ(stored.updated, at(7));
  EXPECT_EQ(stored.authors, (std::vector<news::Link>{{"bob", "/author/bob/"}, {"ann", "/author/ann/"}}));
  EXPECT_EQ(stored.section_ids, (std::vector{town, news}));
  EXPECT_EQ(stored.tag_ids, std::vector{bridge});
  EXPECT_EQ(stored.comments, news::Comments::closed);
  EXPECT_TRUE(stored.sticky);
  EXPECT_EQ(stored.post_format, "quote");
  EXPECT_EQ(stored.revision, 1);
  ASSERT_TRUE(stored.lead);
  EXPECT_EQ(stored.lead->address, "/media/bridge.svg");
  EXPECT_EQ(stored.lead->width, 640);
  EXPECT_EQ(stored.lead->alternative_text, "A bridge");

  const news::Teaser teaser = read([&](db::Connection& connection) { return find_teaser(connection, id); }).value();
  EXPECT_EQ(teaser.authors, stored.authors);
  EXPECT_EQ(teaser.section, (news::Link{"town", "/category/town/"}));
  EXPECT_EQ(teaser.section_id, town);
  EXPECT_EQ(teaser.standfirst, "Summary of bridge-opens");
  EXPECT_EQ(teaser.lead->credit, "Photo: Ann");
}

TEST_F(ArticleRows, A_password_protected_article_tells_nothing_in_its_teaser) {
  news::NewArticle secret = draft_of("secret");
  secret.status = ArticleStatus::password_protected;
  const news::ArticleId id = article(secret);
  EXPECT_EQ(read([&](db::Connection& connection) { return find_teaser(connection, id); })->standfirst, "");
}

TEST_F(ArticleRows, An_update_is_a_new_revision_and_keeps_the_old_one) {
  const news::ArticleId id = article("a");
  news::NewArticle changed = draft_of("a");
  changed.headline = "Better";
  changed.source = "New words";
  change(id, changed);
  EXPECT_EQ(find(id)->revision, 2);
  const auto written = read([&](db::Connection& connection) { return find_written(connection, id); });
  EXPECT_EQ(written->headline, "Better");
  EXPECT_EQ(written->source, "New words");
  EXPECT_EQ(number(database->read().query("SELECT count(*) FROM revisions")), 2);
}

TEST_F(ArticleRows, An_address_that_was_left_redirects_to_the_present_one_however_often_it_moves) {
  const news::ArticleId id = article("first");
  for (const char* slug : {"second", "third"}) change(id, draft_of(slug));
  EXPECT_EQ(target("/third").object_id, id.value);
  EXPECT_EQ(target("/first").target, "/third/");
  EXPECT_EQ(target("/second").target, "/third/");

  change(id, draft_of("first"));
  EXPECT_EQ(target("/first").kind, news::AddressKind::article);
  EXPECT_EQ(target("/second").target, "/first/");
  EXPECT_EQ(target("/third").target, "/first/");
}

TEST_F(ArticleRows, Two_articles_may_change_places) {
  const news::ArticleId one = article("one");
  const news::ArticleId two = article("two");
  change(one, draft_of("two"));
  change(two, draft_of("one"));
  EXPECT_EQ(target("/two").object_id, one.value);
  EXPECT_EQ(target("/one").object_id, two.value);
}

TEST_F(ArticleRows, An_address_by_query_is_found_under_its_query) {
  news::NewArticle plain = draft_of("plain");
  plain.address = "/?p=12";
  const news::ArticleId id = article(plain);
  EXPECT_EQ(target("?p=12").object_id, id.value);
}

TEST_F(ArticleRows, The_next_id_is_the_one_that_insert_gives) {
  article("a");
  const news::ArticleId next = read([](db::Connection& connection) { return next_article_id(connection); });
  EXPECT_EQ(article("b"), next);
}

TEST_F(ArticleRows, A_published_article_touches_itself_and_every_list_it_stands_in) {
  const news::SectionId top = section("top");
  const news::SectionId sub = section("sub", top);
  const news::TagId bridge = tag("bridge");
  const news::AuthorId ann = author("ann");
  news::NewArticle filed = draft_of("a");
  filed.sections = {sub};
  filed.tags = {bridge};
  filed.authors = {ann};
  news::ArticleId id;
  const std::vector<Source> all{{SourceKind::list_all, 0},
                                {SourceKind::list_section, top.value},
                                {SourceKind::list_section, sub.value},
                                {SourceKind::list_tag, bridge.value},
                                {SourceKind::list_author, ann.value}};
  EXPECT_THAT(touched_by([&] { id = article(filed); }), IsSupersetOf(all));

  news::NewArticle refiled = draft_of("a");
  EXPECT_THAT(touched_by([&] { change(id, refiled); }), IsSupersetOf(all)) << "the lists that it leaves are stale too";
  const auto touched = touched_by([&] { change(id, refiled); });
  EXPECT_EQ(touched, (std::vector<Source>{news::source_of(id), {SourceKind::list_all, 0}}));
}

TEST_F(ArticleRows, A_draft_touches_no_list_and_a_page_touches_the_frame) {
  news::NewArticle draft = draft_of("draft");
  draft.status = ArticleStatus::draft;
  EXPECT_THAT(touched_by([&] { article(draft); }), Not(Contains(Source{SourceKind::list_all, 0})));
  news::NewArticle page = draft_of("about");
  page.kind = news::ArticleKind::page;
  const auto touched = touched_by([&] { article(page); });
  EXPECT_THAT(touched, Contains(Source{SourceKind::frame, 0}));
  EXPECT_THAT(touched, Not(Contains(Source{SourceKind::list_all, 0})));
}

TEST_F(ArticleRows, A_draft_that_is_published_touches_the_addresses_because_its_own_was_not_found_before) {
  news::NewArticle draft = draft_of("draft");
  draft.status = ArticleStatus::draft;
  const news::ArticleId id = article(draft);
  const Source addresses{SourceKind::addresses, 0};
  EXPECT_THAT(touched_by([&] { change(id, draft_of("draft")); }), Contains(addresses));
  EXPECT_THAT(touched_by([&] { change(id, draft_of("draft")); }), Not(Contains(addresses)));
  EXPECT_THAT(touched_by([&] { write([&](db::Transaction& tx) { set_status(tx, id, ArticleStatus::private_); }); }),
              Contains(addresses));
}

TEST_F(ArticleRows, A_commented_article_that_changes_makes_the_latest_comments_stale) {
  const news::ArticleId id = article("a");
  comment(comment_on(id));
  const auto touched = touched_by([&] { write([&](db::Transaction& tx) { set_status(tx, id, ArticleStatus::taken_down); }); });
  EXPECT_THAT(touched, Contains(Source{SourceKind::comments, 0}));
}

TEST_F(ArticleRows, A_picture_that_is_set_later_shows_and_touches_the_lists) {
  const news::ArticleId id = article("a");
  news::NewMedia media;
  media.address = "/media/a.svg";
  news::Picture picture;
  picture.media = write([&](db::Transaction& tx) { return insert(tx, media); });
  const auto touched = touched_by([&] { write([&](db::Transaction& tx) { set_lead(tx, id, picture); }); });
  EXPECT_THAT(touched, IsSupersetOf({news::source_of(id), Source{SourceKind::list_all, 0}}));
  EXPECT_EQ(find(id)->lead->address, "/media/a.svg");
}

TEST_F(ArticleRows, A_picture_that_is_replaced_touches_everything_and_its_old_address_redirects) {
  news::NewMedia media;
  media.address = "/media/a.svg";
  const news::MediaId id = write([&](db::Transaction& tx) { return insert(tx, media); });
  media.address = "/media/b.svg";
  EXPECT_EQ(touched_by([&] { write([&](db::Transaction& tx) { update(tx, id, media); }); }),
            (std::vector<Source>{{SourceKind::everything, 0}}));
  EXPECT_EQ(target("/media/a.svg").target, "/media/b.svg");
  EXPECT_EQ(read([](db::Connection& connection) { return find_media_by_address(connection, "/media/%62.svg"); })->id, id);
}

TEST_F(ArticleRows, An_author_who_moves_has_the_new_address_in_every_byline) {
  const news::AuthorId ann = author("ann");
  news::NewArticle written = draft_of("a");
  written.authors = {ann};
  const news::ArticleId id = article(written);
  write([&](db::Transaction& tx) { set_address(tx, ann, "/by/ann/"); });
  EXPECT_EQ(read([&](db::Connection& connection) { return find_teaser(connection, id); })->authors,
            (std::vector<news::Link>{{"ann", "/by/ann/"}}));
  EXPECT_EQ(target("/author/ann").target, "/by/ann/");
}

TEST_F(ArticleRows, An_alias_never_takes_an_objects_own_address) {
  const news::ArticleId id = article("a");
  const news::AddressTarget redirect{news::AddressKind::redirect, 0, "/elsewhere/"};
  write([&](db::Transaction& tx) {
    set_address(tx, "/a", redirect, Overwrite::keep);
    set_address(tx, "/old", redirect, Overwrite::keep);
  });
  EXPECT_EQ(target("/a").object_id, id.value);
  EXPECT_EQ(target("/old").target, "/elsewhere/");
}

}  // namespace
}  // namespace store
