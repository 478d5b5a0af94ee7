#include "platform/text/byte_source.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

namespace banso::platform::text {
namespace {

constexpr std::size_t buffer_bytes = 256 << 10;
// A few kilobytes can be made to unpack to a terabyte. Logs of events reach about fifty times their size.
constexpr std::int64_t most_times_larger = 400;
constexpr std::int64_t unpacked_bytes_always_fine = 256 << 20;

core::Error damaged(std::string_view reason) {
  return core::Error::invalid(
      {fmt::format("The compressed file is damaged or cut off ({}). Copy it again.", reason),
       fmt::format("圧縮ファイルが壊れているか、途中で切れています({})。もう一度コピーしてください。", reason)});
}

// zlib passes files that are not gzip through unchanged.
class PlainOrGzip final : public ByteSource::Unpacker {
 public:
  explicit PlainOrGzip(gzFile file) : file_(file) { gzbuffer(file, buffer_bytes); }
  ~PlainOrGzip() override { gzclose_r(file_); }
  PlainOrGzip(const PlainOrGzip&) = delete;

  core::Result<std::size_t> read(std::span<char> buffer) override {
    const int count = gzread(file_, buffer.data(), static_cast<unsigned>(buffer.size()));
    int code = Z_OK;
    const char* reason = gzerror(file_, &code);
    if (count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END)) return damaged(reason);
    return static_cast<std::size_t>(count);
  }
  std::int64_t consumed_bytes() const override { return gzoffset(file_); }
  Compression compression() const override { return gzdirect(file_) ? Compression::none : Compression::gzip; }

 private:
  gzFile file_;
};

class Zstd final : public ByteSource::Unpacker {
 public:
  explicit Zstd(std::ifstream file) : file_(std::move(file)), stream_(ZSTD_createDStream()), packed_(buffer_bytes) {}
  ~Zstd() override { ZSTD_freeDStream(stream_); }
  Zstd(const Zstd&) = delete;

  core::Result<std::size_t> read(std::span<char> buffer) override {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    while (out.pos == 0) {
      if (input_.pos == input_.size && !refill() && frame_complete_) return std::size_t{0};
      const bool more_to_come = input_.pos < input_.size;
      const std::size_t left = ZSTD_decompressStream(stream_, &out, &input_);
      if (ZSTD_isError(left)) return damaged(ZSTD_getErrorName(left));
      frame_complete_ = left == 0;
      if (!more_to_come && out.pos == 0 && !frame_complete_) return damaged("unexpected end of file");
    }
    return out.pos;
  }
  std::int64_t consumed_bytes() const override { return read_bytes_; }
  Compression compression() const override { return Compression::zstd; }

 private:
  bool refill() {
    file_.read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
    input_ = {packed_.data(), static_cast<std::size_t>(file_.gcount()), 0};
    read_bytes_ += file_.gcount();
    return file_.gcount() > 0;
  }

  std::ifstream file_;
  ZSTD_DStream* stream_;
  std::vector<char> packed_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::int64_t read_bytes_ = 0;
  bool frame_complete_ = true;  // files may hold several frames, one after the other
};

bool begins_as_zstd(std::ifstream& file) {
  char first[4] = {};
  file.read(first, sizeof first);
  const bool is = file.gcount() == 4 && std::memcmp(first, "\x28\xB5\x2F\xFD", 4) == 0;
  file.clear();
  file.seekg(0);
  return is;
}

}  // namespace

ByteSource::ByteSource(std::unique_ptr<Unpacker> unpacker, std::int64_t size_bytes)
    : unpacker_(std::move(unpacker)), size_bytes_(size_bytes) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

core::Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    return core::Error::invalid({fmt::format("{} is a folder; name a file.", path.string()),
                                 fmt::format("{} はフォルダーです。ファイルを指定してください。", path.string())});
  }
  const auto size_bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  errno = 0;
  std::ifstream file;
  if (!failed) file.open(path, std::ios::binary);
  if (!failed && file && begins_as_zstd(file)) return ByteSource(std::make_unique<Zstd>(std::move(file)), size_bytes);
  gzFile opened = failed || !file ? nullptr : gzopen(path.c_str(), "rb");
  if (opened == nullptr) {
    const std::string reason = failed ? failed.message() : std::strerror(errno);
    return core::Error::not_found({fmt::format("{} cannot be opened: {}.", path.string(), reason),
                                   fmt::format("{} を開けません({})。", path.string(), reason)});
  }
  return ByteSource(std::make_unique<PlainOrGzip>(opened), size_bytes);
}

core::Result<std::size_t> ByteSource::read(std::span<char> buffer) {
  BANSO_TRY_ASSIGN(const std::size_t count, unpacker_->read(buffer));
  unpacked_bytes_ += static_cast<std::int64_t>(count);
  if (unpacked_bytes_ > unpacked_bytes_always_fine && unpacked_bytes_ / most_times_larger > consumed_bytes()) {
    return core::Error::invalid(
        {fmt::format("The compressed file unpacks to more than {} times its size. Send it in parts.",
                     most_times_larger),
         fmt::format("圧縮ファイルが展開後に{}倍を超える大きさになります。分割してください。", most_times_larger)});
  }
  return count;
}

Compression ByteSource::compression() const {
  return unpacker_->compression();
}

std::int64_t ByteSource::consumed_bytes() const {
  return unpacker_->consumed_bytes();
}

}  // namespace banso::platform::text
