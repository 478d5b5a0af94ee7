#pragma once

#include <vector>

#include "people.hpp"

namespace banso::simulation {

// Daily counts of the simulated months, sorted by day, person, feature.
std::vector<UsageCount> make_usage(const Options& options, const Profile& profile, const Course& course,
                                   const People& people);

}  // namespace banso::simulation
