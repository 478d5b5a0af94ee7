// ClickHouse's format RowBinary: what inserts send and answers bring. Numbers are little-endian, a string has its
// length in front of it as a varint, so any bytes pass unchanged.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace banso::platform::clickhouse {

static_assert(std::endian::native == std::endian::little);

class RowWriter {
 public:
  // The C++ type must be exactly the column's: std::int64_t for Int64, std::uint8_t for UInt8.
  template <class Number>
  requires std::is_arithmetic_v<Number> RowWriter& add(Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    rows_.append(bytes, sizeof value);
    return *this;
  }
  RowWriter& add(std::string_view text);
  RowWriter& add_fixed(std::string_view bytes);  // FixedString(n): exactly n bytes

  bool empty() const { return rows_.empty(); }
  std::size_t size_bytes() const { return rows_.size(); }
  std::string take() { return std::move(rows_); }

 private:
  std::string rows_;
};

// Reads what has arrived so far. A row that is not whole yet shows by ok() == false after its fields were read: go back
// to its start with rewind() and read it again when there is more.
class RowReader {
 public:
  explicit RowReader(std::string_view bytes) : bytes_(bytes) {}

  template <class Number>
  requires std::is_arithmetic_v<Number> Number number() {
    Number value{};
    const auto raw = fixed(sizeof value);
    if (ok_) std::memcpy(&value, raw.data(), sizeof value);
    return value;
  }
  std::string_view text();                    // valid as long as the bytes are
  std::string_view fixed(std::size_t count);  // likewise

  bool at_end() const { return position_ == bytes_.size(); }
  bool ok() const { return ok_; }
  std::size_t position() const { return position_; }
  void rewind(std::size_t position) {
    position_ = position;
    ok_ = true;
  }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

[[noreturn]] void throw_truncated();

// Visits every row of a whole answer; std::runtime_error when it ends within a row.
template <class Visit>
void each_row(std::string_view answer, Visit visit) {
  for (RowReader row(answer); !row.at_end();) {
    visit(row);
    if (!row.ok()) throw_truncated();
  }
}

}  // namespace banso::platform::clickhouse
