// Which call comes first, and why. Pure: the only place that ranks.
//
//   points = value at stake x severity x due x renewal x health
//
//   value      what is at stake, in minor units of the currency; at least `floor_minor`, so that calls without money
//              (trials, first contacts) are not lost at the end
//   severity   low 0.5, medium 1, high 2, critical 4
//   due        1 where ten business days or more are left, rising evenly to 1.5 on the day itself; overdue +0.1 for
//   each
//              business day, up to 2.5
//   renewal    1 where the renewal is more than 180 days away or unknown, rising evenly to 2 on the day itself
//   health     1 to 1.5 by level (best to worst); times 1.5 for a fall of 20 points in four weeks, evenly less for
//   less.
//              Counts for kinds that answer to trouble; a rise counts the same way for opportunities
#pragma once

#include <optional>

#include "work.hpp"

namespace banso::work {

// What is known of the account on the day; absent where the book does not say.
struct AccountStanding {
  std::int64_t arr_minor = 0;
  std::optional<core::Day> renewal_day;
  std::optional<double> level_badness;  // 0 best .. 1 worst
  std::optional<double> score_change_28d;
  bool operator==(const AccountStanding&) const = default;
};

struct RankInput {
  CallKind kind = CallKind::risk;
  Severity severity = Severity::medium;
  std::optional<std::int64_t> value_at_stake_minor;  // nothing: the ARR
  int business_days_left = 0;                        // negative: overdue
  core::Day today;
  AccountStanding account;
  std::int64_t floor_minor = 0;
};

struct Urgency {
  double severity = 1, due = 1, renewal = 1, health = 1;
  double all() const { return severity * due * renewal * health; }
};

Urgency urgency_of(const RankInput& input);
double points_of(const RankInput& input);
// "ARR 12 million yen, renewal in 41 days, health fell 18 points in 4 weeks": the value, then at most three reasons,
// the strongest first.
core::Text ranked_because(const RankInput& input, const std::string& currency);

}  // namespace banso::work
