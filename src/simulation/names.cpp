#include "names.hpp"

#include <numeric>

namespace banso::simulation {

std::uint64_t permuted(std::uint64_t value, std::uint64_t size, std::uint64_t seed) {
  // Multiplying by a number that shares no divisor with the size reaches every place once. Its magnitude near the
  // golden section of the size keeps neighbours far apart.
  std::uint64_t factor = size * 618 / 1000 + scramble(seed) % (size / 8 + 1);
  while (std::gcd(factor, size) != 1) ++factor;
  return (value * factor + scramble(seed ^ 0x6e616d65ULL) % size) % size;
}

}  // namespace banso::simulation
