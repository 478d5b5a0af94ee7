// A hash that is the same on every machine and for ever, which std::hash does not promise.
#pragma once

#include <cstdint>

namespace banso::core {

// The finaliser of SplitMix64: every input bit reaches every output bit.
constexpr std::uint64_t mix_bits(std::uint64_t value) {
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 27) * 0x94d049bb133111ebu;
  return value ^ value >> 31;
}

}  // namespace banso::core
