#include "account_usage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace banso::usage {
namespace {

struct Fact {
  core::Day day;
  std::int32_t person;
  std::int32_t feature;
  std::int64_t events;
};

template <class Visit>
void each_fact(DailyFacts& facts, Catalogue& catalogue, core::AccountId account, core::Day from, const View& view,
               Visit visit) {
  facts.read({{account}, from, view.day}, catalogue.lookup(), [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      if (view.known_day && piece.known_days[row] > view.known_day->days) continue;
      visit(Fact{{piece.days[row]}, piece.person_numbers[row], piece.feature_ids[row], piece.events[row]});
    }
  });
}

// Counts distinct persons over a sliding window. Facts must come in the order of days: each person covers the days from
// an active one to the end of its window, and stretches that overlap are joined.
class RollingUsers {
 public:
  RollingUsers(core::Day first, std::size_t days) : first_(first), changes_(days + 1, 0) {}

  void add(std::int32_t person, core::Day day) {
    auto& covered_until = covered_until_.try_emplace(person, day - 1).first->second;
    const auto begin = std::max(day, covered_until + 1);
    const auto end = day + (window_days - 1);
    if (begin > end) return;
    add_change(begin, 1);
    add_change(end + 1, -1);
    covered_until = end;
  }

  std::vector<std::int64_t> counts() const {
    std::vector<std::int64_t> counts;
    std::int64_t users = 0;
    for (std::size_t index = 0; index + 1 < changes_.size(); ++index) counts.push_back(users += changes_[index]);
    return counts;
  }

 private:
  void add_change(core::Day day, int change) {
    const auto index = std::max(day - first_, 0);  // what began before the first day counts from the first
    if (static_cast<std::size_t>(index) < changes_.size()) changes_[static_cast<std::size_t>(index)] += change;
  }

  core::Day first_;
  std::vector<std::int64_t> changes_;
  std::unordered_map<std::int32_t, core::Day> covered_until_;
};

struct FeatureSums {
  FeatureUsage usage;
  std::unordered_set<std::int32_t> users;
  std::int64_t last_window = 0;
  std::int64_t window_before = 0;
};

std::set<std::int32_t> active_features(Catalogue& catalogue) {
  std::set<std::int32_t> active;
  for (const auto& feature : catalogue.features()) {
    if (feature.is_active && !feature.ignored) active.insert(static_cast<std::int32_t>(feature.id.value));
  }
  return active;
}

std::vector<FeatureUsage> finish(std::map<std::int32_t, FeatureSums>& sums) {
  std::vector<FeatureUsage> features;
  for (auto& [id, sum] : sums) {
    sum.usage.feature = {id};
    sum.usage.users = static_cast<std::int64_t>(sum.users.size());
    if (sum.window_before > 0) {
      sum.usage.trend =
          static_cast<double>(sum.last_window - sum.window_before) / static_cast<double>(sum.window_before);
    }
    features.push_back(sum.usage);
  }
  std::ranges::stable_sort(features, std::greater<>{}, &FeatureUsage::events);
  return features;
}

}  // namespace

AccountUsage account_usage(DailyFacts& facts, Catalogue& catalogue, core::AccountId account, core::Day from,
                           core::Day to, const View& view) {
  to = std::min(to, view.day);
  AccountUsage usage;
  for (auto day = from; day <= to; day = day + 1) usage.days.push_back(day);
  usage.events.resize(usage.days.size());
  usage.active_users.resize(usage.days.size());

  const auto active = active_features(catalogue);
  RollingUsers rolling(from, usage.days.size());
  std::map<std::int32_t, FeatureSums> sums;
  std::pair<core::Day, std::int32_t> counted{{0}, 0};  // facts come by day and person
  const auto first_fact = std::min(from - (window_days - 1), to - (2 * window_days - 1));
  each_fact(facts, catalogue, account, first_fact, {to, view.known_day}, [&](const Fact& fact) {
    auto& sum = sums[fact.feature];
    sum.usage.last_day = fact.day;
    if (fact.day > to - window_days) {
      sum.last_window += fact.events;
    } else if (fact.day > to - 2 * window_days) {
      sum.window_before += fact.events;
    }
    const bool counts = fact.person != 0 && active.contains(fact.feature);
    if (counts) rolling.add(fact.person, fact.day);
    if (fact.day < from) return;
    const auto index = static_cast<std::size_t>(fact.day - from);
    usage.events[index] += fact.events;
    sum.usage.events += fact.events;
    if (fact.person != 0) sum.users.insert(fact.person);
    if (counts && counted != std::pair(fact.day, fact.person)) {
      counted = {fact.day, fact.person};
      ++usage.active_users[index];
    }
  });
  usage.active_users_28d = rolling.counts();
  usage.features = finish(sums);
  return usage;
}

std::map<std::int32_t, std::int64_t> features_of_people(DailyFacts& facts, Catalogue& catalogue,
                                                        core::AccountId account, const View& view) {
  std::set<std::pair<std::int32_t, std::int32_t>> used;
  each_fact(facts, catalogue, account, view.day - (window_days - 1), view,
            [&](const Fact& fact) { used.emplace(fact.person, fact.feature); });
  std::map<std::int32_t, std::int64_t> counts;
  for (const auto& [person, feature] : used) ++counts[person];
  return counts;
}

}  // namespace banso::usage
