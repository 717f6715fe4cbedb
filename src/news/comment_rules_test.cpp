#include "news/comment_rules.h"

#include <gtest/gtest.h>

#include "news/visibility.h"

namespace news {
namespace {

using std::chrono::days;

const base::Time noon = base::from_unix(1'790'000'000);

Article published_at(base::Time time) {
  Article article;
  article.status = ArticleStatus::published;
  article.published = time;
  return article;
}

TEST(Moderation, None_publishes_everybody) {
  EXPECT_EQ(verdict_on_new_comment(Moderation::none, {}), (Verdict{CommentStatus::published, "moderation.none"}));
}

TEST(Moderation, All_holds_even_a_trusted_reader) {
  EXPECT_EQ(verdict_on_new_comment(Moderation::all, {.proven = true, .published_before = 9}),
            (Verdict{CommentStatus::held, "moderation.all"}));
}

TEST(Moderation, First_publishes_only_a_proven_reader_who_was_published_before) {
  const Verdict published{CommentStatus::published, "moderation.first"};
  const Verdict held{CommentStatus::held, "moderation.first"};
  EXPECT_EQ(verdict_on_new_comment(Moderation::first, {.proven = true, .published_before = 1}), published);
  EXPECT_EQ(verdict_on_new_comment(Moderation::first, {.proven = true, .published_before = 0}), held);
  EXPECT_EQ(verdict_on_new_comment(Moderation::first, {.proven = false, .published_before = 0}), held);
}

TEST(Moderation, Published_comments_without_proof_are_worth_nothing) {
  EXPECT_EQ(verdict_on_new_comment(Moderation::first, {.proven = false, .published_before = 100}).status, CommentStatus::held);
}

TEST(MayComment, An_open_published_article_takes_comments) {
  EXPECT_TRUE(may_comment(published_at(noon), {}, noon + days(4000)));
}

TEST(MayComment, A_closed_one_takes_none) {
  Article article = published_at(noon);
  article.comments = Comments::closed;
  EXPECT_FALSE(may_comment(article, {}, noon));
}

TEST(MayComment, What_the_public_cannot_see_takes_none) {
  for (const ArticleStatus status :
       {ArticleStatus::draft, ArticleStatus::scheduled, ArticleStatus::private_, ArticleStatus::taken_down}) {
    Article article = published_at(noon);
    article.status = status;
    EXPECT_FALSE(may_comment(article, {}, noon));
  }
}

TEST(MayComment, An_article_closes_to_the_second_when_its_days_are_over) {
  SiteSettings settings;
  settings.close_comments_after_days = 14;
  EXPECT_TRUE(may_comment(published_at(noon), settings, noon + days(14) - base::Seconds(1)));
  EXPECT_FALSE(may_comment(published_at(noon), settings, noon + days(14)));
}

TEST(MayComment, A_standing_page_does_not_close_by_age) {
  SiteSettings settings;
  settings.close_comments_after_days = 14;
  Article page = published_at(noon);
  page.kind = ArticleKind::page;
  EXPECT_TRUE(may_comment(page, settings, noon + days(400)));
}

TEST(MayBeAnswered, Only_what_everybody_sees) {
  Comment comment;
  for (const CommentStatus status : {CommentStatus::held, CommentStatus::spam, CommentStatus::rejected}) {
    comment.verdict.status = status;
    EXPECT_FALSE(may_be_answered(comment.verdict.status));
  }
  comment.verdict.status = CommentStatus::published;
  EXPECT_TRUE(may_be_answered(comment.verdict.status));
}

TEST(EmailAddress, Real_ones_pass) {
  for (const char* email : {"a@example.org", "first.last+tag@news.example.co.uk", "O'Neil@example.org", "x_y-z@1a.example",
                            "jörg@bücher.example", "用户@例子.公司"}) {
    EXPECT_TRUE(is_email_address(email)) << email;
  }
}

TEST(EmailAddress, What_cannot_be_one_is_refused) {
  for (const char* email : {"",
                            "@",
                            "a",
                            "a@",
                            "@example.org",
                            "a@b",
                            "a@@example.org",
                            "a b@example.org",
                            "a@exa mple.org",
                            "a@.example.org",
                            "a@example..org",
                            "a@example.org.",
                            "a@-example.org",
                            "a@example-.org",
                            ".a@example.org",
                            "a.@example.org",
                            "a..b@example.org",
                            "a@example.org\n",
                            "<a@example.org>",
                            "a@[127.0.0.1]",
                            "\"a\"@example.org",
                            "a@example.org,b@example.org"}) {
    EXPECT_FALSE(is_email_address(email)) << email;
  }
}

TEST(EmailAddress, Lengths_are_bounded) {
  EXPECT_TRUE(is_email_address(std::string(64, 'a') + "@example.org"));
  EXPECT_FALSE(is_email_address(std::string(65, 'a') + "@example.org"));
  std::string domain = "example.org";
  while (domain.size() < 260) domain = std::string(50, 'b') + "." + domain;
  EXPECT_FALSE(is_email_address("a@" + domain));
}

TEST(Visibility, Only_published_articles_are_open) {
  EXPECT_EQ(visibility_of(ArticleStatus::published), Visibility::open);
  EXPECT_EQ(visibility_of(ArticleStatus::password_protected), Visibility::locked);
  EXPECT_EQ(visibility_of(ArticleStatus::taken_down), Visibility::gone);
  for (const ArticleStatus status : {ArticleStatus::draft, ArticleStatus::scheduled, ArticleStatus::private_}) {
    EXPECT_EQ(visibility_of(status), Visibility::hidden);
  }
}

}  // namespace
}  // namespace news
