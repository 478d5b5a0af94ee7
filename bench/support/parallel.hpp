// Threads and a clock for benchmarks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace banso::bench {

// Runs body(0) .. body(count - 1) on `threads` fresh threads; what starting them costs is part of a figure.
inline void parallel_for(int threads, std::size_t count, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      for (std::size_t at = next++; at < count; at = next++) body(at);
    });
  }
}

template <class Work>
double seconds_of(Work work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace banso::bench
