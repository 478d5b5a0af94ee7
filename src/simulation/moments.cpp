#include "moments.hpp"

namespace banso::simulation {

core::Instant working_moment(core::Day day, const Profile& profile, Random& random) {
  const std::int64_t minute = 9 * 60 + random.below(9 * 60);
  return {core::start_of(day, profile.utc_offset_minutes).microseconds + minute * 60 * core::microseconds_per_second};
}

bool is_there(const Person& person, core::Day day) {
  return person.first_day <= day && (!person.left_on || day < *person.left_on);
}

std::optional<int> draw_person(const People& people, core::Day day, Random& random) {
  for (int attempt = 0; attempt < 30; ++attempt) {
    const int person = random.below(static_cast<int>(people.persons.size()));
    if (is_there(people.persons[static_cast<std::size_t>(person)], day)) return person;
  }
  return std::nullopt;
}

std::optional<std::size_t> counterpart(const People& people, core::Day day) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < people.contacts.size(); ++i) {
    const Contact& contact = people.contacts[i];
    if (contact.first_day > day || !is_there(people.persons[static_cast<std::size_t>(contact.person)], day)) continue;
    const bool is_better =
        !best || (contact.role == ContactRole::champion && people.contacts[*best].role != ContactRole::champion) ||
        (contact.role == ContactRole::decision_maker && people.contacts[*best].role != ContactRole::champion);
    if (is_better) best = i;
  }
  return best;
}

std::string addressed(const Contact& contact) {
  if (contact.language != core::Language::ja) return contact.name;
  return contact.name.substr(0, contact.name.find(' ')) + "様";
}

}  // namespace banso::simulation
