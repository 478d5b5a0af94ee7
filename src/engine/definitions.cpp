#include "definitions.hpp"

#include <algorithm>

#include "expression.hpp"

namespace banso::engine {

std::optional<std::size_t> Definitions::measure_index(std::string_view key) const {
  const auto found = std::find_if(measures.begin(), measures.end(), [&](const auto& each) { return each.key == key; });
  if (found == measures.end()) return std::nullopt;
  return static_cast<std::size_t>(found - measures.begin());
}

std::optional<std::size_t> Definitions::scorecard_index(std::string_view key) const {
  const auto found =
      std::find_if(scorecards.begin(), scorecards.end(), [&](const auto& each) { return each.key == key; });
  if (found == scorecards.end()) return std::nullopt;
  return static_cast<std::size_t>(found - scorecards.begin());
}

bool Definitions::needs_peers() const {
  return std::any_of(measures.begin(), measures.end(), [](const auto& measure) { return measure.is_percentile(); });
}

bool Definitions::rolls_up() const {
  return std::any_of(scorecards.begin(), scorecards.end(),
                     [](const auto& scorecard) { return scorecard.roll_up != RollUp::none; });
}

std::optional<std::size_t> Definitions::common_scorecard() const {
  if (scorecards.empty()) return std::nullopt;
  return scorecard_index(common_scorecard_key).value_or(0);
}

namespace {

void flatten_into(const ScorecardGroup& group, std::size_t parent, const std::string& path, FlatScorecard& flat) {
  const std::size_t position = flat.groups.size();
  flat.groups.push_back({&group, parent, flat.items.size(), path});
  for (const auto& item : group.items) flat.items.push_back({&item, position});
  for (std::size_t i = 0; i < group.groups.size(); ++i) {
    flatten_into(group.groups[i], position, path + ".groups[" + std::to_string(i) + "]", flat);
  }
}

}  // namespace

FlatScorecard flatten(const Scorecard& scorecard) {
  FlatScorecard flat;
  for (std::size_t i = 0; i < scorecard.groups.size(); ++i) {
    flatten_into(scorecard.groups[i], no_parent, "groups[" + std::to_string(i) + "]", flat);
  }
  return flat;
}

std::vector<std::string> operands_of(const MeasureDefinition& measure) {
  return measure.aggregate == Aggregate::expression ? keys_in_expression(measure.expression) : measure.of;
}

std::vector<Level> standard_levels() {
  return {
      {"thriving",
       {"Thriving", "好調"},
       {"Uses the product widely and is satisfied: a candidate for expansion.",
        "幅広く活用され、満足度も高い状態です。拡大を提案できます。"},
       80},
      {"healthy",
       {"Healthy", "良好"},
       {"On track, renewal is likely.", "順調に活用されており、更新が見込まれます。"},
       65},
      {"watch",
       {"Watch", "注意"},
       {"Some measures are weak: find out why.", "一部の指標が弱まっています。理由を確認してください。"},
       50},
      {"at_risk",
       {"At risk", "警戒"},
       {"Several measures are weak: act before renewal.", "複数の指標が弱い状態です。更新前に手を打ってください。"},
       35},
      {"critical",
       {"Critical", "危険"},
       {"Likely to leave unless something changes now.",
        "このままでは解約のおそれがあります。すぐに対応してください。"},
       0},
  };
}

std::vector<Aggregate> allowed_aggregates(Source source) {
  using enum Aggregate;
  switch (source) {
    case Source::usage:
      return {people, events, days_active, features, modules, days_since_latest};
    case Source::tickets:
      return {count, closed, open, open_mean_age, open_oldest_age, days_since_latest};
    case Source::surveys:
      return {latest, mean, net_promoter, satisfied_share, count, days_since_latest};
    case Source::interactions:
      return {days_since_latest, count, roles};
    case Source::attendance:
      return {count, days_since_latest};
    case Source::contacts:
      return {present, active, left};
    case Source::subscriptions:
      return {seats, mrr, count, days_to_renewal};
    case Source::attribute:
      return {value};
    case Source::account:
      return {age};
    case Source::measures:
      return {ratio, sum, mean, minimum, maximum, expression};
  }
  return {};
}

bool is_windowed(Source source, Aggregate aggregate) {
  switch (source) {
    case Source::usage:
    case Source::interactions:
    case Source::attendance:
      return aggregate != Aggregate::days_since_latest;
    case Source::tickets:
      return aggregate == Aggregate::count || aggregate == Aggregate::closed;
    case Source::surveys:
      return aggregate != Aggregate::days_since_latest;
    case Source::contacts:
      return aggregate == Aggregate::active || aggregate == Aggregate::left;
    default:
      return false;
  }
}

}  // namespace banso::engine
