// The bytes of a file, unpacked on the fly where it is gzip. Memory: one small buffer, whatever the file's size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/result.hpp"

struct gzFile_s;

namespace banso::integrations {

class ByteSource {
 public:
  static core::Result<ByteSource> open(const std::filesystem::path& path);

  // Fills `buffer` from the front and returns how many bytes it got; 0 at the end of the file. An error for a gzip
  // file that is damaged or cut off.
  core::Result<std::size_t> read(std::span<char> buffer);

  std::int64_t size_bytes() const { return size_bytes_; }  // on the disk
  std::int64_t consumed_bytes() const;                     // of those, for a progress bar

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };

  std::unique_ptr<gzFile_s, Close> file_;
  std::int64_t size_bytes_ = 0;
};

}  // namespace banso::integrations
