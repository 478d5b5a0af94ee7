// The bytes of a file, unpacked on the fly where it is gzip or zstd. Memory: one small buffer, whatever the file's
// size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/result.hpp"

namespace banso::platform::text {

enum class Compression { none, gzip, zstd };

class ByteSource {
 public:
  // Sees by the first bytes how the file is compressed.
  static core::Result<ByteSource> open(const std::filesystem::path& path);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  // Fills `buffer` from the front and returns how many bytes it got; 0 at the end of the file. An error for a
  // compressed file that is damaged or cut off, or that unpacks to very much more than any honest one.
  core::Result<std::size_t> read(std::span<char> buffer);

  Compression compression() const;
  std::int64_t size_bytes() const { return size_bytes_; }  // on the disk
  std::int64_t consumed_bytes() const;                     // of those, for a progress bar

  // How one kind of file is unpacked.
  class Unpacker {
   public:
    virtual ~Unpacker() = default;
    virtual core::Result<std::size_t> read(std::span<char> buffer) = 0;
    virtual std::int64_t consumed_bytes() const = 0;
    virtual Compression compression() const = 0;
  };

 private:
  ByteSource(std::unique_ptr<Unpacker> unpacker, std::int64_t size_bytes);

  std::unique_ptr<Unpacker> unpacker_;
  std::int64_t size_bytes_ = 0;
  std::int64_t unpacked_bytes_ = 0;
};

}  // namespace banso::platform::text
