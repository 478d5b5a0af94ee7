// Rows for tests of the lab's statistics.
#pragma once

#include <random>
#include <thread>
#include <vector>

#include "engine/evaluate.hpp"
#include "rows.hpp"

namespace banso::engine::lab {

struct TestRows {
  std::size_t weeks = 1;
  std::vector<std::int32_t> values;
  std::vector<int> labels;  // 0 without, 1 with, 2 no part

  RankedRows ranked() const {
    as_labels.clear();
    for (const int label : labels) as_labels.push_back(static_cast<Label>(label));
    return {weeks, values, as_labels, most};
  }
  std::int32_t most = most_points;
  mutable std::vector<Label> as_labels{};
};

// Accounts whose weeks resemble each other; those in trouble score lower and more often have the outcome.
inline TestRows random_rows(unsigned seed, int accounts, std::size_t weeks, int distinct) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  TestRows rows{weeks, {}, {}, distinct};
  for (int account = 0; account < accounts; ++account) {
    const double own = noise(random);
    for (std::size_t week = 0; week < weeks; ++week) {
      const double score = own + 0.5 * noise(random);
      const double risk = -own + noise(random);
      const int bounded = std::max(0, std::min(distinct - 1, static_cast<int>((score + 3) / 6 * distinct)));
      const bool absent = random() % 15 == 0;
      rows.values.push_back(absent ? no_points : bounded);
      rows.labels.push_back(random() % 10 == 0 ? 2 : risk > 1 ? 1 : 0);
    }
  }
  return rows;
}

inline ParallelFor threads() {
  return [](std::size_t count, const std::function<void(std::size_t)>& body) {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < count; ++i) running.emplace_back([&body, i] { body(i); });
  };
}

}  // namespace banso::engine::lab
