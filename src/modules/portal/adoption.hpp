// Who of the customer uses what, week by week. Internal to the module.
#pragma once

#include <vector>

#include "departments.hpp"

namespace banso::portal {

struct AdoptionWeek {
  core::Day from;
  std::int64_t people = 0;  // who used something that means being active
};
struct FeatureUse {
  core::Text name;
  std::string area;
  std::int64_t people = 0;
  core::Day last_used;
};
struct Adoption {
  core::Day as_of;
  std::int64_t people = 0;           // who used any feature in these weeks
  std::vector<AdoptionWeek> weeks;   // oldest first; the last one ends with as_of
  std::vector<FeatureUse> features;  // most people first
  std::vector<DepartmentUse> departments;
};

// All of it from one reading of the daily facts, so that its numbers agree while events come in.
Adoption adoption_of(customers::Service& customers, usage::Service& usage, const UseWindow& window);

}  // namespace banso::portal
