#include "cohort_triangle.hpp"

#include <algorithm>
#include <array>

namespace banso::engine::retention_statistics {

namespace {

constexpr std::array<std::string_view, 5> grain_names{"day", "week", "month", "quarter", "year"};

std::int32_t floor_divide(std::int32_t value, std::int32_t by) {
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

int months_of(Grain grain) {
  return grain == Grain::quarter ? 3 : grain == Grain::year ? 12 : 1;
}

}  // namespace

std::string_view name_of(Grain grain) {
  return grain_names[static_cast<std::size_t>(grain)];
}

std::optional<Grain> grain_from(std::string_view name) {
  const auto found = std::ranges::find(grain_names, name);
  if (found == grain_names.end()) return std::nullopt;
  return static_cast<Grain>(found - grain_names.begin());
}

std::int32_t Calendar::number_of(core::Day day) const {
  if (grain_ == Grain::day) return day.days;
  if (grain_ == Grain::week) return floor_divide(day.days - core::weekday(day), 7);
  const core::YearMonthDay date = core::year_month_day(day);
  const int offset = grain_ == Grain::month ? 0 : fiscal_start_month_ - 1;
  return floor_divide(date.year * 12 + date.month - 1 - offset, months_of(grain_));
}

core::Day Calendar::first_day(std::int32_t number) const {
  if (grain_ == Grain::day) return {number};
  // 1970-01-01 was a Thursday: the Monday of week 0 is the fourth day after it.
  if (grain_ == Grain::week) return {number * 7 + 4};
  const int offset = grain_ == Grain::month ? 0 : fiscal_start_month_ - 1;
  const int month = number * months_of(grain_) + offset;
  const int year = floor_divide(month, 12);
  return core::day_from(year, month - year * 12 + 1, 1);
}

std::vector<CohortTriangle::Together> CohortTriangle::by_age() const {
  std::vector<Together> ages;
  for (const Cohort& cohort : cohorts) {
    if (cohort.cells.size() > ages.size()) ages.resize(cohort.cells.size());
    for (std::size_t age = cohort.known_from_age; age < cohort.cells.size(); ++age) {
      ages[age].cell.members += cohort.cells[age].members;
      ages[age].cell.amount += cohort.cells[age].amount;
      ages[age].size += cohort.size;
      ages[age].first_amount += cohort.cells.front().amount;
      ++ages[age].cohorts;
    }
  }
  return ages;
}

CohortTriangle cohort_triangle(std::span<const core::Day> begins, std::span<const Observation> observations,
                               const Calendar& calendar, core::Day last_day) {
  CohortTriangle triangle;
  triangle.grain = calendar.grain();
  const std::int32_t last_period = calendar.number_of(last_day);
  triangle.last_is_partial = calendar.last_day(last_period) > last_day;

  std::vector<std::int32_t> begin_periods(begins.size());
  for (std::size_t m = 0; m < begins.size(); ++m) begin_periods[m] = calendar.number_of(begins[m]);
  std::vector<std::int32_t> periods;  // in which somebody began
  for (std::size_t m = 0; m < begins.size(); ++m)
    if (begins[m] <= last_day) periods.push_back(begin_periods[m]);
  std::ranges::sort(periods);
  for (std::size_t i = 0; i < periods.size();) {
    Cohort cohort;
    const std::int32_t period = periods[i];
    cohort.begin = calendar.first_day(period);
    for (; i < periods.size() && periods[i] == period; ++i) ++cohort.size;
    cohort.cells.resize(static_cast<std::size_t>(last_period - period) + 1);
    triangle.cohorts.push_back(std::move(cohort));
  }
  periods.erase(std::ranges::unique(periods).begin(), periods.end());

  // A member counts once a period, whatever the order: sort by member and period.
  struct Seen {
    std::uint32_t member;
    std::int32_t period;
    std::int64_t amount;
  };
  std::vector<Seen> seen;
  seen.reserve(observations.size());
  for (const Observation& observation : observations) {
    if (observation.member >= begins.size()) continue;
    if (observation.day > last_day) {
      ++triangle.after_end;
      continue;
    }
    const std::int32_t period = calendar.number_of(observation.day);
    if (period < begin_periods[observation.member] || begins[observation.member] > last_day) {
      ++triangle.before_begin;
      continue;
    }
    seen.push_back({observation.member, period, observation.amount});
  }
  std::ranges::sort(seen, [](const Seen& a, const Seen& b) {
    return a.member != b.member ? a.member < b.member : a.period < b.period;
  });
  for (std::size_t i = 0; i < seen.size();) {
    const Seen& first = seen[i];
    const auto cohort = std::ranges::lower_bound(periods, begin_periods[first.member]) - periods.begin();
    CohortCell& cell = triangle.cohorts[static_cast<std::size_t>(cohort)]
                           .cells[static_cast<std::size_t>(first.period - begin_periods[first.member])];
    ++cell.members;
    for (; i < seen.size() && seen[i].member == first.member && seen[i].period == first.period; ++i)
      cell.amount += seen[i].amount;
  }
  return triangle;
}

std::vector<Observation> observe_steps(std::span<const Step> steps, const Calendar& calendar, core::Day last_day) {
  std::vector<Observation> observations;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (step.amount == 0 || step.day > last_day) continue;
    const bool has_next = i + 1 < steps.size() && steps[i + 1].member == step.member;
    const core::Day until = has_next ? std::min(steps[i + 1].day, last_day + 1) : last_day + 1;  // exclusive
    for (std::int32_t period = calendar.number_of(step.day);; ++period) {
      const core::Day looked_at = std::min(calendar.last_day(period), last_day);
      if (looked_at >= until) break;
      observations.push_back({step.member, looked_at, step.amount});
      if (looked_at == last_day) break;
    }
  }
  return observations;
}

}  // namespace banso::engine::retention_statistics
