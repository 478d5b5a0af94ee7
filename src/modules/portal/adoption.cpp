#include "adoption.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace banso::portal {
namespace {

struct Use {
  std::set<std::int32_t> people;
  core::Day last;
};

}  // namespace

Adoption adoption_of(usage::Service& usage, core::AccountId account, core::Day as_of) {
  Adoption adoption;
  adoption.as_of = as_of;
  const auto first = as_of - (adoption_weeks * 7 - 1);
  for (int week = 0; week < adoption_weeks; ++week) adoption.weeks.push_back({first + week * 7, 0});

  std::map<std::int32_t, usage::Feature> catalogue;
  for (auto& feature : usage.features()) {
    const auto id = static_cast<std::int32_t>(feature.id.value);
    if (!feature.ignored) catalogue.emplace(id, std::move(feature));
  }
  std::vector<std::set<std::int32_t>> active(adoption_weeks);
  std::map<std::int32_t, Use> uses;
  std::set<std::int32_t> people;
  usage::UsageDayQuery query;
  query.accounts = {account};
  query.from = first;
  query.to = as_of;
  usage.read_usage_days(query, [&](const usage::UsageDays& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      const core::Day day{days.days[i]};
      const auto feature = catalogue.find(days.feature_ids[i]);
      const bool counts = days.account_ids[i] == account.value && day >= first && day <= as_of && days.events[i] > 0;
      if (!counts || feature == catalogue.end()) continue;
      auto& use = uses[days.feature_ids[i]];
      use.last = std::max(use.last, day);
      const auto person = days.person_numbers[i];
      if (person == 0) continue;
      use.people.insert(person);
      people.insert(person);
      if (feature->second.is_active) active[static_cast<std::size_t>((day - first) / 7)].insert(person);
    }
  });
  adoption.people = static_cast<std::int64_t>(people.size());
  for (std::size_t week = 0; week < active.size(); ++week) {
    adoption.weeks[week].people = static_cast<std::int64_t>(active[week].size());
  }
  for (const auto& [id, use] : uses) {
    const auto& feature = catalogue.at(id);
    adoption.features.push_back({feature.name, feature.module, static_cast<std::int64_t>(use.people.size()), use.last});
  }
  std::stable_sort(adoption.features.begin(), adoption.features.end(),
                   [](const auto& left, const auto& right) { return left.people > right.people; });
  return adoption;
}

}  // namespace banso::portal
