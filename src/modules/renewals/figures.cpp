#include "figures.hpp"

#include <algorithm>
#include <map>

namespace banso::renewals {
namespace {

constexpr int months_per_quarter = 3;

bool has_come(const Renewal& renewal, core::Day as_of) {
  return renewal.key.due <= as_of && renewal.outcome != Outcome::open;
}

}  // namespace

core::Day month_of(core::Day day) {
  const auto date = core::year_month_day(day);
  return core::day_from(date.year, date.month, 1);
}

Quarter quarter_of(core::Day day, int fiscal_year_start_month) {
  const auto date = core::year_month_day(day);
  const int months_into_year = (date.month - fiscal_year_start_month + 12) % 12;
  const core::Day from = core::add_months(month_of(day), -(months_into_year % months_per_quarter));
  return {from, core::add_months(from, months_per_quarter) - 1};
}

std::vector<RateMonth> renewal_rates(const Pipeline& pipeline, core::Day from, core::Day to) {
  std::map<core::Day, RateMonth> months;
  for (const auto& renewal : pipeline.between(from, to)) {
    if (!has_come(renewal, pipeline.as_of)) continue;
    auto& month = months[month_of(renewal.key.due)];
    month.month = month_of(renewal.key.due);
    ++month.due;
    month.due_minor += renewal.due_minor;
    if (renewal.outcome == Outcome::churned) {
      ++month.lost;
      continue;
    }
    ++month.renewed;
    const auto capped = std::min(renewal.final_minor.value_or(0), renewal.due_minor);
    month.renewed_minor += capped;
    month.expanded_minor += std::max<std::int64_t>(renewal.final_minor.value_or(0) - renewal.due_minor, 0);
    if (renewal.due.is_late) {
      ++month.late;
    } else {
      ++month.on_time;
      month.on_time_minor += capped;
    }
  }
  std::vector<RateMonth> found;
  for (auto& [day, month] : months) found.push_back(month);
  return found;
}

std::vector<ReasonMonth> churn_reasons(const Pipeline& pipeline, std::span<const Reason> reasons, core::Day from,
                                       core::Day to) {
  std::map<std::pair<core::Day, std::string>, ReasonMonth> sums;
  for (const auto& renewal : pipeline.between(from, to)) {
    if (!has_come(renewal, pipeline.as_of)) continue;
    const auto lost = renewal.due_minor - renewal.final_minor.value_or(0);
    if (lost <= 0) continue;
    std::vector<std::string> given = renewal.input ? renewal.input->reasons : std::vector<std::string>();
    if (given.empty()) given.emplace_back();
    const auto count = static_cast<std::int64_t>(given.size());
    for (std::int64_t i = 0; i < count; ++i) {
      const auto& key = given[static_cast<std::size_t>(i)];
      auto& sum = sums[{month_of(renewal.key.due), key}];
      sum.month = month_of(renewal.key.due);
      sum.reason = key;
      sum.name = reason_name(reasons, key);
      ++sum.renewals;
      // Equal shares that add up: the first ones take what does not divide.
      const auto share = lost / count + (i < lost % count ? 1 : 0);
      (renewal.outcome == Outcome::churned ? sum.churned_minor : sum.contracted_minor) += share;
    }
  }
  std::vector<ReasonMonth> found;
  for (auto& [key, sum] : sums) found.push_back(std::move(sum));
  return found;
}

bool is_at_risk(const Renewal& renewal) {
  if (!renewal.is_open()) return false;
  if (renewal.category == Category::at_risk || renewal.category == Category::lost) return true;
  if (renewal.category == Category::commit) return false;  // a person knows better than the machine
  return renewal.due.cancelled_on || (renewal.machine.probability && *renewal.machine.probability < 0.5);
}

bool lacks_next_step(const Renewal& renewal, core::Day today) {
  if (!renewal.is_open()) return false;
  if (!renewal.input || renewal.input->next_step.empty()) return true;
  return renewal.input->next_step_day && *renewal.input->next_step_day < today;
}

}  // namespace banso::renewals
