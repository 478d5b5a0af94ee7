#include "intake_record.hpp"

#include <bit>
#include <cstring>

namespace banso::usage {
namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie in memory");

constexpr char version = 1;
constexpr char batch = 127;
constexpr std::size_t head_bytes = 2 + 4 * sizeof(std::int64_t);

void put(std::string& bytes, std::int64_t number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::int64_t take(std::string_view& bytes) {
  std::int64_t number;
  std::memcpy(&number, bytes.data(), sizeof number);
  bytes.remove_prefix(sizeof number);
  return number;
}

}  // namespace

std::string encode(const IntakeRecord& record) {
  std::string bytes;
  bytes.reserve(head_bytes + record.body.size());
  bytes += version;
  bytes += record.kind ? static_cast<char>(*record.kind) : batch;
  put(bytes, record.source.value);
  put(bytes, record.receipt.received_at.microseconds);
  put(bytes, record.receipt.checked_at.microseconds);
  put(bytes, record.body_id);
  bytes += record.body;
  return bytes;
}

std::optional<IntakeRecord> decode(std::string_view bytes) {
  if (bytes.size() < head_bytes || bytes[0] != version) return std::nullopt;
  IntakeRecord record;
  if (bytes[1] != batch) {
    if (bytes[1] < 0 || bytes[1] > static_cast<char>(platform::events::EventKind::alias)) return std::nullopt;
    record.kind = static_cast<platform::events::EventKind>(bytes[1]);
  }
  bytes.remove_prefix(2);
  record.source.value = take(bytes);
  record.receipt.received_at.microseconds = take(bytes);
  record.receipt.checked_at.microseconds = take(bytes);
  record.body_id = take(bytes);
  record.body = bytes;
  return record;
}

}  // namespace banso::usage
