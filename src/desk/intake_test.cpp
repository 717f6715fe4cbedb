#include "desk/intake.h"

#include <gmock/gmock.h>

#include "desk/read_site.h"
#include "desk/test_site.h"
#include "text/escape.h"

namespace desk {
namespace {

using base::Errc;
using base::Result;
using news::AddressKind;

void take_in_all(TestSite& site, const std::function<void(Intake&)>& work) {
  ASSERT_TRUE(take_in(site.desk(), [&](Intake& intake) -> Result<void> {
    work(intake);
    return {};
  }));
}

news::NewArticle article_of(TestSite& site, const std::string& headline) {
  news::NewArticle article;
  article.headline = headline;
  article.body = text::escape("Words of " + headline);
  article.source = "Words of " + headline;
  article.published = article.updated = site.clock.now() - std::chrono::hours(1);
  return article;
}

news::PermalinkRules rules_with(const std::string& article) {
  news::PermalinkRules rules;
  rules.article = article;
  return rules;
}

std::string address_of(Intake& intake, news::ArticleId id) { return intake.find_article(id)->address; }

TEST(TakeIn, An_error_rolls_all_of_it_back) {
  TestSite site;
  const auto result = take_in(site.desk(), [&](Intake& intake) -> Result<void> {
    TRY(intake.add_article(article_of(site, "The bridge")));
    return base::Error{Errc::invalid, "on purpose", {}};
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().key, "on purpose");
  EXPECT_TRUE(read_latest(site.desk(), 5).empty());
}

TEST(TakeIn, What_was_remembered_is_found_again) {
  TestSite site;
  take_in_all(site, [](Intake& intake) {
    EXPECT_EQ(intake.find({"wordpress:https://example.org", "post", "17"}), 0);
    intake.remember({"wordpress:https://example.org", "post", "17"}, 4);
  });
  take_in_all(site, [](Intake& intake) {
    EXPECT_EQ(intake.find({"wordpress:https://example.org", "post", "17"}), 4);
    EXPECT_EQ(intake.find({"wordpress:https://example.net", "post", "17"}), 0);
    EXPECT_EQ(intake.find({"wordpress:https://example.org", "page", "17"}), 0);
  });
}

TEST(AddArticle, A_taken_slug_gets_a_number) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    for (const char* slug : {"the-bridge", "the-bridge-2", "the-bridge-3"}) {
      EXPECT_EQ(intake.find_article(*intake.add_article(article_of(site, "The Bridge")))->slug, slug);
    }
  });
}

TEST(AddArticle, A_headline_without_letters_is_served_by_number) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    const news::ArticleId id = *intake.add_article(article_of(site, "!!!"));
    EXPECT_EQ(intake.find_article(id)->slug, std::to_string(id.value));
  });
}

TEST(AddArticle, The_address_follows_the_rules_with_section_author_and_id) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    news::NewArticle article = article_of(site, "The bridge");
    article.sections = {intake.section_named("News/Town hall")};
    article.authors = {intake.author_named("Nell Farraday")};
    intake.set_permalink_rules(rules_with("/%category%/%author%/%postname%/"));
    EXPECT_EQ(address_of(intake, *intake.add_article(article)), "/news/town-hall/nell-farraday/the-bridge/");
    intake.set_permalink_rules(rules_with("/archives/%post_id%"));
    const news::ArticleId id = *intake.add_article(article);
    EXPECT_EQ(address_of(intake, id), "/archives/" + std::to_string(id.value));
    intake.set_permalink_rules(rules_with(""));
    const news::ArticleId plain = *intake.add_article(article);
    EXPECT_EQ(address_of(intake, plain), "/?p=" + std::to_string(plain.value));
  });
}

TEST(AddArticle, An_address_by_id_that_is_taken_already_is_no_trap) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    intake.set_permalink_rules(rules_with("/archives/%post_id%"));
    const news::ArticleId first = *intake.add_article(article_of(site, "First"));
    intake.alias("/archives/" + std::to_string(first.value + 1), "/elsewhere/");
    EXPECT_EQ(address_of(intake, *intake.add_article(article_of(site, "Second"))), "/second");
  });
}

TEST(AddArticle, An_address_that_belongs_to_something_else_is_a_conflict) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    news::NewArticle article = article_of(site, "The bridge");
    article.address = "/bridge/";
    ASSERT_TRUE(intake.add_article(article));
    EXPECT_EQ(intake.add_article(article).error().code, Errc::conflict);
    article.address = "/bridge";  // the same place
    EXPECT_EQ(intake.add_article(article).error().code, Errc::conflict);
    article.address = "/";
    EXPECT_EQ(intake.add_article(article).error().code, Errc::conflict);
    article.address = "https://elsewhere.example/";
    EXPECT_EQ(intake.add_article(article).error().code, Errc::invalid);
  });
}

