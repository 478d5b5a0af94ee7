// Who works at an account: the persons with access, and which of them the vendor knows as contacts.
#pragma once

#include <vector>

#include "course.hpp"

namespace banso::simulation {

// How one person works, beside how the whole account does.
struct Habit {
  double propensity;  // factor on the account's engagement
  double modules[7];  // liking, by Module
  bool is_administrator;
  bool is_approver;
};

struct People {
  std::vector<Person> persons;
  std::vector<Habit> habits;  // of the persons, in the same order
  std::vector<Contact> contacts;
};

People make_people(const Options& options, const Profile& profile, const Course& course);

}  // namespace banso::simulation
