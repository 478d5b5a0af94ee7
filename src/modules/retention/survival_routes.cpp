// GET /api/revenue/survival: how long customers stay, group by group, and what comes next.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/retention_statistics/hazard_by_age.hpp"
#include "engine/retention_statistics/log_rank.hpp"
#include "statistics_routes.hpp"

namespace banso::retention {
namespace {

using namespace statistics;

constexpr int most_groups = 12;  // the largest; more curves than these cannot be told apart
constexpr int most_months = 240;
constexpr double significant = 0.05;

struct SurvivalRequest {
  std::optional<int> horizon_months;  // up to which age is projected; nothing: two years beyond the oldest customer
  SurvivalOptions options{BandScale::log_log, 0.95};
  std::optional<core::Day> since;
};

core::Result<SurvivalRequest> survival_request(const http::Request& request) {
  SurvivalRequest asked;
  BANSO_TRY_ASSIGN(const int horizon, bounded_integer(request, "horizon_months", 1, most_months, 0));
  if (horizon > 0) asked.horizon_months = horizon;
  BANSO_TRY_ASSIGN(asked.since, request.query_day("since"));
  const auto band = request.query_text("band").value_or("log_log");
  if (band == "plain")
    asked.options.scale = BandScale::plain;
  else if (band == "log")
    asked.options.scale = BandScale::log;
  else if (band != "log_log")
    return core::Error::invalid_field(
        "band", {"Choose plain, log or log_log.", "plain、log、log_log のいずれかを指定してください。"});
  return asked;
}

// The curve at each whole month, as far as anybody was seen.
json::array render_curve(const SurvivalCurve& curve) {
  json::array months;
  if (curve.points().empty()) return months;
  const int last = static_cast<int>(std::min<double>(most_months, std::floor(curve.points().back().time)));
  std::int64_t lost = 0;
  auto next = curve.points().begin();
  for (int month = 0; month <= last; ++month) {
    for (; next != curve.points().end() && next->time <= month; ++next) lost += next->ended;
    const std::int64_t at_risk = next == curve.points().end() ? 0 : next->at_risk;
    const SurvivalPoint* point = curve.at(month);
    const auto band = point ? point->band : std::optional<Band>(Band{1, 1});
    months.push_back(json::object{{"month", month},
                                  {"at_risk", at_risk},
                                  {"lost", lost},
                                  {"survival", point ? point->survival : 1.0},
                                  {"low", band ? json::value(band->low) : json::value(nullptr)},
                                  {"high", band ? json::value(band->high) : json::value(nullptr)}});
  }
  return months;
}

json::object render_quantile(const Quantile& quantile) {
  return {
      {"value", json::from(quantile.value)}, {"low", json::from(quantile.low)}, {"high", json::from(quantile.high)}};
}

json::array render_hazard(std::span<const Lifetime> lifetimes) {
  json::array stretches;
  for (const AgeHazard& stretch : hazard_by_age(lifetimes, 1)) {
    if (stretch.to_age > most_months) break;
    stretches.push_back(json::object{{"from_month", stretch.from_age},
                                     {"to_month", stretch.to_age},
                                     {"customer_months", stretch.exposure},
                                     {"lost", stretch.ended},
                                     {"rate", stretch.rate},
                                     {"low", stretch.interval.low},
                                     {"high", stretch.interval.high}});
  }
  return stretches;
}

std::string_view name_of(FitState state) {
  switch (state) {
    case FitState::fitted:
      return "fitted";
    case FitState::constant_rate:
      return "constant_rate";
    case FitState::no_customers:
      return "no_customers";
    case FitState::no_loss:
      return "no_loss";
    case FitState::too_few_periods:
      return "too_few_periods";
    case FitState::all_lost:
      return "all_lost";
  }
  return "";
}

core::Text explain(const Fit& fit) {
  switch (fit.state) {
    case FitState::fitted:
      return {"Retention rises with age: those likely to leave leave first (shifted beta-geometric model).",
              "継続期間が長い顧客ほど解約しにくくなっています(シフト型ベータ幾何モデル)。"};
    case FitState::constant_rate:
      return {fmt::format("Customers leave at an even rate of {:.1f}% a month; age makes no difference.",
                          100 * fit.model->mean()),
              fmt::format("解約率は継続期間によらず毎月{:.1f}%でほぼ一定です。", 100 * fit.model->mean())};
    case FitState::no_customers:
      return {"No customer was seen for a whole month yet.", "1か月以上の実績がある顧客がまだいません。"};
    case FitState::no_loss:
      return {"Nobody has left yet: there is nothing to project from.", "まだ解約がないため、予測できません。"};
    case FitState::too_few_periods:
      return {"Customers were seen for one month only: too short to project from.",
              "実績が1か月分しかないため、予測できません。"};
    case FitState::all_lost:
      return {"All customers left in their first month.", "すべての顧客が最初の1か月で解約しています。"};
  }
  return {};
}

json::object render_projection(std::span<const Lifetime> lifetimes, int horizon_months, std::int64_t lost) {
  const std::vector<PeriodCount> periods = count_periods(lifetimes);
  const Fit fit = fit_shifted_beta_geometric(periods);
  json::object body{{"state", std::string(name_of(fit.state))},
                    {"text", render(explain(fit))},
                    {"alpha", nullptr},
                    {"beta", nullptr},
                    {"alpha_low", nullptr},
                    {"alpha_high", nullptr},
                    {"beta_low", nullptr},
                    {"beta_high", nullptr},
                    {"log_likelihood", nullptr},
                    {"months", json::array()}};
  if (!fit.model || static_cast<std::int64_t>(lifetimes.size()) < least_customers || lost < least_losses) {
    if (fit.model) {
      const auto reason = lost < least_losses ? CannotSay::too_few_losses : CannotSay::too_few_customers;
      body["state"] = std::string(name_of(reason));
      body["text"] = render(explain(reason));
    }
    return body;
  }
  body["log_likelihood"] = fit.log_likelihood;
  if (fit.state == FitState::fitted) {
    body["alpha"] = fit.model->alpha();
    body["beta"] = fit.model->beta();
    const auto finite = [](double value) { return std::isfinite(value) ? json::value(value) : json::value(nullptr); };
    if (const auto intervals = profile_intervals(fit, periods)) {
      body["alpha_low"] = intervals->alpha.low;
      body["alpha_high"] = finite(intervals->alpha.high);
      body["beta_low"] = intervals->beta.low;
      body["beta_high"] = finite(intervals->beta.high);
    }
  }
  json::array months;
  for (const ProjectedSurvival& point : project(fit, horizon_months))
    months.push_back(json::object{{"month", point.period},
                                  {"survival", point.survival},
                                  {"low", point.low},
                                  {"high", point.high},
                                  {"retention_rate", point.retention_rate}});
  body["months"] = std::move(months);
  return body;
}

std::string p_in_words(double p) {
  return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p);
}

core::Text in_words(const LogRank& test) {
  const std::string p = p_in_words(test.p_value);
  if (test.p_value < significant)
    return {
        fmt::format("The groups leave at different speeds: chance alone would hardly make such a difference "
                    "(log-rank test, {}).",
                    p),
        fmt::format(
            "グループ間で解約の速さに差があります。偶然だけでこの差が生じるとは考えにくいです(ログランク検定、{})。",
            p)};
  return {fmt::format("The data do not show that the groups leave at different speeds (log-rank test, {}).", p),
          fmt::format("グループ間で解約の速さに差があるとは言えません(ログランク検定、{})。", p)};
}

json::value render_comparison(const LogRank& test, const std::vector<std::size_t>& shown, bool is_overlapping) {
  if (is_overlapping || test.degrees_of_freedom < 1) return nullptr;
  json::array groups;
  for (std::size_t group = 0; group < shown.size(); ++group)
    groups.push_back(
        json::object{{"observed", test.groups[group].observed}, {"expected", test.groups[group].expected}});
  return json::object{{"chi_square", test.chi_square},  {"degrees_of_freedom", test.degrees_of_freedom},
                      {"p_value", test.p_value},        {"is_significant", test.p_value < significant},
                      {"text", render(in_words(test))}, {"groups", std::move(groups)}};
}

json::object render_left_out(const ObservedLifetimes::LeftOut& left_out) {
  return {{"not_yet_begun", left_out.not_yet_begun},
          {"ended_before_begin", left_out.ended_before_begin},
          {"ended_unobserved", left_out.ended_unobserved}};
}

// Two years beyond what the oldest customer could have lived through.
int usual_horizon(const CustomerHistories& histories) {
  constexpr int beyond_months = 24;
  int oldest = 0;
  for (const CustomerHistory& history : histories.customers)
    oldest = std::max(oldest, static_cast<int>(age_on(histories.until, history.begin, AgeUnit::month)));
  return std::min(oldest + beyond_months, most_months);
}

core::Result<http::Response> survival(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto asked, survival_request(request));
  BANSO_TRY_ASSIGN(const auto histories, histories_of(context, request));

