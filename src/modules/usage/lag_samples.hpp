// How long the latest bodies took from receipt to the store.
//
// Threading: all members may be called from any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace banso::usage {

class LagSamples {
 public:
  static constexpr std::size_t kept = 4096;

  void add(std::int64_t lag_us) {
    const std::lock_guard lock(guard_);
    samples_[count_++ % kept] = lag_us;
  }

  // In milliseconds; nothing where there is no sample yet. `share` is 0.5 for the median.
  std::optional<double> quantile_ms(double share) const {
    std::vector<std::int64_t> sorted;
    {
      const std::lock_guard lock(guard_);
      sorted.assign(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(std::min(count_, kept)));
    }
    if (sorted.empty()) return std::nullopt;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + at, sorted.end());
    return static_cast<double>(sorted[static_cast<std::size_t>(at)]) / 1000.0;
  }

 private:
  mutable std::mutex guard_;
  std::array<std::int64_t, kept> samples_{};
  std::size_t count_ = 0;
};

}  // namespace banso::usage
