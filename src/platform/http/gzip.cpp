#include "platform/http/gzip.hpp"

#include <stdexcept>

#include <zlib.h>

namespace banso::platform::http {

std::string gzip(std::string_view plain) {
  constexpr int fastest = 1;            // responses are made once and read once
  constexpr int gzip_window = 15 + 16;  // zlib: 16 more than the window asks for a gzip header
  z_stream stream{};
  if (deflateInit2(&stream, fastest, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib cannot start");
  }
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int status = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("zlib cannot finish");
  return packed;
}

}  // namespace banso::platform::http
