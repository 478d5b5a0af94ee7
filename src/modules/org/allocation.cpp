#include "allocation.hpp"

#include <algorithm>
#include <tuple>

namespace banso::org {
namespace {

template <class Number>
std::optional<Number> least(const std::optional<Number>& a, const std::optional<Number>& b) {
  if (a && b) return std::min(*a, *b);
  return a ? a : b;
}

Load with(Load load, const Placeable& item) {
  ++load.accounts;
  load.arr_minor += item.arr_minor;
  load.effort += item.effort;
  return load;
}

bool fits(const Load& load, const Limits& limits) {
  // Efforts are sums of decimal fractions: what is full to the last point must still fit.
  constexpr double rounding = 1e-9;
  return (!limits.accounts || load.accounts <= *limits.accounts) &&
         (!limits.arr_minor || load.arr_minor <= *limits.arr_minor) &&
         (!limits.effort || load.effort <= *limits.effort + rounding);
}

class Allocator {
 public:
  Allocator(std::span<const Candidate> candidates, core::UserId last)
      : candidates_(candidates.begin(), candidates.end()) {
    const auto served = std::find_if(candidates_.begin(), candidates_.end(),
                                     [&](const Candidate& candidate) { return candidate.user == last; });
    if (served != candidates_.end()) next_ = static_cast<std::size_t>(served - candidates_.begin()) + 1;
  }

  Candidate* choose(const Placeable& item, Sharing method) {
    switch (method) {
      case Sharing::round_robin:
        return next_in_turn(item);
      case Sharing::capacity:
        return least_full(item);
      case Sharing::fixed:
        return first_with_room(item);
    }
    return nullptr;
  }

 private:
  Candidate* next_in_turn(const Placeable& item) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      auto& candidate = candidates_[(next_ + i) % candidates_.size()];
      if (!fits(with(candidate.load, item), candidate.limits)) continue;
      next_ = (next_ + i) % candidates_.size() + 1;
      return &candidate;
    }
    return nullptr;
  }

  Candidate* least_full(const Placeable& item) {
    Candidate* best = nullptr;
    std::tuple<double, double, std::int64_t> best_key;
    for (auto& candidate : candidates_) {
      const auto load = with(candidate.load, item);
      if (!fits(load, candidate.limits)) continue;
      const std::tuple key(share_of(load, candidate.limits).value_or(load.effort / full_effort), load.effort,
                           candidate.user.value);
      if (best && !(key < best_key)) continue;
      best = &candidate;
      best_key = key;
    }
    return best;
  }

  Candidate* first_with_room(const Placeable& item) {
    const auto found = std::find_if(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
      return fits(with(candidate.load, item), candidate.limits);
    });
    return found == candidates_.end() ? nullptr : &*found;
  }

  std::vector<Candidate> candidates_;
  std::size_t next_ = 0;
};

}  // namespace

Limits Limits::tighter(const Limits& a, const Limits& b) {
  return {least(a.accounts, b.accounts), least(a.arr_minor, b.arr_minor), least(a.effort, b.effort)};
}

std::optional<double> share_of(const Load& load, const Limits& limits) {
  std::optional<double> fullest;
  const auto against = [&](double figure, double limit) {
    // Nothing fits into a limit of nothing.
    const double share = limit > 0 ? figure / limit : figure > 0 ? 2 : 1;
    fullest = std::max(fullest.value_or(0), share);
  };
  if (limits.accounts) against(static_cast<double>(load.accounts), static_cast<double>(*limits.accounts));
  if (limits.arr_minor) against(static_cast<double>(load.arr_minor), static_cast<double>(*limits.arr_minor));
  if (limits.effort) against(load.effort, *limits.effort);
  return fullest;
}

Allocation allocate(std::span<const Candidate> candidates, std::vector<Placeable> accounts, Sharing method,
                    core::UserId last) {
  const auto heaviest_first = [](const Placeable& a, const Placeable& b) {
    return std::tuple(-a.effort, -a.arr_minor, a.account) < std::tuple(-b.effort, -b.arr_minor, b.account);
  };
  const auto by_account = [](const auto& a, const auto& b) { return a.account < b.account; };
  if (method == Sharing::capacity) {
    std::sort(accounts.begin(), accounts.end(), heaviest_first);
  } else {
    std::sort(accounts.begin(), accounts.end(), by_account);
  }
  Allocation allocation;
  allocation.last = last;
  Allocator allocator(candidates, last);
  for (const auto& item : accounts) {
    auto* chosen = allocator.choose(item, method);
    if (chosen == nullptr) {
      allocation.unplaced.push_back(item.account);
      continue;
    }
    chosen->load = with(chosen->load, item);
    allocation.last = chosen->user;
    if (chosen->user != item.holder) allocation.moves.push_back({item.account, item.holder, chosen->user});
  }
  std::sort(allocation.moves.begin(), allocation.moves.end(), by_account);
  std::sort(allocation.unplaced.begin(), allocation.unplaced.end());
  return allocation;
}

}  // namespace banso::org
