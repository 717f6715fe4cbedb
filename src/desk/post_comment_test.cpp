#include "desk/post_comment.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "desk/check_site.h"
#include "desk/own_comment.h"
#include "desk/read_site.h"
#include "desk/test_site.h"

namespace desk {
namespace {

using base::Errc;
using news::CommentStatus;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> keys_of(const base::Result<void>& result) {
  std::vector<std::string> keys;
  if (!result) {
    for (const base::FieldError& field : result.error().fields) keys.push_back(field.field + ": " + field.key);
  }
  return keys;
}

int count_all(TestSite& site) {
  return static_cast<int>(list_comments(site.desk(), operator_at_the_command_line, std::nullopt, 1000)->size());
}

void publish_comment(TestSite& site, news::CommentId id) {
  ASSERT_TRUE(moderate_comments(site.desk(), operator_at_the_command_line, {id}, CommentStatus::published));
}

TEST(ValidateComment, A_plain_form_is_good) { EXPECT_TRUE(validate(form_for({1}), {})); }

TEST(ValidateComment, Every_wrong_field_is_named_at_once) {
  const CommentForm form{
      .article = {1}, .parent = {}, .name = " \u200e ", .email = "ada", .website = "javascript:alert(1)", .comment = " \n "};
  EXPECT_THAT(keys_of(validate(form, {})),
              testing::IsSupersetOf({std::string("email: comment.email.invalid"), std::string("website: comment.website.invalid"),
                                     std::string("comment: comment.comment.required")}));
}

TEST(ValidateComment, Missing_fields_are_told_from_wrong_ones) {
  const CommentForm form{.article = {1}, .parent = {}, .name = "", .email = " ", .website = "", .comment = ""};
  EXPECT_THAT(keys_of(validate(form, {})), testing::ElementsAre("name: comment.name.required", "email: comment.email.required",
                                                                "comment: comment.comment.required"));
}

TEST(ValidateComment, Lengths_are_counted_in_characters_not_bytes) {
  news::SiteSettings settings;
  settings.max_comment_characters = 5;
  CommentForm form = form_for({1}, "äöüßé");
  for (int i = 0; i < 100; ++i) form.name += i == 0 ? "" : "ñ";
  form.name = form.name.substr(form.name.size() - 198);  // 99 characters of two bytes
  EXPECT_TRUE(validate(form, settings));
  form.comment += "x";
  form.name += "xy";
  EXPECT_THAT(keys_of(validate(form, settings)),
              testing::ElementsAre("name: comment.name.too_long", "comment: comment.comment.too_long"));
}

TEST(ValidateComment, What_is_not_utf8_is_refused) {
  CommentForm form = form_for({1}, "\xff");
  form.name = "\xc3";
  EXPECT_THAT(keys_of(validate(form, {})),
              testing::ElementsAre("name: comment.name.invalid", "comment: comment.comment.invalid"));
}

TEST(PostComment, Who_is_refused_does_not_wait_for_the_writer) {
  TestSite site;
  const news::ArticleId open = site.publish("Open");
  const news::ArticleId closed =
      site.publish({.headline = "Closed", .standfirst = {}, .body = "x", .comments = news::Comments::closed});
  CommentForm to_nobody = form_for(open);
  to_nobody.parent = {12345};

  std::vector<base::Result<PostedComment>> answers;
  const auto keep = [&](base::Result<PostedComment> answer) { answers.push_back(std::move(answer)); };
  // As long as this work lasts, the writer does nothing else.
  const auto written = site.desk().database.write([&](db::Transaction&) -> base::Result<void> {
    post_comment(site.desk(), {}, form_for(closed), keep);
    post_comment(site.desk(), {}, to_nobody, keep);
    post_comment(site.desk(), {}, form_for({12345}), keep);
    return {};
  });
  ASSERT_TRUE(written);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0].error(), (base::Error{Errc::forbidden, "comment.closed", {}}));
  EXPECT_EQ(answers[1].error().key, "comment.parent.missing");
  EXPECT_EQ(answers[2].error().key, "comment.article.missing");
}

TEST(PostComment, The_first_comment_of_a_reader_is_held) {
  TestSite site;
  const auto posted = site.post(form_for(site.publish("The bridge")));
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->verdict, (news::Verdict{CommentStatus::held, "moderation.first"}));
}

TEST(PostComment, A_reader_whose_cookie_proves_a_published_comment_is_published_at_once) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  ASSERT_TRUE(first);
  publish_comment(site, first->id);

  const Actor returning{.reader = reader_of_token(site.desk(), first->reader_token)};
  ASSERT_TRUE(returning.reader);
  const auto second = site.post(form_for(article, "Still standing."), returning);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->verdict.status, CommentStatus::published);
}

