#include "news/mail.h"

#include <gtest/gtest.h>

namespace news {
namespace {

TEST(MailRules, A_stranger_can_cause_three_mails_an_hour_to_one_address) {
  for (const MailKind kind : {MailKind::sign_in, MailKind::follow}) {
    EXPECT_TRUE(may_mail(kind, {.to_recipient = 2}));
    EXPECT_FALSE(may_mail(kind, {.to_recipient = 3}));
  }
}

TEST(MailRules, One_actor_can_cause_no_flood) {
  EXPECT_TRUE(may_mail(MailKind::sign_in, {.by_actor = 19}));
  EXPECT_FALSE(may_mail(MailKind::sign_in, {.by_actor = 20}));
  EXPECT_FALSE(may_mail(MailKind::follow, {.by_actor = 20}));
  EXPECT_FALSE(may_mail(MailKind::reply, {.by_actor = 200}));
}

TEST(MailRules, A_thread_on_fire_makes_three_mails_an_hour_to_a_reader_and_then_is_quiet) {
  EXPECT_TRUE(may_mail(MailKind::reply, {.to_recipient_on_article = 2}));
  EXPECT_FALSE(may_mail(MailKind::reply, {.to_recipient_on_article = 3}));
  EXPECT_FALSE(may_mail(MailKind::reply, {.on_article = 300}));
}

TEST(MailRules, Each_attempt_waits_longer_up_to_six_hours_and_not_all_alike) {
  EXPECT_EQ(wait_after_attempt(1, 0.5), base::Seconds(30));
  EXPECT_EQ(wait_after_attempt(2, 0.5), base::Seconds(120));
  EXPECT_EQ(wait_after_attempt(9, 0.5), base::Seconds(6 * 3600));
  EXPECT_EQ(wait_after_attempt(1'000'000, 0.5), base::Seconds(6 * 3600));
  EXPECT_LT(wait_after_attempt(4, 0.0), wait_after_attempt(4, 1.0));
  base::Seconds whole{};
  for (int attempt = 1; attempt < most_mail_attempts; ++attempt) whole += wait_after_attempt(attempt, 0.5);
  EXPECT_GT(whole, std::chrono::hours(24)) << "a mail server that is away for a night loses no mail";
}

}  // namespace
}  // namespace news
