// The result of an evaluation, in columns: one entry per account of the book, in the book's order.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "book.hpp"

namespace banso::engine {

// Points, scores and contributions in whole ten-thousandths: sums are exact in any order, contributions add up to their
// score and changes to their difference without a rounding rest, and a boundary such as 75 is met exactly.
struct Points {
  std::int32_t ten_thousandths = 0;

  static constexpr std::int32_t scale = 10'000;
  static Points from(double value) { return {static_cast<std::int32_t>(std::lround(value * scale))}; }
  double value() const { return static_cast<double>(ten_thousandths) / scale; }

  auto operator<=>(const Points&) const = default;
  Points operator+(Points other) const { return {ten_thousandths + other.ten_thousandths}; }
  Points operator-(Points other) const { return {ten_thousandths - other.ten_thousandths}; }
  Points& operator+=(Points other) { return *this = *this + other; }
};

// Whether a measure has a value for the account, and if not, why.
enum class ValueState : std::uint8_t {
  number,
  // missing
  no_facts,      // nothing of the kind was ever known of the account
  empty_window,  // nothing in the window to take a mean or latest of
  no_divisor,    // no seats, or nothing else to divide by
  no_baseline,   // nothing in the earlier window to compare with, or the data began after it
  stale,         // the newest fact is older than the measure accepts
  no_operand,    // a measure it is made of is missing
  // not applicable
  too_young,     // the account is younger than the measure's minimum age
  not_customer,  // the account was not known yet on that day
  // missing again: states are kept as numbers, so new ones come last
  no_peers,  // the account's group of peers is not known, or none of them has a value
};
constexpr bool is_number(ValueState state) {
  return state == ValueState::number;
}
constexpr bool is_not_applicable(ValueState state) {
  return state == ValueState::too_young || state == ValueState::not_customer;
}
constexpr bool is_missing(ValueState state) {
  return !is_number(state) && !is_not_applicable(state);
}
std::string_view key_of(ValueState state);  // "number", "no_facts", ...
core::Text describe(ValueState state);      // a short reason for people

struct MeasureColumn {
  std::vector<double> values;  // not a number unless the state is number; choices and texts: code in the dictionary
  std::vector<ValueState> states;
  std::vector<Day> newest_days;  // day of the newest fact the value rests on; no_day where there is none
  // Measures among peers only, else empty: the value that was ranked, and how many accounts it was ranked among.
  std::vector<double> underlying;
  std::vector<std::uint32_t> peers;
};

inline constexpr std::int8_t no_level = -1;
inline constexpr std::int8_t no_rule = -1;
inline constexpr std::int16_t no_scorecard = -1;

// What an item of a scorecard made of its measure.
enum class ItemUse : std::uint8_t {
  left_out,        // no value, and the weight goes to others
  number,          // points from the curve
  decayed,         // points from the curve, drifted because the newest fact is old
  policy,          // no value; counts with the points of the missing policy
  not_applicable,  // the item does not apply to the account
};

core::Text describe(ItemUse use);  // a short reason for people

struct ItemColumn {
  std::vector<Points> points;  // from the curve or the missing policy; 0 where it does not count
  std::vector<float>
      effective_weights;              // share of the whole score after redistribution, 0..1; 0 where it does not count
  std::vector<Points> contributions;  // these and from_children add up to the score exactly
  std::vector<ItemUse> uses;
};

struct GroupColumn {
  std::vector<Points> scores;
  std::vector<std::uint8_t> present;  // 0 where no measure of the group counts; then the score is 0 and means nothing
};

// What one descendant adds to a parent's score.
struct ChildShare {
  core::AccountId account;
  Points score;                // the child's own
  std::int64_t arr_minor = 0;  // on the day, in the reporting currency
  double share = 0;            // of the family's ARR, 0..1
  Points contribution;         // to the parent's score
};

struct ScorecardColumn {
  std::vector<Points> scores;       // 0 where nothing could be scored
  std::vector<std::int8_t> levels;  // as shown: a person's where one set it, else the machine's; no_level for none
  std::vector<std::int8_t> machine_levels;  // by the score and forced levels; no_level where nothing could be scored
  std::vector<std::int8_t> forced_by;       // index into Scorecard::forced of the rule that lowered the level, no_rule
  std::vector<std::uint8_t> overridden;     // 1 where a person set the level
  std::vector<float> coverage;              // 0..1, share of the nominal weight that rests on numbers, not on policies
  std::vector<GroupColumn> groups;          // all groups in order of reading: see flatten()
  std::vector<ItemColumn> items;            // all groups' items in order, flattened: see item_index()
  // Scorecards that roll up only, else empty. Of a parent whose own scorecard it is, items count with the account's
  // share of the family's ARR, and score and level are the family's; these tell what they would be by its own measures.
  std::vector<Points> own_scores;
  std::vector<std::int8_t> own_levels;            // the machine's; no_level where nothing could be scored
  std::vector<Points> from_children;              // the sum of the children's contributions
  std::vector<std::vector<ChildShare>> children;  // empty: the score is its own
};

struct Assessments {
  Day as_of;
  std::string definitions_version;
  std::vector<core::AccountId> account_ids;
  std::vector<MeasureColumn> measures;      // as in Definitions::measures
  std::vector<ScorecardColumn> scorecards;  // as in Definitions::scorecards
  // The account's own scorecard: of those made for some accounts, the first that applies to it, by priority; else the
  // common one. Index into scorecards; no_scorecard where there is none.
  std::vector<std::int16_t> own_scorecards;

  bool has_score(std::size_t scorecard, std::size_t account) const {
    return scorecards[scorecard].machine_levels[account] != no_level;
  }
};

}  // namespace banso::engine
