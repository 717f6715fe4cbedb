#include "web/rate_limit.h"

#include <gtest/gtest.h>

#include "web/cached_story_test.h"

namespace web {
namespace {

TEST(RateLimit, A_client_gets_the_minutes_share_at_once_and_then_one_after_the_other) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(3, secrets, clock);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.take("192.0.2.1"), 0);
  EXPECT_EQ(limit.take("192.0.2.1"), 20);
  EXPECT_EQ(limit.take("192.0.2.2"), 0);
  clock.advance(base::Seconds(19));
  EXPECT_EQ(limit.take("192.0.2.1"), 1);
  clock.advance(base::Seconds(1));
  EXPECT_EQ(limit.take("192.0.2.1"), 0);
  EXPECT_EQ(limit.take("192.0.2.1"), 20);
}

TEST(RateLimit, Zero_is_no_limit) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(0, secrets, clock);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(limit.take("192.0.2.1"), 0);
  EXPECT_EQ(limit.clients(), 0u);
}

TEST(RateLimit, Addresses_of_one_ipv6_network_are_one_client) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(1, secrets, clock);
  EXPECT_EQ(limit.take("2001:db8:1:2::1"), 0);
  EXPECT_GT(limit.take("2001:db8:1:2:ffff:ffff:ffff:ffff"), 0);
  EXPECT_EQ(limit.take("2001:db8:1:3::1"), 0);
  EXPECT_EQ(limit.take("::ffff:192.0.2.1"), 0);
  EXPECT_EQ(limit.take("::ffff:192.0.2.2"), 0);
}

TEST(RateLimit, Memory_is_bounded_whatever_clients_do) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(1, secrets, clock, 50);
  for (int i = 0; i < 500; ++i) limit.take("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250));
  EXPECT_LE(limit.clients(), 50u);
}

TEST(RateLimit, A_client_who_keeps_coming_is_not_forgotten_among_many_others) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(1, secrets, clock, 50);
  EXPECT_EQ(limit.take("192.0.2.1"), 0);
  for (int i = 0; i < 500; ++i) {
    limit.take("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250));
    if (i % 20 == 0) {
      EXPECT_GT(limit.take("192.0.2.1"), 0);
    }
  }
}

TEST(RateLimit, A_client_cannot_be_followed_from_one_day_to_the_next) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  const std::string today = client_token(secrets, "192.0.2.1", noon);
  EXPECT_EQ(client_token(secrets, "192.0.2.1", noon + std::chrono::hours(11)), today);
  EXPECT_NE(client_token(secrets, "192.0.2.1", noon + std::chrono::hours(13)), today);
  EXPECT_NE(client_token(secrets, "192.0.2.2", noon), today);
}

TEST(RateLimit, A_clock_that_steps_back_neither_gives_nor_takes) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  base::ManualClock clock(noon);
  RateLimit limit(1, secrets, clock);
  EXPECT_EQ(limit.take("192.0.2.1"), 0);
  clock.set(noon - base::Seconds(3600));
  EXPECT_EQ(limit.take("192.0.2.1"), 60);
}

}  // namespace
}  // namespace web
