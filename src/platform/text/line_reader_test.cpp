#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "platform/text/line_reader.hpp"
#include "platform/text/test_folder.hpp"

namespace banso::platform::text {
namespace {

using ::testing::ElementsAre;

std::string gzip(const std::string& text) {
  std::string packed(compressBound(text.size()) + 64, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);  // as the command line tool does
  packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return packed;
}

struct Read {
  std::vector<std::string> lines;
  bool damaged = false;
  Compression compression = Compression::none;
};

Read read(const std::string& bytes, std::size_t longest = 1000) {
  const TestFolder folder;
  LineReader reader(ByteSource::open(folder.write("file", bytes)).value(), longest);
  Read result;
  result.compression = reader.source().compression();
  LineReader::Line line;
  while (true) {
    const auto more = reader.next(line);
    if (!more) result.damaged = true;
    if (!more || !*more) return result;
    EXPECT_EQ(line.number, static_cast<std::int64_t>(result.lines.size()) + 1);
    result.lines.push_back(line.too_long ? "(too long)" : std::string(line.text));
  }
}

TEST(LineReader, CutsAtLineEnds) {
  EXPECT_THAT(read("a\nb\r\n\nlast").lines, ElementsAre("a", "b", "", "last"));
  EXPECT_THAT(read("a\n").lines, ElementsAre("a"));
  EXPECT_TRUE(read("").lines.empty());
}

TEST(LineReader, PassesOverWhatIsTooLong) {
  const std::string huge(10 << 20, 'x');
  EXPECT_THAT(read("a\n" + huge + "\nb\n" + huge).lines, ElementsAre("a", "(too long)", "b", "(too long)"));
  EXPECT_THAT(read(std::string(1000, 'x') + "\n" + std::string(1001, 'x')).lines,
              ElementsAre(std::string(1000, 'x'), "(too long)"));
}

TEST(LineReader, UnpacksGzipAndZstd) {
  std::string text;
  std::vector<std::string> lines;
  std::mt19937 random(7);
  for (int i = 0; i < 50'000; ++i) lines.push_back(std::string(random() % 60, static_cast<char>('a' + random() % 26)));
  for (const auto& line : lines) text += line + "\n";
  const std::string half = text.substr(0, text.size() / 2), rest = text.substr(text.size() / 2);
  EXPECT_EQ(read(text).lines, lines);
  EXPECT_EQ(read(gzip(text)).lines, lines);
  EXPECT_EQ(read(zstd(text)).lines, lines);
  EXPECT_EQ(read(gzip(half) + gzip(rest)).lines, lines);  // several members in one file
  EXPECT_EQ(read(zstd(half) + zstd(rest)).lines, lines);
  EXPECT_EQ(read(gzip(text)).compression, Compression::gzip);
  EXPECT_EQ(read(zstd(text)).compression, Compression::zstd);
  EXPECT_EQ(read(text).compression, Compression::none);
}

TEST(LineReader, SaysWhenAFileIsCutOffOrDamaged) {
  std::string text;
  std::mt19937 random(7);
  for (int i = 0; i < 100'000; ++i) text += std::to_string(random()) + "\n";
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    EXPECT_FALSE(read(packed).damaged);
    EXPECT_TRUE(read(packed.substr(0, packed.size() - 10)).damaged);
    EXPECT_TRUE(read(packed.substr(0, packed.size() / 2)).damaged);
    std::string flipped = packed;
    flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 0x55);
    EXPECT_TRUE(read(flipped).damaged);
  }
}

TEST(LineReader, StopsAtZipBombs) {
  const std::string zeros(300 << 20, '0');
  EXPECT_TRUE(read(gzip(zeros)).damaged);
  EXPECT_TRUE(read(zstd(zeros)).damaged);
}

}  // namespace
}  // namespace banso::platform::text
