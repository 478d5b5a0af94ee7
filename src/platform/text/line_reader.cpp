#include "platform/text/line_reader.hpp"

#include <cstring>

namespace banso::platform::text {
namespace {

constexpr std::size_t piece_bytes = 256 << 10;

}  // namespace

LineReader::LineReader(ByteSource source, std::size_t longest_bytes)
    : source_(std::move(source)), longest_bytes_(longest_bytes), buffer_(longest_bytes + piece_bytes) {}

// False at the end of the file.
core::Result<bool> LineReader::refill() {
  if (at_end_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  BANSO_TRY_ASSIGN(const std::size_t count, source_.read(std::span(buffer_).subspan(end_)));
  end_ += count;
  unpacked_bytes_ += static_cast<std::int64_t>(count);
  at_end_ = count == 0;
  return count > 0;
}

core::Result<bool> LineReader::next(Line& line) {
  std::size_t searched = 0;  // from begin_
  bool too_long = false;
  while (true) {
    const auto* found =
        static_cast<const char*>(std::memchr(buffer_.data() + begin_ + searched, '\n', end_ - begin_ - searched));
    std::size_t length = found != nullptr ? static_cast<std::size_t>(found - (buffer_.data() + begin_)) : end_ - begin_;
    if (found == nullptr) {
      searched = length;
      if (length > longest_bytes_) {
        too_long = true;
        begin_ = end_;
        searched = 0;
      }
      BANSO_TRY_ASSIGN(const bool more, refill());
      if (more) continue;
      if (length == 0 && !too_long) return false;
      length = end_ - begin_;
    }
    std::string_view text(buffer_.data() + begin_, length);
    begin_ += length + (found != nullptr ? 1 : 0);
    if (text.ends_with('\r')) text.remove_suffix(1);
    too_long = too_long || text.size() > longest_bytes_;
    line = {++number_, too_long ? std::string_view() : text, too_long};
    return true;
  }
}

}  // namespace banso::platform::text
