#include "import/image_size.h"

#include <gtest/gtest.h>

#include <string>

namespace import_ {
namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out += static_cast<char>(value);
  return out;
}

const std::string frame_640_480 = bytes({0xFF, 0xC2, 0, 17, 8, 0x01, 0xE0, 0x02, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1});

std::string exif(int orientation) {
  return bytes({0xFF, 0xE1, 0, 34}) + std::string("Exif\0\0", 6) + "II" +
         bytes({42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0}) + bytes({orientation, 0, 0, 0, 0, 0, 0, 0});
}

TEST(ImageSize, The_common_kinds_tell_their_size) {
  EXPECT_EQ(image_size_of("\x89PNG\r\n\x1a\n" + bytes({0, 0, 0, 13}) + "IHDR" + bytes({0, 0, 2, 128, 0, 0, 1, 224, 8, 2})),
            (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of("GIF89a" + bytes({0x80, 2, 0xE0, 1, 0, 0, 0})), (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of(bytes({0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0}) + frame_640_480), (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of("RIFF0000WEBPVP8X" + bytes({10, 0, 0, 0, 0, 0, 0, 0, 0x7F, 2, 0, 0xDF, 1, 0})), (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of("RIFF0000WEBPVP8 " + bytes({10, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 0x80, 2, 0xE0, 1})),
            (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of(bytes({0, 0, 0, 28}) + "ftypavif----ispe" + bytes({0, 0, 0, 0, 0, 0, 2, 128, 0, 0, 1, 224})),
            (ImageSize{640, 480}));
}

TEST(ImageSize, A_photograph_taken_upright_is_higher_than_wide) {
  EXPECT_EQ(image_size_of(bytes({0xFF, 0xD8}) + exif(6) + frame_640_480), (ImageSize{480, 640}));
  EXPECT_EQ(image_size_of(bytes({0xFF, 0xD8}) + exif(3) + frame_640_480), (ImageSize{640, 480}));
}

TEST(ImageSize, A_drawing_has_its_own_size_or_that_of_its_box) {
  EXPECT_EQ(image_size_of("<?xml version='1.0'?><svg width=\"640\" height='480px'/>"), (ImageSize{640, 480}));
  EXPECT_EQ(image_size_of("<svg width=\"100%\" viewBox=\"0 0 24 12.4\">"), (ImageSize{24, 12}));
  EXPECT_EQ(image_size_of("<svg viewBox=\"0,0,24,12\">"), (ImageSize{24, 12}));
}

TEST(ImageSize, Bytes_cut_anywhere_give_no_size_and_no_harm) {
  const std::string whole = bytes({0xFF, 0xD8}) + exif(6) + frame_640_480;
  for (std::size_t size = 0; size < whole.size() - 10; ++size) EXPECT_FALSE(image_size_of(whole.substr(0, size))) << size;
  EXPECT_FALSE(image_size_of("hello"));
  EXPECT_FALSE(image_size_of(""));
  EXPECT_FALSE(read_image_size("/nonexistent"));
}

}  // namespace
}  // namespace import_
