#include "inflate.hpp"

#include <zlib.h>

namespace banso::usage {

std::optional<std::string> inflate_gzip(std::string_view packed, std::size_t limit_bytes) {
  z_stream stream{};
  constexpr int gzip_only = 16 + MAX_WBITS;
  if (inflateInit2(&stream, gzip_only) != Z_OK) return std::nullopt;
  std::string plain(limit_bytes + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const int state = inflate(&stream, Z_FINISH);
  const auto length = stream.total_out;
  inflateEnd(&stream);
  if (state != Z_STREAM_END || length > limit_bytes) return std::nullopt;
  plain.resize(length);
  return plain;
}

}  // namespace banso::usage
