#include "base/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "base/format.h"

namespace base {
namespace {

constexpr std::size_t signature_bytes = 16;

void start_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium could not be started");
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Digest blake2b(const Digest& key, std::string_view text) {
  Digest digest;
  crypto_generichash(digest.data(), digest.size(), bytes(text), text.size(), key.data(), key.size());
  return digest;
}

std::string to_base64(std::string_view plain) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string encoded(sodium_base64_encoded_len(plain.size(), variant), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), bytes(plain), plain.size(), variant);
  encoded.pop_back();  // the terminating zero, which libsodium counts
  return encoded;
}

std::optional<std::string> from_base64(std::string_view encoded) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string plain(encoded.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int status = sodium_base642bin(bytes(plain), plain.size(), encoded.data(), encoded.size(), nullptr, &size, &end, variant);
  if (status != 0 || end != encoded.data() + encoded.size()) return std::nullopt;
  plain.resize(size);
  return plain;
}

std::string signature(const Digest& key, std::string_view payload) {
  const Digest digest = blake2b(key, payload);
  return {reinterpret_cast<const char*>(digest.data()), signature_bytes};
}

}  // namespace

Secrets::Secrets(const Digest& key) : key_(key), sub_keys_() {
  std::uint64_t number = 0;
  for (Digest& sub_key : sub_keys_)
    crypto_kdf_derive_from_key(sub_key.data(), sub_key.size(), ++number, "brdsheet", key_.data());
}

Secrets Secrets::ephemeral() {
  start_sodium();
  Digest key;
  randombytes_buf(key.data(), key.size());
  return Secrets(key);
}

Secrets Secrets::create(const std::filesystem::path& file) {
  const Secrets made = ephemeral();
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error(format("cannot create {}: {}", file.string(), std::strerror(errno)));
  const bool written = ::write(descriptor, made.key_.data(), made.key_.size()) == static_cast<ssize_t>(made.key_.size()) &&
                       ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written) throw std::runtime_error(format("cannot write {}: {}", file.string(), std::strerror(errno)));
  return made;
}

Result<Secrets> Secrets::load(const std::filesystem::path& file) {
  start_sodium();
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    return Error{Errc::unavailable, format("The secret key {} cannot be read ({}). Restore it from your backup: without it sealed "
                                           "emails cannot be opened.", file.string(), std::strerror(errno)), {}};
  }
  if ((status.st_mode & 077) != 0) {
    return Error{Errc::unavailable, format("The secret key {} can be read by other users of this machine. Run: chmod 600 {}",
                                           file.string(), file.string()), {}};
  }
  Digest key;
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(key.data()), static_cast<std::streamsize>(key.size()));
  if (in.gcount() != static_cast<std::streamsize>(key.size()) || in.peek() != std::ifstream::traits_type::eof()) {
    return Error{Errc::unavailable, format("The secret key {} is damaged: it must hold exactly 32 bytes. Restore it from your backup.",
                                           file.string()), {}};
  }
  return Secrets(key);
}

std::string Secrets::seal(Purpose purpose, std::string_view plain) const {
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  std::string sealed(nonce_bytes + plain.size() + tag_bytes, '\0');
  randombytes_buf(sealed.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_bytes, nullptr, bytes(plain), plain.size(), nullptr, 0, nullptr,
                                             bytes(sealed), sub_key(purpose).data());
  return sealed;
}

std::optional<std::string> Secrets::unseal(Purpose purpose, std::string_view sealed) const {
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string plain(sealed.size() - nonce_bytes - tag_bytes, '\0');
  const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), nullptr, nullptr, bytes(sealed) + nonce_bytes,
                                                                sealed.size() - nonce_bytes, nullptr, 0, bytes(sealed),
                                                                sub_key(purpose).data());
  if (status != 0) return std::nullopt;
  return plain;
}

Digest Secrets::keyed_hash(Purpose purpose, std::string_view text) const { return blake2b(sub_key(purpose), text); }

std::string Secrets::sign(Purpose purpose, std::string_view payload) const {
  return to_base64(signature(sub_key(purpose), payload) + std::string(payload));
}

std::optional<std::string> Secrets::verify(Purpose purpose, std::string_view token) const {
  const std::optional<std::string> signed_payload = from_base64(token);
  if (!signed_payload || signed_payload->size() < signature_bytes) return std::nullopt;
  const std::string payload = signed_payload->substr(signature_bytes);
  const std::string expected = signature(sub_key(purpose), payload);
  if (sodium_memcmp(expected.data(), signed_payload->data(), signature_bytes) != 0) return std::nullopt;
  return payload;
}

std::string hash_password(std::string_view password) {
  start_sodium();
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    throw std::bad_alloc();
  }
  hash.resize(std::strlen(hash.c_str()));
  return hash;
}

bool password_matches(std::string_view hash, std::string_view password) {
  start_sodium();
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

std::string random_hex(std::size_t count) {
  start_sodium();
  std::vector<unsigned char> random(count);
  randombytes_buf(random.data(), random.size());
  std::string hex;
  for (const unsigned char byte : random) hex += format("{:02x}", byte);
  return hex;
}

}  // namespace base
