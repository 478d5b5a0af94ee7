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

Adoption adoption_of(customers::Service& customers, usage::Service& usage, const UseWindow& window) {
  Adoption adoption;
  adoption.as_of = window.as_of;
  for (int week = 0; week < adoption_weeks; ++week) adoption.weeks.push_back({window.first() + week * 7, 0});

  const auto catalogue = counted_features(usage);
  std::vector<std::set<std::int32_t>> active(adoption_weeks);
  std::map<std::int32_t, Use> uses;
  std::set<std::int32_t> people;
  PeopleUse active_people;
  each_use(usage, window, catalogue, [&](const DayOfUse& day_of_use) {
    auto& use = uses[day_of_use.feature_id];
    use.last = std::max(use.last, day_of_use.day);
    const auto person = day_of_use.person;
    if (person == 0) return;
    use.people.insert(person);
    people.insert(person);
    if (catalogue.at(day_of_use.feature_id).is_active) {
      active[static_cast<std::size_t>((day_of_use.day - window.first()) / 7)].insert(person);
      add_use(active_people, day_of_use);
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
  adoption.departments = departments_of(customers, usage, window, active_people);
  return adoption;
}

}  // namespace banso::portal
