// Sums of one dimension: by value, month and column. Internal to the ledger.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "contributions.hpp"
#include "ledger.hpp"

namespace banso::engine::revenue {

class SumTable {
 public:
  SumTable(std::uint32_t values, int months)
      : months_(static_cast<std::size_t>(months)), cells_(values * months_ * column::count) {}

  std::uint32_t values() const { return static_cast<std::uint32_t>(cells_.size() / (months_ * column::count)); }
  void grow_to(std::uint32_t values) { cells_.resize(values * months_ * column::count); }
  std::size_t bytes() const { return cells_.capacity() * sizeof(std::int64_t); }

  // An account's share for one value that it has in some months, or always; `sign` -1 takes it out again.
  void add(const Membership& membership, Month first, std::span<const Contribution> contributions,
           std::span<const DayEnd> month_ends, int sign);
  void add_all(const SumTable& other);

  // From and to are months counted from the first, both inclusive.
  Figures figures(std::uint32_t value, int from, int to) const;
  std::vector<Figures> figures_by_month(std::uint32_t value, int from, int to) const;

 private:
  // What is there when a month begins, with what was regrouped on its first day: running totals.
  struct Opening {
    std::int64_t mrr_minor = 0, accounts = 0, cohort_minor = 0;
    // What the windows that end with the month before say.
    std::array<std::int64_t, column::count - column::windows> windows{};
  };
  std::vector<Opening> openings(std::uint32_t value, std::size_t months) const;  // one more: after the last
  void add_flows(std::uint32_t value, std::size_t month, Figures& figures) const;
  Figures between(std::uint32_t value, const std::vector<Opening>& openings, std::size_t first, std::size_t last) const;

  std::int64_t& cell(std::uint32_t value, std::size_t month, std::uint32_t column) {
    return cells_[(value * months_ + month) * column::count + column];
  }
  std::int64_t at(std::uint32_t value, std::size_t month, std::uint32_t column) const {
    return cells_[(value * months_ + month) * column::count + column];
  }
  void regroup(std::uint32_t value, std::size_t month, const DayEnd& opening, int sign);
  void add_always(std::uint32_t value, std::span<const Contribution> contributions, int sign);
  void add_some_months(std::uint32_t value, std::size_t begin, std::size_t end,
                       std::span<const Contribution> contributions, int sign);

  std::size_t months_;
  std::vector<std::int64_t> cells_;
};

}  // namespace banso::engine::revenue
