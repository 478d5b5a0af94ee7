#include "cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace banso::proof {
namespace {

constexpr std::size_t most_candidates = 60'000;
constexpr std::size_t least_candidates_a_week = 200;
constexpr int days_per_week = 7;
constexpr double caliper_deviations = 0.5;
const double unknown = std::numeric_limits<double>::quiet_NaN();

double or_unknown(const std::optional<double>& value) {
  return value.value_or(unknown);
}

// What accounts are matched by; in the order of covariates(). Amounts by their order of magnitude.
std::array<double, 5> values_of(const Before& before) {
  constexpr double yen_like_unit = 10'000;  // below it, amounts are as good as none
  return {or_unknown(before.state.health), or_unknown(before.health_trend),
          std::log10(1 + static_cast<double>(before.state.arr_minor) / yen_like_unit),
          before.state.active_people ? std::log1p(*before.state.active_people) : unknown,
          before.age_days ? std::log1p(std::max(0, *before.age_days)) : unknown};
}

int week_of(core::Day day) {
  return (day - core::weekday(day)).days / days_per_week;
}

// Only accounts of the same week whose next renewal is about as far ahead are alike.
std::int64_t stratum_of(core::Day day, const Before& before) {
  return std::int64_t{week_of(day)} * 3 + static_cast<std::int64_t>(before.renewal);
}

effects::Covariates table_of(std::span<const Start> starts, std::span<const Before> before) {
  effects::Covariates table;
  table.columns = covariates().size();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto values = values_of(before[i]);
    table.values.insert(table.values.end(), values.begin(), values.end());
    table.strata.push_back(stratum_of(starts[i].day, before[i]));
  }
  return table;
}

std::vector<Start> starts_of(std::span<const Unit> units) {
  std::vector<Start> starts;
  for (const auto& unit : units) starts.push_back(unit.start);
  return starts;
}

std::vector<Case> measured(const Measuring& measuring, std::span<const Unit> units) {
  const auto starts = starts_of(units);
  auto before = measuring.before(starts);
  auto after = measuring.after(starts);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < units.size(); ++i) {
    cases.push_back({starts[i], units[i].run, units[i].state, std::move(before[i]), std::move(after[i]), {}});
  }
  return cases;
}

// The same everywhere for the same account and week, and without order: which candidates are looked at where there are
// too many.
std::uint64_t lot(core::AccountId account, int week) {
  auto mixed = static_cast<std::uint64_t>(account.value) * 0x9E3779B97F4A7C15ull + static_cast<std::uint64_t>(week);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
  return mixed ^ (mixed >> 31);
}

// Accounts of the book that could have been treated in each week of the treated ones, and were not in the playbook at
// all around that time.
std::vector<Start> candidates_for(const Dependencies& from, std::span<const Unit> treated,
                                  std::span<const Unit> all_units, int horizon_days) {
  std::map<int, std::vector<core::Day>> weeks;
  for (const auto& unit : treated) weeks[week_of(unit.start.day)].push_back(unit.start.day);
  std::unordered_map<std::int64_t, core::Day> in_playbook;
  for (const auto& unit : all_units) in_playbook.emplace(unit.start.account.value, unit.start.day);
  const auto book = from.health->evaluated_book();
  std::vector<Start> candidates;
  if (!book || weeks.empty()) return candidates;
  const auto most_a_week = std::max(least_candidates_a_week, most_candidates / weeks.size());
  for (auto& [week, days] : weeks) {
    std::nth_element(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2), days.end());
    const auto day = days[days.size() / 2];
    std::vector<core::AccountId> accounts;
    for (std::size_t row = 0; row < book->size(); ++row) {
      const auto account = book->id(row);
      const auto entered = in_playbook.find(account.value);
      if (entered != in_playbook.end() && std::abs(entered->second - day) <= horizon_days) continue;
      accounts.push_back(account);
    }
    if (accounts.size() > most_a_week) {
      const auto by_lot = [week = week](core::AccountId a, core::AccountId b) { return lot(a, week) < lot(b, week); };
      std::nth_element(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(most_a_week), accounts.end(),
                       by_lot);
      accounts.resize(most_a_week);
      std::sort(accounts.begin(), accounts.end());
    }
    for (const auto account : accounts) candidates.push_back({account, day});
  }
  return candidates;
}

bool was_customer(const Before& before) {
  return before.state.arr_minor > 0 || before.state.health;
}

