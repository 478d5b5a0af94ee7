// Who is there on a day, and at what time of it something happens.
#pragma once

#include <optional>

#include "people.hpp"

namespace banso::simulation {

// A moment between 9 and 18 o'clock of the account, to the minute.
core::Instant working_moment(core::Day day, const Profile& profile, Random& random);

// Index of a person who has access on the day, by chance; nothing if nobody was found.
std::optional<int> draw_person(const People& people, core::Day day, Random& random);

bool is_there(const Person& person, core::Day day);

// Index of the contact the vendor would talk to: the champion, else the decision maker, else anybody who is there.
std::optional<std::size_t> counterpart(const People& people, core::Day day);

// "佐伯様", "Grace Lim".
std::string addressed(const Contact& contact);

}  // namespace banso::simulation
