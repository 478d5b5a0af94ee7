// GET /api/revenue/unit-economics: what a customer is worth, what winning one costs, when it pays back.
#include <algorithm>

#include "statistics_routes.hpp"
#include "unit_economics.hpp"

namespace banso::retention {
namespace {

using namespace statistics;

constexpr std::size_t most_groups = 24;
constexpr core::Instant end_of_time{std::numeric_limits<std::int64_t>::max()};

json::object render_survival(const Said<SurvivalValue>& said) {
  json::object body = render(said ? Said<Estimate>(said->value_minor) : Said<Estimate>(tl::unexpected(said.error())));
  body["lifetime_months"] = said ? json::value(render(said->lifetime_months)) : json::value(nullptr);
  body["seen_months"] = said ? json::value(said->curve.seen_months) : json::value(nullptr);
  body["seen_share"] = said ? json::value(said->seen_share) : json::value(nullptr);
  return body;
}

json::object render_group(const GroupEconomics& group) {
  return {{"customers", group.customers},
          {"paying", group.paying},
          {"mrr", group.mrr_minor},
          {"won", group.won},
          {"lost", group.churn.lost},
          {"customer_months", group.churn.customer_months},
          {"arpa", render_said(group.revenue_per_account)},
          {"monthly_churn", render(group.monthly_churn)},
          {"ltv_simple", render(group.simple)},
          {"ltv_margin", render(group.margin)},
          {"ltv_survival", render_survival(group.survival)}};
}

// Lifetime value over the cost of winning: survival-based where it can be said, else by margin.
Said<Estimate> value_to_cost(const GroupEconomics& group, const Said<double>& cost) {
  if (!cost) return tl::unexpected(cost.error());
  const Said<Estimate> value = group.survival ? Said<Estimate>(group.survival->value_minor) : group.margin;
  if (!value) return tl::unexpected(group.survival.error());
  const auto over = [&](std::optional<double> amount) {
    return amount ? std::optional(*amount / *cost) : std::nullopt;
  };
  return Estimate{value->value / *cost, over(value->low), over(value->high)};
}

Said<double> payback(const GroupEconomics& group, const Said<double>& cost, const UnitEconomicsSettings& settings) {
  if (!cost) return tl::unexpected(cost.error());
  if (!settings.gross_margin) return tl::unexpected(CannotSay::margin_unknown);
  if (!group.revenue_per_account) return tl::unexpected(group.revenue_per_account.error());
  return payback_months(*cost, {*group.revenue_per_account, *settings.gross_margin});
}

Said<double> survival_payback(const GroupEconomics& group, const Said<double>& cost,
                              const UnitEconomicsSettings& settings) {
  if (!cost) return tl::unexpected(cost.error());
  if (!group.survival) return tl::unexpected(group.survival.error());
  const auto months =
      survival_payback_months(*cost, {*group.revenue_per_account, *settings.gross_margin}, group.survival->curve);
  if (!months) return tl::unexpected(months.error());
  return static_cast<double>(*months);
}

json::object render_acquisition(const Acquisition& acquisition) {
  return {{"costs", acquisition.costs_minor},
          {"won", acquisition.won},
          {"months_with_costs", acquisition.months_with_costs},
          {"without_rate", acquisition.without_rate},
          {"cac", render_said(acquisition.cost())}};
}

json::object render_mark(const char* key, core::Text name, core::Text text, double mark, std::optional<double> value,
                         bool at_least) {
  return {{"key", key},
          {"name", render(name)},
          {"text", render(text)},
          {"mark", mark},
          {"value", json::from(value)},
          {"is_met", value ? json::value(at_least ? *value >= mark : *value <= mark) : json::value(nullptr)}};
}

json::array render_marks(const Said<Estimate>& value_to_cost, const Said<double>& payback) {
  return {
      render_mark("ltv_cac", {"LTV / CAC", "LTV/CAC"},
                  {"Investors' rule of thumb: a customer should bring at least 3 times what it cost to win. A habit "
                   "of the industry, not a law.",
                   "投資家がよく用いる目安です: "
                   "LTVは獲得費用の3倍以上が望ましいとされます。業界の慣習であり、絶対的な基準ではありません。"},
                  usual_value_to_cost, value_to_cost ? std::optional(value_to_cost->value) : std::nullopt, true),
      render_mark("payback_months", {"Payback", "回収期間"},
                  {"Rule of thumb: what winning a customer cost should be back within 12 months. With yearly "
                   "payment in advance longer is bearable.",
                   "よく用いられる目安です: "
                   "獲得費用は12か月以内の回収が望ましいとされます。年払いの場合はより長くても問題になりにくいです。"},
                  usual_payback_months, payback ? std::optional(*payback) : std::nullopt, false)};
}

// Everything that is read of the ledger, so that it is not held while figures are computed.
struct Material {
  CustomerHistories histories;
  ledger::Rates rates{"JPY"};
  std::vector<std::string> channels;  // by customer; empty: no attribute names them
};

core::Result<Material> material_of(Context& context, const http::Request& request,
                                   const UnitEconomicsSettings& settings) {
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  Material material;
  BANSO_TRY_ASSIGN(material.histories,
                   customer_histories(reading, request.query_text("by").value_or(std::string(no_dimension))));
  material.rates = reading.contracts().rates();
  if (!settings.channel_attribute) return material;
  const auto by_channel = customer_histories(reading, "attribute:" + *settings.channel_attribute);
  if (!by_channel) return material;  // the attribute is gone
  for (const auto& groups : by_channel->groups.of_customer)
    material.channels.push_back(by_channel->groups.groups[groups.front()].value);
  return material;
}

core::Result<UnitEconomicsSettings> settings_of(Context& context, const http::Request& request) {
  auto settings = AcquisitionCosts(context.from.records).settings();
  BANSO_TRY_ASSIGN(const double margin,
                   bounded_number(request, "gross_margin", 0, 1, settings.gross_margin.value_or(0)));
  if (request.query_text("gross_margin")) settings.gross_margin = margin;
  BANSO_TRY_ASSIGN(settings.yearly_discount_rate,
                   bounded_number(request, "yearly_discount_rate", 0, 1, settings.yearly_discount_rate));
  BANSO_TRY_ASSIGN(settings.horizon_months,
                   bounded_integer(request, "horizon_months", 1, 240, settings.horizon_months));
  return settings;
}

core::Result<http::Response> unit_economics(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto settings, settings_of(context, request));
  BANSO_TRY_ASSIGN(const int months, bounded_integer(request, "months", 1, 60, 12));
  BANSO_TRY_ASSIGN(const auto material, material_of(context, request, settings));
  const CustomerHistories& histories = material.histories;
  const auto seen = months_seen(histories.until, months);
  const auto known_at =
      histories.as_of
          ? core::Instant{core::start_of(*histories.as_of + 1, context.from.surroundings.utc_offset_minutes())
                              .microseconds -
                          1}
          : end_of_time;
  std::function<std::string(std::uint32_t)> channel_of;
  if (!material.channels.empty()) channel_of = [&](std::uint32_t customer) { return material.channels[customer]; };
  const auto won =
      acquisitions(histories, seen, AcquisitionCosts(context.from.records).list(known_at), material.rates, channel_of);

