// How followers learn which batches are new, although every node writes by itself and batches may appear out of the
// order of their numbers.
//
// A position is a batch number (or a little above one). Each look reads the numbers of the last `overlap_ms` before the
// position again and knows by memory which of them it has told. After a restart the memory is empty: then batches of
// the node that the position came from are known to be told (a node stores one batch after the other), and those of
// others within the overlap are told once more. Being told twice is harmless, since an account-day is read anew.
//
// What is assumed of clocks: a batch appears no later than overlap_ms after a batch with a higher number was seen. Its
// number is drawn when its storing begins, so this bounds the time to store a batch plus the clocks' disagreement.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "clickhouse_cluster.hpp"
#include "clickhouse_numbers.hpp"

namespace banso::platform::events {

class ClickHouseLog {
 public:
  static constexpr std::int64_t overlap_ms = 120'000;

  ClickHouseLog(ClickHouseCluster& cluster, ClickHouseNumbers& numbers) : cluster_(cluster), numbers_(numbers) {}

  struct News {
    std::int64_t until = 0;
    bool any = false;
    std::vector<std::int64_t> late;  // new although their number is not above the position
  };
  News since(std::int64_t position);
  std::int64_t position();

 private:
  std::vector<std::int64_t> read_numbers(std::int64_t above);
  void take_in(const std::vector<std::int64_t>& numbers, std::int64_t above);
  bool is_news(std::int64_t number, std::int64_t position) const;

  ClickHouseCluster& cluster_;
  ClickHouseNumbers& numbers_;

  std::mutex mutex_;  // guards what follows
  static constexpr std::int64_t before_my_time = 0;
  std::map<std::int64_t, std::int64_t> told_by_;  // batch number → the position that was given out with it
  std::int64_t looked_from_ = -1;                 // numbers above were all seen by the last look; -1: never looked
  std::int64_t until_ = 0;                        // the last position given out
  std::int64_t first_until_ = 0;                  // the first
};

}  // namespace banso::platform::events
