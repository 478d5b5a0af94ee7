#include "segment.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <fmt/format.h>

#include "crc32c.hpp"

namespace banso::platform::journal {
namespace {

constexpr std::size_t pieces_per_write = 512;  // two parts each: the system takes 1024
constexpr const char* extension = ".segment";

struct Header {
  std::uint32_t length;
  std::uint32_t crc;
  std::int64_t number;
};
static_assert(sizeof(Header) == header_bytes);

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::uint32_t whole_crc(std::uint32_t crc_of_bytes, std::uint32_t length, std::int64_t number) {
  char rest[sizeof length + sizeof number];
  std::memcpy(rest, &length, sizeof length);
  std::memcpy(rest + sizeof length, &number, sizeof number);
  return crc32c({rest, sizeof rest}, crc_of_bytes);
}

void write_all(int handle, iovec* part, std::size_t count, std::int64_t offset) {
  while (count > 0) {
    auto written = ::pwritev(handle, part, static_cast<int>(count), offset);
    if (written < 0) {
      if (errno == EINTR) continue;
      fail("cannot write to the journal");
    }
    offset += written;
    while (count > 0 && static_cast<std::size_t>(written) >= part->iov_len) {
      written -= static_cast<ssize_t>(part->iov_len);
      ++part;
      --count;
    }
    if (count > 0) {
      part->iov_base = static_cast<char*>(part->iov_base) + written;
      part->iov_len -= static_cast<std::size_t>(written);
    }
  }
}

std::string read_whole(const std::filesystem::path& path) {
  const File file(path, O_RDONLY);
  struct stat status {};
  if (::fstat(file.handle(), &status) != 0) fail("cannot read " + path.string());
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t reached = 0;
  while (reached < bytes.size()) {
    const auto got =
        ::pread(file.handle(), bytes.data() + reached, bytes.size() - reached, static_cast<off_t>(reached));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read " + path.string());
    if (got == 0) break;
    reached += static_cast<std::size_t>(got);
  }
  bytes.resize(reached);
  return bytes;
}

// The record at an offset, if it is whole and its number is in [first, bound).
struct Found {
  std::int64_t number;
  std::string_view bytes;
};

std::optional<Found> record_at(std::string_view file, std::size_t offset, std::int64_t first, std::int64_t bound) {
  if (offset + sizeof(Header) > file.size()) return std::nullopt;
  Header header;
  std::memcpy(&header, file.data() + offset, sizeof header);
  if (header.number < first || header.number >= bound) return std::nullopt;
  if (header.length > file.size() - offset - sizeof header) return std::nullopt;
  const auto bytes = file.substr(offset + sizeof header, header.length);
  if (whole_crc(crc32c(bytes), header.length, header.number) != header.crc) return std::nullopt;
  return Found{header.number, bytes};
}

}  // namespace

File::File(const std::filesystem::path& path, int flags) : handle_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
  if (handle_ < 0) fail("cannot open " + path.string());
}

File::~File() {
  if (handle_ >= 0) ::close(handle_);
}

void sync_folder(const std::filesystem::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(file.handle()) != 0) fail("cannot make " + folder.string() + " durable");
}

std::filesystem::path segment_path(const std::filesystem::path& folder, std::int64_t first_number) {
  return folder / fmt::format("{:019}{}", first_number, extension);
}

std::int64_t segment_number(const std::filesystem::path& path) {
  if (path.extension() != extension) return -1;
  const auto stem = path.stem().string();
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
  return error == std::errc() && end == stem.data() + stem.size() ? number : -1;
}

SegmentWriter::SegmentWriter(const std::filesystem::path& folder, std::int64_t first_number,
                             std::int64_t capacity_bytes)
    : file_(segment_path(folder, first_number), O_WRONLY | O_CREAT | O_TRUNC), capacity_bytes_(capacity_bytes) {
  // Space claimed ahead makes each flush cheaper: the file's size does not change. Where it cannot be claimed, the
  // writes themselves will tell.
  if (::fallocate(file_.handle(), 0, 0, capacity_bytes) != 0) cut_off();
  sync_folder(folder);
}

void SegmentWriter::append(std::span<const Piece> pieces) {
  auto end = end_;
  std::array<Header, pieces_per_write> headers;
  std::array<iovec, 2 * pieces_per_write> parts;
  while (!pieces.empty()) {
    const auto now = pieces.first(std::min(pieces.size(), pieces_per_write));
    const auto offset = end;
    for (std::size_t index = 0; index < now.size(); ++index) {
      const auto& piece = now[index];
      const auto length = static_cast<std::uint32_t>(piece.bytes.size());
      headers[index] = {length, whole_crc(piece.crc, length, piece.number), piece.number};
      parts[2 * index] = {&headers[index], sizeof(Header)};
      parts[2 * index + 1] = {const_cast<char*>(piece.bytes.data()), piece.bytes.size()};
      end += header_bytes + length;
    }
    write_all(file_.handle(), parts.data(), 2 * now.size(), offset);
    pieces = pieces.subspan(now.size());
  }
  if (::fdatasync(file_.handle()) != 0) fail("cannot flush the journal");
  end_ = end;
}

void SegmentWriter::cut_off() noexcept {
  if (::ftruncate(file_.handle(), end_) != 0) return;
}

Scan scan_segment(const std::filesystem::path& path, std::int64_t first, std::int64_t bound,
                  const std::function<void(std::int64_t, std::string_view)>& visit) {
  const auto file = read_whole(path);
  Scan scan;
  std::size_t offset = 0;
  // Byte by byte where a record is damaged: its length may be what is damaged. At the end of the file this finds
  // nothing more, and the end stays behind the last whole record.
  while (first < bound && offset + sizeof(Header) <= file.size()) {
    const auto found = record_at(file, offset, first, bound);
    if (!found) {
      ++offset;
      continue;
    }
    scan.skipped_bytes += static_cast<std::int64_t>(offset) - scan.end;
    visit(found->number, found->bytes);
    offset += sizeof(Header) + found->bytes.size();
    scan.end = static_cast<std::int64_t>(offset);
    scan.last_number = found->number;
    first = found->number + 1;
  }
  return scan;
}

}  // namespace banso::platform::journal
