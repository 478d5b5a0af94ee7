// What shows early whether a customer will stay: onboarding completed, time to first use, use today. From the history
// of phases and from daily facts of usage.
//
//   onboarding      known to be in the phase "onboarding", and later in another one that is not the end of the customer
//   first use       the first day on which a feature was used that counts as active use; days from the begin of the
//                   customer's lifetime, negative where it was used before (a trial). Not known of customers that began
//                   before the first use that is recorded of anybody
//   active          used within the last 28 days
#pragma once

#include "customer_histories.hpp"
#include "engine/retention_statistics/cohort_triangle.hpp"

namespace banso::retention {

inline constexpr int active_window_days = 28;

struct CustomerProgress {
  bool was_onboarding = false;
  std::optional<int> onboarding_days;  // completed after so many
  bool has_used = false;
  std::optional<int> first_use_days;
  std::int64_t active_people = 0;  // distinct, within the window; a use by nobody in particular counts as none
  bool is_active = false;
};

// As in CustomerHistories::customers. Without usage in the module, only onboarding.
std::vector<CustomerProgress> progress_of(const Dependencies& from, const CustomerHistories& histories);

// What a number of customers came to.
struct ProgressSummary {
  std::int64_t customers = 0;
  std::int64_t were_onboarding = 0, onboarded = 0;
  std::optional<double> onboarding_days;  // the median
  std::int64_t with_use = 0;
  std::optional<double> first_use_days;  // the median
  std::int64_t paying = 0;               // on the last day
  std::int64_t active = 0;               // of these
  std::int64_t active_people = 0;
};
ProgressSummary summarise(const CustomerHistories& histories, std::span<const CustomerProgress> progress,
                          std::span<const std::uint32_t> customers);

// Use as observations for cohorts: one for each customer and period with use, its amount the distinct people of the
// period.
struct ObservedUse {
  std::vector<statistics::Observation> observations;
  std::optional<core::Day> recorded_from;  // the first day with any; before it nobody knows
};
ObservedUse observe_use(const Dependencies& from, const CustomerHistories& histories,
                        const statistics::Calendar& calendar);

}  // namespace banso::retention
