// How the score moved before the outcome, and how early it gave a sign.
#pragma once

#include <optional>
#include <vector>

#include "outcomes.hpp"
#include "rescore.hpp"
#include "tally.hpp"

namespace banso::engine::lab {

inline constexpr int weeks_looked_back = 26;

struct WeekBefore {
  int weeks_before = 0;
  std::size_t accounts = 0;
  double p25 = 0, median = 0, p75 = 0;  // of the scores, in points
};

struct FlaggedDays {
  int from_days = 0, to_days = 0;  // exclusive
  std::size_t accounts = 0;
};

struct BeforeOutcome {
  std::vector<WeekBefore> weeks;  // from the longest before to the last; those without accounts are left out
  // Days from the begin of the unbroken stretch of flagged weeks that led up to the outcome; an account that was not
  // flagged in its last scored week gave no sign.
  std::optional<double> p25, median, p75;  // among those with a sign
  std::optional<double> never_share;       // without one; nothing where there is no outcome
  std::vector<FlaggedDays> histogram;
};

// Looks at each account's first outcome that lies after the panel's first day.
BeforeOutcome before_outcome(const LabPanel& panel, const ScoredPanel& scored, const Outcomes& outcomes,
                             FlaggedLevels flagged, const ParallelFor& parallel_for = serial());

}  // namespace banso::engine::lab
