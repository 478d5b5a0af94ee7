#include "attendance.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "calendar.hpp"
#include "moments.hpp"
#include "texts.hpp"

namespace banso::simulation {
namespace {

using core::Day;

constexpr int wednesday = 2;
constexpr int thursday = 3;
constexpr int user_event_month = 11;

// The `nth` such weekday of the month that begins on `month`.
Day nth_weekday(Day month, int week_day, int nth) {
  return month + (week_day - core::weekday(month) + 7) % 7 + 7 * (nth - 1);
}

class Register {
 public:
  Register(const Options& options, const Profile& profile, const Course& course, const People& people)
      : profile_(profile),
        course_(course),
        people_(people),
        random_(stream(options, profile.index, Subject::attendance)),
        texts_(phrasebook(profile.language)),
        first_(std::max(profile.start, first_day_of(options))) {}

  std::vector<Attendance> run() {
    const auto start = core::year_month_day(first_);
    for (Day month = core::day_from(start.year, start.month, 1); month < course_.end;
         month = core::add_months(month, 1)) {
      const auto date = core::year_month_day(month);
      const auto& webinar =
          texts_.webinars[static_cast<std::size_t>(date.year * 12 + date.month) % texts_.webinars.size()];
      invite(nth_weekday(month, wednesday, 3), AttendanceKind::webinar, webinar, 0.13);
      if (date.month == user_event_month && profile_.seats >= 15) {
        invite(nth_weekday(month, thursday, 2), AttendanceKind::event,
               fmt::format("{} {}", texts_.user_event, date.year), 0.28);
      }
    }
    learn();
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const Attendance& a, const Attendance& b) { return a.day < b.day; });
    for (std::size_t i = 0; i < rows_.size(); ++i)
      rows_[i].external_id = fmt::format("{}-E{:03}", profile_.external_id, i + 1);
    return std::move(rows_);
  }

 private:
  void invite(Day day, AttendanceKind kind, const std::string& title, double chance) {
    if (day < first_ || day >= course_.end) return;
    const double interest = 0.2 + 1.2 * course_.at(profile_, day).engagement;
    for (const Contact& contact : people_.contacts) {
      const double eagerness = contact.role == ContactRole::champion            ? 1.6
                               : contact.role == ContactRole::executive_sponsor ? 0.3
                                                                                : 0.8;
      if (random_.chance(chance * interest * eagerness)) attend(contact, day, kind, title);
    }
  }

  // E-learning belongs to the first months of a contact.
  void learn() {
    const double share = profile_.archetype == Archetype::stalled_onboarding ? 0.15 : 0.5;
    for (const Contact& contact : people_.contacts) {
      for (const char* course : texts_.courses) {
        const Day day = next_working_day(contact.first_day + 3 + random_.below(80), profile_.country);
        if (random_.chance(share * 0.6)) attend(contact, day, AttendanceKind::e_learning, course);
      }
    }
  }

  void attend(const Contact& contact, Day day, AttendanceKind kind, const std::string& title) {
    const bool is_possible = day >= first_ && day < course_.end && contact.first_day <= day &&
                             is_there(people_.persons[static_cast<std::size_t>(contact.person)], day);
    if (is_possible) rows_.push_back({"", kind, title, contact.external_id, day});
  }

  const Profile& profile_;
  const Course& course_;
  const People& people_;
  Random random_;
  const Phrasebook& texts_;
  Day first_;
  std::vector<Attendance> rows_;
};

}  // namespace

std::vector<Attendance> make_attendances(const Options& options, const Profile& profile, const Course& course,
                                         const People& people) {
  return Register(options, profile, course, people).run();
}

}  // namespace banso::simulation
