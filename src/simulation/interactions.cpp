#include "interactions.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "calendar.hpp"
#include "moments.hpp"
#include "texts.hpp"

namespace banso::simulation {
namespace {

using core::Day;

// How often the vendor talks to an account of this size.
int days_between_talks(int seats) {
  return seats >= 150 ? 21 : seats >= 50 ? 35 : seats >= 15 ? 70 : seats >= 6 ? 150 : 420;
}

class Diary {
 public:
  Diary(const Options& options, const Profile& profile, const Course& course, const People& people)
      : profile_(profile),
        course_(course),
        people_(people),
        random_(stream(options, profile.index, Subject::interactions)),
        texts_(phrasebook(profile.language)),
        first_(std::max(profile.start, first_day_of(options))),
        end_(course.end) {}

  std::vector<Interaction> run() {
    occasions();
    regular_talks();
    std::sort(entries_.begin(), entries_.end(), [](const Interaction& a, const Interaction& b) {
      return std::tie(a.at, a.subject) < std::tie(b.at, b.subject);
    });
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      entries_[i].external_id = fmt::format("{}-I{:04}", profile_.external_id, i + 1);
    }
    return std::move(entries_);
  }

 private:
  bool is_small() const { return profile_.seats < 10; }

  void occasions() {
    if (!is_small()) write(profile_.start + 5, Occasion::kick_off, InteractionKind::meeting);
    for (const Day renewal : course_.renewal_days) {
      const Day day = renewal - profile_.notice_days - 25;
      const InteractionKind kind = is_small() ? InteractionKind::mail : InteractionKind::meeting;
      if (!course_.cancelled_on || day < *course_.cancelled_on) write(day, Occasion::renewal_talk, kind);
    }
    if (course_.cancelled_on) {
      write(*course_.cancelled_on, Occasion::cancellation, is_small() ? InteractionKind::mail : InteractionKind::call);
    }
    for (const Contact& contact : people_.contacts) {
      if (contact.role == ContactRole::champion && contact.left_on && !is_small()) {
        write(*contact.left_on - 7, Occasion::champion_farewell, InteractionKind::mail);
      }
    }
  }

  void regular_talks() {
    const int interval = days_between_talks(profile_.seats);
    Day day = first_ + random_.below(interval);
    while (day < end_) {
      const Situation situation = situation_on(profile_, course_, day);
      // Whoever turns away also puts off meetings.
      const bool takes_place =
          random_.chance(situation == Situation::declining || situation == Situation::stalled ? 0.6 : 0.92);
      if (takes_place) write(day, texts_.notes[static_cast<int>(situation)], regular_kind());
      const bool is_onboarding = day < profile_.start + 75;
      const double pace = is_onboarding ? 0.35 : 1.0;
      day = day + std::max(5, static_cast<int>(interval * pace * random_.uniform(0.75, 1.3)));
    }
  }

  InteractionKind regular_kind() {
    const double large[] = {0.62, 0.2, 0.12, 0.06};
    const double small[] = {0.2, 0.35, 0.38, 0.07};
    return static_cast<InteractionKind>(random_.weighted(profile_.seats >= 15 ? large : small));
  }

  void write(Day day, Occasion occasion, InteractionKind kind) {
    write(day, texts_.occasions[static_cast<int>(occasion)], kind);
  }

  void write(Day planned, std::span<const Note> notes, InteractionKind kind) {
    const Day day = next_working_day(planned, profile_.country);
    if (day < first_ || day >= end_) return;
    const auto partner = counterpart(people_, day);
    if (!partner) return;
    const Contact& contact = people_.contacts[*partner];
    const Note& note = fresh_note(notes);
    const int seats = course_.at(profile_, day).seats;
    entries_.push_back({"", kind, working_moment(day, profile_, random_), note.subject,
                        filled_in(note.text, addressed(contact), seats), participants(*partner, day, kind),
                        profile_.owner});
  }

  // Nobody writes the same words twice in a row.
  const Note& fresh_note(std::span<const Note> notes) {
    const Note* note = &pick(notes, random_);
    for (int attempt = 0; attempt < 6 && std::find(recent_, std::end(recent_), note) != std::end(recent_); ++attempt) {
      note = &pick(notes, random_);
    }
    recent_[next_recent_++ % std::size(recent_)] = note;
    return *note;
  }

  std::vector<std::string> participants(std::size_t partner, Day day, InteractionKind kind) {
    std::vector<std::string> emails;
    if (kind == InteractionKind::note) return emails;
    emails.push_back(people_.contacts[partner].email);
    if (kind != InteractionKind::meeting) return emails;
    for (std::size_t i = 0; i < people_.contacts.size(); ++i) {
      const Contact& contact = people_.contacts[i];
      const bool is_present = i != partner && contact.email != emails.front() && contact.first_day <= day &&
                              is_there(people_.persons[static_cast<std::size_t>(contact.person)], day);
      const double chance = contact.role == ContactRole::executive_sponsor ? 0.1 : 0.35;
      if (is_present && random_.chance(chance)) emails.push_back(contact.email);
    }
    return emails;
  }

  const Profile& profile_;
  const Course& course_;
  const People& people_;
  Random random_;
  const Phrasebook& texts_;
  Day first_, end_;
  std::vector<Interaction> entries_;
  const Note* recent_[4] = {};
  std::size_t next_recent_ = 0;
};

}  // namespace

std::vector<Interaction> make_interactions(const Options& options, const Profile& profile, const Course& course,
                                           const People& people) {
  return Diary(options, profile, course, people).run();
}

}  // namespace banso::simulation
