#include "lifetime_value.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

#include "distributions.hpp"

namespace banso::engine::retention_statistics {

namespace {

constexpr double confidence = 0.95;

// Customers with the same months behave alike in a draw, so that they are drawn together.
struct AlikeCustomers {
  int first_month = 0;  // from which on they were seen
  int last_month = 0;   // the last month seen whole, or the one in which they ended
  bool ended = false;
  std::int64_t customers = 0;

  auto key() const { return std::tie(first_month, last_month, ended); }
};

std::vector<AlikeCustomers> gather(std::span<const Lifetime> lifetimes) {
  std::vector<AlikeCustomers> all;
  all.reserve(lifetimes.size());
  for (const Lifetime& life : lifetimes) {
    const int first = life.entry <= 0 ? 0 : static_cast<int>(std::ceil(life.entry));
    const int last = static_cast<int>(life.ended ? std::ceil(life.exit) : std::floor(life.exit));
    if (first < last) all.push_back({first, last, life.ended, 1});
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) { return a.key() < b.key(); });
  std::vector<AlikeCustomers> gathered;
  for (const AlikeCustomers& one : all) {
    if (!gathered.empty() && gathered.back().key() == one.key())
      ++gathered.back().customers;
    else
      gathered.push_back(one);
  }
  return gathered;
}

// Draws as many customers as there are, with replacement: the multinomial as a chain of binomials.
std::vector<PeriodCount> draw(const std::vector<AlikeCustomers>& alike, std::int64_t customers, std::size_t months,
                              std::mt19937_64& random) {
  std::vector<PeriodCount> counts(months);
  std::vector<std::int64_t> change(months + 1);
  std::int64_t left = customers, to_draw = customers;
  for (const AlikeCustomers& kind : alike) {
    if (to_draw == 0) break;
    std::int64_t drawn = to_draw;
    if (kind.customers < left)
      drawn = std::binomial_distribution<std::int64_t>(
          to_draw, static_cast<double>(kind.customers) / static_cast<double>(left))(random);
    left -= kind.customers;
    to_draw -= drawn;
    change[static_cast<std::size_t>(kind.first_month)] += drawn;
    change[static_cast<std::size_t>(kind.last_month)] -= drawn;
    if (kind.ended) counts[static_cast<std::size_t>(kind.last_month) - 1].ended += drawn;
  }
  std::int64_t at_risk = 0;
  for (std::size_t i = 0; i < months; ++i) counts[i].at_risk = at_risk += change[i];
  return counts;
}

struct Sums {
  double value = 0, months = 0, seen_value = 0;
};

Sums sum_up(const ValuedCurve& curve, int horizon_months, double yearly_discount_rate) {
  const double discount = std::pow(1 + yearly_discount_rate, -1.0 / 12);
  Sums sums;
  double factor = 1;
  for (int month = 0; month < horizon_months; ++month, factor *= discount) {
    const double survival = curve.survival[static_cast<std::size_t>(month)];
    sums.months += survival;
    sums.value += survival * factor;
    if (month <= curve.seen_months) sums.seen_value += survival * factor;
  }
  return sums;
}

Estimate between_quantiles(double value, std::vector<double> drawn, double scale) {
  std::ranges::sort(drawn);
  const auto at = [&](double share) {
    return drawn[static_cast<std::size_t>(std::llround(share * static_cast<double>(drawn.size() - 1)))] * scale;
  };
  return {value * scale, at((1 - confidence) / 2), at((1 + confidence) / 2)};
}

// With an amount over the churn rate, a high rate is a low value.
Estimate over(double amount, const Estimate& churn) {
  return {amount / churn.value, amount / *churn.high,
          *churn.low > 0 ? std::optional(amount / *churn.low) : std::nullopt};
}

}  // namespace

