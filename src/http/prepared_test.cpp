#include "http/prepared.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <stdexcept>

#include "http/compress.h"

namespace http {
namespace {

Response page(std::string body, std::string_view type = "text/html; charset=utf-8") {
  Response response;
  response.add("Content-Type", type).add("Cache-Control", "public").add("X-Frame-Options", "DENY");
  response.body = std::move(body);
  return response;
}

std::string words(std::size_t size) {
  std::string text;
  while (text.size() < size) text += "a word or two, number " + std::to_string(text.size()) + "\n";
  return text;
}

std::string inflate(const std::string& coded, std::size_t size) {
  std::string plain(size, '\0');
  std::size_t got = 0;
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> tool(libdeflate_alloc_decompressor(),
                                                                                               libdeflate_free_decompressor);
  libdeflate_gzip_decompress(tool.get(), coded.data(), coded.size(), plain.data(), plain.size(), &got);
  plain.resize(got);
  return plain;
}

TEST(Prepare, Gzip_gives_the_same_text_back_at_every_effort) {
  const std::string text = words(30'000);
  for (const Effort effort : {Effort::quick, Effort::good, Effort::thorough}) {
    const auto prepared = prepare(page(text), effort);
    EXPECT_EQ(prepared->identity.body, text);
    EXPECT_EQ(inflate(prepared->gzip.body, text.size()), text);
    EXPECT_LT(prepared->gzip.body.size(), text.size() / 2);
    EXPECT_EQ(prepared->brotli.body.empty(), effort != Effort::thorough);
    EXPECT_LT(prepared->brotli.body.size(), text.size() / 2);
  }
}

TEST(Prepare, A_plain_body_that_is_left_out_comes_back_the_same) {
  const std::string text = words(30'000);
  const auto packed = prepare(page(text), Effort::quick, Plain::leave_out);
  const auto whole = prepare(page(text), Effort::quick);
  EXPECT_TRUE(packed->is_packed());
  EXPECT_EQ(packed->identity.body, "");
  EXPECT_EQ(packed->identity.head, whole->identity.head);
  EXPECT_TRUE(is_packed(*packed, choose(*packed, "")));
  EXPECT_FALSE(is_packed(*packed, choose(*packed, "gzip")));
  EXPECT_EQ(plain_body(*packed), text);
  const auto unpacked = unpack(*packed);
  EXPECT_FALSE(unpacked->is_packed());
  EXPECT_EQ(unpacked->identity.body, text);
  EXPECT_EQ(unpacked->gzip.body, packed->gzip.body);
}

TEST(Prepare, A_plain_body_without_another_coding_is_never_left_out) {
  for (const Response& response : {page("short"), page(words(9'000), "image/jpeg"), page("")}) {
    const auto prepared = prepare(response, Effort::thorough, Plain::leave_out);
    EXPECT_FALSE(prepared->is_packed());
    EXPECT_EQ(prepared->identity.body, response.body);
  }
}

TEST(Unpacking, Bytes_that_are_not_ours_throw) {
  const std::string coded = gzip(words(9'000), 6);
  EXPECT_THROW(gunzip(coded.substr(0, coded.size() / 2), 9'000), std::runtime_error);
  EXPECT_THROW(gunzip(coded, 8'000), std::runtime_error);
  EXPECT_THROW(gunzip(coded, 90'000), std::runtime_error);
}

TEST(Prepare, Each_coding_has_a_strong_tag_of_its_own_that_changes_with_the_text) {
  const std::string text = words(5'000);
  const auto one = prepare(page(text), Effort::thorough);
  EXPECT_EQ(one->identity.etag.size(), 34u);
  EXPECT_TRUE(one->gzip.etag.ends_with("-gz\""));
  EXPECT_TRUE(one->brotli.etag.ends_with("-br\""));
  EXPECT_NE(one->gzip.head.find("ETag: " + one->gzip.etag + "\r\n"), std::string::npos);
  EXPECT_EQ(prepare(page(text), Effort::quick)->identity.etag, one->identity.etag);
  for (std::size_t i = 0; i < text.size(); i += 7) {
    std::string other = text;
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_NE(prepare(page(other, "image/png"), Effort::quick)->identity.etag, one->identity.etag);
  }
}

TEST(Prepare, Heads_are_whole_lines_without_date_and_empty_line) {
  const auto prepared = prepare(page("short"), Effort::quick);
  EXPECT_EQ(prepared->identity.head,
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: public\r\nX-Frame-Options: DENY\r\n"
            "ETag: " +
                prepared->identity.etag + "\r\nContent-Length: 5\r\n");
  EXPECT_EQ(prepared->identity.not_modified_head,
            "HTTP/1.1 304 Not Modified\r\nCache-Control: public\r\nETag: " + prepared->identity.etag + "\r\n");
}

TEST(Prepare, What_is_small_or_no_text_has_one_form_only) {
  for (const Response& response : {page("short"), page(words(9'000), "image/jpeg")}) {
    const auto prepared = prepare(response, Effort::quick);
    EXPECT_EQ(prepared->gzip.body, "");
    EXPECT_EQ(prepared->brotli.body, "");
    EXPECT_EQ(&choose(*prepared, "gzip, br"), &prepared->identity);
    EXPECT_EQ(prepared->identity.head.find("Vary"), std::string::npos);
  }
}

TEST(Prepare, Only_a_success_can_become_a_304) {
  Response gone = page(words(3'000));
  gone.status = 410;
  const auto prepared = prepare(gone, Effort::quick);
  EXPECT_EQ(prepared->identity.etag, "");
  EXPECT_EQ(prepared->identity.not_modified_head, "");
}

TEST(Compressible, Text_in_the_widest_sense_and_nothing_else) {
  for (const char* type : {"text/css", "Text/HTML; charset=utf-8", "application/json", "application/rss+xml", "image/svg+xml",
                           "application/ld+json"}) {
    EXPECT_TRUE(is_compressible(type)) << type;
  }
  for (const char* type : {"image/png", "font/woff2", "application/octet-stream", "", "application/zip"}) {
    EXPECT_FALSE(is_compressible(type)) << type;
  }
}

TEST(Compress, What_would_grow_is_left_alone) {
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 4000; ++i) noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  EXPECT_EQ(gzip(noise, 6), "");
  EXPECT_EQ(brotli(noise, 5), "");
}

}  // namespace
}  // namespace http
