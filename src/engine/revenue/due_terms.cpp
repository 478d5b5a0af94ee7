#include "due_terms.hpp"

#include <tuple>
#include <utility>

namespace banso::engine::revenue {

std::span<const DueDay> DueTerms::find(std::span<const Earning> earnings, std::span<const Term> rows, Day first,
                                       Day last) {
  endings_.clear();
  days_.clear();
  for (std::uint32_t i = 0; i < earnings.size(); ++i) {
    const Day end = rows[earnings[i].row].end;
    if (end <= last && earnings[i].minor > 0) endings_.push_back({end, i});
  }
  if (endings_.empty()) return {};
  std::sort(endings_.begin(), endings_.end(), [](const Ending& left, const Ending& right) {
    return std::tie(left.day, left.earning) < std::tie(right.day, right.earning);
  });
  left_minor_.clear();
  for (const auto& earning : earnings) left_minor_.push_back(std::max<std::int64_t>(earning.minor, 0));
  for (std::size_t at = 0; at < endings_.size();) {
    DueDay due{endings_[at].day};
    for (; at < endings_.size() && endings_[at].day == due.day; ++at) {
      const auto& earning = earnings[endings_[at].earning];
      due.due_minor +=
          earning.moves_with_exchange ? recurring_.in_month(rows[earning.row], month_of(due.day)) : earning.minor;
      due.continued_minor += earning.leaving_minor;
    }
    due.continued_minor += take_continued(earnings, due.day);
    // Also those before `first` take what continues them, so that what is left does not depend on where one looks.
    if (due.day >= first && due.due_minor > 0) days_.push_back(due);
  }
  return days_;
}

std::int64_t DueTerms::take_continued(std::span<const Earning> earnings, Day from) {
  const int gap_days = recurring_.rules().gap_days;
  const auto next = std::lower_bound(earnings.begin(), earnings.end(), from,
                                     [](const Earning& earning, Day day) { return earning.begin < day; });
  std::int64_t taken = 0;
  for (auto at = static_cast<std::size_t>(next - earnings.begin()); at < earnings.size(); ++at) {
    if (earnings[at].begin - from > gap_days) break;
    taken += std::exchange(left_minor_[at], 0);
  }
  return taken;
}

}  // namespace banso::engine::revenue
