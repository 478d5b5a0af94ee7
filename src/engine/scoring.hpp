// From measure values to points, contributions, scores and levels, for one account on one day. Internal to the engine.
// What a scorecard means is here and nowhere else; engine/lab computes the same over columns and is tested against it.
//
//   value ──curve_for()──► points ──drifted()──► points of the item ──weights──► contributions, score ──► level
//                                                                         forced levels, a person's level ──┘
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "assessment.hpp"
#include "fact_values.hpp"
#include "plan.hpp"

namespace banso::engine {

// What the account is on the day, beside its measures.
struct AccountDay {
  std::size_t account = 0;
  Day day;
  std::optional<int> age_days{};
  std::optional<double> phase{};                  // code of the attribute "phase"
  const LevelOverride* level_override = nullptr;  // in force
};

// Points of a value on a curve, 0..100.
double points_on(const Curve& curve, double value);
// The variant that applies to an age and a phase: see AgedCurve.
const ResolvedCurve& curve_for(const ItemPlan& item, std::optional<int> age_days, std::optional<double> phase);
// Points of a value, before decay.
double points_of(const ResolvedCurve& curve, double value);
// Points after `age_days` of the newest fact.
double drifted(const Decay& decay, double points, int age_days);
// The level of a score alone.
std::int8_t level_of(const Scorecard& scorecard, Points score);
// The level that a rule leaves of `level`, by what its item came to.
std::int8_t level_under(const ForcedPlan& rule, ItemUse use, Points points, std::int8_t level);

// Scratch of one scorecard; one per thread.
class Scoring {
 public:
  explicit Scoring(const ScorecardPlan& plan);

  // Writes the account's row of every column.
  void score(std::span<const Value> values, const AccountDay& account_day, ScorecardColumn& result);
  // Writes the level that a person set.
  void write_override(const AccountDay& account_day, ScorecardColumn& result) const;

  // What an item makes of its measure's value.
  struct Item {
    ItemUse use = ItemUse::left_out;
    double points = 0;
    double weight = 0;  // share of the whole score

    bool rests_on_number() const { return use == ItemUse::number || use == ItemUse::decayed; }
    bool counts() const { return rests_on_number() || use == ItemUse::policy; }
  };
  static Item judge(const ItemPlan& item, const Value& value, const AccountDay& account_day);
  // The items' shares of the whole score where these are their uses; all zero where nothing counts.
  std::vector<double> shares(std::span<const ItemUse> uses);

 private:
  // Groups in order of reading, and after them the scorecard itself.
  const ScorecardPlan& plan_;
  std::vector<Item> items_;
  std::vector<double> counting_weight_;  // per group: weights of the items and groups in it that count
  std::vector<double> share_;            // per group: of the whole score
  std::vector<double> nominal_share_;    // per item: of the whole score where nothing is missing

  void spread_weights();
  void write_groups(std::size_t account, ScorecardColumn& result);
  void write_items(std::size_t account, ScorecardColumn& result) const;
  void write_level(std::size_t account, ScorecardColumn& result) const;

  std::vector<double> group_points_;  // scratch of write_groups
};

// Whether it is the account's own scorecard, of those made for some accounts.
bool applies(const ScorecardPlan& scorecard, const AccountDay& account_day);

// Columns of the right size, with nothing scored.
ScorecardColumn empty_column(const Scorecard& scorecard, std::size_t accounts);

}  // namespace banso::engine