std::string_view name_of(CannotSay reason) {
  switch (reason) {
    case CannotSay::no_customers:
      return "no_customers";
    case CannotSay::too_few_customers:
      return "too_few_customers";
    case CannotSay::no_churn_yet:
      return "no_churn_yet";
    case CannotSay::too_few_losses:
      return "too_few_losses";
    case CannotSay::margin_unknown:
      return "margin_unknown";
    case CannotSay::no_margin:
      return "no_margin";
    case CannotSay::needs_horizon:
      return "needs_horizon";
    case CannotSay::no_costs:
      return "no_costs";
    case CannotSay::no_new_customers:
      return "no_new_customers";
    case CannotSay::not_paid_back:
      return "not_paid_back";
  }
  return "";
}

core::Text explain(CannotSay reason) {
  switch (reason) {
    case CannotSay::no_customers:
      return {"There are no paying customers in this selection.", "この条件に該当する有料の顧客がいません。"};
    case CannotSay::too_few_customers:
      return {"Fewer than 10 customers: too few to say.", "顧客が10社未満のため、まだ判断できません。"};
    case CannotSay::no_churn_yet:
      return {"Nobody has left yet, so nobody can say how long customers stay.",
              "まだ解約がないため、継続期間を見積もれません。"};
    case CannotSay::too_few_losses:
      return {"Fewer than 5 customers have left: too few to say.", "解約が5社未満のため、まだ判断できません。"};
    case CannotSay::margin_unknown:
      return {"Enter the gross margin first.", "先に粗利率を入力してください。"};
    case CannotSay::no_margin:
      return {"A customer earns nothing: revenue and margin must be above 0.",
              "顧客から利益が出ていません。売上と粗利率が0を超えている必要があります。"};
    case CannotSay::needs_horizon:
      return {"Without a horizon or a discount rate the sum has no end.",
              "計算する期間の上限か割引率がないと、合計が無限大になります。"};
    case CannotSay::no_costs:
      return {"No acquisition costs are recorded for this period.", "この期間の獲得費用が登録されていません。"};
    case CannotSay::no_new_customers:
      return {"Nobody was won in this period.", "この期間に獲得した顧客がいません。"};
    case CannotSay::not_paid_back:
      return {"The mean customer does not pay back what it cost to win within the horizon.",
              "平均的な顧客では、計算期間内に獲得費用を回収できません。"};
  }
  return {};
}

Said<Estimate> monthly_churn(const ChurnCount& churn) {
  if (churn.customers == 0 || churn.customer_months <= 0) return tl::unexpected(CannotSay::no_customers);
  if (churn.lost == 0) return tl::unexpected(CannotSay::no_churn_yet);
  if (churn.customers < least_customers) return tl::unexpected(CannotSay::too_few_customers);
  if (churn.lost < least_losses) return tl::unexpected(CannotSay::too_few_losses);
  const auto lost = static_cast<double>(churn.lost);
  const RateInterval interval = exact_rate_interval(lost, churn.customer_months, confidence);
  return Estimate{lost / churn.customer_months, interval.low, interval.high};
}

Said<Estimate> simple_lifetime_value(const Earnings& earnings, const ChurnCount& churn) {
  return margin_lifetime_value({earnings.revenue_minor, 1}, churn);
}

Said<Estimate> margin_lifetime_value(const Earnings& earnings, const ChurnCount& churn) {
  const Said<Estimate> rate = monthly_churn(churn);
  if (!rate) return tl::unexpected(rate.error());
  const double earned = earnings.revenue_minor * earnings.margin;
  if (!(earned > 0)) return tl::unexpected(CannotSay::no_margin);
  return over(earned, *rate);
}

Said<ValuedCurve> valued_curve(std::span<const PeriodCount> months, int horizon_months) {
  ValuedCurve curve{{1}, 0, std::nullopt};
  curve.survival.reserve(static_cast<std::size_t>(horizon_months) + 1);
  double survival = 1;
  for (const PeriodCount& month : months) {
    if (month.at_risk < least_at_risk || curve.seen_months == horizon_months) break;
    survival *= static_cast<double>(month.at_risk - month.ended) / static_cast<double>(month.at_risk);
    curve.survival.push_back(survival);
    ++curve.seen_months;
  }
  if (curve.seen_months == 0) return tl::unexpected(CannotSay::too_few_customers);
  if (curve.seen_months == horizon_months || survival == 0) {
    curve.survival.resize(static_cast<std::size_t>(horizon_months) + 1, 0);
    return curve;
  }
  const Fit fit = fit_shifted_beta_geometric(months);
  if (fit.state == FitState::no_loss) return tl::unexpected(CannotSay::no_churn_yet);
  if (!fit.model) return tl::unexpected(CannotSay::too_few_customers);
  curve.model = fit.model;
  for (int month = curve.seen_months + 1; month <= horizon_months; ++month)
    curve.survival.push_back(survival *= fit.model->retention_rate(month));
  return curve;
}

