// Definitions resolved against one book: names become indices and masks, equal work is found once. Internal to the
// engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "assessment.hpp"
#include "book.hpp"
#include "definitions.hpp"
#include "expression.hpp"
#include "peers.hpp"

namespace banso::engine {

inline constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
inline constexpr int unlimited_days = 0;

// Which usage rows take part, by feature.
struct UsageFilter {
  bool takes_all = true;
  std::vector<std::uint8_t> takes;  // per feature of the book
  bool operator==(const UsageFilter&) const = default;
};

// One number per account and day, rolling over usage: `aggregate` of the rows that `filter` takes and whose day lies in
// the window_days up to lag_days before the day of evaluation.
struct UsageSeries {
  Aggregate aggregate = Aggregate::people;
  std::size_t filter = 0;
  int window_days = unlimited_days;
  int lag_days = 0;
  bool operator==(const UsageSeries&) const = default;
};

struct MeasurePlan {
  const MeasureDefinition* definition = nullptr;
  std::size_t filter = none;          // usage and active contacts
  std::size_t series = none;          // usage: the number itself,
  std::size_t divisor = none;         //   what it is divided by where that is usage too,
  std::size_t earlier_series = none;  //   and both again for the window it is compared with
  std::size_t earlier_divisor = none;
  int lag_days = 0;           // of the window it is compared with; 0 for none
  std::uint32_t kinds = ~0u;  // bits by kind
  ContactRoles roles = 0xff;
  std::vector<std::uint8_t> products;  // per product of the book; empty: all
  const AttributeColumn* attribute = nullptr;
  bool gives_code = false;  // of a text or choice: nothing to calculate with
  std::vector<std::size_t> operands;
  std::optional<Expression> expression;  // over the operands
  // Among peers: the attribute that says which (null: all, or nobody has it), and their distributions by its code.
  const AttributeColumn* peer_attribute = nullptr;
  std::vector<const PeerDistributions::ByDay*> peer_groups;  // null where nobody has a value
};

// AppliesWhen against the book's dictionaries.
struct AttributeTest {
  const AttributeColumn* attribute = nullptr;  // null: nobody has it
  std::vector<double> values;                  // codes, 0 and 1, or numbers; ascending
  bool is_excluding = false;

  bool holds(std::size_t account, Day as_of) const;
};

struct ResolvedCurve {
  int from_age_days = 0;
  const Curve* curve = nullptr;
  std::vector<Points> points_by_code;  // choices: per dictionary code, or no/yes
  bool is_for_phases = false;
  std::vector<double> phases;  // codes of the attribute "phase"
};

struct ItemPlan {
  const ScorecardItem* definition = nullptr;
  std::size_t group = 0;  // position among the flat groups
  std::size_t measure = 0;
  std::vector<ResolvedCurve> curves;
  std::optional<AttributeTest> applies_when;
};

struct GroupPlan {
  double weight = 0;
  std::size_t parent = 0;  // position among the groups; groups.size() for the scorecard itself
};

struct ForcedPlan {
  std::size_t item = 0;
  Points at_most;
  std::int8_t level = 0;
};

struct ScorecardPlan {
  const Scorecard* definition = nullptr;
  std::vector<GroupPlan> groups;  // flattened: each before those within it
  std::vector<ItemPlan> items;    // flattened in order
  std::vector<ForcedPlan> forced;
  std::vector<std::int8_t> level_of_override;  // per level of the book; no_level where the scorecard has no such level
  std::optional<AttributeTest> applies_when;   // whose own scorecard it is
  std::vector<double> phases;                  // the same; codes of the attribute "phase"
};

struct Plan {
  std::vector<UsageFilter> filters;  // the first takes all
  std::vector<UsageSeries> series;
  std::vector<std::uint32_t> module_of_feature;
  std::size_t module_count = 0;
  std::vector<MeasurePlan> measures;
  std::vector<std::size_t> order;  // operands before formulas
  std::vector<ScorecardPlan> scorecards;
  std::vector<std::size_t> scorecards_for_some;  // by priority
  std::int16_t common_scorecard = no_scorecard;
  const AttributeColumn* created = nullptr;
  const AttributeColumn* phase = nullptr;  // null where nothing asks for it
};

// Of the measure's peers on the day: the attribute's value; nothing where the account has none.
std::optional<std::string_view> peer_group(const MeasurePlan& measure, std::size_t account, Day as_of);
// The same as a position in MeasurePlan::peer_groups.
std::optional<std::size_t> peer_group_code(const MeasurePlan& measure, std::size_t account, Day as_of);

// Keeps pointers into all of them: they must outlive the plan.
Plan make_plan(const Book& book, const Definitions& definitions, const PeerDistributions& peers);
Plan make_plan(const Book& book, const Definitions& definitions);  // where no values are computed

}  // namespace banso::engine
