#include "import/byte_source.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "db/temporary_folder.h"

namespace import_ {
namespace {

std::string packed(const std::string& plain, int level = 1) {
  z_stream stream{};
  deflateInit2(&stream, level, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  std::string in = plain;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string numbers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i) + ",";
  return text;
}

class ByteSourceTest : public testing::Test {
 protected:
  base::Result<std::string> read(const std::string& bytes) {
    const std::filesystem::path file = folder_.path() / "export";
    std::ofstream(file, std::ios::binary) << bytes;
    ByteSource source = TRY(ByteSource::open(file));
    std::string all;
    for (;;) {
      const std::string_view piece = TRY(source.read());
      if (piece.empty()) break;
      all += piece;
    }
    EXPECT_EQ(source.done(), source.size());
    return all;
  }

  db::TemporaryFolder folder_;
};

TEST_F(ByteSourceTest, Plain_and_packed_files_give_the_same_bytes) {
  for (const std::string& plain : {std::string(), std::string("short"), numbers(100'000)}) {
    EXPECT_EQ(*read(plain), plain);
    EXPECT_EQ(*read(packed(plain)), plain);
  }
}

TEST_F(ByteSourceTest, Several_members_are_one_file_and_filling_behind_them_is_ignored) {
  EXPECT_EQ(*read(packed("one,") + packed(numbers(50'000)) + packed("two")), "one," + numbers(50'000) + "two");
  EXPECT_EQ(*read(packed("one") + std::string(512, '\0')), "one");
}

TEST_F(ByteSourceTest, A_file_that_ends_too_early_or_is_damaged_is_refused) {
  const std::string whole = packed(numbers(100'000));
  EXPECT_EQ(read(whole.substr(0, whole.size() / 2)).error().code, base::Errc::invalid);
  EXPECT_EQ(read(whole.substr(0, whole.size() - 4)).error().code, base::Errc::invalid);
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  EXPECT_EQ(read(damaged).error().code, base::Errc::invalid);
}

TEST_F(ByteSourceTest, A_bomb_is_refused_and_a_large_honest_file_is_not) {
  EXPECT_EQ(read(packed(std::string(100U << 20U, ' '), 9)).error().code, base::Errc::invalid);
  EXPECT_TRUE(read(packed(numbers(9'000'000))));
}

TEST_F(ByteSourceTest, A_file_that_is_not_there_is_refused) {
  EXPECT_EQ(ByteSource::open(folder_.path() / "nothing").error().code, base::Errc::not_found);
  EXPECT_FALSE(ByteSource::open(folder_.path()));
}

}  // namespace
}  // namespace import_
