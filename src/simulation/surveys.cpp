#include "surveys.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "calendar.hpp"
#include "moments.hpp"
#include "texts.hpp"

namespace banso::simulation {
namespace {

using core::Day;

// The vendor asks for NPS in May and November, for CSAT in February and August.
bool is_nps_month(int month) {
  return month == 5 || month == 11;
}
bool is_csat_month(int month) {
  return month == 2 || month == 8;
}

// How a person feels about the product, 0..1: value first, then the service.
double feeling(const Week& week, Random& random) {
  return clamp(0.12 + 0.75 * week.value + 0.4 * (week.quality - 0.5) + 0.13 * random.normal(), 0.0, 1.0);
}

Sentiment sentiment_of(double felt) {
  return felt > 0.68 ? Sentiment::delighted : felt > 0.42 ? Sentiment::content : Sentiment::disappointed;
}

const char* comment(const Phrasebook& texts, const Week& week, double felt, Random& random) {
  if (random.chance(0.35)) return "";
  if (week.quality < 0.5 && felt < 0.7) return pick(texts.complaints, random);
  return pick(texts.survey_comments[static_cast<int>(sentiment_of(felt))], random);
}

double answer_chance(const Week& week, const Contact& contact) {
  const double by_role = contact.role == ContactRole::champion            ? 0.35
                         : contact.role == ContactRole::executive_sponsor ? 0.08
                                                                          : 0.2;
  return by_role * (0.4 + 1.1 * week.engagement);
}

}  // namespace

std::vector<SurveyAnswer> make_survey_answers(const Options& options, const Profile& profile, const Course& course,
                                              const People& people) {
  Random random = stream(options, profile.index, Subject::surveys);
  const Phrasebook& texts = phrasebook(profile.language);
  std::vector<SurveyAnswer> answers;
  const auto start = core::year_month_day(first_day_of(options));
  for (Day month = core::day_from(start.year, start.month, 1); month < course.end; month = core::add_months(month, 1)) {
    const int number = core::year_month_day(month).month;
    if (!is_nps_month(number) && !is_csat_month(number)) continue;
    for (const Contact& contact : people.contacts) {
      const Day day = next_working_day(month + 7 + random.below(14), profile.country);
      const bool is_asked = day >= first_day_of(options) && day >= profile.start + 45 && day < course.end &&
                            contact.first_day <= day &&
                            is_there(people.persons[static_cast<std::size_t>(contact.person)], day);
      if (!is_asked) continue;
      const Week& week = course.at(profile, day);
      if (!random.chance(answer_chance(week, contact))) continue;
      const double felt = feeling(week, random);
      const SurveyKind kind = is_nps_month(number) ? SurveyKind::nps : SurveyKind::csat;
      const int score =
          kind == SurveyKind::nps ? static_cast<int>(felt * 10.0 + 1.2) : static_cast<int>(1.0 + felt * 4.0 + 0.7);
      const int scale_max = kind == SurveyKind::nps ? 10 : 5;
      answers.push_back({fmt::format("{}-V{:03}", profile.external_id, answers.size() + 1), kind,
                         std::min(score, scale_max), scale_max, comment(texts, week, felt, random), contact.external_id,
                         day});
    }
  }
  return answers;
}

}  // namespace banso::simulation
