// Random numbers that are the same everywhere for the same seed. Internal to the library.
#pragma once

#include <cstdint>
#include <random>

namespace banso::engine::effects {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Below `count`, which is below 2^32. The standard's distributions are not the same in every library.
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(((engine_() >> 32) * static_cast<std::uint64_t>(count)) >> 32);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace banso::engine::effects
