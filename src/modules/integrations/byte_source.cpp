#include "byte_source.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <zlib.h>

namespace banso::integrations {

void ByteSource::Close::operator()(gzFile_s* file) const {
  gzclose_r(file);
}

core::Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) {
    return core::Error::invalid({fmt::format("{} is a folder; name a file.", path.string()),
                                 fmt::format("{} はフォルダーです。ファイルを指定してください。", path.string())});
  }
  ByteSource source;
  source.size_bytes_ = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  errno = 0;
  // zlib passes files that are not gzip through unchanged.
  if (!failed) source.file_.reset(gzopen(path.c_str(), "rb"));
  if (!source.file_) {
    const std::string reason = failed ? failed.message() : std::strerror(errno);
    return core::Error::not_found({fmt::format("{} cannot be opened: {}.", path.string(), reason),
                                   fmt::format("{} を開けません({})。", path.string(), reason)});
  }
  gzbuffer(source.file_.get(), 256 << 10);
  return source;
}

core::Result<std::size_t> ByteSource::read(std::span<char> buffer) {
  const int count = gzread(file_.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
  int code = Z_OK;
  const char* reason = gzerror(file_.get(), &code);
  if (count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END)) {
    return core::Error::invalid(
        {fmt::format("The compressed file is damaged or cut off ({}). Copy it again.", reason),
         fmt::format("圧縮ファイルが壊れているか、途中で切れています({})。もう一度コピーしてください。", reason)});
  }
  return static_cast<std::size_t>(count);
}

std::int64_t ByteSource::consumed_bytes() const {
  return gzoffset(file_.get());
}

}  // namespace banso::integrations
