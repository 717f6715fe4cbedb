// What the site's secret key is used for: sealing emails, keyed look-ups, signing capabilities, passwords. The key lives in the
// site folder in a file of its own (mode 0600), never in the database, a log or a response (invariant 3).
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// What a derived value is for. Values made for one purpose are useless for another: each has its own sub-key.
enum class Purpose {
  email_seal,      // emails at rest
  email_lookup,    // finding a reader by email
  submission,      // recognising a retry of the same form
  client,          // rate limits by network address
  form_stamp,      // the signed time in a public form
  held_comment,    // seeing one's own held comment
  reader,          // a returning reader's cookie
  article_access,  // a password-protected article that was opened
  edit_comment,    // changing one's own comment, for a short time
  delete_comment,  // taking one's own comment away
  reader_mark,     // the opaque id under which a reader's picture is drawn
  browser,         // a browser that votes or reports
  sign_in,         // the link in a mail that signs a reader in
  session,         // a reader who is signed in
  follow,          // the link in a mail that confirms a wish for mails about replies
  unfollow,        // the link in such a mail that ends them
  message_id,      // naming mails
};
inline constexpr std::size_t purposes = static_cast<std::size_t>(Purpose::message_id) + 1;

using Digest = std::array<unsigned char, 32>;

// Immutable after construction, so thread-safe.
class Secrets {
 public:
  // Makes a new random key and writes it to `file` with mode 0600. Throws std::runtime_error if the file exists or cannot be
  // written.
  static Secrets create(const std::filesystem::path& file);
  // Reads the key. Error{unavailable, sentence} if it is missing, damaged, or readable by others than its owner.
  static Result<Secrets> load(const std::filesystem::path& file);
  // A key that lives only in this process, for tests.
  static Secrets ephemeral();

  // XChaCha20-Poly1305 with a random nonce: nonce + cipher text. Two seals of one text differ.
  std::string seal(Purpose purpose, std::string_view plain) const;
  // Nothing if the bytes were not sealed with this key for this purpose.
  std::optional<std::string> unseal(Purpose purpose, std::string_view sealed) const;

  // Keyed BLAKE2b: equal texts give equal digests, and nobody without the key can compute one.
  Digest keyed_hash(Purpose purpose, std::string_view text) const;

  // A capability: `payload` (any bytes; bind purpose, object, subject and expiry in it) with a signature, in URL-safe base64.
  std::string sign(Purpose purpose, std::string_view payload) const;
  // The payload, or nothing if the token is forged, cut, or was made for another purpose. Compares in constant time.
  std::optional<std::string> verify(Purpose purpose, std::string_view token) const;

 private:
  explicit Secrets(const Digest& key);
  const Digest& sub_key(Purpose purpose) const { return sub_keys_[static_cast<std::size_t>(purpose)]; }

  Digest key_;
  std::array<Digest, purposes> sub_keys_;  // derived once: deriving one costs as much as hashing what it is for
};

// argon2id with the library's interactive limits; the result carries its own parameters and salt.
std::string hash_password(std::string_view password);
bool password_matches(std::string_view hash, std::string_view password);

// `bytes` random bytes in lower-case hexadecimal, from the system's generator.
std::string random_hex(std::size_t bytes);

}  // namespace base
