#include "earnings.hpp"

#include <algorithm>

namespace banso::engine::revenue {

namespace {

Day later(Day day, int days) {
  return day.days > forever.days - days ? forever : day + days;
}

// Whether the customer goes on with anything when this term ends: then a notice was a change of contract.
bool is_continued(std::span<const Term> rows, const Term& term, const Recurring& recurring) {
  if (term.end == forever) return false;
  auto next =
      std::lower_bound(rows.begin(), rows.end(), term.end, [](const Term& row, Day day) { return row.start < day; });
  const Day latest = later(term.end, recurring.rules().gap_days);
  for (; next != rows.end() && next->start <= latest; ++next) {
    if (recurring.at_start(*next).value_or(0) > 0) return true;
  }
  return false;
}

Day end_under_rules(std::span<const Term> rows, const Term& term, const Recurring& recurring) {
  const auto& rules = recurring.rules();
  Day end = term.end;
  if (rules.past_due_days && term.past_due_from != forever)
    end = std::min(end, later(term.past_due_from, *rules.past_due_days));
  if (rules.churn_on == ChurnOn::notice && term.cancelled_on < end && !is_continued(rows, term, recurring)) {
    end = std::max(term.cancelled_on, term.start);
  }
  return end;
}

// Lets what ended last go on until the next begins, where not more than gap_days lie between. `order` is by beginning.
void bridge(std::vector<Earning>& earnings, std::span<const std::uint32_t> order, int gap_days) {
  std::vector<std::uint32_t> last;  // those that end where the covered days end
  Day covered{std::numeric_limits<std::int32_t>::min()};
  for (const auto at : order) {
    const auto& next = earnings[at];
    if (!last.empty() && next.begin > covered && next.begin - covered <= gap_days) {
      for (const auto ended : last) {
        if (earnings[ended].ends_by_itself) earnings[ended].end = next.begin;
      }
    }
    if (next.end > covered) last.clear();
    if (next.end >= covered) last.push_back(at);
    covered = std::max(covered, next.end);
  }
}

// Whether anything begins so soon after something ended: mostly not, and then there is nothing to sort.
bool has_gap(const std::vector<Earning>& earnings, int gap_days) {
  return std::any_of(earnings.begin(), earnings.end(), [&](const Earning& earning) {
    const auto next = std::upper_bound(earnings.begin(), earnings.end(), earning.end,
                                       [](Day day, const Earning& other) { return day < other.begin; });
    return next != earnings.end() && next->begin - earning.end <= gap_days;
  });
}

void bridge_gaps(std::vector<Earning>& earnings, int gap_days) {
  std::vector<std::uint32_t> in_time;  // of those that pay: a free term bridges nothing
  for (std::uint32_t i = 0; i < earnings.size(); ++i) {
    if (earnings[i].minor > 0) in_time.push_back(i);
  }
  auto order = in_time;
  std::stable_sort(order.begin(), order.end(),
                   [&](auto left, auto right) { return earnings[left].product < earnings[right].product; });
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    while (end < order.size() && earnings[order[end]].product == earnings[order[first]].product) ++end;
    bridge(earnings, std::span(order).subspan(first, end - first), gap_days);
  }
  bridge(earnings, in_time, gap_days);
}

void add_transfers(std::span<const Term> rows, std::span<const TransferShare> transfers,
                   std::vector<Earning>& earnings) {
  for (const auto& share : transfers) {
    for (auto& earning : earnings) {
      const auto& row = rows[earning.row];
      if (row.subscription != share.subscription || (share.arrives ? row.start : row.end) != share.day) continue;
      (share.arrives ? earning.arriving_minor : earning.leaving_minor) += share.minor;
      break;
    }
  }
}

}  // namespace

void make_earnings(std::span<const Term> rows, std::span<const TransferShare> transfers, const Recurring& recurring,
                   std::vector<Earning>& earnings) {
  earnings.clear();
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto minor = recurring.at_start(row);
    if (!minor) continue;
    const Day end = end_under_rules(rows, row, recurring);
    if (end <= row.start) continue;
    earnings.push_back({row.start, end, *minor, i, row.product, recurring.moves_with_exchange(row), end == row.end});
  }
  if (!transfers.empty()) add_transfers(rows, transfers, earnings);
  const int gap_days = recurring.rules().gap_days;
  if (gap_days > 0 && has_gap(earnings, gap_days)) bridge_gaps(earnings, gap_days);
}

}  // namespace banso::engine::revenue