TEST(AddArticle, An_address_that_only_redirects_may_be_asked_for_but_is_never_made_up) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    intake.set_permalink_rules(rules_with("/%postname%/"));
    intake.alias("/the-bridge", "/elsewhere/");
    EXPECT_EQ(address_of(intake, *intake.add_article(article_of(site, "The bridge"))), "/the-bridge-2/");
    news::NewArticle asking = article_of(site, "Asking");
    asking.address = "/the-bridge/";
    EXPECT_TRUE(intake.add_article(asking));
  });
}

TEST(ReviseArticle, Nothing_is_written_if_nothing_differs) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    news::NewArticle article = article_of(site, "The bridge");
    article.tags = {intake.tag_named("river")};
    const news::ArticleId id = *intake.add_article(article);
    article.updated = site.clock.now();
    EXPECT_EQ(*intake.revise_article(id, article), false);
    article.dateline = "STAVERMOUTH";
    EXPECT_EQ(*intake.revise_article(id, article), true);
    EXPECT_EQ(intake.find_article(id)->revision, 2);
    EXPECT_EQ(intake.revise_article({999}, article).error().code, Errc::not_found);
  });
}

TEST(ReviseArticle, Its_old_address_redirects) {  // invariant 7
  TestSite site;
  news::ArticleId id;
  take_in_all(site, [&](Intake& intake) {
    news::NewArticle article = article_of(site, "The bridge");
    id = *intake.add_article(article);
    article.slug = "the-new-bridge";
    ASSERT_TRUE(intake.revise_article(id, article));
  });
  EXPECT_EQ(read_article(site.desk(), id, 1)->article.address, "/2026/09/the-new-bridge/");
  const auto old = find_address(site.desk(), "/2026/09/the-bridge");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->kind, AddressKind::redirect);
  EXPECT_EQ(old->target, "/2026/09/the-new-bridge/");
}

TEST(Names, A_section_path_makes_what_is_missing_once) {
  TestSite site;
  take_in_all(site, [](Intake& intake) {
    const news::SectionId hall = intake.section_named(" News /Town  hall");
    EXPECT_EQ(intake.section_named("News/Town hall"), hall);
    EXPECT_NE(intake.section_named("Sport/Town hall"), hall);  // another one, with a slug of its own
    EXPECT_FALSE(intake.section_named(" / "));
  });
}

// Whatever a damaged export holds: no such address could ever be looked up, so looking for a free one would not end.
TEST(Slugs, What_can_be_no_part_of_an_address_is_replaced_by_what_is_most_like_it) {
  TestSite site;
  take_in_all(site, [&](Intake& intake) {
    const auto tag = [&](std::string slug, std::string name) {
      return intake.find_tag(intake.tag({.slug = std::move(slug), .name = std::move(name), .description = {}}))->slug;
    };
    EXPECT_EQ(tag(std::string("on\0ion", 6), "Onions"), "onion");
    EXPECT_EQ(tag("..", "Far up"), "far-up");
    EXPECT_EQ(tag("%2E", "Near"), "2e");
    EXPECT_EQ(tag("\xff", "\x01"), "tag");
    EXPECT_EQ(tag("a/b", ""), "a-b");
    EXPECT_EQ(tag(std::string(2000, 'x'), "Long").size(), 80U);
    EXPECT_EQ(tag("%d0%bc%d0%be%d1%80%d0%b5", "More"), "%d0%bc%d0%be%d1%80%d0%b5");
    news::NewArticle article = article_of(site, "The bridge");
    article.slug = "\x7f..";
    EXPECT_EQ(intake.find_article(*intake.add_article(article))->address, "/2026/09/the-bridge/");
    const news::SectionId section = intake.section({.parent = {}, .slug = "\x01", .name = "News", .description = {}});
    EXPECT_EQ(intake.find_section(section)->address, "/category/news/");
  });
}

TEST(Names, Names_with_one_slug_stay_two_tags) {
  TestSite site;
  take_in_all(site, [](Intake& intake) {
    const news::TagId c = intake.tag_named("C");
    const news::TagId plus = intake.tag_named("C++");
    EXPECT_NE(c, plus);
    EXPECT_EQ(intake.tag_named("c++"), plus);
    EXPECT_EQ(intake.tag_named("C"), c);
    EXPECT_TRUE(intake.tag_named("🌊"));
    EXPECT_EQ(intake.author_named("Nell Farraday"), intake.author_named("nell farraday"));
  });
}

