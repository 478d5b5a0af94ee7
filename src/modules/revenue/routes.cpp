// The routes of this module: parse, call the service, render.
#include "core/currency.hpp"
#include "platform/json/json.hpp"
#include "service.hpp"

namespace banso::revenue {
namespace {

namespace json = platform::json;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;
using platform::http::Routes;
using Answer = core::Result<Response>;

Answer ok(json::object body, int status = 200) {
  return Response::json(json::serialize(std::move(body)), status);
}

json::value money(std::int64_t amount_minor, const std::string& currency) {
  return json::object{{"amount_minor", amount_minor}, {"currency", currency}};
}

std::string_view status_on(const SubscriptionFact& fact, core::Day day) {
  if (day < fact.start) return "future";
  return fact.active_on(day) ? "active" : "ended";
}

json::object render(const RevenueService::Line& line, core::Day day, const std::string& reporting_currency) {
  const auto& fact = line.fact;
  return {
      {"id", fact.subscription.value},
      {"external_id", line.external_id.empty() ? json::value(nullptr) : json::value(line.external_id)},
      {"product", fact.product},
      {"plan", fact.plan.empty() ? json::value(nullptr) : json::value(fact.plan)},
      {"seats", fact.seats},
      {"amount", money(fact.amount.amount_minor, fact.amount.currency)},
      {"billing_period_months", fact.billing_period_months},
      {"mrr", fact.mrr_minor ? money(*fact.mrr_minor, reporting_currency) : json::value(nullptr)},
      {"start", json::from(fact.start)},
      {"end", json::from(fact.end)},
      {"auto_renewal", fact.auto_renewal},
      {"notice_days", fact.notice_days},
      {"renewal_day", json::from(renewal_day(fact, day))},
      {"notice_deadline", json::from(notice_deadline(fact, day))},
      {"status", status_on(fact, day)},
      {"discount", fact.discount_minor != 0 ? money(fact.discount_minor, fact.amount.currency) : json::value(nullptr)},
      {"is_trial", fact.is_trial},
      {"past_due_from", json::from(fact.past_due_from)},
      {"cancelled_on", json::from(fact.cancelled_on)},
      {"transferred_from", fact.transferred_from.empty() ? json::value(nullptr) : json::value(fact.transferred_from)}};
}

json::object render(const Totals& totals) {
  return {{"mrr", money(totals.mrr_minor, totals.currency)},
          {"arr", money(totals.arr_minor, totals.currency)},
          {"seats", totals.seats},
          {"next_renewal_day", json::from(totals.next_renewal_day)},
          {"notice_deadline", json::from(totals.notice_deadline)},
          {"without_rate", totals.without_rate}};
}

template <class T, class Read>
core::Patch<T> patch(json::Fields& fields, std::string_view name, Read&& read) {
  if (!fields.has(name)) return {};
  if (fields.is_null(name)) return core::Patch<T>::clear();
  return core::Patch<T>::if_present(read(name));
}

core::Patch<core::Money> parse_amount(json::Fields& fields, std::string_view name) {
  return patch<core::Money>(fields, name, [&](auto field) -> std::optional<core::Money> {
    const auto* child = fields.child(field);
    if (!child) return std::nullopt;
    json::Fields inner(*child);
    const auto amount = inner.integer("amount_minor", true);
    const auto currency = inner.text("currency", {.required = true, .max_length = 3});
    if (!amount || !currency) {
      fields.fail(field, {"Write it like {\"amount_minor\":1250,\"currency\":\"JPY\"}.",
                          "{\"amount_minor\":1250,\"currency\":\"JPY\"} の形式にしてください。"});
      return std::nullopt;
    }
    if (!core::currency_code(*currency)) {
      fields.fail(field,
                  {"There is no currency \"" + *currency + "\". Write its three letters, like JPY.",
                   "「" + *currency + "」という通貨はありません。JPY のような3文字の通貨コードにしてください。"});
      return std::nullopt;
    }
    return core::Money{*amount, *currency};
  });
}

SubscriptionInput parse_subscription(json::Fields& fields) {
  const auto text = [&](std::string_view name) {
    return patch<std::string>(fields, name, [&](auto field) { return fields.text(field); });
  };
  const auto integer = [&](std::string_view name) {
    return patch<std::int64_t>(fields, name, [&](auto field) { return fields.integer(field); });
  };
  const auto day = [&](std::string_view name) {
    return patch<core::Day>(fields, name, [&](auto field) { return fields.day(field); });
  };
  SubscriptionInput input;
  input.external_id = fields.text("external_id").value_or("");
  input.product = text("product");
  input.plan = text("plan");
  input.seats = integer("seats");
  input.amount = parse_amount(fields, "amount");
  input.billing_period_months = integer("billing_period_months");
  input.start = day("start");
  input.end = day("end");
  input.auto_renewal = patch<bool>(fields, "auto_renewal", [&](auto field) { return fields.yes_no(field); });
  input.notice_days = integer("notice_days");
  input.discount = parse_amount(fields, "discount");
  input.is_trial = patch<bool>(fields, "is_trial", [&](auto field) { return fields.yes_no(field); });
  input.past_due_from = day("past_due_from");
  input.cancelled_on = day("cancelled_on");
  input.transferred_from = text("transferred_from");
  return input;
}

Answer get_products(RevenueService& service, const Request&) {
  json::array items;
  for (const auto& product : service.products())
    items.push_back(json::object{{"id", product.id}, {"name", product.name}});
  return ok({{"items", std::move(items)}});
}

Answer get_subscriptions(RevenueService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
  BANSO_TRY_ASSIGN(const auto contracts, service.contracts({id}, {as_of}));
  json::array items;
  for (const auto& line : contracts.lines) items.push_back(render(line, contracts.day, contracts.totals.currency));
  return ok({{"items", std::move(items)}, {"totals", render(contracts.totals)}, {"as_of", json::from(contracts.day)}});
}

Answer post_subscription(RevenueService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_subscription(fields);
  BANSO_TRY(fields.finish());
  input.account_id = {id};
  BANSO_TRY_ASSIGN(const auto provenance, customers::provenance_of(request));
  BANSO_TRY_ASSIGN(const auto made, service.put(provenance, input));
  return ok({{"id", made}}, 201);
}

Answer patch_subscription(RevenueService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_subscription(fields);
  BANSO_TRY(fields.finish());
  input.id = {id};
  BANSO_TRY_ASSIGN(const auto provenance, customers::provenance_of(request));
  BANSO_TRY(service.put(provenance, input));
  return ok({{"id", id}});
}

Answer erase_subscription(RevenueService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto provenance, customers::provenance_of(request));
  BANSO_TRY(service.delete_subscription(provenance, {id}));
  return Response::no_content();
}

Answer get_rates(RevenueService& service, const Request&) {
  json::array items;
  for (const auto& rate : service.rates()) {
    items.push_back(json::object{{"currency", rate.currency}, {"month", json::from(rate.month)}, {"rate", rate.rate}});
  }
  return ok({{"reporting_currency", service.reporting_currency()}, {"items", std::move(items)}});
}

Answer put_rates(RevenueService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  std::vector<Rate> rates;
  const auto* items = fields.list("items");
  if (!items) fields.fail("items", {"List the rates.", "換算レートの一覧を指定してください。"});
  for (std::size_t i = 0; items && i < items->size(); ++i) {
    const auto* object = items->at(i).if_object();
    static const json::object none;
    json::Fields inner(object ? *object : none);
    rates.push_back({inner.text("currency").value_or(""), inner.day("month"), inner.text("rate").value_or("")});
    if (!inner.ok()) fields.fail("items", {"A rate is malformed.", "換算レートの形式に誤りがあります。"});
  }
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, customers::provenance_of(request));
  BANSO_TRY(service.set_rates(provenance, rates));
  return get_rates(service, request);
}

}  // namespace

Routes RevenueService::routes() {
  const auto serve = [service = shared_from_this()](Answer (*handler)(RevenueService&, const Request&)) {
    return [service, handler](const Request& request) { return handler(*service, request); };
  };
  return {
      {Method::get, "/api/products", Permission::read_only, serve(get_products)},
      {Method::get, "/api/accounts/{id}/subscriptions", Permission::read_only, serve(get_subscriptions)},
      {Method::post, "/api/accounts/{id}/subscriptions", Permission::csm, serve(post_subscription)},
      {Method::patch, "/api/subscriptions/{id}", Permission::csm, serve(patch_subscription)},
      {Method::del, "/api/subscriptions/{id}", Permission::csm, serve(erase_subscription)},
      {Method::get, "/api/rates", Permission::read_only, serve(get_rates)},
      {Method::put, "/api/rates", Permission::admin, serve(put_rates)},
  };
}

}  // namespace banso::revenue
