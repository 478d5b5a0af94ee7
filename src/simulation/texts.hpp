// What people write: notes after meetings, ticket subjects, comments in surveys, in Japanese and English, by how the
// account is doing.
#pragma once

#include <span>
#include <string>

#include "course.hpp"

namespace banso::simulation {

enum class Situation {
  going_live,
  stalled,
  value_realised,
  steady,
  declining,
  champion_gone,
  outgrowing,
  poor_service,
  leaving,
};
inline constexpr int situation_count = 9;

Situation situation_on(const Profile& profile, const Course& course, core::Day day);

// "{name}" stands for the customer's person (with 様 in Japanese), "{seats}" for the seats of the contract.
struct Note {
  const char* subject;
  const char* text;
};

enum class Occasion { kick_off, renewal_talk, cancellation, champion_farewell };
inline constexpr int occasion_count = 4;

enum class TicketCategory { question, bug, performance, billing, request };
inline constexpr int ticket_category_count = 5;

enum class Sentiment { delighted, content, disappointed };
inline constexpr int sentiment_count = 3;

struct Phrasebook {
  std::span<const Note> notes[situation_count];
  std::span<const Note> occasions[occasion_count];
  std::span<const char* const> ticket_subjects[ticket_category_count];
  std::span<const char* const> survey_comments[sentiment_count];
  std::span<const char* const> complaints;  // about the service, where it was poor
  std::span<const char* const> webinars;
  std::span<const char* const> courses;
  const char* user_event;
};

const Phrasebook& phrasebook(core::Language language);
const Phrasebook& phrasebook_ja();
const Phrasebook& phrasebook_en();

// Replaces every "{name}" and "{seats}".
std::string filled_in(const char* text, const std::string& name, int seats);

template <class T>
const T& pick(std::span<const T> items, Random& random) {
  return items[static_cast<std::size_t>(random.below(static_cast<int>(items.size())))];
}

}  // namespace banso::simulation
