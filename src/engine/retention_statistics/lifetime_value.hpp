// What a customer is worth over its lifetime, what winning one costs, and when it pays back. Where the data do not
// allow an answer it says why; it never gives an infinity.
//
// Money is in minor units. Amounts that are means or products are estimates and therefore floating point; amounts that
// were booked are whole.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "core/text.hpp"
#include "shifted_beta_geometric.hpp"
#include "survival.hpp"

namespace banso::engine::retention_statistics {

// Below these an estimate says more about chance than about customers.
inline constexpr std::int64_t least_customers = 10;
inline constexpr std::int64_t least_losses = 5;
// Kaplan-Meier is carried as far as this many customers were seen at an age; from there on the projection takes over.
inline constexpr std::int64_t least_at_risk = 10;

enum class CannotSay {
  no_customers,
  too_few_customers,
  no_churn_yet,
  too_few_losses,
  margin_unknown,    // nobody entered the gross margin
  no_margin,         // nothing is earned on a customer: margin or revenue is not above 0
  needs_horizon,     // the sum has no end
  no_costs,          // no acquisition costs are recorded
  no_new_customers,  // costs were spent, nobody was won
  not_paid_back,     // within the horizon
};
core::Text explain(CannotSay reason);
std::string_view name_of(CannotSay reason);

struct Estimate {
  double value = 0;
  std::optional<double> low, high;  // 95 % interval where it can be given
};
template <class T>
using Said = tl::expected<T, CannotSay>;

// Happenings of leaving in a stretch of time.
struct ChurnCount {
  std::int64_t lost = 0;
  double customer_months = 0;  // time that customers spent at risk
  std::int64_t customers = 0;
};

// Lost a month, with the exact interval.
Said<Estimate> monthly_churn(const ChurnCount& churn);

struct Earnings {
  double revenue_minor = 0;  // a month and customer (ARPA)
  double margin = 1;         // gross margin as a share, 0..1
};
// ARPA / churn.
Said<Estimate> simple_lifetime_value(const Earnings& earnings, const ChurnCount& churn);
// ARPA * margin / churn.
Said<Estimate> margin_lifetime_value(const Earnings& earnings, const ChurnCount& churn);

struct LifetimeValueOptions {
  int horizon_months = 60;
  double yearly_discount_rate = 0;  // 0.1 is 10 % a year
  int replications = 400;           // of the bootstrap
  std::uint64_t seed = 1;
};

// The curve that lifetime values are computed from: what was seen as far as enough customers were seen, and beyond it
// the shifted beta-geometric fitted to the same customers.
struct ValuedCurve {
  std::vector<double> survival;  // at the begin of month 0, 1, ..., horizon
  int seen_months = 0;           // up to here it was seen
  std::optional<ShiftedBetaGeometric> model;
};
Said<ValuedCurve> valued_curve(std::span<const PeriodCount> months, int horizon_months);

struct SurvivalValue {
  Estimate value_minor;      // sum of ARPA * margin * S(month), discounted
  Estimate lifetime_months;  // the same sum without money and discount: months paid within the horizon
  double seen_share = 0;     // of the value: rests on what was seen, the rest on the projection
  ValuedCurve curve;
};
// Lifetimes in months. The interval is a bootstrap by customer: whole lifetimes are drawn again, and curve and
// projection made anew each time. Same input, same result.
Said<SurvivalValue> survival_lifetime_value(const Earnings& earnings, std::span<const Lifetime> lifetimes,
                                            const LifetimeValueOptions& options = {});

// Cost of winning a customer.
Said<double> acquisition_cost(std::int64_t costs_minor, std::int64_t customers_won);
// Months until a customer has paid back what it cost to win, if it stays.
Said<double> payback_months(double acquisition_cost_minor, const Earnings& earnings);
// The same for the mean customer, of whom some leave before they have paid back. Whole months, paid in advance.
Said<int> survival_payback_months(double acquisition_cost_minor, const Earnings& earnings, const ValuedCurve& curve);

// Rules of thumb that investors quote. They are habits of an industry, not laws: show them as such.
inline constexpr double usual_value_to_cost = 3;
inline constexpr double usual_payback_months = 12;

}  // namespace banso::engine::retention_statistics
