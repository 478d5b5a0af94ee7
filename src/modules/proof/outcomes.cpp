#include "outcomes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/effects/sample_size.hpp"
#include "outcome_words.hpp"

namespace banso::proof {
namespace {

constexpr effects::Wanted wanted{confidence, 0.8};
constexpr std::size_t most_more_accounts = 1'000'000;

// A measure taken from one case: nothing where the case says nothing of it.
using Take = std::optional<effects::BeforeAfter> (*)(const Case&);

std::optional<effects::BeforeAfter> health_change(const Case& of) {
  const auto& before = of.before.state.health;
  const auto& after = of.after.state.health;
  if (!before || !after) return std::nullopt;
  return effects::BeforeAfter{*before, *after - *before};
}

std::optional<effects::BeforeAfter> people_change(const Case& of) {
  const auto& before = of.before.state.active_people;
  const auto& after = of.after.state.active_people;
  if (!before || !after) return std::nullopt;
  return effects::BeforeAfter{*before, *after - *before};
}

std::optional<effects::BeforeAfter> arr_change(const Case& of) {
  const auto before = static_cast<double>(of.before.state.arr_minor);
  if (!(before > 0) || !of.after.arr_minor) return std::nullopt;
  return effects::BeforeAfter{before, static_cast<double>(*of.after.arr_minor) - before};
}

std::optional<effects::BeforeAfter> arr_at_both_ends(const Case& of) {
  const auto change = arr_change(of);
  if (!change) return std::nullopt;
  return effects::BeforeAfter{change->before, change->before + change->after};
}

std::optional<bool> level_improved(const Case& of) {
  const auto& before = of.before.state;
  if (before.level.empty() || before.level_rank == 0 || of.after.state.level.empty()) return std::nullopt;
  return of.after.state.level_rank < before.level_rank;
}

std::optional<bool> renewed(const Case& of) {
  return of.after.renewed;
}

std::optional<bool> retained(const Case& of) {
  if (of.before.state.arr_minor <= 0 || !of.after.arr_minor) return std::nullopt;
  return *of.after.arr_minor > 0;
}

std::vector<effects::BeforeAfter> taken(std::span<const Case> cases, Take take) {
  std::vector<effects::BeforeAfter> found;
  for (const auto& each : cases) {
    if (const auto value = take(each)) found.push_back(*value);
  }
  return found;
}

std::vector<double> values_of(std::span<const effects::BeforeAfter> cases) {
  std::vector<double> values;
  for (const auto& each : cases) values.push_back(each.after);
  return values;
}

std::vector<effects::Matched> pairs_of(const Cases& cases, Take take) {
  std::vector<effects::Matched> pairs;
  for (std::size_t i = 0; i < cases.treated.size(); ++i) {
    const auto a = take(cases.treated[i]);
    const auto b = take(cases.comparison_side[i]);
    if (a && b) pairs.push_back({a->after, b->after});
  }
  return pairs;
}

effects::Rate rate_of(std::span<const Case> cases, std::optional<bool> (*take)(const Case&)) {
  effects::Rate rate;
  for (const auto& each : cases) {
    const auto value = take(each);
    if (!value) continue;
    ++rate.cases;
    rate.good += *value ? 1 : 0;
  }
  return rate;
}

effects::Difference difference_of(Measure measure, const Cases& cases, std::uint64_t seed) {
  const bool is_matched = cases.comparison == Comparison::matched;
  const auto means = [&](Take take) {
    if (is_matched) return effects::difference_of_pairs(pairs_of(cases, take), confidence, seed);
    return effects::adjusted_difference_of_means(taken(cases.treated, take), taken(cases.comparison_side, take),
                                                 confidence);
  };
  const auto rates = [&](std::optional<bool> (*take)(const Case&)) {
    return effects::difference_of_rates(rate_of(cases.treated, take), rate_of(cases.comparison_side, take), confidence);
  };
  switch (measure) {
    case Measure::health:
      return means(health_change);
    case Measure::active_people:
      return means(people_change);
    case Measure::level_improved:
      return rates(level_improved);
    case Measure::renewed:
      return rates(renewed);
    case Measure::retained:
      return rates(retained);
    case Measure::arr_change:
      if (is_matched) return effects::difference_of_pairs(pairs_of(cases, arr_change), confidence, seed);
      return effects::difference_of_amounts(values_of(taken(cases.treated, arr_change)),
                                            values_of(taken(cases.comparison_side, arr_change)), confidence, seed);
    case Measure::net_retention:
      break;
  }
  return effects::difference_of_ratios(taken(cases.treated, arr_at_both_ends),
                                       taken(cases.comparison_side, arr_at_both_ends), confidence, seed);
}

// Until both arms have the least number: lots keep falling as the holdout says.
std::size_t short_of_arms(const effects::Difference& found, Comparison comparison, int holdout_percent) {
  const auto lacking = [](std::size_t cases) { return cases < least_cases ? least_cases - cases : 0; };
  const double held = static_cast<double>(holdout_percent) / 100;
  if (comparison != Comparison::holdout || held <= 0 || held >= 1) return lacking(found.treated.cases);
  const double for_treated = static_cast<double>(lacking(found.treated.cases)) / (1 - held);
  const double for_held = static_cast<double>(lacking(found.comparison.cases)) / held;
  return static_cast<std::size_t>(std::ceil(std::max(for_treated, for_held)));
}

void judge(Effect& effect, const Cases& cases, const Reading& reading) {
  const auto& found = effect.found;
  const bool is_small = found.treated.cases < least_cases || found.comparison.cases < least_cases;
  if (is_small || found.cannot_say == effects::CannotSay::too_few) {
    effect.verdict = Verdict::too_early;
    effect.more_accounts = std::max<std::size_t>(1, short_of_arms(found, cases.comparison, reading.holdout_percent));
    return;
  }
  if (!found.interval || !found.interval->excludes(0)) {
    effect.verdict = Verdict::none_seen;
    if (found.interval) {
      effect.more_accounts = effects::more_cases_needed(found.difference, found.standard_error,
                                                        found.treated.cases + found.comparison.cases, wanted);
      if (effect.more_accounts && (*effect.more_accounts == 0 || *effect.more_accounts > most_more_accounts)) {
        effect.more_accounts.reset();
      }
    }
    return;
  }
  effect.verdict = found.difference > 0 ? Verdict::helps : Verdict::hurts;
}

// By what a playbook is judged, in this order: the first of which anything can be said.
std::span<const Measure> judged_by(std::string_view purpose) {
  static constexpr std::array money{Measure::arr_change, Measure::retained, Measure::health};
  static constexpr std::array use{Measure::health, Measure::active_people, Measure::level_improved};
  const bool is_about_money = purpose == "risk" || purpose == "renewal" || purpose == "opportunity";
  return is_about_money ? std::span<const Measure>(money) : std::span<const Measure>(use);
}

}  // namespace

std::string_view word_of(Measure measure) {
  switch (measure) {
    case Measure::health:
      return "health";
    case Measure::level_improved:
      return "level_improved";
    case Measure::active_people:
      return "active_people";
    case Measure::renewed:
      return "renewed";
    case Measure::retained:
      return "retained";
    case Measure::arr_change:
      return "arr_change";
    case Measure::net_retention:
      break;
  }
  return "net_retention";
}

std::string_view unit_of(Measure measure) {
  switch (measure) {
    case Measure::health:
      return "points";
    case Measure::active_people:
      return "people";
    case Measure::arr_change:
      return "money";
    default:
      return "share";
  }
}

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::helps:
      return "helps";
    case Verdict::hurts:
      return "hurts";
    case Verdict::none_seen:
      return "none_seen";
    case Verdict::too_early:
      break;
  }
  return "too_early";
}

