#pragma once

#include <vector>

#include "people.hpp"

namespace banso::simulation {

std::vector<Ticket> make_tickets(const Options& options, const Profile& profile, const Course& course,
                                 const People& people);

}  // namespace banso::simulation
