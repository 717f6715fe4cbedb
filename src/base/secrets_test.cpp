#include "base/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/format.h"

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

// Computed apart from this program: BLAKE2b keyed with a sub-key, which is the KDF of libsodium with the purpose's number, counted from 1.
TEST(Secrets, What_an_older_server_hashed_is_found_by_this_one) {
  const auto file = std::filesystem::temp_directory_path() / ("broadsheet-key-" + random_hex(8));
  std::string key;
  for (char byte = 0; byte < 32; ++byte) key += byte;
  std::ofstream(file, std::ios::binary) << key;
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  const Result<Secrets> old = Secrets::load(file);
  std::filesystem::remove(file);
  ASSERT_TRUE(old);
  const auto hash = [&](Purpose purpose, std::string_view text) {
    const Digest digest = old->keyed_hash(purpose, text);
    std::string hex;
    for (const unsigned char byte : digest) hex += format("{:02x}", byte);
    return hex;
  };
  EXPECT_EQ(hash(Purpose::email_lookup, "ada@example.org"), "6a409343cdfe8330448ef2b84160ab3412a44b5708e2b7c4394633681b2e3521");
  EXPECT_EQ(hash(Purpose::message_id, "x"), "d2badc9d8c653a9b5c8d380787a3ddc6e6861928b6b771691eacec7fa2b98d1c");
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
