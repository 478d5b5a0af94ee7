// Lines of a file, in memory bounded by the longest line that is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/text/byte_source.hpp"

namespace banso::platform::text {

class LineReader {
 public:
  struct Line {
    std::int64_t number = 0;  // 1, 2, ...
    std::string_view text;    // without its end ("\n" or "\r\n"); valid until the next call; empty where too long
    bool too_long = false;    // its rest was passed over
  };

  LineReader(ByteSource source, std::size_t longest_bytes);

  // False after the last line. An error for a damaged file.
  core::Result<bool> next(Line& line);
  const ByteSource& source() const { return source_; }
  std::int64_t unpacked_bytes() const { return unpacked_bytes_; }

 private:
  core::Result<bool> refill();

  ByteSource source_;
  const std::size_t longest_bytes_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what was not handed out
  std::size_t end_ = 0;
  std::int64_t unpacked_bytes_ = 0;
  std::int64_t number_ = 0;
  bool at_end_ = false;
};

}  // namespace banso::platform::text
