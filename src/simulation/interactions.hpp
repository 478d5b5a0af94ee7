#pragma once

#include <vector>

#include "people.hpp"

namespace banso::simulation {

std::vector<Interaction> make_interactions(const Options& options, const Profile& profile, const Course& course,
                                           const People& people);

}  // namespace banso::simulation
