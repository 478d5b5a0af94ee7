#include "message_filter.hpp"

#include <bit>
#include <cstring>
#include <utility>

namespace banso::platform::events {
namespace {

constexpr std::size_t smallest = 1 << 10;

// The finaliser of SplitMix64: every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t value) {
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 27) * 0x94d049bb133111ebu;
  return value ^ value >> 31;
}

std::size_t slots_for(std::size_t count) {
  return std::bit_ceil(count + count / 3 + smallest);
}

}  // namespace

// Stored with the rows: must give the same for ever and on every machine, which std::hash does not promise.
std::int64_t message_hash(std::int64_t source_id, std::string_view message_id) {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(source_id) + 0x9e3779b97f4a7c15u * (message_id.size() + 1));
  while (!message_id.empty()) {
    std::uint64_t word = 0;
    const auto length = message_id.size() < sizeof word ? message_id.size() : sizeof word;
    std::memcpy(&word, message_id.data(), length);
    hash = mix(hash ^ word);
    message_id.remove_prefix(length);
  }
  return std::bit_cast<std::int64_t>(hash == 0 ? std::uint64_t{1} : hash);
}

MessageFilter::MessageFilter() : slots_(smallest, 0) {}

bool MessageFilter::insert(std::int64_t hash) {
  if ((size_ + 1) * 4 > slots_.size() * 3) grow(slots_.size() * 2);
  if (!place(hash)) return false;
  ++size_;
  return true;
}

void MessageFilter::reserve(std::size_t count) {
  if (const auto slots = slots_for(count); slots > slots_.size()) grow(slots);
}

bool MessageFilter::place(std::int64_t hash) {
  const auto mask = slots_.size() - 1;
  for (auto slot = static_cast<std::size_t>(hash) & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == hash) return false;
    if (slots_[slot] != 0) continue;
    slots_[slot] = hash;
    return true;
  }
}

void MessageFilter::grow(std::size_t slots) {
  const auto old = std::exchange(slots_, std::vector<std::int64_t>(slots, 0));
  for (const auto hash : old) {
    if (hash != 0) place(hash);
  }
}

}  // namespace banso::platform::events