void match_cases(const Dependencies& from, const Measuring& measuring, std::span<const Unit> treated,
                 std::span<const Unit> all_units, int horizon_days, Cases& into) {
  auto cases = measured(measuring, treated);
  auto candidates = candidates_for(from, treated, all_units, horizon_days);
  auto candidates_before = measuring.before(candidates);
  std::vector<Start> kept;
  std::vector<Before> kept_before;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!was_customer(candidates_before[i])) continue;
    kept.push_back(candidates[i]);
    kept_before.push_back(std::move(candidates_before[i]));
  }
  std::vector<Before> treated_before;
  treated_before.reserve(cases.size());
  for (const auto& each : cases) treated_before.push_back(each.before);
  const auto matching = effects::match(table_of(starts_of(treated), treated_before), table_of(kept, kept_before),
                                       {.caliper = caliper_deviations});
  std::vector<Start> partners;
  for (const auto& pair : matching.pairs) partners.push_back(kept[pair.candidate]);
  auto after = measuring.after(partners);
  for (std::size_t i = 0; i < matching.pairs.size(); ++i) {
    auto& one = cases[matching.pairs[i].treated];
    one.matched_with = partners[i].account;
    into.comparison_side.push_back(
        {partners[i], {}, "", kept_before[matching.pairs[i].candidate], std::move(after[i]), one.start.account});
    into.treated.push_back(std::move(one));
  }
  for (const auto row : matching.unmatched) into.unmatched.push_back(std::move(cases[row]));
  into.balance = matching.balance;
  into.comparison = into.treated.empty() ? Comparison::none : Comparison::matched;
}

std::vector<effects::CovariateBalance> balance_of(std::span<const Case> a, std::span<const Case> b) {
  const auto table = [](std::span<const Case> cases) {
    std::vector<Start> starts;
    std::vector<Before> before;
    for (const auto& each : cases) {
      starts.push_back(each.start);
      before.push_back(each.before);
    }
    return table_of(starts, before);
  };
  return effects::balance_of(table(a), table(b));
}

}  // namespace

std::string_view word_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::holdout:
      return "holdout";
    case Comparison::matched:
      return "matched";
    case Comparison::none:
      break;
  }
  return "none";
}

std::span<const Covariate> covariates() {
  static const Covariate all[] = {{"health", {"Health score at the start", "開始時のヘルススコア"}},
                                  {"health_trend", {"Its change over four weeks", "直近4週間のスコアの変化"}},
                                  {"arr", {"ARR (order of magnitude)", "年間契約額(ARR)の規模"}},
                                  {"active_people", {"Active people (order of magnitude)", "利用人数の規模"}},
                                  {"age", {"Time as a customer (order of magnitude)", "契約してからの長さ"}}};
  return all;
}

std::vector<Unit> units_of(std::span<const playbooks::RunFact> runs) {
  std::map<core::AccountId, const playbooks::RunFact*> first;
  for (const auto& run : runs) {
    auto& kept = first[run.account];
    if (!kept || std::pair(run.started_at, run.id) < std::pair(kept->started_at, kept->id)) kept = &run;
  }
  std::vector<Unit> units;
  units.reserve(first.size());
  for (const auto& [account, run] : first) {
    units.push_back({run->id, {account, run->started_day}, run->is_holdout, run->state});
  }
  return units;
}

std::vector<Unit> units_of_step(std::span<const playbooks::RunFact> runs, std::span<const playbooks::StepFact> steps,
                                const std::string& step, int utc_offset_minutes) {
  std::unordered_map<std::int64_t, const playbooks::RunFact*> by_id;
  for (const auto& run : runs) by_id.emplace(run.id.value, &run);
  std::map<core::AccountId, const playbooks::StepFact*> first;
  for (const auto& visit : steps) {
    const auto run = by_id.find(visit.run.value);
    if (visit.step != step || run == by_id.end()) continue;
    auto& kept = first[run->second->account];
    if (!kept || std::pair(visit.entered_at, visit.visit) < std::pair(kept->entered_at, kept->visit)) kept = &visit;
  }
  std::vector<Unit> units;
  for (const auto& [account, visit] : first) {
    const auto& run = *by_id.at(visit->run.value);
    units.push_back({run.id,
                     {account, core::day_of(visit->entered_at, utc_offset_minutes)},
                     visit->result == "held_out",
                     run.state});
  }
  return units;
}

Cases find_cases(const Dependencies& from, std::span<const Unit> units, std::span<const Unit> in_playbook,
                 int horizon_days, core::Day today) {
  Cases found;
  std::vector<Unit> treated, held;
  for (const auto& unit : units) {
    if (unit.start.day + horizon_days > today) {
      found.waiting.push_back(unit);
    } else {
      (unit.is_holdout ? held : treated).push_back(unit);
    }
  }
  const Measuring measuring(from, horizon_days);
  const bool has_holdout = std::any_of(units.begin(), units.end(), [](const Unit& unit) { return unit.is_holdout; });
  if (has_holdout) {
    found.treated = measured(measuring, treated);
    found.comparison_side = measured(measuring, held);
    found.comparison = Comparison::holdout;
    found.balance = balance_of(found.treated, found.comparison_side);
  } else if (!treated.empty()) {
    match_cases(from, measuring, treated, in_playbook, horizon_days, found);
  }
  return found;
}

}  // namespace banso::proof