// reference/invariants.md: a typed address is never a credential.
TEST(PostComment, A_typed_name_and_email_lend_no_trust) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  ASSERT_TRUE(first);
  publish_comment(site, first->id);

  const auto impostor = site.post(form_for(article, "Buy my bridge."));
  ASSERT_TRUE(impostor);
  EXPECT_EQ(impostor->verdict.status, CommentStatus::held);
  EXPECT_NE(reader_of_token(site.desk(), impostor->reader_token), reader_of_token(site.desk(), first->reader_token));
}

TEST(PostComment, Trust_that_the_true_reader_earns_later_does_not_reach_an_impostors_cookie) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto ada = site.post(form_for(article));
  const auto impostor = site.post(form_for(article, "Buy my bridge."));
  ASSERT_TRUE(ada && impostor);
  publish_comment(site, ada->id);

  const auto again = site.post(form_for(article, "Buy two."), {.reader = reader_of_token(site.desk(), impostor->reader_token)});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->verdict.status, CommentStatus::held);
}

TEST(PostComment, Comments_that_were_imported_lend_no_trust_to_the_same_email) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto waiting = site.post(form_for(article));
  ASSERT_TRUE(waiting);
  ASSERT_TRUE(take_in(site.desk(), [&](Intake& intake) -> base::Result<void> {
    ForeignComment foreign;
    foreign.comment.article = article;
    foreign.comment.author = "Ada Marsh";
    foreign.comment.created = site.clock.now();
    foreign.comment.verdict = {CommentStatus::published, "import"};
    foreign.email = "ada@example.org";
    TRY(intake.add_comment(foreign));
    return {};
  }));

  const auto next = site.post(form_for(article, "Again."), {.reader = reader_of_token(site.desk(), waiting->reader_token)});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->verdict.status, CommentStatus::held);
}

TEST(PostComment, Another_email_at_the_same_browser_is_another_reader) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto ada = site.post(form_for(article));
  ASSERT_TRUE(ada);
  publish_comment(site, ada->id);

  CommentForm form = form_for(article, "I am somebody else.");
  form.email = "ben@example.org";
  const auto ben = site.post(form, {.reader = reader_of_token(site.desk(), ada->reader_token)});
  ASSERT_TRUE(ben);
  EXPECT_EQ(ben->verdict.status, CommentStatus::held);
  EXPECT_NE(reader_of_token(site.desk(), ben->reader_token), reader_of_token(site.desk(), ada->reader_token));
}

TEST(PostComment, The_same_form_again_gives_the_comment_it_made_before) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  site.clock.advance(base::Seconds(60));
  CommentForm again = form_for(article);
  again.name = "  ADA Marsh";
  again.email = "Ada@Example.org";
  const auto second = site.post(again);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->id, first->id);
  EXPECT_EQ(second->address, first->address);
  EXPECT_EQ(second->capability, first->capability);
  EXPECT_EQ(count_all(site), 1);
}

TEST(PostComment, A_repetition_without_proof_is_given_no_cookie) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  ASSERT_TRUE(first);
  EXPECT_EQ(site.post(form_for(article))->reader_token, "");
  const news::ReaderId reader = reader_of_token(site.desk(), first->reader_token);
  EXPECT_EQ(reader_of_token(site.desk(), site.post(form_for(article), {.reader = reader})->reader_token), reader);
}

TEST(PostComment, A_proven_reader_is_not_given_what_an_impostor_wrote_before_with_the_same_words) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto ada = site.post(form_for(article));
  ASSERT_TRUE(ada);
  publish_comment(site, ada->id);
  const auto impostor = site.post(form_for(article, "Thanks!"));
  const auto own = site.post(form_for(article, "Thanks!"), {.reader = reader_of_token(site.desk(), ada->reader_token)});
  ASSERT_TRUE(impostor && own);
  EXPECT_NE(own->id, impostor->id);
  EXPECT_EQ(own->verdict.status, CommentStatus::published);
}

TEST(PostComment, After_a_day_the_same_words_are_a_new_comment) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  site.clock.advance(std::chrono::days(1) + base::Seconds(1));
  const auto second = site.post(form_for(article));
  ASSERT_TRUE(first && second);
  EXPECT_NE(second->id, first->id);
}

TEST(PostComment, One_form_sent_from_eight_threads_makes_one_comment) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  for (int round = 0; round < 10; ++round) {
    std::vector<std::thread> threads;
    std::vector<news::CommentId> ids(8);
    for (news::CommentId& id : ids) {
      threads.emplace_back([&, round] { id = site.post(form_for(article, "Round " + std::to_string(round)))->id; });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::set<news::CommentId>(ids.begin(), ids.end()).size(), 1U);
    EXPECT_EQ(count_all(site), round + 1);
  }
}

