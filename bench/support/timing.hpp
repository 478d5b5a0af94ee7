// Times of work on one thread, and what of them is quoted.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace banso::bench {

inline double p95_ms(std::vector<double> times_ms) {
  std::sort(times_ms.begin(), times_ms.end());
  return times_ms[times_ms.size() * 95 / 100];
}

template <class Work>
double timed_ms(Work work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace banso::bench