std::vector<Effect> effects_of(const Cases& cases, const Reading& reading) {
  std::vector<Effect> found;
  if (cases.comparison == Comparison::none) return found;
  for (const auto measure : {Measure::health, Measure::level_improved, Measure::active_people, Measure::renewed,
                             Measure::retained, Measure::arr_change, Measure::net_retention}) {
    Effect effect;
    effect.measure = measure;
    effect.found = difference_of(measure, cases, reading.seed + static_cast<std::uint64_t>(measure));
    if (effect.found.treated.cases == 0 && effect.found.comparison.cases == 0) continue;
    judge(effect, cases, reading);
    if (measure == Measure::arr_change && effect.found.interval) {
      const auto count = static_cast<double>(effect.found.treated.cases);
      effect.total = effect.found.difference * count;
      effect.total_interval = {effect.found.interval->low * count, effect.found.interval->high * count};
    }
    effect.sentence = sentence_of(effect, cases.comparison, reading.currency);
    found.push_back(std::move(effect));
  }
  return found;
}

const Effect* headline_of(std::span<const Effect> effects, std::string_view purpose) {
  const auto find = [&](Measure measure, bool must_vary) -> const Effect* {
    for (const auto& effect : effects) {
      if (effect.measure == measure && (effect.found.interval || !must_vary)) return &effect;
    }
    return nullptr;
  };
  for (const bool must_vary : {true, false}) {
    for (const auto measure : judged_by(purpose)) {
      if (const auto* effect = find(measure, must_vary)) return effect;
    }
  }
  return nullptr;
}

}  // namespace banso::proof