Said<SurvivalValue> survival_lifetime_value(const Earnings& earnings, std::span<const Lifetime> lifetimes,
                                            const LifetimeValueOptions& options) {
  const double earned = earnings.revenue_minor * earnings.margin;
  if (options.horizon_months < 1) return tl::unexpected(CannotSay::needs_horizon);
  if (lifetimes.empty()) return tl::unexpected(CannotSay::no_customers);
  const auto lost = std::ranges::count(lifetimes, true, &Lifetime::ended);
  if (lost == 0) return tl::unexpected(CannotSay::no_churn_yet);
  if (static_cast<std::int64_t>(lifetimes.size()) < least_customers)
    return tl::unexpected(CannotSay::too_few_customers);
  if (lost < least_losses) return tl::unexpected(CannotSay::too_few_losses);
  if (!(earned > 0)) return tl::unexpected(CannotSay::no_margin);

  const std::vector<PeriodCount> months = count_periods(lifetimes);
  Said<ValuedCurve> curve = valued_curve(months, options.horizon_months);
  if (!curve) return tl::unexpected(curve.error());
  const Sums sums = sum_up(*curve, options.horizon_months, options.yearly_discount_rate);

  const std::vector<AlikeCustomers> alike = gather(lifetimes);
  std::int64_t customers = 0;
  for (const AlikeCustomers& kind : alike) customers += kind.customers;
  std::mt19937_64 random(options.seed);
  std::vector<double> values, lengths;
  for (int i = 0; i < options.replications; ++i) {
    const Said<ValuedCurve> drawn = valued_curve(draw(alike, customers, months.size(), random), options.horizon_months);
    if (!drawn) continue;
    const Sums drawn_sums = sum_up(*drawn, options.horizon_months, options.yearly_discount_rate);
    values.push_back(drawn_sums.value);
    lengths.push_back(drawn_sums.months);
  }
  SurvivalValue result;
  result.value_minor = {sums.value * earned, {}, {}};
  result.lifetime_months = {sums.months, {}, {}};
  if (values.size() >= 100) {
    result.value_minor = between_quantiles(sums.value, std::move(values), earned);
    result.lifetime_months = between_quantiles(sums.months, std::move(lengths), 1);
  }
  result.seen_share = sums.seen_value / sums.value;
  result.curve = std::move(*curve);
  return result;
}

Said<double> acquisition_cost(std::int64_t costs_minor, std::int64_t customers_won) {
  if (costs_minor <= 0) return tl::unexpected(CannotSay::no_costs);
  if (customers_won <= 0) return tl::unexpected(CannotSay::no_new_customers);
  return static_cast<double>(costs_minor) / static_cast<double>(customers_won);
}

Said<double> payback_months(double acquisition_cost_minor, const Earnings& earnings) {
  const double earned = earnings.revenue_minor * earnings.margin;
  if (!(earned > 0)) return tl::unexpected(CannotSay::no_margin);
  return acquisition_cost_minor / earned;
}

Said<int> survival_payback_months(double acquisition_cost_minor, const Earnings& earnings, const ValuedCurve& curve) {
  const double earned = earnings.revenue_minor * earnings.margin;
  if (!(earned > 0)) return tl::unexpected(CannotSay::no_margin);
  double paid = 0;
  for (std::size_t month = 0; month + 1 < curve.survival.size(); ++month) {
    paid += earned * curve.survival[month];
    if (paid >= acquisition_cost_minor) return static_cast<int>(month) + 1;
  }
  return tl::unexpected(CannotSay::not_paid_back);
}

}  // namespace banso::engine::retention_statistics
