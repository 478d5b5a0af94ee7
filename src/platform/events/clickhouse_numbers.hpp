// Numbers of events and batches that grow with time, on every node of a cluster, without asking anybody.
//
// 40 bits of milliseconds since 2024, 9 bits of sequence, 4 bits of the node: below 2^53, so that JavaScript holds
// them. One node's numbers never repeat and never go back while it runs; across nodes they are ordered as well as the
// clocks agree, and observe() keeps a node whose clock is behind from giving numbers below those that it has seen.
#pragma once

#include <cstdint>
#include <mutex>

#include "core/time.hpp"

namespace banso::platform::events {

class ClickHouseNumbers {
 public:
  static constexpr int most_nodes = 16;
  static constexpr std::int64_t step = most_nodes;  // between a number and the next of the same node

  explicit ClickHouseNumbers(int node);

  int node() const { return node_; }
  static int node_of(std::int64_t number) { return static_cast<int>(number % most_nodes); }
  // All numbers of a length of time; to go back from a number by it.
  static std::int64_t span_of_ms(std::int64_t milliseconds) { return milliseconds << shift; }
  static std::int64_t at(core::Instant instant);

  // The first of `count` numbers; the others follow in steps of `step`.
  std::int64_t reserve(std::int64_t count = 1);
  void observe(std::int64_t number);

 private:
  static constexpr int shift = 13;

  const int node_;
  std::mutex mutex_;
  std::int64_t last_ = 0;  // in units of `step`
};

}  // namespace banso::platform::events
