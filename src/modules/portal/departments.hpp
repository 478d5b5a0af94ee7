// Which departments of the customer use the product: numbers of people, never who. Only what means that somebody is
// active is use here: a notification that was delivered to a whole department is none. Internal to the module.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "use_window.hpp"

namespace banso::portal {

struct DepartmentUse {
  std::string department;     // as it is written for most; empty: those without a department on record
  std::int64_t known = 0;     // contacts of it who are there on the day
  std::int64_t people = 0;    // who used any feature in the weeks
  std::int64_t features = 0;  // distinct ones that these people used
  std::optional<core::Day> last_used;
};

// What one person used in the weeks, and on which day last.
struct PersonUse {
  std::set<std::int32_t> features;
  core::Day last;
};
using PeopleUse = std::map<std::int32_t, PersonUse>;  // by usage::Person::number

// To be called with uses of features that mean being active; those of nobody in particular are left out.
void add_use(PeopleUse& people, const DayOfUse& day_of_use);

// Most people first, those without a department last: contacts of none, people who are no contact, and contacts who
// have left. Empty where no contact who is there has a department. Who the people are is asked after `people` was read:
// events that arrive meanwhile may bring new persons, and never take one away.
std::vector<DepartmentUse> departments_of(customers::Service& customers, usage::Service& usage, const UseWindow& window,
                                          const PeopleUse& people);
std::vector<DepartmentUse> departments_of(customers::Service& customers, usage::Service& usage,
                                          const UseWindow& window);

}  // namespace banso::portal
