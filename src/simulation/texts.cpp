#include "texts.hpp"

namespace banso::simulation {

Situation situation_on(const Profile& profile, const Course& course, core::Day day) {
  const Week& now = course.at(profile, day);
  const Week& earlier = course.at(profile, day - 84);
  if (course.cancelled_on && day >= *course.cancelled_on) return Situation::leaving;
  if (!now.has_champion) return Situation::champion_gone;
  if (!course.went_live_on || day < *course.went_live_on) {
    const bool is_late = day > profile.start + 75;
    return is_late ? Situation::stalled : Situation::going_live;
  }
  if (now.quality < 0.52) return Situation::poor_service;
  const bool is_falling = now.engagement < 0.82 * earlier.engagement;
  if (day > profile.start + 180 && (is_falling || now.value < 0.33)) return Situation::declining;
  if (now.people >= 0.93 * now.seats && now.seats >= 4 && now.value > 0.45) return Situation::outgrowing;
  return now.value > 0.58 && now.engagement > 0.45 ? Situation::value_realised : Situation::steady;
}

const Phrasebook& phrasebook(core::Language language) {
  return language == core::Language::ja ? phrasebook_ja() : phrasebook_en();
}

std::string filled_in(const char* text, const std::string& name, int seats) {
  std::string filled = text;
  const auto replace_all = [&filled](std::string_view mark, const std::string& value) {
    for (auto at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at + value.size())) {
      filled.replace(at, mark.size(), value);
    }
  };
  replace_all("{name}", name);
  replace_all("{seats}", std::to_string(seats));
  return filled;
}

}  // namespace banso::simulation