TEST(PostComment, A_different_text_article_or_parent_is_another_comment) {
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  const news::ArticleId article = site.publish("The bridge");
  const auto first = site.post(form_for(article));
  CommentForm reply = form_for(article);
  reply.parent = first->id;
  EXPECT_TRUE(site.post(reply));
  EXPECT_TRUE(site.post(form_for(site.publish("The ferry"))));
  EXPECT_TRUE(site.post(form_for(article, "A fine bridge!")));
  EXPECT_EQ(count_all(site), 4);
}

TEST(PostComment, What_cannot_be_commented_on_says_why_and_leaves_nothing) {
  TestSite site;
  const news::ArticleId closed =
      site.publish({.headline = "Closed", .standfirst = {}, .body = "x", .comments = news::Comments::closed});
  const news::ArticleId draft =
      site.publish({.headline = "Draft", .standfirst = {}, .body = "x", .status = news::ArticleStatus::draft});
  const news::ArticleId gone =
      site.publish({.headline = "Gone", .standfirst = {}, .body = "x", .status = news::ArticleStatus::taken_down});
  EXPECT_EQ(site.post(form_for({9999})).error(), (base::Error{Errc::not_found, "comment.article.missing", {}}));
  EXPECT_EQ(site.post(form_for(draft)).error(), (base::Error{Errc::not_found, "comment.article.missing", {}}));
  EXPECT_EQ(site.post(form_for(gone)).error().code, Errc::gone);
  EXPECT_EQ(site.post(form_for(closed)).error(), (base::Error{Errc::forbidden, "comment.closed", {}}));
  EXPECT_EQ(count_all(site), 0);
}

TEST(PostComment, Only_a_published_comment_of_the_same_article_can_be_answered) {
  TestSite site;
  const news::ArticleId bridge = site.publish("The bridge");
  const news::ArticleId ferry = site.publish("The ferry");
  const auto parent = site.post(form_for(bridge));
  ASSERT_TRUE(parent);
  CommentForm reply = form_for(bridge, "I agree.");
  reply.parent = parent->id;
  EXPECT_EQ(site.post(reply).error().key, "comment.parent.missing");  // held
  publish_comment(site, parent->id);
  EXPECT_TRUE(site.post(reply));
  reply.article = ferry;
  EXPECT_EQ(site.post(reply).error().key, "comment.parent.missing");
  reply.parent = {4711};
  EXPECT_EQ(site.post(reply).error().key, "comment.parent.missing");
}

TEST(PostComment, An_article_closes_by_age) {
  TestSite site;
  site.settings.close_comments_after_days = 3;
  const news::ArticleId article = site.publish("The bridge");
  EXPECT_TRUE(site.post(form_for(article)));
  site.clock.advance(std::chrono::days(3));
  EXPECT_EQ(site.post(form_for(article, "Late.")).error().key, "comment.closed");
}

TEST(PostComment, A_text_that_shows_nothing_is_refused) {
  TestSite site;
  const auto posted = site.post(form_for(site.publish("The bridge"), "[a]: https://example.org"));
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().fields, (std::vector<base::FieldError>{{"comment", "comment.comment.required"}}));
}

TEST(PostComment, Markup_of_the_reader_is_shown_as_text) {
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  const news::ArticleId article = site.publish("The bridge");
  ASSERT_TRUE(site.post(form_for(article, "<script>alert(1)</script> *really*")));
  const std::string body = read_article(site.desk(), article, 1)->thread.comments.at(0).body.string();
  EXPECT_THAT(body, Not(HasSubstr("<script")));
  EXPECT_THAT(body, HasSubstr("<em>really</em>"));
}

TEST(PostComment, A_held_comment_is_seen_by_whoever_holds_its_capability_and_nobody_else) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto posted = site.post(form_for(article));
  ASSERT_TRUE(posted);
  EXPECT_EQ(read_article(site.desk(), article, 1)->thread.comments.size(), 0U);
  const news::CommentId own = read_own_comment(site.desk(), posted->capability)->comment.id;
  EXPECT_EQ(own, posted->id);
  const auto content = read_article(site.desk(), article, 1, own);
  ASSERT_EQ(content->thread.comments.size(), 1U);
  EXPECT_EQ(content->thread.comments[0].status, CommentStatus::held);
}

TEST(PostComment, Tokens_expire_and_are_good_for_their_purpose_only) {
  TestSite site;
  const auto posted = site.post(form_for(site.publish("The bridge")));
  ASSERT_TRUE(posted);
  EXPECT_FALSE(read_own_comment(site.desk(), posted->reader_token));
  EXPECT_FALSE(reader_of_token(site.desk(), posted->capability));
  site.clock.advance(std::chrono::days(30));
  EXPECT_FALSE(read_own_comment(site.desk(), posted->capability));
  EXPECT_TRUE(reader_of_token(site.desk(), posted->reader_token));
  site.clock.advance(std::chrono::days(335));
  EXPECT_FALSE(reader_of_token(site.desk(), posted->reader_token));
}

