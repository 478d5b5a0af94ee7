#include "usage.hpp"

#include <algorithm>

#include "calendar.hpp"

namespace banso::simulation {
namespace {

using core::Day;

constexpr int days_per_week = 7;
constexpr std::size_t feature_count = 16;

enum class Taker { everybody, administrators, approvers };

// How a feature is used by an ordinary person on a day on which he or she works in the product.
struct Rhythm {
  double chance;    // of using it at all
  double further;   // mean of further uses that day
  double by_value;  // 0: used from the start; 1: discovered as value grows
  Taker taker;
};

// In the order of Vendor::features.
constexpr Rhythm rhythms[feature_count] = {{0.97, 0.4, 0.0, Taker::everybody},   // Logged In
                                           {0.0, 0.0, 0.0, Taker::everybody},    // Notification Delivered, see below
                                           {0.58, 6.0, 0.1, Taker::everybody},   // Message Sent
                                           {0.16, 2.5, 0.3, Taker::everybody},   // Reaction Added
                                           {0.006, 0.1, 0.2, Taker::everybody},  // Channel Created
                                           {0.34, 1.1, 0.1, Taker::everybody},   // Schedule Created
                                           {0.06, 0.2, 0.4, Taker::everybody},   // Room Booked
                                           {0.09, 1.2, 0.5, Taker::everybody},   // File Uploaded
                                           {0.10, 0.7, 0.6, Taker::everybody},   // File Shared
                                           {0.07, 2.0, 0.9, Taker::everybody},   // Document Edited
                                           {0.05, 0.2, 0.8, Taker::everybody},   // Request Submitted
                                           {0.14, 1.5, 0.8, Taker::approvers},   // Request Approved
                                           {0.11, 0.5, 0.5, Taker::everybody},   // Meeting Joined
                                           {0.02, 0.3, 0.9, Taker::everybody},   // Recording Viewed
                                           {0.05, 0.8, 0.0, Taker::administrators},   // User Invited
                                           {0.05, 0.6, 0.2, Taker::administrators}};  // Permission Changed
constexpr std::uint16_t notification = 1;
// Notices reach everybody with access, at work or not.
constexpr double notification_chance = 0.05;
constexpr double notification_further = 3.0;
// Turns an account's engagement into the chance that an ordinary person works in the product on a working day.
constexpr double presence_scale = 0.43;

bool takes_part(Taker taker, const Habit& habit) {
  return taker == Taker::everybody || (taker == Taker::administrators ? habit.is_administrator : habit.is_approver);
}

class Writer {
 public:
  Writer(const Options& options, const Profile& profile, const Course& course, const People& people)
      : profile_(profile),
        course_(course),
        people_(people),
        random_(stream(options, profile.index, Subject::usage)),
        first_(std::max(profile.start, first_day_of(options))),
        end_(std::min(course.end, options.until)) {
    for (double& taste : tastes_) taste = random_.uniform(0.4, 1.3);
  }

  std::vector<UsageCount> run() {
    if (first_ >= end_) return {};
    for (Day day = first_; day < end_; day = day + 1) write_day(day);
    return std::move(rows_);
  }

 private:
  void write_day(Day day) {
    const Week& week = course_.at(profile_, day);
    forget_leavers(day);
    const double at_work = share_at_work(day, profile_.country);
    const double presence = presence_scale * week.engagement * week.mood * at_work;
    if (day == first_ || (day - profile_.start) % days_per_week == 0) learn(week);
    for (const std::uint32_t person : present_) {
      const Habit& habit = people_.habits[person];
      if (random_.chance(std::min(0.97, presence * habit.propensity))) {
        write_active_day(day, person, habit);
      } else if (random_.chance(notification_chance * at_work)) {
        add(day, person, notification, 1 + random_.poisson(notification_further));
      }
    }
  }

