// Certificates: what is refused at the start, and their renewal while connections are open.
#include <gtest/gtest.h>

#include <fstream>

#include "http/certificate_keeper.h"
#include "wire/tls.h"

namespace wire {
namespace {

constexpr const char* request = "GET /small HTTP/1.1\r\nHost: a\r\n\r\n";

std::string refusal_of(const http::TlsFiles& files) {
  const auto loaded = http::TlsContext::load(files);
  return loaded ? "" : loaded.error().key;
}

TEST(Certificate, What_cannot_be_used_is_refused_with_file_and_remedy) {
  const CertificateFolder folder;
  const http::TlsFiles pair = folder.write("pair"), other = folder.write("other");
  EXPECT_EQ(refusal_of(pair), "");

  const std::string missing = refusal_of({.certificate = folder.path() / "none.crt", .key = pair.key});
  EXPECT_NE(missing.find("tls.certificate: cannot read " + (folder.path() / "none.crt").string()), std::string::npos) << missing;
  const std::string no_key = refusal_of({.certificate = pair.certificate, .key = folder.path() / "none.key"});
  EXPECT_NE(no_key.find("tls.key: cannot read"), std::string::npos) << no_key;
  const std::string mixed = refusal_of({.certificate = pair.certificate, .key = other.key});
  EXPECT_NE(mixed.find("is not that of the certificate"), std::string::npos) << mixed;
  const std::string swapped = refusal_of({.certificate = pair.key, .key = pair.certificate});
  EXPECT_NE(swapped.find("holds no certificate"), std::string::npos) << swapped;
}

TEST(Certificate, A_key_that_everybody_may_read_or_that_has_a_passphrase_is_refused) {
  const CertificateFolder folder;
  const http::TlsFiles pair = folder.write("pair");
  std::filesystem::permissions(pair.key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_NE(refusal_of(pair).find("chmod o-rwx"), std::string::npos);

  std::filesystem::permissions(pair.key, std::filesystem::perms::others_read, std::filesystem::perm_options::remove);
  std::ofstream(pair.key) << "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n";
  EXPECT_NE(refusal_of(pair).find("without a passphrase"), std::string::npos);
}

TEST(Certificate, One_that_has_expired_or_soon_will_is_used_with_a_warning) {
  const CertificateFolder folder;
  const auto fresh = http::TlsContext::load(folder.write("fresh", 1, 90));
  const auto ending = http::TlsContext::load(folder.write("ending", 1, 3));
  const auto expired = http::TlsContext::load(folder.write("expired", 1, -1));
  EXPECT_TRUE((*fresh)->warnings().empty());
  EXPECT_NE((*ending)->warnings().at(0).find("expires in"), std::string::npos);
  EXPECT_NE((*expired)->warnings().at(0).find("has expired"), std::string::npos);
}

TEST(Certificate, A_server_does_not_start_with_one_that_cannot_be_used) {
  const CertificateFolder folder;
  http::ServerSettings settings = with_tls({.certificate = folder.path() / "none.crt", .key = folder.path() / "none.key"});
  settings.port = settings.tls->port = 0;
  http::Server server(settings, [](http::Request, http::Reply) {}, {});
  const auto started = server.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, base::Errc::invalid);
}

TEST(Renewal, New_connections_get_the_new_certificate_and_open_ones_go_on) {
  const CertificateFolder folder;
  TestServer server(with_tls(folder.write("site", 1)));
  TlsClient before(server.tls_port());
  EXPECT_EQ(before.serial(), 1);
  EXPECT_FALSE(server.server().reload_certificate_if_changed());
  folder.write("site", 2);
  EXPECT_TRUE(server.server().reload_certificate_if_changed());
  EXPECT_FALSE(server.server().reload_certificate_if_changed());
  EXPECT_EQ(TlsClient(server.tls_port()).serial(), 2);
  before.send(request);
  EXPECT_EQ(before.read_answer().body, "small");
}

TEST(Renewal, A_broken_pair_is_refused_and_the_one_before_goes_on) {
  const CertificateFolder folder;
  const http::TlsFiles files = folder.write("site", 1);
  TestServer server(with_tls(files));
  std::filesystem::copy_file(folder.write("other", 2).certificate, files.certificate,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_FALSE(server.server().reload_certificate_if_changed());
  EXPECT_FALSE(server.server().reload_certificate());
  EXPECT_EQ(TlsClient(server.tls_port()).serial(), 1);
  std::filesystem::remove(files.certificate);
  EXPECT_FALSE(server.server().reload_certificate_if_changed());
  EXPECT_EQ(TlsClient(server.tls_port()).serial(), 1);
  // The second file of a pair may come a moment after the first.
  folder.write("site", 3);
  EXPECT_TRUE(server.server().reload_certificate_if_changed());
  EXPECT_EQ(TlsClient(server.tls_port()).serial(), 3);
}

TEST(Renewal, A_link_that_is_turned_to_another_file_counts_as_a_change) {
  const CertificateFolder folder;
  const http::TlsFiles first = folder.write("first", 1), second = folder.write("second", 2);
  const http::TlsFiles live{.certificate = folder.path() / "live.crt", .key = folder.path() / "live.key"};
  std::filesystem::create_symlink(first.certificate, live.certificate);
  std::filesystem::create_symlink(first.key, live.key);
  TestServer server(with_tls(live));
  std::filesystem::remove(live.certificate);
  std::filesystem::remove(live.key);
  std::filesystem::create_symlink(second.certificate, live.certificate);
  std::filesystem::create_symlink(second.key, live.key);
  EXPECT_TRUE(server.server().reload_certificate_if_changed());
  EXPECT_EQ(TlsClient(server.tls_port()).serial(), 2);
}

}  // namespace
}  // namespace wire
