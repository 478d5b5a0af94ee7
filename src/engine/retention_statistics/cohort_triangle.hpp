// Cohort triangles: what became of those who began in the same period, period after period. Whole numbers throughout.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace banso::engine::retention_statistics {

enum class Grain { day, week, month, quarter, year };

std::string_view name_of(Grain grain);
std::optional<Grain> grain_from(std::string_view name);

// Periods of the calendar, numbered without gaps. Weeks begin on Monday; quarters and years with the fiscal year.
class Calendar {
 public:
  // fiscal_start_month: 1..12.
  explicit Calendar(Grain grain, int fiscal_start_month = 1) : grain_(grain), fiscal_start_month_(fiscal_start_month) {}

  Grain grain() const { return grain_; }
  std::int32_t number_of(core::Day day) const;
  core::Day first_day(std::int32_t number) const;
  core::Day last_day(std::int32_t number) const { return first_day(number + 1) - 1; }

 private:
  Grain grain_;
  int fiscal_start_month_;
};

// Something about a member in the period of `day`: it was there, it was worth an amount, it bought. Several in one
// period add up their amounts and count as one member.
struct Observation {
  std::uint32_t member = 0;
  core::Day day;
  std::int64_t amount = 0;
};

struct CohortCell {
  std::int64_t members = 0;  // distinct, with an observation in the period
  std::int64_t amount = 0;

  bool operator==(const CohortCell&) const = default;
};

struct Cohort {
  core::Day begin;                 // first day of the period in which its members began
  std::int64_t size = 0;           // members that began
  std::vector<CohortCell> cells;   // by age in periods, from 0 on, up to the period of the last day seen
  std::size_t known_from_age = 0;  // younger cells lie before anything was recorded: they say nothing
};

struct CohortTriangle {
  Grain grain = Grain::month;
  std::vector<Cohort> cohorts;    // by begin; periods in which nobody began are left out
  bool last_is_partial = false;   // the last period had not ended on the last day seen
  std::int64_t before_begin = 0;  // observations left out because they lie before the member's begin
  std::int64_t after_end = 0;     // or after the last day seen

  // All cohorts old enough for an age, together: their cells, and their sizes and first amounts to compare with.
  struct Together {
    CohortCell cell;
    std::int64_t size = 0;
    std::int64_t first_amount = 0;
    int cohorts = 0;
  };
  std::vector<Together> by_age() const;
};

// `begins[m]` is the day on which member m began; members that begin after `last_day` are left out. Observations in any
// order.
CohortTriangle cohort_triangle(std::span<const core::Day> begins, std::span<const Observation> observations,
                               const Calendar& calendar, core::Day last_day);

// What a member was worth from `day` on, until its next step; 0 is gone.
struct Step {
  std::uint32_t member = 0;
  core::Day day;
  std::int64_t amount = 0;
};
// Observations of step functions on the last day of each period (the last day seen in the running one), where not 0.
// Steps ascending by member, then day.
std::vector<Observation> observe_steps(std::span<const Step> steps, const Calendar& calendar, core::Day last_day);

}  // namespace banso::engine::retention_statistics