  // Keeps the list of those who have access on the day: persons are ordered by week of arrival.
  void forget_leavers(Day day) {
    while (next_person_ < people_.persons.size() && people_.persons[next_person_].first_day <= day + days_per_week) {
      waiting_.push_back(static_cast<std::uint32_t>(next_person_++));
    }
    const auto arrived = [&](std::uint32_t person) { return people_.persons[person].first_day <= day; };
    std::copy_if(waiting_.begin(), waiting_.end(), std::back_inserter(present_), arrived);
    const bool has_arrivals = std::erase_if(waiting_, arrived) > 0;
    std::erase_if(present_, [&](std::uint32_t person) {
      const auto& left_on = people_.persons[person].left_on;
      return left_on && *left_on <= day;
    });
    if (has_arrivals) std::sort(present_.begin(), present_.end());
  }

  // What the account as a whole has made its own by this week.
  void learn(const Week& week) {
    const auto& features = vendor().features;
    for (std::size_t feature = 0; feature < feature_count; ++feature) {
      const Rhythm& rhythm = rhythms[feature];
      const double discovered = 1.0 - rhythm.by_value + rhythm.by_value * clamp(1.9 * week.value, 0.05, 1.4);
      const double taste = features[feature].module == Module::platform
                               ? 1.0
                               : tastes_[static_cast<std::size_t>(features[feature].module)];
      chances_[feature] = rhythm.chance * discovered * taste;
      further_[feature] = rhythm.further * (0.5 + 0.8 * week.engagement);
    }
  }

  void write_active_day(Day day, std::uint32_t person, const Habit& habit) {
    const auto& features = vendor().features;
    for (std::size_t feature = 0; feature < feature_count; ++feature) {
      if (feature == notification) {
        if (random_.chance(notification_chance))
          add(day, person, notification, 1 + random_.poisson(notification_further));
        continue;
      }
      if (!takes_part(rhythms[feature].taker, habit)) continue;
      const auto module = static_cast<std::size_t>(features[feature].module);
      const double liking = features[feature].module == Module::platform ? 1.0 : habit.modules[module];
      if (!random_.chance(chances_[feature] * liking)) continue;
      add(day, person, static_cast<std::uint16_t>(feature), 1 + random_.poisson(further_[feature]));
    }
  }

  void add(Day day, std::uint32_t person, std::uint16_t feature, int count) {
    rows_.push_back({day, person, feature, static_cast<std::uint32_t>(count)});
  }

  const Profile& profile_;
  const Course& course_;
  const People& people_;
  Random random_;
  Day first_, end_;
  double tastes_[7];
  double chances_[feature_count] = {};
  double further_[feature_count] = {};
  std::vector<UsageCount> rows_;
  std::vector<std::uint32_t> waiting_;
  std::vector<std::uint32_t> present_;
  std::size_t next_person_ = 0;
};

constexpr std::int64_t working_day_start_us =
    8 * 3600LL * core::microseconds_per_second + 30 * 60 * core::microseconds_per_second;
constexpr std::int64_t working_day_us = 10 * 3600LL * core::microseconds_per_second;

std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

std::vector<UsageCount> make_usage(const Options& options, const Profile& profile, const Course& course,
                                   const People& people) {
  return Writer(options, profile, course, people).run();
}

void spread(const AccountHistory& history, const UsageCount& row, const std::function<void(core::Instant)>& sink) {
  // The day is cut into as many stretches as there are events; each event falls somewhere into its own.
  const std::int64_t stretch_us = working_day_us / row.count;
  const core::Instant midnight = core::start_of(row.day, history.account.utc_offset_minutes);
  const std::uint64_t base = fingerprint(history.persons[row.person].email) ^
                             scramble(static_cast<std::uint64_t>(row.day.days) * 64 + row.feature);
  constexpr std::int64_t millisecond_us = 1000;
  for (std::uint32_t i = 0; i < row.count; ++i) {
    const auto jitter = static_cast<std::int64_t>(scramble(base + i) % static_cast<std::uint64_t>(stretch_us));
    const std::int64_t offset = working_day_start_us + stretch_us * i + jitter / millisecond_us * millisecond_us;
    sink({midnight.microseconds + offset});
  }
}

}  // namespace banso::simulation
