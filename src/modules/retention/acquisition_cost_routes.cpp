// /api/revenue/costs: what was spent on winning customers, and /api/revenue/unit-economics/settings.
#include <fmt/format.h>

#include "acquisition_costs.hpp"
#include "core/currency.hpp"
#include "statistics_routes.hpp"

namespace banso::retention {
namespace {

using http::Method;
using http::Permission;

constexpr core::Instant end_of_time{std::numeric_limits<std::int64_t>::max()};

json::object render_money(const core::Money& money) {
  return {{"amount_minor", money.amount_minor}, {"currency", money.currency}};
}

core::Result<http::Response> answer_costs(Context& context, const http::Request& request,
                                          std::optional<std::int64_t> changed) {
  BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
  BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
  BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
  const auto offset = context.from.surroundings.utc_offset_minutes();
  const auto known_at = as_of ? core::Instant{core::start_of(*as_of + 1, offset).microseconds - 1} : end_of_time;
  json::array items;
  for (const AcquisitionCost& cost : AcquisitionCosts(context.from.records).list(known_at)) {
    if ((from && core::add_months(cost.month, 1) <= *from) || (to && cost.month > *to)) continue;
    items.push_back(json::object{
        {"month", json::from(cost.month)}, {"channel", cost.channel}, {"amount", render_money(*cost.amount)}});
  }
  json::object body{{"currency", context.from.surroundings.reporting_currency()}, {"items", std::move(items)}};
  if (changed) body["changed"] = *changed;
  return answer(body);
}

core::Result<http::Response> list(Context& context, const http::Request& request) {
  return answer_costs(context, request, std::nullopt);
}

// One item: {month, channel, amount: {amount_minor, currency} or null}.
AcquisitionCost read_item(json::Fields& item, const std::string& reporting_currency, const std::string& money_prefix) {
  AcquisitionCost cost;
  if (const auto text = item.text("month", {.required = true, .max_length = 10})) {
    if (const auto month = parse_month(*text))
      cost.month = *month;
    else
      item.fail("month", {"Write the month as 2026-04-01.", "月は 2026-04-01 のように指定してください。"});
  }
  cost.channel = item.text("channel", {.required = true, .max_length = channel_length_max}).value_or("");
  if (!item.has("amount"))
    item.fail("amount", {"Give an amount, or null to take it away.", "金額を指定してください(削除する場合は null)。"});
  const auto* given = item.child("amount");
  if (given == nullptr) return cost;
  json::Fields money(*given, money_prefix);
  const auto amount = money.integer("amount_minor", true);
  const auto code = money.text("currency").value_or(reporting_currency);
  const auto currency = core::currency_code(code);
  if (!money.ok() || !amount || *amount < 0)
    item.fail("amount", {"Give an amount of 0 or more in whole minor units.",
                         "金額は最小通貨単位で0以上の整数を指定してください。"});
  else if (!currency)
    item.fail("amount", {fmt::format("\"{}\" is no currency code.", code),
                         fmt::format("「{}」は通貨コードではありません。", code)});
  else
    cost.amount = core::Money{*amount, *currency};
  return cost;
}

core::Result<http::Response> put(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto* items = fields.list("items");
  if (items == nullptr && fields.ok())
    fields.fail("items", {"Give a list of costs.", "費用の一覧を指定してください。"});
  BANSO_TRY(fields.finish());
  if (items->size() > cost_rows_max)
    return core::Error::too_large({fmt::format("At most {} costs at once.", cost_rows_max),
                                   fmt::format("一度に登録できる費用は{}件までです。", cost_rows_max)});
  std::vector<AcquisitionCost> costs;
  const auto currency = context.from.surroundings.reporting_currency();
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto name = fmt::format("items[{}]", i);
    const auto* object = (*items)[i].if_object();
    if (object == nullptr)
      return core::Error::invalid_field(name, {"Give an object with month, channel and amount.",
                                               "month、channel、amount を持つオブジェクトを指定してください。"});
    json::Fields item(*object, name + ".");
    costs.push_back(read_item(item, currency, name + ".amount."));
    BANSO_TRY(item.finish());
  }
  const auto changed = AcquisitionCosts(context.from.records)
                           .put(costs, request.caller, core::now(), context.from.surroundings.utc_offset_minutes());
  return answer_costs(context, request, changed);
}

core::Result<http::Response> import_table(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto costs, read_cost_table(request.body, context.from.surroundings.reporting_currency()));
  const auto changed = AcquisitionCosts(context.from.records)
                           .put(costs, request.caller, core::now(), context.from.surroundings.utc_offset_minutes());
  return answer(json::object{{"rows", costs.size()}, {"changed", changed}});
}

json::object render_settings(const UnitEconomicsSettings& settings) {
  return {{"gross_margin", json::from(settings.gross_margin)},
          {"yearly_discount_rate", settings.yearly_discount_rate},
          {"horizon_months", settings.horizon_months},
          {"channel_attribute", json::from(settings.channel_attribute)}};
}

core::Result<http::Response> show_settings(Context& context, const http::Request&) {
  return answer(render_settings(AcquisitionCosts(context.from.records).settings()));
}

core::Result<http::Response> put_settings(Context& context, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  UnitEconomicsSettings settings;
  settings.gross_margin = fields.number("gross_margin");
  if (settings.gross_margin && !(*settings.gross_margin > 0 && *settings.gross_margin <= 1))
    fields.fail("gross_margin", {"Give a share above 0 and up to 1.", "0より大きく1以下の割合を指定してください。"});
  settings.yearly_discount_rate = fields.number("yearly_discount_rate").value_or(0);
  if (!(settings.yearly_discount_rate >= 0 && settings.yearly_discount_rate <= 1))
    fields.fail("yearly_discount_rate", {"Give a share from 0 to 1.", "0以上1以下の割合を指定してください。"});
  const auto horizon = fields.integer("horizon_months").value_or(60);
  if (horizon < 1 || horizon > 240)
    fields.fail("horizon_months", {"Give 1 to 240 months.", "1か月から240か月の範囲で指定してください。"});
  settings.horizon_months = static_cast<int>(horizon);
  settings.channel_attribute = fields.text("channel_attribute", {.max_length = 64});
  if (settings.channel_attribute) {
    const auto attributes = context.from.customers->attribute_definitions();
    const bool is_known = std::ranges::any_of(attributes, [&](const auto& each) {
      return each.key == *settings.channel_attribute && each.type == customers::AttributeType::choice;
    });
    if (!is_known)
      fields.fail("channel_attribute",
                  {"Choose an account attribute with choices.", "選択肢型の顧客属性を指定してください。"});
  }
  BANSO_TRY(fields.finish());
  AcquisitionCosts(context.from.records).put_settings(settings);
  return answer(render_settings(settings));
}

}  // namespace

http::Routes acquisition_cost_routes(const ContextPtr& context) {
  return {route(context, Method::get, "/api/revenue/costs", Permission::leader, list),
          route(context, Method::put, "/api/revenue/costs", Permission::leader, put),
          route(context, Method::post, "/api/revenue/costs/import", Permission::leader, import_table),
          route(context, Method::get, "/api/revenue/unit-economics/settings", Permission::leader, show_settings),
          route(context, Method::put, "/api/revenue/unit-economics/settings", Permission::leader, put_settings)};
}

}  // namespace banso::retention
