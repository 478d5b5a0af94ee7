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
  ItemUse use = ItemUse::number;
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
  // Why the level is not the one of the score: forced by a measure, or set by hand. Empty where it is.
  core::Text level_note;
};

// `book` gives the words of choice attributes. Accounts and scorecards by their index in the assessments.
Explanation explain(const Book& book, const Definitions& definitions, const Assessments& assessments,
                    std::size_t scorecard, std::size_t account);

// A change that would lift the level: one measure's value up (or down) to a target.
struct Improvement {
  std::string measure;  // key
  std::size_t group = 0, item = 0;
  double value_now = 0, value_needed = 0;
  bool is_beyond = false;     // value_needed itself does not suffice, anything past it does
  std::string choice_needed;  // of choices: instead of value_needed
  Points gain;                // of the score
  core::Text sentence;
};

// What would lift the account to a level: the smallest changes that would.
struct Path {
  std::int8_t level = no_level;       // the next better one; no_level where there is none, or no score
  Points missing;                     // points to its lower end; 0 where only a forced level stands in the way
  bool is_reachable = false;          // by the measures that have a value
  std::vector<Improvement> each;      // any one of these alone is enough; the smallest share of the scale first
  std::vector<Improvement> together;  // where none is: these all together, the largest gains first
  core::Text summary;
};

// By the machine's level: a level set by hand stands in nobody's way. Values are assumed to change one at a time, all
// else as it is, and measures without a value to stay so.
Path path_upwards(const Book& book, const Definitions& definitions, const Assessments& assessments,
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