TEST(PermalinkRules, Lists_move_with_the_rules_and_their_old_addresses_redirect) {  // invariant 7
  TestSite site;
  site.publish({.headline = "The bridge",
                .standfirst = {},
                .body = "x",
                .sections = {"News/Town hall"},
                .tags = {"river"},
                .authors = {"Nell Farraday"}});
  take_in_all(site, [](Intake& intake) {
    intake.set_permalink_rules(
        {.article = "/%postname%", .section_base = "/rubrik", .tag_base = "/wort", .author_base = "/von", .date_base = ""});
  });
  const auto leads = [&](const char* key) {
    return find_address(site.desk(), key).value_or(news::AddressTarget{AddressKind::gone, 0, "nowhere"});
  };
  EXPECT_EQ(leads("/rubrik/news/town-hall").kind, AddressKind::section);
  EXPECT_EQ(leads("/category/news/town-hall").target, "/rubrik/news/town-hall");
  EXPECT_EQ(leads("/wort/river").kind, AddressKind::tag);
  EXPECT_EQ(leads("/tag/river").target, "/wort/river");
  EXPECT_EQ(leads("/von/nell-farraday").kind, AddressKind::author);
  EXPECT_EQ(leads("/author/nell-farraday").target, "/von/nell-farraday");
  take_in_all(site, [](Intake& intake) { intake.set_permalink_rules({}); });  // and back
  EXPECT_EQ(leads("/category/news/town-hall").kind, AddressKind::section);
  EXPECT_EQ(leads("/rubrik/news/town-hall").target, "/category/news/town-hall/");
}

TEST(SetParent, A_section_moves_with_those_below_it_but_never_below_itself) {
  TestSite site;
  news::SectionId top;
  news::SectionId middle;
  site.publish({.headline = "The bridge", .standfirst = {}, .body = "x", .sections = {"Hall/Council"}});
  take_in_all(site, [&](Intake& intake) {
    top = intake.section_named("News");
    middle = intake.section_named("Hall");
    intake.set_parent(middle, top);
    intake.set_parent(top, middle);  // refused
  });
  const auto council = find_address(site.desk(), "/category/news/hall/council");
  ASSERT_TRUE(council);
  EXPECT_EQ(council->kind, AddressKind::section);
  EXPECT_EQ(read_list(site.desk(), {news::ListKind::section, top.value}, 1)->teasers.total, 1);
}

TEST(SetPageParent, A_page_moves_below_another_but_never_below_itself) {
  TestSite site;
  const news::ArticleId about =
      site.publish({.kind = news::ArticleKind::page, .headline = "About", .standfirst = {}, .body = "x"});
  const news::ArticleId team = site.publish({.kind = news::ArticleKind::page, .headline = "Team", .standfirst = {}, .body = "x"});
  take_in_all(site, [&](Intake& intake) {
    intake.set_page_parent(team, about, "");
    intake.set_page_parent(about, team, "");  // refused
    EXPECT_EQ(address_of(intake, team), "/about/team/");
    EXPECT_FALSE(intake.find_article(about)->parent);
  });
}

TEST(Alias, A_second_address_never_takes_an_objects_own) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  take_in_all(site, [](Intake& intake) {
    intake.alias("/2026/09/the-bridge", "/trap/");
    intake.alias("?p=12", "/2026/09/the-bridge/");
  });
  EXPECT_EQ(find_address(site.desk(), "/2026/09/the-bridge")->object_id, article.value);
  EXPECT_EQ(find_address(site.desk(), "?p=12")->target, "/2026/09/the-bridge/");
}

TEST(AddComment, Its_article_and_parent_must_be_there) {
  TestSite site;
  const news::ArticleId bridge = site.publish("The bridge");
  const news::ArticleId ferry = site.publish("The ferry");
  take_in_all(site, [&](Intake& intake) {
    ForeignComment foreign;
    foreign.comment.article = {999};
    foreign.comment.author = "Ada";
    foreign.comment.body = text::escape("Fine.");
    foreign.comment.created = site.clock.now();
    foreign.comment.verdict = {news::CommentStatus::published, "import"};
    EXPECT_EQ(intake.add_comment(foreign).error().code, Errc::not_found);
    foreign.comment.article = bridge;
    const auto parent = intake.add_comment(foreign);
    ASSERT_TRUE(parent);
    foreign.comment.parent = *parent;
    EXPECT_TRUE(intake.add_comment(foreign));
    foreign.comment.article = ferry;
    EXPECT_EQ(intake.add_comment(foreign).error().code, Errc::not_found);
  });
  EXPECT_EQ(read_article(site.desk(), bridge, 1)->thread.total, 2);
}

TEST(AddComment, Long_chains_of_replies_keep_their_parents) {
  TestSite site;
  const news::ArticleId bridge = site.publish("The bridge");
  std::vector<news::CommentId> chain;
  take_in_all(site, [&](Intake& intake) {
    for (int i = 0; i < 20; ++i) {
      ForeignComment foreign;
      foreign.comment.article = bridge;
      foreign.comment.parent = chain.empty() ? news::CommentId() : chain.back();
      foreign.comment.author = "Ada";
      foreign.comment.created = site.clock.now() + base::Seconds(i);
      foreign.comment.verdict = {news::CommentStatus::published, "import"};
      chain.push_back(*intake.add_comment(foreign));
    }
  });
  const auto thread = read_article(site.desk(), bridge, 1)->thread;
  ASSERT_EQ(thread.comments.size(), 20U);
  for (std::size_t i = 1; i < 20; ++i) EXPECT_EQ(thread.comments[i].parent, chain[i - 1]);
}

}  // namespace
}  // namespace desk
