// A blocked Bloom filter over message hashes: "not among them" is certain, "among them" is wrong for about one of a
// hundred. All bits of a hash lie in one cache line, so a look costs one access to memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "message_hash.hpp"

namespace banso::platform::events {

class MessageFilter {
 public:
  MessageFilter() = default;  // of nothing
  explicit MessageFilter(std::size_t messages);

  void insert(MessageHash hash) {
    auto& block = blocks_[place_of(hash)];
    for_bits(hash, [&](unsigned bit) {
      block[bit / 64] |= std::uint64_t{1} << bit % 64;
      return true;
    });
  }
  bool may_contain(MessageHash hash) const {
    const auto& block = blocks_[place_of(hash)];
    return for_bits(hash, [&](unsigned bit) { return (block[bit / 64] >> bit % 64 & 1) != 0; });
  }
  void prefetch(MessageHash hash) const { __builtin_prefetch(&blocks_[place_of(hash)]); }

  // To keep it in a file.
  std::span<unsigned char> bytes() { return {reinterpret_cast<unsigned char*>(blocks_.data()), 64 * blocks_.size()}; }

 private:
  struct alignas(64) Block : std::array<std::uint64_t, 8> {};

  std::size_t place_of(MessageHash hash) const {
    return static_cast<std::size_t>(static_cast<unsigned __int128>(hash.high) * blocks_.size() >> 64);
  }
  template <class Use>
  static bool for_bits(MessageHash hash, Use use) {
    constexpr int bits_per_message = 6;
    for (int bit = 0; bit < bits_per_message; ++bit) {
      if (!use(static_cast<unsigned>(hash.low >> 9 * bit & 511))) return false;
    }
    return true;
  }

  std::vector<Block> blocks_;
};

}  // namespace banso::platform::events
