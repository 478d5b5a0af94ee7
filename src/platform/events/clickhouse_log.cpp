#include "clickhouse_log.hpp"

#include <algorithm>

#include "platform/clickhouse/literal.hpp"
#include "platform/clickhouse/row_binary.hpp"

namespace banso::platform::events {

std::vector<std::int64_t> ClickHouseLog::read_numbers(std::int64_t above) {
  std::vector<std::int64_t> numbers;
  const auto sql = clickhouse::with_values("SELECT DISTINCT batch_no FROM {batch} WHERE batch_no > ?", {above});
  for (const auto& answer : cluster_.run_everywhere(sql)) {
    clickhouse::each_row(answer, [&](clickhouse::RowReader& row) { numbers.push_back(row.number<std::int64_t>()); });
  }
  std::ranges::sort(numbers);
  return numbers;
}

// Gives the numbers that were not known a position: the one that is about to be given out.
void ClickHouseLog::take_in(const std::vector<std::int64_t>& numbers, std::int64_t above) {
  const bool first_look = looked_from_ < 0;
  const auto highest = numbers.empty() ? 0 : numbers.back();
  numbers_.observe(highest);
  std::vector<std::int64_t> fresh;
  bool of_several_nodes = false;
  for (const auto number : numbers) {
    if (told_by_.contains(number)) continue;
    of_several_nodes |= ClickHouseNumbers::node_of(number) != ClickHouseNumbers::node_of(highest);
    // Below what earlier looks covered nothing can be said about when it appeared.
    if (first_look || number <= looked_from_) {
      told_by_[number] = before_my_time;
    } else {
      fresh.push_back(number);
    }
  }
  auto until = std::max(until_, highest);
  // A position must tell a follower of today from one of before the restart, and one that has heard of a late batch
  // from one that has not: it goes up by the smallest step, which no batch's number can have been told under.
  const bool late = !fresh.empty() && fresh.front() <= until_ && until == until_;
  if (late || (first_look && of_several_nodes)) until += ClickHouseNumbers::step;
  if (first_look) first_until_ = until;
  for (const auto number : fresh) told_by_[number] = until;
  until_ = until;
  looked_from_ = first_look ? above : std::max(looked_from_, above);
  const auto oldest_needed = until_ - 4 * ClickHouseNumbers::span_of_ms(overlap_ms);
  told_by_.erase(told_by_.begin(), told_by_.upper_bound(oldest_needed));
  looked_from_ = std::max(looked_from_, oldest_needed);
}

bool ClickHouseLog::is_news(std::int64_t number, std::int64_t position) const {
  if (number > position) return true;
  const auto known = told_by_.find(number);
  if (known == told_by_.end()) return false;
  if (known->second != before_my_time) return known->second > position;
  return position < first_until_ && ClickHouseNumbers::node_of(number) != ClickHouseNumbers::node_of(position);
}

ClickHouseLog::News ClickHouseLog::since(std::int64_t position) {
  const std::lock_guard lock(mutex_);
  const auto above = std::max<std::int64_t>(0, position - ClickHouseNumbers::span_of_ms(overlap_ms));
  const auto numbers = read_numbers(above);
  take_in(numbers, above);
  News news;
  news.until = std::max(until_, position);
  for (const auto number : numbers) {
    if (!is_news(number, position)) continue;
    news.any = true;
    if (number <= position) news.late.push_back(number);
  }
  return news;
}

std::int64_t ClickHouseLog::position() {
  std::int64_t highest = 0;
  for (const auto& answer : cluster_.run_everywhere("SELECT max(batch_no) FROM {batch}")) {
    clickhouse::each_row(answer,
                         [&](clickhouse::RowReader& row) { highest = std::max(highest, row.number<std::int64_t>()); });
  }
  const auto news = since(highest);
  return news.until;
}

}  // namespace banso::platform::events
