#include "person_numbers.hpp"

#include <algorithm>

namespace banso::health {
namespace {

constexpr std::size_t fewest_slots = 8;
constexpr std::uint32_t spread = 2'654'435'769u;  // 2^32 over the golden ratio: neighbours land apart

}  // namespace

std::uint32_t PersonNumbers::of(std::int32_t number) {
  if (number == 0) return engine::no_person;
  if ((count_ + 1) * 4 > slots_.size() * 3) grow();
  auto& slot = slot_of(number);
  if (slot.first == 0) slot = {number, count_++};
  return slot.second;
}

PersonNumbers::Slot& PersonNumbers::slot_of(std::int32_t number) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (static_cast<std::uint32_t>(number) * spread >> 7) & mask;
  while (slots_[at].first != 0 && slots_[at].first != number) at = (at + 1) & mask;
  return slots_[at];
}

void PersonNumbers::grow() {
  std::vector<Slot> old(std::max(fewest_slots, slots_.size() * 2));
  old.swap(slots_);
  for (const auto& slot : old) {
    if (slot.first != 0) slot_of(slot.first) = slot;
  }
}

}  // namespace banso::health
