#include "desk/moderate_comment.h"

#include <gtest/gtest.h>

#include "desk/read_site.h"
#include "desk/test_site.h"

namespace desk {
namespace {

using news::CommentStatus;

TEST(ModerateComments, A_verdict_shows_and_hides_the_comment) {
  TestSite site;
  const news::ArticleId article = site.publish("The bridge");
  const auto posted = site.post(form_for(article));
  ASSERT_TRUE(posted);
  for (const CommentStatus status :
       {CommentStatus::published, CommentStatus::held, CommentStatus::spam, CommentStatus::rejected, CommentStatus::published}) {
    ASSERT_TRUE(moderate_comments(site.desk(), operator_at_the_command_line, {posted->id}, status));
    const int shown = status == CommentStatus::published ? 1 : 0;
    EXPECT_EQ(read_article(site.desk(), article, 1)->thread.total, shown);
    EXPECT_EQ(read_latest(site.desk(), 1).at(0).comment_count, shown);
    EXPECT_EQ(list_comments(site.desk(), operator_at_the_command_line, status, 10)->size(), 1U);
  }
}

TEST(ModerateComments, One_unknown_id_leaves_all_as_they_were) {
  TestSite site;
  const auto posted = site.post(form_for(site.publish("The bridge")));
  ASSERT_TRUE(posted);
  const auto result =
      moderate_comments(site.desk(), operator_at_the_command_line, {posted->id, {4711}}, CommentStatus::published);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::Errc::not_found);
  EXPECT_NE(result.error().key.find("4711"), std::string::npos);
  EXPECT_EQ(list_comments(site.desk(), operator_at_the_command_line, CommentStatus::held, 10)->size(), 1U);
}

TEST(ModerateComments, A_reader_may_neither_judge_nor_list) {
  TestSite site;
  const auto posted = site.post(form_for(site.publish("The bridge")));
  ASSERT_TRUE(posted);
  const Actor reader{.reader = reader_of_token(site.desk(), posted->reader_token)};
  EXPECT_EQ(moderate_comments(site.desk(), reader, {posted->id}, CommentStatus::published).error().code, base::Errc::forbidden);
  EXPECT_EQ(list_comments(site.desk(), reader, std::nullopt, 10).error().code, base::Errc::forbidden);
}

TEST(ModerateComments, A_place_with_published_replies_stays_without_its_words) {
  TestSite site;
  site.settings.moderation = news::Moderation::none;
  const news::ArticleId article = site.publish("The bridge");
  const auto parent = site.post(form_for(article, "Regrettable."));
  CommentForm reply = form_for(article, "Well said.");
  reply.parent = parent->id;
  ASSERT_TRUE(site.post(reply));
  ASSERT_TRUE(moderate_comments(site.desk(), operator_at_the_command_line, {parent->id}, CommentStatus::rejected));
  const auto content = read_article(site.desk(), article, 1);
  ASSERT_EQ(content->thread.comments.size(), 2U);
  EXPECT_TRUE(content->thread.comments[0].removed);
  EXPECT_EQ(content->thread.comments[0].body.string().find("Regrettable"), std::string::npos);
  EXPECT_EQ(content->thread.total, 1);
}

}  // namespace
}  // namespace desk
