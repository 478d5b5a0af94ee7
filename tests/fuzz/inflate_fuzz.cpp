// Throws bytes at the opening of gzip bodies: nothing is opened beyond the limit, whatever the bytes claim to be, and
// what was packed comes out as it went in.
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "inflate.hpp"

namespace {

constexpr std::size_t limit_bytes = 64 * 1024;

std::string gzip(std::string_view plain) {
  z_stream stream{};
  constexpr int gzip_window_bits = 15 + 16;
  if (deflateInit2(&stream, 1, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
  std::string packed(deflateBound(&stream, plain.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto opened = banso::usage::inflate_gzip(bytes, limit_bytes);
  if (opened && opened->size() > limit_bytes) std::abort();
  const auto back = banso::usage::inflate_gzip(gzip(bytes), limit_bytes);
  if (size <= limit_bytes && (!back || *back != bytes)) std::abort();
  if (size > limit_bytes && back) std::abort();
  return 0;
}
