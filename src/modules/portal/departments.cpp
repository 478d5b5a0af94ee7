#include "departments.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace banso::portal {
namespace {

struct Department {
  std::map<std::string, std::int64_t> spellings;
  std::int64_t known = 0, people = 0;
  std::set<std::int32_t> features;
  std::optional<core::Day> last_used;

  void add(const PersonUse& use) {
    ++people;
    features.insert(use.features.begin(), use.features.end());
    last_used = last_used ? std::max(*last_used, use.last) : use.last;
  }
  DepartmentUse summary() const {
    const auto most = std::max_element(spellings.begin(), spellings.end(),
                                       [](const auto& one, const auto& other) { return one.second < other.second; });
    return {most == spellings.end() ? std::string() : most->first, known, people,
            static_cast<std::int64_t>(features.size()), last_used};
  }
};

// "Sales" and "sales" are one department; the key of those without one is empty.
using Departments = std::map<std::string, Department>;

bool is_there(const customers::ContactFact& fact, const UseWindow& window) {
  const bool is_known =
      window.known_on ? fact.known.on(*window.known_on) : fact.known.until == customers::KnownSpan::still;
  const bool has_come = !fact.first_day || *fact.first_day <= window.as_of;
  return is_known && has_come && (!fact.left_day || *fact.left_day > window.as_of);
}

// Fills `departments` with who is there; gives the key of each contact.
std::map<core::ContactId, std::string> read_contacts(customers::Service& customers, const UseWindow& window,
                                                     Departments& departments) {
  std::map<core::ContactId, std::string> keys;
  customers.each_contact(customers::Selection::of({window.account}), [&](const customers::ContactFact& fact) {
    if (!is_there(fact, window)) return;
    auto key = core::lower_case(fact.department);
    auto& department = departments[key];
    ++department.known;
    if (!key.empty()) ++department.spellings[fact.department];
    keys[fact.contact] = std::move(key);
  });
  return keys;
}

}  // namespace

void add_use(PeopleUse& people, const DayOfUse& day_of_use) {
  if (day_of_use.person == 0) return;
  auto& use = people[day_of_use.person];
  use.features.insert(day_of_use.feature_id);
  use.last = std::max(use.last, day_of_use.day);
}

std::vector<DepartmentUse> departments_of(customers::Service& customers, usage::Service& usage,
                                          const UseWindow& window) {
  PeopleUse people;
  const auto features = counted_features(usage);
  each_use(usage, window, features, [&](const DayOfUse& day_of_use) {
    if (features.at(day_of_use.feature_id).is_active) add_use(people, day_of_use);
  });
  return departments_of(customers, usage, window, people);
}

std::vector<DepartmentUse> departments_of(customers::Service& customers, usage::Service& usage, const UseWindow& window,
                                          const PeopleUse& people) {
  Departments departments;
  const auto contacts = read_contacts(customers, window, departments);
  const bool has_any =
      std::any_of(departments.begin(), departments.end(), [](const auto& each) { return !each.first.empty(); });
  if (!has_any) return {};

  std::map<std::int32_t, std::string> keys;  // by person
  for (const auto& person : usage.persons({window.account})) {
    const auto found = contacts.find(person.contact);
    if (found != contacts.end()) keys[person.number] = found->second;
  }
  for (const auto& [person, use] : people) {
    const auto key = keys.find(person);
    departments[key == keys.end() ? std::string() : key->second].add(use);
  }

  std::vector<DepartmentUse> uses;
  for (const auto& [key, department] : departments) uses.push_back(department.summary());
  std::stable_sort(uses.begin(), uses.end(), [](const auto& one, const auto& other) {
    const auto rank = [](const DepartmentUse& use) {
      return std::tuple(use.department.empty(), -use.people, -use.known);
    };
    return rank(one) < rank(other);
  });
  return uses;
}

}  // namespace banso::portal