  const int horizon_months = asked.horizon_months.value_or(usual_horizon(histories));
  // The largest groups first.
  std::vector<std::vector<std::uint32_t>> members;
  std::vector<std::size_t> shown;
  for (std::uint32_t group = 0; group < histories.groups.groups.size(); ++group) {
    members.push_back(histories.members_of(group));
    shown.push_back(group);
  }
  std::ranges::stable_sort(shown, std::ranges::greater(), [&](std::size_t group) { return members[group].size(); });
  const std::size_t more = shown.size() > most_groups ? shown.size() - most_groups : 0;
  shown.resize(shown.size() - more);

  json::array groups;
  std::vector<Lifetime> all;
  ObservedLifetimes::LeftOut left_out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto& group = histories.groups.groups[shown[i]];
    const auto seen =
        lifetimes_of(histories, members[shown[i]], AgeUnit::month, asked.since, static_cast<std::uint32_t>(i));
    left_out.add(seen.left_out);
    all.insert(all.end(), seen.lifetimes.begin(), seen.lifetimes.end());
    const SurvivalCurve curve = survival_curve(seen.lifetimes, asked.options);
    const double until = curve.points().empty() ? 0 : curve.points().back().time;
    const RestrictedMean mean = curve.restricted_mean(until);
    const auto returned = std::ranges::count_if(
        members[shown[i]], [&](std::uint32_t customer) { return histories.customers[customer].has_returned; });
    groups.push_back(json::object{
        {"value", group.value},
        {"name", render(group.name)},
        {"customers", curve.customers()},
        {"lost", curve.ended()},
        {"returned", returned},
        {"months", render_curve(curve)},
        {"median_months", render_quantile(curve.median())},
        {"restricted_mean",
         json::object{{"months", mean.value}, {"standard_error", mean.standard_error}, {"until_month", mean.until}}},
        {"hazard", render_hazard(seen.lifetimes)},
        {"projection", render_projection(seen.lifetimes, horizon_months, static_cast<std::int64_t>(curve.ended()))}});
  }
  json::object body = render_head(histories);
  body["confidence"] = asked.options.confidence;
  body["horizon_months"] = horizon_months;
  body["since"] = json::from(asked.since);
  body["groups"] = std::move(groups);
  body["more_groups"] = more;
  body["left_out"] = render_left_out(left_out);
  body["comparison"] = render_comparison(log_rank(all, shown.size()), shown, histories.groups.is_overlapping);
  return answer(body);
}

}  // namespace

http::Routes survival_routes(const ContextPtr& context) {
  return {route(context, http::Method::get, "/api/revenue/survival", http::Permission::leader, survival)};
}

}  // namespace banso::retention
