#include "platform/text/text_encoding.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <zlib.h>

#include "platform/text/test_folder.hpp"

namespace banso::platform::text {
namespace {

std::string decoded(Encoding encoding, std::string_view bytes, std::size_t piece_bytes) {
  Decoder decoder(encoding);
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes)
    decoder.decode(bytes.substr(at, piece_bytes), false, out);
  decoder.decode({}, true, out);
  return out;
}

struct DetectCase {
  const char* name;
  std::string bytes;
  Encoding encoding;
};

TEST(Encoding, OfBinaryDataIsNone) {
  const TestFolder folder;
  const auto is_text = [&](const std::string& bytes, Encoding encoding) {
    return require_text(folder.write("table.csv", bytes), encoding).has_value();
  };
  std::string every_byte_but_zero;
  for (int byte = 1; byte < 256; ++byte) every_byte_but_zero += static_cast<char>(byte);
  EXPECT_FALSE(is_text(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16), Encoding::windows_1252));
  EXPECT_FALSE(is_text(every_byte_but_zero, Encoding::windows_1252));
  EXPECT_TRUE(is_text("", Encoding::utf8));
  EXPECT_TRUE(is_text("id\tname\r\n1\t\"two\vlines\"\r\n\x1A", Encoding::utf8));
  EXPECT_TRUE(is_text(std::string("\xFF\xFEi\0d\0", 6), Encoding::utf16_little_endian));
  EXPECT_TRUE(is_text("id,note\n1,\x02" + std::string(100, 'x') + "\n", Encoding::utf8));
}

TEST(Encoding, IsDetected) {
  const std::string long_ascii(200'000, 'x');
  const std::vector<DetectCase> cases{
      {"ascii", "id,name\n1,Acme\n", Encoding::utf8},
      {"empty", "", Encoding::utf8},
      {"utf-8", "顧客名\n山田商店\n", Encoding::utf8},
      {"utf-8 with mark", "\xEF\xBB\xBFid\n1\n", Encoding::utf8},
      {"utf-16le", std::string("\xFF\xFEi\0d\0", 6), Encoding::utf16_little_endian},
      {"utf-16be", std::string("\xFE\xFF\0i\0d", 6), Encoding::utf16_big_endian},
      {"cp932", *to_cp932("顧客名\n㈱山田商店①～\n"), Encoding::cp932},
      {"cp932, half-width kana", *to_cp932("ﾔﾏﾀﾞ,ﾃｽﾄ\n"), Encoding::cp932},
      {"cp932 late in a long file", long_ascii + "\n" + *to_cp932("東京\n"), Encoding::cp932},
      {"utf-8 late in a long file", long_ascii + "\n東京\n", Encoding::utf8},
      {"utf-8 with one broken place",
       [] {
         std::string text;
         for (int i = 0; i < 100; ++i) text += "東京都千代田区,";
         return text + "\xE6\x9D\n";
       }(),
       Encoding::utf8},
      {"western",
       "name\nJos\xE9 Garc\xED"
       "a\nM\xFCller AG\n",
       Encoding::windows_1252},
  };
  const TestFolder folder;
  for (const DetectCase& example : cases) {
    const auto path = folder.write("table.csv", example.bytes);
    const auto encoding = detect_encoding(path);
    ASSERT_TRUE(encoding) << example.name;
    EXPECT_EQ(name_of(*encoding), name_of(example.encoding)) << example.name;
  }
}

TEST(Encoding, IsDetectedInsideGzip) {
  const TestFolder folder;
  const auto path = folder.path() / "table.csv.gz";
  const std::string bytes = *to_cp932("会社名\n東京\n");
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  EXPECT_EQ(*detect_encoding(path), Encoding::cp932);
}

TEST(Encoding, OfACutGzipIsAnErrorAndNotHalfAFile) {
  const TestFolder folder;
  const auto path = folder.path() / "table.csv.gz";
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i * 7919) + "\n";
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const auto encoding = detect_encoding(path);
  ASSERT_FALSE(encoding);
  EXPECT_NE(encoding.error().message.en.find("cut off"), std::string::npos);
}

TEST(Decoder, ReadsTheCharactersThatJapaneseExcelWrites) {
  // Wave dash, minus, parallel, yen as backslash, ①, ㈱, NEC and IBM kanji.
  EXPECT_EQ(decoded(Encoding::cp932, "\x81\x60\x81\x7C\x81\x61\x87\x40\x87\x8A\xED\x40\xFA\x40\x5C", 64),
            "～－∥①㈱纊ⅰ\\");
  EXPECT_EQ(decoded(Encoding::cp932, "\xB1\xB2", 64), "ｱｲ");
}

TEST(Decoder, GivesTheSameWhereverThePiecesAreCut) {
  const std::string text = "a,é,東京,𠮷野家,㈱\r\n";
  std::string utf16("\xFF\xFE", 2);
  for (const char16_t unit : std::u16string(u"a,é,東京,𠮷野家,㈱\r\n")) {
    utf16 += static_cast<char>(unit & 0xFF);
    utf16 += static_cast<char>(unit >> 8);
  }
  for (std::size_t piece_bytes = 1; piece_bytes < 9; ++piece_bytes) {
    EXPECT_EQ(decoded(Encoding::utf8, "\xEF\xBB\xBF" + text, piece_bytes), text) << piece_bytes;
    EXPECT_EQ(decoded(Encoding::utf16_little_endian, utf16, piece_bytes), text) << piece_bytes;
    EXPECT_EQ(decoded(Encoding::cp932, *to_cp932("東京㈱\r\n"), piece_bytes), "東京㈱\r\n") << piece_bytes;
  }
}

TEST(Decoder, KeepsPairsWholeInLongTexts) {
  std::string utf16("\xFF\xFE", 2);
  std::string expected;
  utf16 += std::string("a\0", 2);  // so that pairs fall on odd places of any buffer
  expected += "a";
  for (int i = 0; i < 20'000; ++i) {
    utf16 += std::string("\x42\xD8\xB7\xDF", 4);
    expected += "𠮷";
  }
  EXPECT_EQ(decoded(Encoding::utf16_little_endian, utf16, 1 << 20), expected);
}

TEST(Decoder, ShowsWhatItCannotRead) {
  EXPECT_EQ(decoded(Encoding::utf8,
                    "a\xFF"
                    "b\xE6\x9D",
                    2),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(decoded(Encoding::cp932,
                    "a\x80\xFD"
                    "b",
                    64),
            "a\xEF\xBF\xBD\xEF\xBF\xBD"
            "b");
}

TEST(Encoding, NamesAreUnderstood) {
  for (const char* name : {"CP932", "Shift_JIS", "sjis", "windows-31j", "MS932"}) {
    EXPECT_EQ(encoding_from(name), Encoding::cp932) << name;
  }
  EXPECT_EQ(encoding_from("UTF-8"), Encoding::utf8);
  EXPECT_FALSE(encoding_from("ebcdic"));
}

}  // namespace
}  // namespace banso::platform::text
