#include "course.hpp"

#include <algorithm>

#include "calendar.hpp"
#include "contracts.hpp"

namespace banso::simulation {
namespace {

using core::Day;

constexpr int days_per_week = 7;
constexpr int weeks_per_year = 52;
constexpr double largest_demand = 1400.0;
constexpr int most_seats = 1500;
constexpr int large_account_seats = 100;

Day first_of_next_month(Day day) {
  const auto date = core::year_month_day(day);
  return core::add_months(core::day_from(date.year, date.month, 1), 1);
}

// Walks an account through its weeks. One object per account, used once.
class Walk {
 public:
  Walk(const Options& options, const Profile& profile)
      : options_(options),
        profile_(profile),
        random_(stream(options, profile.index, Subject::course)),
        book_(profile),
        first_simulated_(first_day_of(options)),
        usual_quality_(clamp(0.8 + 0.07 * random_.normal(), 0.55, 0.97)),
        quality_(usual_quality_),
        demand_(profile.seats * first_demand_share(profile.archetype)) {}

  Course run() {
    course_.phases.push_back({profile_.start, Phase::onboarding});
    course_.champions.push_back({profile_.start, std::nullopt});
    course_.renewal_days.push_back(book_.term_end());
    for (Day day = profile_.start; day < options_.until && !is_over(day); day = day + days_per_week) step(day);
    finish();
    return std::move(course_);
  }

 private:
  static double first_demand_share(Archetype archetype) {
    switch (archetype) {
      case Archetype::outgrowing:
        return 0.95;
      case Archetype::thriving:
        return 0.92;
      case Archetype::quiet_loyal:
        return 0.85;
      case Archetype::stalled_onboarding:
        return 0.6;
      default:
        return 0.86;
    }
  }

  bool is_over(Day day) const { return course_.cancelled_on && day >= book_.term_end(); }

  void step(Day day) {
    move_champion(day);
    move_quality();
    move_engagement(day);
    move_people(day);
    grow_seats(day);
    add_products(day);
    if (!course_.cancelled_on && day + days_per_week > book_.notice_day()) {
      const Day decided_on = std::max(day, book_.notice_day());
      if (decided_on < options_.until) decide_renewal(decided_on);
    }
    move_phase(day);
    mood_ = 0.9 * mood_ + 0.055 * random_.normal();
    course_.weeks.push_back(
        {engagement_, value_, quality_, exponential(clamp(mood_, -0.6, 0.6)), seats_on(day), people_, has_champion()});
  }

  bool has_champion() const { return !course_.champions.back().to; }

  // A change of seats is agreed before it takes effect.
  int seats_on(Day day) const { return day < seats_change_on_ ? seats_before_change_ : book_.seats(); }

