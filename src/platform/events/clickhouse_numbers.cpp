#include "clickhouse_numbers.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace banso::platform::events {
namespace {

constexpr std::int64_t epoch_milliseconds = 1'704'067'200'000;  // 2024-01-01

}  // namespace

ClickHouseNumbers::ClickHouseNumbers(int node) : node_(node) {
  if (node < 0 || node >= most_nodes) {
    throw std::invalid_argument("the number of a node must be from 0 to " + std::to_string(most_nodes - 1));
  }
}

std::int64_t ClickHouseNumbers::at(core::Instant instant) {
  return span_of_ms(std::max<std::int64_t>(0, instant.microseconds / 1000 - epoch_milliseconds));
}

std::int64_t ClickHouseNumbers::reserve(std::int64_t count) {
  const std::lock_guard lock(mutex_);
  // More than 512 in a millisecond borrow from the future; a clock set back keeps counting upwards.
  const auto first = std::max(last_ + 1, at(core::now()) / step);
  last_ = first + count - 1;
  return first * step + node_;
}

void ClickHouseNumbers::observe(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  last_ = std::max(last_, number / step);
}

}  // namespace banso::platform::events
