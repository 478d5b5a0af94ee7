#include "row_binary.hpp"

#include <stdexcept>

namespace banso::platform::clickhouse {

RowWriter& RowWriter::add(std::string_view text) {
  auto length = text.size();
  while (length >= 0x80) {
    rows_ += static_cast<char>((length & 0x7f) | 0x80);
    length >>= 7;
  }
  rows_ += static_cast<char>(length);
  rows_ += text;
  return *this;
}

RowWriter& RowWriter::add_fixed(std::string_view bytes) {
  rows_ += bytes;
  return *this;
}

std::string_view RowReader::fixed(std::size_t count) {
  if (!ok_ || bytes_.size() - position_ < count) {
    ok_ = false;
    return {};
  }
  const auto part = bytes_.substr(position_, count);
  position_ += count;
  return part;
}

std::string_view RowReader::text() {
  std::uint64_t length = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const auto byte = number<std::uint8_t>();
    if (!ok_) return {};
    length |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return fixed(length);
  }
  ok_ = false;
  return {};
}

void throw_truncated() {
  throw std::runtime_error("ClickHouse's answer ends within a row");
}

}  // namespace banso::platform::clickhouse
