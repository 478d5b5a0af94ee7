// Rolling numbers over one account's usage for many days of evaluation at once, in one pass over its rows per series.
// Internal to the engine.
//
// A row of day d, known on day k, counts on the days of evaluation D with d in the window and k <= D, which is the
// interval [max(d + lag, k), d + lag + window). Sums add the row's events over its interval (as differences, summed
// up at the end). Distinct numbers count the union of the intervals of each person, feature or module: rows are taken
// newest first, so the ends of intervals only fall, and of an interval only the part before the earliest start seen so
// far is new. One evaluation day is the same computation with one day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "book.hpp"
#include "plan.hpp"

namespace banso::engine {

// Finds, for any day, the first day of evaluation on or after it.
class DayIndex {
 public:
  explicit DayIndex(std::span<const Day> days);  // ascending
  std::uint32_t size() const { return size_; }
  Day first() const { return {first_}; }
  std::uint32_t at_or_after(std::int64_t day) const {
    if (day <= first_) return 0;
    if (day > last_) return size_;
    return table_[static_cast<std::size_t>(day - first_)];
  }

 private:
  std::int32_t first_ = 0, last_ = 0;
  std::uint32_t size_ = 0;
  std::vector<std::uint32_t> table_;
};

// Works on one account after the other; one per thread, for its scratch memory.
class UsageRolling {
 public:
  UsageRolling(const Book& book, const Plan& plan, const DayIndex& days);

  void load(std::size_t account);

  // Per day of evaluation, of the loaded account:
  std::span<const std::int64_t> series(std::size_t index) const { return series_[index]; }
  std::span<const Day> newest_days(std::size_t filter) const { return newest_[filter]; }
  std::span<const Day> first_days() const { return first_; }  // the earliest usage of any kind known
  // Whether the person used what the filter takes in the window. Computed when asked.
  void used_in_window(std::size_t filter, std::uint32_t person, int window_days, std::vector<std::uint8_t>& used) const;

 private:
  struct Row {
    std::int32_t day, known;
    std::uint32_t person, events;
    std::uint16_t feature;
  };
  const Book& book_;
  const Plan& plan_;
  const DayIndex& days_;
  std::size_t begin_ = 0, end_ = 0;  // rows of the loaded account
  std::uint32_t person_count_ = 0;
  std::vector<std::int64_t> reach_days_;       // per filter: how far back its series look; none where -1
  std::vector<Row> rows_;                      // of one filter, oldest first
  std::vector<std::uint32_t> earliest_start_;  // per person, feature or module
  std::vector<std::vector<std::int64_t>> series_;
  std::vector<std::vector<Day>> newest_;
  std::vector<Day> first_;

  std::size_t first_row_after(std::int64_t day) const;
  void gather(std::size_t filter);
  void find_newest(std::size_t filter);
  void find_first();
  void roll(const UsageSeries& series, std::vector<std::int64_t>& result);
  template <class Key>
  void roll_distinct(const UsageSeries& series, std::size_t keys, Key key, std::vector<std::int64_t>& difference);
  std::uint32_t start_of(const Row& row, const UsageSeries& series) const;
  std::uint32_t end_of(const Row& row, const UsageSeries& series) const;
};

}  // namespace banso::engine
