// Tells which keys are certainly not in a set, in about 1.5 bytes a key (a Bloom filter with eight bits set in one
// cache line): most people have never been spoken of, and need no look-up at all.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace banso::usage {

class KeyFilter {
 public:
  explicit KeyFilter(std::size_t keys) : room_(keys), blocks_(keys / 42 + 1) {}

  void add(std::uint64_t hash) {
    auto& block = blocks_[block_of(hash)];
    for (int probe = 0; probe < probes; ++probe) block[word(hash, probe)] |= bit(hash, probe);
    ++count_;
  }
  bool may_contain(std::uint64_t hash) const {
    const auto& block = blocks_[block_of(hash)];
    for (int probe = 0; probe < probes; ++probe) {
      if ((block[word(hash, probe)] & bit(hash, probe)) == 0) return false;
    }
    return true;
  }
  bool is_full() const { return count_ > room_; }

 private:
  static constexpr int probes = 6;
  using Block = std::array<std::uint64_t, 8>;

  static std::uint64_t mix(std::uint64_t hash) {
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDULL;
    hash ^= hash >> 33;
    return hash;
  }
  std::size_t block_of(std::uint64_t hash) const { return mix(hash) % blocks_.size(); }
  // Nine bits for each probe: the word and the bit in it.
  static std::uint64_t place(std::uint64_t hash, int probe) {
    return mix(hash ^ 0x9E3779B97F4A7C15ULL) >> (9 * probe) & 511;
  }
  static std::size_t word(std::uint64_t hash, int probe) { return place(hash, probe) >> 6; }
  static std::uint64_t bit(std::uint64_t hash, int probe) { return std::uint64_t{1} << (place(hash, probe) & 63); }

  std::size_t room_;
  std::size_t count_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace banso::usage
