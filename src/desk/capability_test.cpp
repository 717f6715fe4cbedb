#include "desk/capability.h"

#include <gtest/gtest.h>

namespace desk {
namespace {

using base::Purpose;

const base::Time noon = base::from_unix(1'790'000'000);
constexpr base::Seconds hour{3600};

TEST(Capability, It_comes_back_as_it_was_issued) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  const auto grant = redeem(secrets, Purpose::reader, issue(secrets, Purpose::reader, {17, 4, noon + hour}), noon);
  ASSERT_TRUE(grant);
  EXPECT_EQ(grant->object, 17);
  EXPECT_EQ(grant->subject, 4);
  EXPECT_EQ(grant->expires, noon + hour);
}

TEST(Capability, One_purpose_is_useless_for_another) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  EXPECT_FALSE(redeem(secrets, Purpose::reader, issue(secrets, Purpose::held_comment, {17, 4, noon + hour}), noon));
}

TEST(Capability, It_ends_at_its_expiry) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  const std::string token = issue(secrets, Purpose::reader, {17, 4, noon + hour});
  EXPECT_TRUE(redeem(secrets, Purpose::reader, token, noon + hour - base::Seconds(1)));
  EXPECT_FALSE(redeem(secrets, Purpose::reader, token, noon + hour));
}

TEST(Capability, Another_sites_key_opens_nothing) {
  const std::string token = issue(base::Secrets::ephemeral(), Purpose::reader, {17, 4, noon + hour});
  EXPECT_FALSE(redeem(base::Secrets::ephemeral(), Purpose::reader, token, noon));
}

TEST(Capability, Not_one_character_can_be_changed) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  const std::string token = issue(secrets, Purpose::reader, {17, 4, noon + hour});
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(redeem(secrets, Purpose::reader, forged, noon)) << i;
  }
  EXPECT_FALSE(redeem(secrets, Purpose::reader, "", noon));
  EXPECT_FALSE(redeem(secrets, Purpose::reader, std::string(100'000, 'A'), noon));
}

TEST(Capability, A_signed_payload_of_another_shape_is_refused) {
  const base::Secrets secrets = base::Secrets::ephemeral();
  for (const char* payload : {"", "6", "6 1 2", "6 1 2 99999999999 5", "6 1 2 99999999999x", "6  1 2 99999999999",
                              "6 0 2 99999999999", "6 -1 2 99999999999"}) {
    EXPECT_FALSE(redeem(secrets, Purpose::reader, secrets.sign(Purpose::reader, payload), noon)) << payload;
  }
}

}  // namespace
}  // namespace desk
