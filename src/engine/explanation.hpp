// Numbers in words: why a score is what it is, and what changed it. Both are exact: contributions add up to the score,
// changes of contributions to the change.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "assessment.hpp"
#include "definitions.hpp"

namespace banso::engine {

// The names of accounts, for sentences about a parent's children. Without them sentences speak of the children as one.
using AccountNames = std::function<std::string(core::AccountId)>;

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

// One descendant's part in a parent's score.
struct ChildReason {
  ChildShare child;
  double pull = 0;  // as of measures
  core::Text sentence;
};

struct Explanation {
  bool has_score = false;
  Points score;
  std::vector<Reason> reasons;        // every measure of the scorecard, strongest pull first
  std::vector<ChildReason> children;  // of a parent whose score is rolled up, strongest pull first
  // The contributions of reasons and children add up to the score.
  core::Text roll_up_note;  // how a parent's score came about: its own, and the family's; empty where it is its own
  core::Text summary;       // the three strongest in one or two sentences
  std::vector<core::Text> strongest;  // sentences of whatever moves the score, strongest pull first
  // Why the level is not the one of the score: forced by a measure, or set by hand. Empty where it is.
  core::Text level_note;
};

// `book` gives the words of choice attributes. Accounts and scorecards by their index in the assessments.
Explanation explain(const Book& book, const Definitions& definitions, const Assessments& assessments,
                    std::size_t scorecard, std::size_t account, const AccountNames& names = {});

// A change that would lift the level: one measure's value up (or down) to a target.
struct Improvement {
  std::string measure;  // key; empty where it is a child's score
  std::size_t group = 0, item = 0;
  core::AccountId child{};  // of a parent: whose score
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
                  std::size_t scorecard, std::size_t account, const AccountNames& names = {});

struct ChangeReason {
  std::size_t group = 0;
  std::size_t item = 0;
  std::string measure;
  ValueState state_then = ValueState::number, state_now = ValueState::number;
  double value_then = 0, value_now = 0;
  Points change;  // of the contribution
  core::Text sentence;
};

struct ChildChange {
  core::AccountId child;
  std::optional<Points> then, now;  // its score; nothing where it did not count
  Points change;                    // of its contribution
  core::Text sentence;
};

struct ChangeExplanation {
  bool comparable = false;  // false where one of the two has no score or the versions of the definitions differ
  Points then, now, change;
  std::vector<ChangeReason> reasons;  // largest first
  std::vector<ChildChange> children;  // of parents, largest first; changes of both add up to change
  core::Text summary;
};

// Both must come from these definitions and hold the account at the given index of each.
ChangeExplanation explain_change(const Book& book, const Definitions& definitions, const Assessments& then,
                                 std::size_t account_then, const Assessments& now, std::size_t account_now,
                                 std::size_t scorecard, const AccountNames& names = {});

// "34%", "12人", "3 days": a value with its unit, for sentences; of measures among peers "percentile 83".
core::Text format_value(const Book& book, const MeasureDefinition& measure, ValueState state, double value);
// The same, whatever its rank: of measures among peers the value that was ranked.
core::Text format_underlying(const Book& book, const MeasureDefinition& measure, double value);

// "better than 83% of the peers in Manufacturing (412 accounts)"
struct PeerNote {
  double better_than = 0;  // percent of the peers; of a measure of which less is better, those that have more
  std::uint32_t peers = 0;
  std::string group;  // the attribute's value; empty: the whole book
  core::Text text;
};
// Nothing where the measure is not among peers, or has no value.
std::optional<PeerNote> peer_note(const Book& book, const MeasureDefinition& measure, const Assessments& assessments,
                                  std::size_t measure_index, std::size_t account);

}  // namespace banso::engine
