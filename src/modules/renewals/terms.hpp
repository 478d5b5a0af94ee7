// What comes up for renewal and what became of it, read from an account's subscriptions. Pure: no I/O, no clock.
// Internal to the module.
//
// Terms of an account that fall due on the same day are one renewal. What follows it are the terms that take their
// place: of the same products around that day, or of other products from that very day on.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "modules/renewals/renewals.hpp"

namespace banso::renewals {

// A term that follows may begin so long before the day, and so long after it.
inline constexpr int follows_early_days = 90;
inline constexpr int follows_late_days = 90;
// An ended contract without a following one counts as lost for the machine's view after so many days.
inline constexpr int settled_after_days = 30;

// One subscription as it is known on a day.
struct Term {
  revenue::SubscriptionFact fact;
  std::optional<core::Day> agreed_end;  // the latest end that it ever had by then
  bool has_rolled = false;              // it was open-ended and renewed itself, at least for a time
  bool goes_elsewhere = false;          // it continues on another account: its end is no renewal of this one
};
// External ids of contracts that others, on any account, are known to continue.
using ContinuedElsewhere = std::set<std::string, std::less<>>;
// `versions`: of one account, in any order. Those known on the day, by start.
std::vector<Term> terms_known_on(std::span<const revenue::SubscriptionFact> versions, core::Day as_of,
                                 const ContinuedElsewhere& elsewhere = {});

struct DueTerms {
  core::AccountId account;
  core::Day due;
  std::vector<std::size_t> terms;      // positions in the account's terms
  std::vector<std::size_t> following;  // likewise
  std::int64_t mrr_minor = 0, seats = 0;
  std::int64_t following_mrr_minor = 0;
  std::int64_t without_rate = 0;          // terms that have no MRR because their currency has no rate
  core::Day notice_day;                   // the earliest of the terms'
  bool has_auto_renewal = false;          // all of them renew by themselves
  std::optional<core::Day> cancelled_on;  // notice was given for all of them; the last
  Outcome outcome = Outcome::open;        // as the terms say on the day they were read
  bool is_late = false;                   // what follows began after the day
  bool is_rolling = false;                // one period of an open-ended contract that renews itself
};
// Every renewal of an account whose day lies up to `last_due`, oldest first. `as_of` decides what has passed. Trials
// and terms that were amended before their end are none.
std::vector<DueTerms> due_terms(std::span<const Term> terms, core::Day as_of, core::Day last_due);

// A proposal to let another term of the account end together with the renewed ones.
struct CoTerming {
  std::size_t term = 0;           // the one to be extended
  core::Day aligned_end;          // an anniversary of the renewal's day
  int days = 0;                   // by which it is extended
  std::int64_t amount_minor = 0;  // for these days: ARR x days / days of that year, halves away from zero
};
// For the terms that are active on the renewal's day and end on another one.
std::vector<CoTerming> co_terming(std::span<const Term> terms, const DueTerms& renewal);

}  // namespace banso::renewals
