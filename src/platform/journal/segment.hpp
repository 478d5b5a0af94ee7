// One file of the journal: records one after the other, each
//   length (4 bytes) | CRC-32C of bytes, length and number (4) | number (8) | bytes
// in the machine's byte order. The file is named after the first number it may hold. Its end is where no whole record
// follows: space is claimed ahead, so zeros may come there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace banso::platform::journal {

constexpr std::int64_t header_bytes = 16;

struct Piece {
  std::int64_t number = 0;
  std::string_view bytes;
  std::uint32_t crc = 0;  // crc32c(bytes): made by the caller, so that the one thread that writes need not
};

// An open file, closed at the end.
class File {
 public:
  // As open(2); throws std::system_error.
  File(const std::filesystem::path& path, int flags);
  ~File();
  File(File&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  int handle() const { return handle_; }

 private:
  int handle_ = -1;
};

// Makes names in a folder durable. Throws std::system_error.
void sync_folder(const std::filesystem::path& folder);

std::filesystem::path segment_path(const std::filesystem::path& folder, std::int64_t first_number);
// The first number of a file that is a segment, else -1.
std::int64_t segment_number(const std::filesystem::path& path);

class SegmentWriter {
 public:
  // Makes the file durable, replacing one of that name. Throws std::system_error.
  SegmentWriter(const std::filesystem::path& folder, std::int64_t first_number, std::int64_t capacity_bytes);

  bool fits(std::int64_t record_bytes) const { return end_ + header_bytes + record_bytes <= capacity_bytes_; }
  // All are on stable storage when it returns. Throws std::system_error: then none counts, and the segment must not be
  // written to again.
  void append(std::span<const Piece> pieces);
  // Gives back the space that is not used, and with it what a failed append() left. Failing is harmless.
  void cut_off() noexcept;

 private:
  File file_;
  std::int64_t capacity_bytes_;
  std::int64_t end_ = 0;
};

struct Scan {
  std::int64_t last_number = 0;    // 0: no record
  std::int64_t end = 0;            // behind the last whole record
  std::int64_t skipped_bytes = 0;  // damaged, with whole records behind them
};

// Hands out the whole records of a segment whose numbers are in [first, bound), in order. What is damaged is passed
// over. Throws std::system_error if the file cannot be read.
Scan scan_segment(const std::filesystem::path& path, std::int64_t first, std::int64_t bound,
                  const std::function<void(std::int64_t number, std::string_view bytes)>& visit);

}  // namespace banso::platform::journal
