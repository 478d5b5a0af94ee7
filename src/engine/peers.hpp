// How the values of a measure are distributed among peers, day by day: what a percentile is taken from. Exact, and the
// same however the accounts were cut into chunks.
//
// Memory: eight bytes per distinct value (as float), measure, peer group and day, never more than eight bytes per
// account, measure and day: 83 MB per measure for 100,000 accounts that all differ over 104 weeks, and a few kilobytes
// where values are counts. validate() accepts at most most_percentiles measures.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "book.hpp"

namespace banso::engine {

inline constexpr std::size_t most_percentiles = 10;  // measures among peers, in one set of definitions

// Where a value stands.
struct PeerStanding {
  double percentile = 0;    // 0..100, mid-rank: the share below plus half of those that are equal
  std::uint32_t peers = 0;  // accounts that have a value
};

// The values of one measure in one group of peers on one day. Values that agree as float are equal.
class ValueDistribution {
 public:
  void add(double value) { loose_.push_back(static_cast<float>(value)); }
  void merge(const ValueDistribution& other);
  // Sorts what was added; before it nothing can be asked.
  void settle();

  // Nothing where nobody has a value. Not settled: std::logic_error.
  std::optional<PeerStanding> standing(double value) const;
  std::size_t memory_bytes() const;
  bool operator==(const ValueDistribution&) const = default;

 private:
  std::vector<float> values_;         // distinct, ascending
  std::vector<std::uint32_t> up_to_;  // how many values are no greater than each
  std::vector<float> loose_;
};

// By measure, peer group and day. A value: filled from chunks in any order, merged, settled, then only read, by any
// number of threads.
class PeerDistributions {
 public:
  using ByDay = std::vector<ValueDistribution>;  // as days()

  PeerDistributions() = default;
  explicit PeerDistributions(std::span<const Day> days) : days_(days.begin(), days.end()) {}

  std::span<const Day> days() const { return days_; }
  bool empty() const { return days_.empty(); }
  // The newest of the days that is not after `day`; nothing where there is none.
  std::optional<std::size_t> day_index(Day day) const;

  // `group` is the text of the attribute's value; whole_book for measures among all.
  void add(std::string_view measure, std::string_view group, std::size_t day, double value);
  // Takes over the values of other accounts on the same days (else std::invalid_argument).
  void merge(const PeerDistributions& other);
  void settle();
  const ByDay* find(std::string_view measure, std::string_view group) const;  // null where nobody has a value
  std::size_t memory_bytes() const;
  bool operator==(const PeerDistributions&) const = default;

  static constexpr std::string_view whole_book = "";

 private:
  std::vector<Day> days_;                                                                 // ascending
  std::map<std::string, std::map<std::string, ByDay, std::less<>>, std::less<>> groups_;  // by measure and group
};

}  // namespace banso::engine
