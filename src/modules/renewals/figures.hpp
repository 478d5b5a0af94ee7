// Sums over the pipeline: renewal rates by month, why ARR was lost, and each owner's book. Pure. Internal to the
// module.
#pragma once

#include "core/time.hpp"
#include "pipeline.hpp"
#include "reasons.hpp"

namespace banso::renewals {

// Of renewals due in one month whose day has passed (or that are decided).
struct RateMonth {
  core::Day month;
  std::int64_t due = 0, renewed = 0, on_time = 0, late = 0, lost = 0;  // how many
  std::int64_t due_minor = 0;
  std::int64_t renewed_minor = 0;   // each capped at what was due, so that no rate exceeds 100 %
  std::int64_t on_time_minor = 0;   // of these, without a gap
  std::int64_t expanded_minor = 0;  // what was signed beyond
};
std::vector<RateMonth> renewal_rates(const Pipeline& pipeline, core::Day from, core::Day to);

std::vector<ReasonMonth> churn_reasons(const Pipeline& pipeline, std::span<const Reason> reasons, core::Day from,
                                       core::Day to);

struct OwnerBook {
  core::UserId owner;
  std::string name;  // empty with no owner: nobody
  std::int64_t accounts = 0, arr_minor = 0;
  std::int64_t due = 0, due_minor = 0;          // in the quarter, open or decided
  std::int64_t at_risk = 0, at_risk_minor = 0;  // open ones of the quarter, see is_at_risk()
  std::int64_t without_next_step = 0;           // open ones of the quarter with none, or with one that is overdue
  std::int64_t forecast_minor = 0, target_minor = 0;
};
// A person calls it at risk or lost, notice was given, or the machine thinks it likelier lost than renewed.
bool is_at_risk(const Renewal& renewal);
bool lacks_next_step(const Renewal& renewal, core::Day today);

struct Quarter {
  core::Day from, to;  // both inclusive
};
Quarter quarter_of(core::Day day, int fiscal_year_start_month);

core::Day month_of(core::Day day);

}  // namespace banso::renewals
