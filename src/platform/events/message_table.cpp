#include "message_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace banso::platform::events {

constexpr std::size_t smallest = 1 << 10;

MessageTable::MessageTable() : slots_(smallest) {}

MessageTable::MessageTable(std::size_t hashes) : slots_(std::bit_ceil(std::max(smallest, hashes + hashes / 2))) {}

bool MessageTable::insert(MessageHash hash) {
  if ((size_ + 1) * 4 > slots_.size() * 3) grow();
  auto& slot = slots_[place_of(hash)];
  if (slot == hash) return false;
  slot = hash;
  ++size_;
  return true;
}

bool MessageTable::contains(MessageHash hash) const {
  return slots_[place_of(hash)] == hash;
}

std::vector<MessageHash> MessageTable::sorted() const {
  std::vector<MessageHash> hashes;
  hashes.reserve(size_);
  std::ranges::copy_if(slots_, std::back_inserter(hashes), [](MessageHash hash) { return !hash.is_none(); });
  std::ranges::sort(hashes);
  return hashes;
}

std::size_t MessageTable::place_of(MessageHash hash) const {
  const auto mask = slots_.size() - 1;
  auto place = hash.low & mask;
  while (!slots_[place].is_none() && slots_[place] != hash) place = (place + 1) & mask;
  return place;
}

void MessageTable::grow() {
  const auto old = std::exchange(slots_, std::vector<MessageHash>(2 * slots_.size()));
  for (const auto hash : old) {
    if (!hash.is_none()) slots_[place_of(hash)] = hash;
  }
}

}  // namespace banso::platform::events
