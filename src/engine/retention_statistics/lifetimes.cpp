#include "lifetimes.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine::retention_statistics {

namespace {

double months_between(core::Day begin, core::Day day) {
  const core::YearMonthDay first = core::year_month_day(begin);
  const core::YearMonthDay last = core::year_month_day(day);
  int whole = (last.year - first.year) * 12 + last.month - first.month;
  if (core::add_months(begin, whole) > day) --whole;
  const core::Day reached = core::add_months(begin, whole);
  const int month_days = core::add_months(begin, whole + 1) - reached;
  return whole + static_cast<double>(day - reached) / month_days;
}

// The last period that was seen whole, or the one in which it ended.
std::size_t last_period(const Lifetime& life, double length) {
  const double periods = life.exit / length;
  return static_cast<std::size_t>(std::max(0.0, life.ended ? std::ceil(periods) : std::floor(periods)));
}

std::size_t first_period(const Lifetime& life, double length) {
  return life.entry <= 0 ? 0 : static_cast<std::size_t>(std::ceil(life.entry / length));
}

}  // namespace

void ObservedLifetimes::LeftOut::add(const LeftOut& other) {
  without_begin += other.without_begin;
  not_yet_begun += other.not_yet_begun;
  ended_without_day += other.ended_without_day;
  ended_before_begin += other.ended_before_begin;
  ended_unobserved += other.ended_unobserved;
}

double age_on(core::Day day, core::Day begin, AgeUnit unit) {
  return unit == AgeUnit::day ? day - begin : months_between(begin, day);
}

ObservedLifetimes observe(std::span<const CustomerSpan> spans, core::Day until, AgeUnit unit) {
  ObservedLifetimes observed;
  observed.lifetimes.reserve(spans.size());
  auto& left_out = observed.left_out;
  for (const CustomerSpan& span : spans) {
    if (!span.begin) {
      ++left_out.without_begin;
      continue;
    }
    if (span.has_ended && !span.end) {
      ++left_out.ended_without_day;
      continue;
    }
    if (span.end && *span.end <= *span.begin) {
      ++left_out.ended_before_begin;
      continue;
    }
    if (*span.begin >= until) {
      ++left_out.not_yet_begun;
      continue;
    }
    const bool ended = span.end && *span.end <= until;
    const core::Day last = ended ? *span.end : until;
    const bool enters_late = span.observed_from && *span.observed_from > *span.begin;
    if (enters_late && last <= *span.observed_from) {
      ++left_out.ended_unobserved;
      continue;
    }
    observed.lifetimes.push_back({enters_late ? age_on(*span.observed_from, *span.begin, unit) : from_the_begin,
                                  age_on(last, *span.begin, unit), ended, span.group});
  }
  return observed;
}

std::vector<PeriodCount> count_periods(std::span<const Lifetime> lifetimes, double period_length) {
  std::size_t periods = 0;
  for (const Lifetime& life : lifetimes) periods = std::max(periods, last_period(life, period_length));
  std::vector<PeriodCount> counts(periods);
  std::vector<std::int64_t> change(periods + 1);  // of the number at risk, at the begin of a period
  for (const Lifetime& life : lifetimes) {
    const std::size_t first = first_period(life, period_length);
    const std::size_t last = last_period(life, period_length);
    if (first >= last) continue;
    ++change[first];
    --change[last];
    if (life.ended) ++counts[last - 1].ended;
  }
  std::int64_t at_risk = 0;
  for (std::size_t i = 0; i < periods; ++i) counts[i].at_risk = at_risk += change[i];
  return counts;
}

}  // namespace banso::engine::retention_statistics