  std::vector<std::uint32_t> all(histories.customers.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto total = group_economics(histories, all, seen, settings);
  const auto cost = won.total.cost();
  const auto ratio = value_to_cost(total, cost);
  const auto back = payback(total, cost, settings);

  json::object rendered_total = render_group(total);
  rendered_total["acquisition"] = render_acquisition(won.total);
  rendered_total["ltv_cac"] = render(ratio);
  rendered_total["payback_months"] = render_said(back);
  rendered_total["survival_payback_months"] = render_said(survival_payback(total, cost, settings));

  std::vector<std::pair<std::int64_t, json::object>> groups;
  if (histories.groups.key != no_dimension) {
    for (std::uint32_t group = 0; group < histories.groups.groups.size(); ++group) {
      const auto economics = group_economics(histories, histories.members_of(group), seen, settings);
      auto body = render_group(economics);
      body["value"] = histories.groups.groups[group].value;
      body["name"] = render(histories.groups.groups[group].name);
      groups.emplace_back(economics.mrr_minor, std::move(body));
    }
  }
  std::ranges::stable_sort(groups, std::ranges::greater(), &std::pair<std::int64_t, json::object>::first);
  const std::size_t more = groups.size() > most_groups ? groups.size() - most_groups : 0;
  groups.resize(groups.size() - more);

  json::array rendered_groups, channels;
  for (auto& [mrr, group] : groups) rendered_groups.push_back(std::move(group));
  for (const auto& [channel, acquisition] : won.by_channel) {
    auto body = render_acquisition(acquisition);
    body["channel"] = channel;
    if (!channel_of) {
      body["won"] = nullptr;
      body["cac"] = nullptr;
    }
    channels.push_back(std::move(body));
  }
  json::object body = render_head(histories);
  body["window"] =
      json::object{{"from", json::from(seen.first)}, {"to", json::from(seen.end - 1)}, {"months", seen.months}};
  body["settings"] = json::object{{"gross_margin", json::from(settings.gross_margin)},
                                  {"yearly_discount_rate", settings.yearly_discount_rate},
                                  {"horizon_months", settings.horizon_months},
                                  {"channel_attribute", json::from(settings.channel_attribute)}};
  body["total"] = std::move(rendered_total);
  body["groups"] = std::move(rendered_groups);
  body["more_groups"] = more;
  body["channels"] = std::move(channels);
  body["marks"] = render_marks(ratio, back);
  return answer(body);
}

}  // namespace

http::Routes unit_economics_routes(const ContextPtr& context) {
  return {route(context, http::Method::get, "/api/revenue/unit-economics", http::Permission::leader, unit_economics)};
}

}  // namespace banso::retention
