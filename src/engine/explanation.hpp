// Numbers in words: why a score is what it is, and what changed it. Both are exact: contributions add up to the score,
// changes of contributions to the change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assessment.hpp"
#include "definitions.hpp"

namespace banso::engine {

// One measure's part in a score.
struct Reason {
  std::size_t group = 0;
  std::size_t item = 0;  // within the group
  std::string measure;   // key
  ValueState state = ValueState::number;
  double value = 0;  // meaningless unless the state is number
  Day newest_day = no_day;
  Points points;
  float effective_weight = 0;
  Points contribution;
  // How many points the measure takes from the score (negative) or adds to it (positive) against the middle of the
  // scale, 50 points; zero where it does not count. This ranks reasons: a good value never reads as lowering the score,
  // and a small contribution of a light measure is no reason for a low one.
  double pull = 0;
  core::Text sentence;
};

struct Explanation {
  bool has_score = false;
  Points score;
  std::vector<Reason> reasons;  // every measure of the scorecard, strongest pull first; contributions add up to score
  core::Text summary;           // the three strongest in one or two sentences
};

// `book` gives the words of choice attributes. Accounts and scorecards by their index in the assessments.
Explanation explain(const Book& book, const Definitions& definitions, const Assessments& assessments,
                    std::size_t scorecard, std::size_t account);

struct ChangeReason {
  std::size_t group = 0;
  std::size_t item = 0;
  std::string measure;
  ValueState state_then = ValueState::number, state_now = ValueState::number;
  double value_then = 0, value_now = 0;
  Points change;  // of the contribution
  core::Text sentence;
};

struct ChangeExplanation {
  bool comparable = false;  // false where one of the two has no score or the versions of the definitions differ
  Points then, now, change;
  std::vector<ChangeReason> reasons;  // largest first; changes add up to change
  core::Text summary;
};

// Both must come from these definitions and hold the account at the given index of each.
ChangeExplanation explain_change(const Book& book, const Definitions& definitions, const Assessments& then,
                                 std::size_t account_then, const Assessments& now, std::size_t account_now,
                                 std::size_t scorecard);

// "34%", "12人", "3 days": a value with its unit, for sentences.
core::Text format_value(const Book& book, const MeasureDefinition& measure, ValueState state, double value);

}  // namespace banso::engine
