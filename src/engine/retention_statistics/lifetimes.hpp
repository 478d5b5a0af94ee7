// How long each customer was seen to stay: what survival analysis takes.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/time.hpp"

namespace banso::engine::retention_statistics {

inline constexpr double from_the_begin = -std::numeric_limits<double>::infinity();

// One customer's time, in any one unit. It is at risk of ending at t where entry < t <= exit.
struct Lifetime {
  // Seen only from this age on (left truncation): had it ended earlier, nobody would know of it.
  double entry = from_the_begin;
  double exit = 0;
  bool ended = false;  // at `exit`; else it was still there then (censored)
  std::uint32_t group = 0;
};

// What is known of one customer on the calendar.
struct CustomerSpan {
  std::optional<core::Day> begin;          // the first day as a customer
  std::optional<core::Day> end;            // the first day not as a customer any more
  bool has_ended = false;                  // even where the day is not known
  std::optional<core::Day> observed_from;  // where the records begin later than the customer
  std::uint32_t group = 0;
};

enum class AgeUnit { day, month };

// Months and the part of the running month, by the calendar: from 31 January to 28 February is one month, because then
// the next period begins. Whole where periods of whole months end.
double age_on(core::Day day, core::Day begin, AgeUnit unit);

struct ObservedLifetimes {
  std::vector<Lifetime> lifetimes;
  // Customers left out, each counted once.
  struct LeftOut {
    std::size_t without_begin = 0;
    std::size_t not_yet_begun = 0;       // begin on or after the last day seen
    std::size_t ended_without_day = 0;   // they ended, nobody knows when
    std::size_t ended_before_begin = 0;  // on the first day or before: never a customer for a day
    std::size_t ended_unobserved = 0;    // before the records begin

    std::size_t total() const {
      return without_begin + not_yet_begun + ended_without_day + ended_before_begin + ended_unobserved;
    }
    void add(const LeftOut& other);
    bool operator==(const LeftOut&) const = default;
  } left_out;
};

// Lifetimes in `unit` as they stand at the begin of `until`: what ends later is still there.
ObservedLifetimes observe(std::span<const CustomerSpan> spans, core::Day until, AgeUnit unit);

// Lifetimes counted in whole periods 1, 2, ...: how many were seen through each (or ended in it), and how many ended.
// Who was seen for only a part of a period without an end is not counted in it.
struct PeriodCount {
  std::int64_t at_risk = 0;
  std::int64_t ended = 0;

  bool operator==(const PeriodCount&) const = default;
};
std::vector<PeriodCount> count_periods(std::span<const Lifetime> lifetimes, double period_length = 1);

}  // namespace banso::engine::retention_statistics
