#include "usage_series.hpp"

#include <algorithm>
#include <limits>

namespace banso::engine {

DayIndex::DayIndex(std::span<const Day> days) : size_(static_cast<std::uint32_t>(days.size())) {
  if (days.empty()) return;
  first_ = days.front().days;
  last_ = days.back().days;
  table_.resize(static_cast<std::size_t>(last_ - first_) + 1);
  std::uint32_t next = 0;
  for (std::int32_t day = first_; day <= last_; ++day) {
    while (days[next].days < day) ++next;
    table_[static_cast<std::size_t>(day - first_)] = next;
  }
}

UsageRolling::UsageRolling(const Book& book, const Plan& plan, const DayIndex& days)
    : book_(book),
      plan_(plan),
      days_(days),
      reach_days_(plan.filters.size(), -1),
      series_(plan.series.size(), std::vector<std::int64_t>(days.size() + 1)),
      newest_(plan.filters.size(), std::vector<Day>(days.size(), no_day)),
      first_(days.size(), no_day) {
  for (const auto& series : plan.series) {
    const std::int64_t reach = series.window_days == unlimited_days ? std::numeric_limits<std::int32_t>::max()
                                                                    : series.window_days + series.lag_days;
    reach_days_[series.filter] = std::max(reach_days_[series.filter], reach);
  }
}

void UsageRolling::load(std::size_t account) {
  const auto& usage = book_.usage();
  begin_ = usage.offsets[account];
  end_ = usage.offsets[account + 1];
  person_count_ = usage.person_counts[account];
  find_first();
  for (std::size_t filter = 0; filter < plan_.filters.size(); ++filter) {
    find_newest(filter);
    if (reach_days_[filter] < 0) continue;
    gather(filter);
    for (std::size_t index = 0; index < plan_.series.size(); ++index) {
      if (plan_.series[index].filter == filter) roll(plan_.series[index], series_[index]);
    }
  }
}

// Newest first: what a row newly decides are the days from its becoming known up to where newer rows were known.
void UsageRolling::find_newest(std::size_t filter) {
  const auto& usage = book_.usage();
  const auto& wanted = plan_.filters[filter];
  auto& newest = newest_[filter];
  std::uint32_t decided_from = days_.size();
  for (std::size_t row = end_; row > begin_ && decided_from > 0; --row) {
    const std::size_t at = row - 1;
    if (!wanted.takes_all && !wanted.takes[usage.features[at]]) continue;
    const auto start = days_.at_or_after(std::int64_t{usage.days[at]} + usage.delay_days[at]);
    for (; decided_from > start; --decided_from) newest[decided_from - 1] = Day{usage.days[at]};
  }
  std::fill(newest.begin(), newest.begin() + decided_from, no_day);
}

void UsageRolling::find_first() {
  const auto& usage = book_.usage();
  std::uint32_t decided_from = days_.size();
  for (std::size_t row = begin_; row < end_ && decided_from > 0; ++row) {
    const auto start = days_.at_or_after(std::int64_t{usage.days[row]} + usage.delay_days[row]);
    for (; decided_from > start; --decided_from) first_[decided_from - 1] = Day{usage.days[row]};
  }
  std::fill(first_.begin(), first_.begin() + decided_from, no_day);
}

std::size_t UsageRolling::first_row_after(std::int64_t day) const {
  const auto& days = book_.usage().days;
  const auto found = std::upper_bound(days.begin() + static_cast<std::ptrdiff_t>(begin_),
                                      days.begin() + static_cast<std::ptrdiff_t>(end_), day,
                                      [](std::int64_t bound, std::int32_t each) { return bound < each; });
  return static_cast<std::size_t>(found - days.begin());
}

void UsageRolling::gather(std::size_t filter) {
  const auto& usage = book_.usage();
  const auto& wanted = plan_.filters[filter];
  rows_.clear();
  for (std::size_t row = first_row_after(std::int64_t{days_.first().days} - reach_days_[filter]); row < end_; ++row) {
    if (!wanted.takes_all && !wanted.takes[usage.features[row]]) continue;
    const std::int32_t known = usage.days[row] + usage.delay_days[row];
    if (days_.at_or_after(known) == days_.size()) continue;  // not known on any day of evaluation
    rows_.push_back({usage.days[row], known, usage.persons[row], usage.events[row], usage.features[row]});
  }
}

std::uint32_t UsageRolling::start_of(const Row& row, const UsageSeries& series) const {
  return days_.at_or_after(std::max(row.day + series.lag_days, row.known));
}

std::uint32_t UsageRolling::end_of(const Row& row, const UsageSeries& series) const {
  if (series.window_days == unlimited_days) return days_.size();
  return days_.at_or_after(std::int64_t{row.day} + series.lag_days + series.window_days);
}

template <class Key>
void UsageRolling::roll_distinct(const UsageSeries& series, std::size_t keys, Key key,
                                 std::vector<std::int64_t>& difference) {
  earliest_start_.assign(keys, days_.size());
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    if (key(*row) >= keys) continue;  // no_person: what nobody in particular did
    const auto start = start_of(*row, series);
    auto& earliest = earliest_start_[key(*row)];
    const auto end = std::min(end_of(*row, series), earliest);
    if (start >= end) continue;
    ++difference[start];
    --difference[end];
    earliest = start;
  }
}

void UsageRolling::roll(const UsageSeries& series, std::vector<std::int64_t>& result) {
  std::fill(result.begin(), result.end(), 0);
  switch (series.aggregate) {
    case Aggregate::people:
      roll_distinct(
          series, person_count_, [](const Row& row) { return row.person; }, result);
      break;
    case Aggregate::features:
      roll_distinct(
          series, plan_.module_of_feature.size(), [](const Row& row) { return row.feature; }, result);
      break;
    case Aggregate::modules:
      roll_distinct(
          series, plan_.module_count, [&](const Row& row) { return plan_.module_of_feature[row.feature]; }, result);
      break;
    case Aggregate::days_active:
      if (!rows_.empty()) {
        const auto first = rows_.front().day;
        roll_distinct(
            series, static_cast<std::size_t>(rows_.back().day - first) + 1,
            [first](const Row& row) { return static_cast<std::size_t>(row.day - first); }, result);
      }
      break;
    default:  // events
      for (const auto& row : rows_) {
        const auto start = start_of(row, series);
        const auto end = end_of(row, series);
        if (start >= end) continue;
        result[start] += row.events;
        result[end] -= row.events;
      }
  }
  for (std::size_t day = 1; day < result.size(); ++day) result[day] += result[day - 1];
}

void UsageRolling::used_in_window(std::size_t filter, std::uint32_t person, int window_days,
                                  std::vector<std::uint8_t>& used) const {
  const auto& usage = book_.usage();
  const auto& wanted = plan_.filters[filter];
  const UsageSeries series{Aggregate::people, filter, window_days, 0};
  used.assign(days_.size(), 0);
  const bool is_limited = window_days != unlimited_days;
  const std::size_t first = is_limited ? first_row_after(std::int64_t{days_.first().days} - window_days) : begin_;
  for (std::size_t row = first; row < end_; ++row) {
    if (usage.persons[row] != person) continue;
    if (!wanted.takes_all && !wanted.takes[usage.features[row]]) continue;
    const Row each{usage.days[row], usage.days[row] + usage.delay_days[row], person, 0, 0};
    const auto end = end_of(each, series);
    for (auto day = start_of(each, series); day < end; ++day) used[day] = 1;
  }
}

}  // namespace banso::engine
