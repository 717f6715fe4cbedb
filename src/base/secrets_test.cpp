#include "base/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

namespace base {
namespace {

TEST(Secrets, A_sealed_text_opens_only_with_the_same_key_and_purpose) {
  const Secrets ours = Secrets::ephemeral();
  const std::string sealed = ours.seal(Purpose::email_seal, "reader@example.org");
  EXPECT_EQ(ours.unseal(Purpose::email_seal, sealed), "reader@example.org");
  EXPECT_EQ(ours.unseal(Purpose::email_lookup, sealed), std::nullopt);
  EXPECT_EQ(Secrets::ephemeral().unseal(Purpose::email_seal, sealed), std::nullopt);
  EXPECT_EQ(sealed.find("reader"), std::string::npos);
}

TEST(Secrets, A_sealed_text_that_was_changed_anywhere_does_not_open) {
  const Secrets ours = Secrets::ephemeral();
  const std::string sealed = ours.seal(Purpose::email_seal, "a");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(ours.unseal(Purpose::email_seal, changed), std::nullopt) << "byte " << i;
  }
  EXPECT_EQ(ours.unseal(Purpose::email_seal, ""), std::nullopt);
}

TEST(Secrets, Two_seals_of_one_text_differ_but_its_keyed_hash_stays) {
  const Secrets ours = Secrets::ephemeral();
  EXPECT_NE(ours.seal(Purpose::email_seal, "x"), ours.seal(Purpose::email_seal, "x"));
  EXPECT_EQ(ours.keyed_hash(Purpose::email_lookup, "x"), ours.keyed_hash(Purpose::email_lookup, "x"));
  EXPECT_NE(ours.keyed_hash(Purpose::email_lookup, "x"), ours.keyed_hash(Purpose::submission, "x"));
}

TEST(Secrets, A_capability_is_refused_for_another_purpose_when_forged_and_when_cut) {
  const Secrets ours = Secrets::ephemeral();
  std::string token = ours.sign(Purpose::held_comment, "comment 5");
  EXPECT_EQ(ours.verify(Purpose::held_comment, token), "comment 5");
  EXPECT_EQ(ours.verify(Purpose::form_stamp, token), std::nullopt);
  EXPECT_EQ(ours.verify(Purpose::held_comment, token.substr(0, token.size() - 1)), std::nullopt);
  EXPECT_EQ(ours.verify(Purpose::held_comment, "not base64 !"), std::nullopt);
  token[2] = token[2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ours.verify(Purpose::held_comment, token), std::nullopt);
}

TEST(Secrets, The_key_file_is_private_and_refused_when_others_can_read_it) {
  const auto file = std::filesystem::temp_directory_path() / ("broadsheet-key-" + random_hex(8));
  const Secrets made = Secrets::create(file);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);

  const std::string sealed = made.seal(Purpose::email_seal, "x");
  const Result<Secrets> loaded = Secrets::load(file);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->unseal(Purpose::email_seal, sealed), "x");

  ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
  EXPECT_FALSE(Secrets::load(file));
  EXPECT_THROW(Secrets::create(file), std::runtime_error);
  std::filesystem::remove(file);
}

TEST(Secrets, A_password_hash_matches_only_its_password) {
  const std::string hash = hash_password("swordfish");
  EXPECT_TRUE(password_matches(hash, "swordfish"));
  EXPECT_FALSE(password_matches(hash, "Swordfish"));
  EXPECT_FALSE(password_matches("", ""));
}

}  // namespace
}  // namespace base