TEST(PostComment, The_address_leads_to_the_page_where_the_comment_stands) {
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  site.settings.comments_per_page = 2;
  const news::ArticleId article = site.publish("The bridge");
  for (int i = 0; i < 3; ++i) {
    site.clock.advance(base::Seconds(1));
    const auto posted = site.post(form_for(article, "Number " + std::to_string(i)));
    ASSERT_TRUE(posted);
    const auto place = find_comment_place(site.desk(), posted->id);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->address, posted->address);
    EXPECT_EQ(place->part.page, i / 2 + 1);
  }
  EXPECT_EQ(read_article(site.desk(), article, 2)->thread.comments.size(), 1U);
  EXPECT_EQ(read_article(site.desk(), article, 3).error().code, Errc::not_found);
}

TEST(PostComment, When_the_commit_fails_it_says_so_and_the_same_form_works_later) {  // invariants 1 and 2
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  // The first transaction looks ahead for what would be refused, and leaves it to the writer to say what is wrong with the database.
  for (const auto& [point, nth] : {std::pair(db::Faults::Point::begin, 2), std::pair(db::Faults::Point::commit, 1)}) {
    site.faults->plan({.point = point, .nth = nth});
    const auto posted = site.post(form_for(article));
    ASSERT_FALSE(posted);
    EXPECT_EQ(posted.error(), (base::Error{Errc::unavailable, "server.unavailable", {}}));
    EXPECT_EQ(count_all(site), 0);
  }
  EXPECT_TRUE(site.post(form_for(article)));
  EXPECT_EQ(count_all(site), 1);
}

TEST(PostComment, What_is_stored_is_acknowledged_also_where_its_page_cannot_be_found) {
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  site.settings.comments_per_page = 1;
  const news::ArticleId article = site.publish("The bridge");
  ASSERT_TRUE(site.post(form_for(article, "One.")));
  site.database().on_touched([&](const auto&) { site.faults->plan({.point = db::Faults::Point::step, .nth = 1}); });
  const auto posted = site.post(form_for(article, "Two."));
  site.faults->plan({.nth = 0});
  ASSERT_TRUE(posted);
  EXPECT_EQ(count_all(site), 2);
  EXPECT_THAT(posted->address, HasSubstr("/#comment-2"));
  EXPECT_THAT(posted->address, Not(HasSubstr("comment-page-2")));
  EXPECT_THAT(find_comment_place(site.desk(), posted->id)->address, HasSubstr("comment-page-2"));
}

// Whatever statement fails, the comment is there whole with its reader and counts, or not at all.
TEST(PostComment, A_fault_in_the_middle_leaves_nothing_behind) {  // invariant 1
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  const news::ArticleId article = site.publish("The bridge");
  int failures = 0;
  for (int nth = 1; nth < 60; ++nth) {
    site.faults->plan({.point = db::Faults::Point::step, .nth = nth});
    const auto posted = site.post(form_for(article, "Try " + std::to_string(nth)));
    site.faults->plan({.nth = 0});
    failures += posted ? 0 : 1;
    EXPECT_EQ(count_all(site), nth - failures);
    EXPECT_EQ(read_article(site.desk(), article, 1)->thread.total, nth - failures);
  }
  EXPECT_GT(failures, 5);
  EXPECT_LT(failures, 59);
  std::vector<std::string> found;
  check_site(site.desk(), site.media(), [&](std::string sentence) { found.push_back(std::move(sentence)); });
  EXPECT_THAT(found, testing::IsEmpty());
}

// A refusal is one work's own: those that share its commit stay.
TEST(PostComment, A_refusal_does_not_take_others_down) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  std::vector<std::promise<bool>> answers(20);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    CommentForm form = form_for(article, "Number " + std::to_string(i));
    if (i % 2 == 1) form.parent = {4711};
    post_comment(site.desk(), {}, form,
                 [&answers, i](base::Result<PostedComment> result) { answers[i].set_value(static_cast<bool>(result)); });
  }
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].get_future().get(), i % 2 == 0);
  EXPECT_EQ(count_all(site), 10);
}

TEST(PostComment, A_protected_article_takes_comments_only_from_who_knows_the_password) {
  TestSite site;
  const news::ArticleId article =
      site.publish({.headline = "Members", .standfirst = {}, .body = "Secret.", .password = "lantern"});
  EXPECT_EQ(site.post(form_for(article)).error().code, Errc::unproven);
}

}  // namespace
}  // namespace desk