  void move_champion(Day day) {
    if (has_champion()) {
      const auto date = core::year_month_day(day);
      const bool is_transfer_season = profile_.country == "JP" && date.month == 4 && date.day <= 7;
      const bool is_fated = profile_.archetype == Archetype::champion_loss && profile_.turning_day &&
                            day <= *profile_.turning_day && *profile_.turning_day < day + days_per_week;
      const double hazard = is_transfer_season ? 0.02 : 0.0009;
      if (is_fated || (day > profile_.start + 60 && random_.chance(hazard))) {
        const bool is_loss = profile_.archetype == Archetype::champion_loss && is_fated;
        course_.champions.back().to = is_fated ? *profile_.turning_day : day;
        is_mourned_ = is_loss;
        const bool is_followed = random_.chance(is_loss ? 0.3 : 0.75);
        successor_day_ = day + (is_followed ? random_.between(14, 100) : 100'000);
      }
    } else if (day >= successor_day_) {
      course_.champions.push_back({day, std::nullopt});
    }
  }

  void move_quality() {
    if (poor_weeks_left_ > 0) {
      --poor_weeks_left_;
    } else if (random_.chance(0.0035)) {
      poor_weeks_left_ = random_.between(8, 20);
    }
    const double target = poor_weeks_left_ > 0 ? usual_quality_ - 0.4 : usual_quality_;
    quality_ = clamp(quality_ + 0.35 * (target - quality_) + 0.02 * random_.normal(), 0.1, 1.0);
  }

  double plain_engagement_target() const {
    const double fit = profile_.fit;
    switch (profile_.archetype) {
      case Archetype::thriving:
        return 0.72 + 0.2 * fit;
      case Archetype::outgrowing:
        return 0.66 + 0.2 * fit;
      case Archetype::quiet_loyal:
        return 0.17 + 0.1 * fit;
      case Archetype::stalled_onboarding:
        return 0.08 + 0.2 * fit;
      default:
        return 0.46 + 0.27 * fit;
    }
  }

  double engagement_target(Day day) const {
    double target = plain_engagement_target();
    if (profile_.archetype == Archetype::silent_decline && day > *profile_.turning_day) {
      const double progress = clamp(static_cast<double>(day - *profile_.turning_day) / profile_.decline_days, 0.0, 1.0);
      target *= 1.0 - 0.85 * progress;
    }
    if (!has_champion()) {
      const Day left = *course_.champions.back().to;
      const double absence = clamp((day - left) / 150.0, 0.0, 1.0);
      target *= 1.0 - (is_mourned_ ? 0.6 : 0.25) * absence;
    }
    if (course_.cancelled_on) target *= 0.35;  // they are moving away
    return target * (0.6 + 0.5 * quality_);
  }

  void move_engagement(Day day) {
    const bool is_slow_start = profile_.archetype == Archetype::stalled_onboarding;
    const double pace = course_.cancelled_on ? 0.25 : course_.went_live_on ? 0.18 : is_slow_start ? 0.07 : 0.12;
    engagement_ =
        clamp(engagement_ + pace * (engagement_target(day) - engagement_) + 0.012 * random_.normal(), 0.01, 0.97);
    // The quiet ones get what they came for from the little they do.
    const double gain = profile_.archetype == Archetype::quiet_loyal ? 2.5 : 1.05;
    value_ = clamp(value_ + 0.085 * (gain * engagement_ - value_) + 0.01 * random_.normal(), 0.0, 1.0);
  }

  void move_people(Day day) {
    const int seats = seats_on(day);
    const double growth = profile_.seat_growth_per_year * (day < first_simulated_ ? 0.25 : 1.0);
    demand_ = std::min(largest_demand, demand_ * (1.0 + growth / weeks_per_year));
    const double reach = clamp(0.25 + 1.05 * engagement_, 0.0, 1.0);
    const double target = std::min(static_cast<double>(seats), demand_ * reach);
    if (target > people_exact_) {
      people_exact_ = std::min(target, people_exact_ + std::max(0.7, 0.12 * seats));
    } else {
      people_exact_ -= 0.03 * (people_exact_ - target);
    }
    people_ = std::clamp(static_cast<int>(people_exact_ + 0.5), 1, seats);
    const bool is_in_use = people_ >= 0.4 * seats || day >= profile_.start + 120;
    if (!course_.went_live_on && is_in_use && day >= profile_.start + 28 &&
        engagement_ > 0.7 * plain_engagement_target() && profile_.archetype != Archetype::stalled_onboarding) {
      course_.went_live_on = day;
    }
  }

  void grow_seats(Day day) {
    const bool is_full = people_ >= 0.92 * book_.seats() && demand_ > 0.97 * book_.seats();
    weeks_full_ = is_full ? weeks_full_ + 1 : 0;
    const Day from = first_of_next_month(day);
    const bool can_grow = !course_.cancelled_on && from > book_.term_start() && has_champion() && value_ > 0.4 &&
                          from + 45 < book_.notice_day();
    if (weeks_full_ < 5 || !can_grow || !random_.chance(0.12)) return;
    const int seats = raised(book_.seats(), random_.uniform(1.1, 1.25));
    seats_before_change_ = book_.seats();
    seats_change_on_ = from;
    book_.change_seats(from, day, seats);
    weeks_full_ = 0;
  }

  static int raised(int seats, double factor) {
    return std::max(seats + 1, std::min(most_seats, static_cast<int>(seats * factor)));
  }

  void add_products(Day day) {
    if (course_.cancelled_on || !course_.went_live_on || value_ < 0.5 || !random_.chance(0.0035)) return;
    static constexpr const char* add_ons[] = {"tsudoi-meet", "tsudoi-flow", "tsudoi-guard"};
    const char* wanted = random_.pick(add_ons);
    const Day from = first_of_next_month(day);
    if (book_.has_product(wanted) || from <= book_.term_start() || from + 45 >= book_.notice_day()) return;
    book_.add_product(from, day, wanted);
  }

  void decide_renewal(Day decided_on) {
    // Whoever is here at the beginning of the simulated months has renewed all earlier terms.
    const bool may_leave = decided_on >= first_simulated_;
    const bool is_large = book_.seats() >= large_account_seats;
    const bool is_budget_cut = random_.chance(is_large ? 0.015 : 0.022);
    const bool is_merger = random_.chance(is_large ? 0.004 : 0.008);
    const double tendency = 15.0 * (0.285 - value_) + 2.5 * (0.72 - quality_) + (has_champion() ? 0.0 : 0.7) -
                            (is_large ? 1.2 : 0.0) + 0.4 * random_.normal();
    const bool is_unhappy = random_.chance(logistic(tendency));
    const bool is_cut_short = is_merger || (is_budget_cut && random_.chance(0.6));
    const Day term_end = book_.term_end();
    if (may_leave && (is_cut_short || is_unhappy)) {
      const OutcomeReason reason = is_merger      ? OutcomeReason::merger
                                   : is_cut_short ? OutcomeReason::budget_cut
                                                  : reason_of_unhappiness();
      book_.cancel(decided_on);
      course_.cancelled_on = decided_on;
      course_.decisions.push_back({decided_on, term_end, RenewalResult::churned, reason});
      course_.phases.push_back({decided_on, Phase::offboarding});
      return;
    }
    renew(decided_on, term_end, is_budget_cut);
  }

  OutcomeReason reason_of_unhappiness() const {
    if (profile_.archetype == Archetype::stalled_onboarding) return OutcomeReason::never_started;
    if (!has_champion()) return OutcomeReason::champion_gone;
    return quality_ < 0.5 ? OutcomeReason::poor_service : OutcomeReason::low_value;
  }

  void renew(Day decided_on, Day term_end, bool is_budget_cut) {
    const int before = book_.seats();
    int seats = before;
    OutcomeReason reason = OutcomeReason::none;
    const double use = static_cast<double>(people_) / before;
    if (is_budget_cut) {
      seats = std::max(1, static_cast<int>(before * random_.uniform(0.6, 0.85)));
      reason = OutcomeReason::budget_cut;
    } else if (use < 0.7 && profile_.archetype != Archetype::quiet_loyal && random_.chance(0.6)) {
      seats = std::min(before, std::max(1, static_cast<int>(people_ * 1.15) + 1));
      reason = OutcomeReason::low_value;
    } else if (use > 0.86 && value_ > 0.45 && random_.chance(0.35)) {
      seats = raised(before, random_.uniform(1.05, 1.2));
      reason = OutcomeReason::growth;
    }
    std::string plan = book_.plan();
    if (value_ > 0.62 && plan != "premium" && random_.chance(0.07)) {
      plan = plan == "light" ? "standard" : "premium";
      reason = OutcomeReason::growth;
    }
    const RenewalResult result = seats < before                           ? RenewalResult::contracted
                                 : seats > before || plan != book_.plan() ? RenewalResult::expanded
                                                                          : RenewalResult::renewed;
    course_.decisions.push_back(
        {decided_on, term_end, result, result == RenewalResult::renewed ? OutcomeReason::none : reason});
    seats_before_change_ = before;
    seats_change_on_ = term_end;
    book_.renew(decided_on, seats, plan);
    course_.renewal_days.push_back(book_.term_end());
  }

  void move_phase(Day day) {
    const Phase phase = course_.phases.back().phase;
    if (phase == Phase::onboarding && course_.went_live_on) course_.phases.push_back({day, Phase::adoption});
    const bool is_settled = day >= profile_.start + 210 && value_ > 0.52;
    if (phase == Phase::adoption && is_settled) course_.phases.push_back({day, Phase::optimisation});
  }

  void finish() {
    course_.plan = book_.plan();
    course_.end = options_.until;
    if (course_.cancelled_on && book_.term_end() < options_.until) {
      course_.end = book_.term_end();
      course_.phases.push_back({book_.term_end(), Phase::churned});
    }
    course_.subscriptions = book_.take_rows();
  }

  const Options& options_;
  const Profile& profile_;
  Random random_;
  ContractBook book_;
  Day first_simulated_;
  double usual_quality_;
  double quality_;
  double demand_;  // people who would use it if there were seats
  double engagement_ = 0.03;
  double value_ = 0.42;  // hopes are lent before anything is earned
  double mood_ = 0.0;
  double people_exact_ = 1.0;
  int people_ = 1;
  int weeks_full_ = 0;
  int seats_before_change_ = 0;
  Day seats_change_on_{};
  int poor_weeks_left_ = 0;
  bool is_mourned_ = false;
  Day successor_day_{};
  Course course_;
};

}  // namespace

Course run_course(const Options& options, const Profile& profile) {
  return Walk(options, profile).run();
}

}  // namespace banso::simulation
