// What of an account came due, day by day, and what went on. Internal to the ledger.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "earnings.hpp"

namespace banso::engine::revenue {

struct DueDay {
  Day day;  // the first one without the terms that ended
  std::int64_t due_minor = 0;
  std::int64_t continued_minor = 0;  // begins on that day or within the gap the rules allow, or went to another account

  std::int64_t renewed_minor() const { return std::min(due_minor, continued_minor); }
};

// Keeps its memory from account to account. Not for several threads at once.
class DueTerms {
 public:
  explicit DueTerms(const Recurring& recurring) : recurring_(recurring) {}

  // Those from `first` to `last`, in order. `earnings` are those of `rows`, in their order.
  std::span<const DueDay> find(std::span<const Earning> earnings, std::span<const Term> rows, Day first, Day last);

 private:
  struct Ending {
    Day day;
    std::uint32_t earning = 0;
  };
  std::int64_t take_continued(std::span<const Earning> earnings, Day from);

  const Recurring& recurring_;
  std::vector<Ending> endings_;
  std::vector<std::int64_t> left_minor_;  // by earning: what continues nothing yet
  std::vector<DueDay> days_;
};

}  // namespace banso::engine::revenue
