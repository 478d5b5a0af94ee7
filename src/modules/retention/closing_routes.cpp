// /api/revenue/months, /api/revenue/restatements
#include <algorithm>

#include <fmt/format.h>

#include "cells.hpp"
#include "closing.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;

std::int64_t closing_of(const std::string& figures) {
  const auto cell = json::parse_object(figures);
  const auto* closing = cell ? cell->if_contains("closing") : nullptr;
  return closing && closing->is_int64() ? closing->get_int64() : 0;
}

json::object render_month(const Reading& reading, const ClosedMonth& closed) {
  const auto month = ledger::month_of(closed.month);
  const bool is_held = reading.ledger().months().contains(month);
  const auto now = is_held ? reading.ledger().figures({month, month}).closing_minor : 0;
  return {{"month", json::from(closed.month)},
          {"closed_at", json::from(closed.closed_at)},
          {"closed_by", closed.closed_by_name},
          {"closing_then", closing_of(closed.figures)},
          {"closing_now", now},
          {"restated", is_restated(reading, closed)}};
}

Result<Response> list_months(Context& context, const Request&) {
  const auto closed = context.store.closed_months();
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read({}));
  json::array items;
  for (const auto& each : closed) items.push_back(render_month(reading, each));
  // The newest month that is over.
  auto next = ledger::month_of(reading.book_day());
  if (ledger::last_day(next) > reading.book_day()) next = next - 1;
  const bool is_closed =
      std::any_of(closed.begin(), closed.end(), [&](const auto& each) { return ledger::month_of(each.month) == next; });
  return answer(json::object{
      {"currency", reading.currency()},
      {"items", std::move(items)},
      {"next", is_closed || next < reading.ledger().months().first ? json::value(nullptr)
                                                                   : json::from(ledger::first_day(next))}});
}

std::string rates_text(revenue::Service& revenue) {
  json::array rates;
  for (const auto& rate : revenue.rates()) {
    rates.push_back(json::array{rate.currency, json::from(rate.month), rate.rate});
  }
  return json::serialize(rates);
}

Result<Response> close_month(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto day = fields.day("month", true);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read({}));
  BANSO_TRY_ASSIGN(const auto period, period_of(reading, *day, FiscalGrain{}, "month"));
  if (!period.is_over) {
    return core::Error::invalid_field("month", {"This month is not over yet. Close it after its last day.",
                                                "この月はまだ終わっていません。月末日を過ぎてから締めてください。"});
  }
  const auto month = ledger::first_day(period.months.first);
  const auto cell = render_cell(reading.ledger().figures(period.months), period);
  const ClosedMonth closed{month,
                           core::now(),
                           request.caller.user,
                           request.caller.name,
                           rates_text(*context.from.revenue),
                           json::serialize(cell)};
  if (!context.store.close(closed)) {
    return core::Error::conflict({"This month is closed already.", "この月はすでに締められています。"});
  }
  return answer(render_month(reading, closed), 201);
}

Result<core::Day> month_in_path(const Request& request) {
  if (const auto day = core::parse_day(request.parameters.at("month"))) {
    return ledger::first_day(ledger::month_of(*day));
  }
  return core::Error::not_found({"There is no such month. Write it like 2026-04-01.",
                                 "この月はありません。2026-04-01 の形式で指定してください。"});
}

core::Error not_closed() {
  return core::Error::not_found({"This month is not closed.", "この月は締められていません。"});
}

Result<Response> reopen_month(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto month, month_in_path(request));
  if (!context.store.reopen(month)) return not_closed();
  return Response::no_content();
}

Result<Response> get_restatement(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto day, request.query_day("month"));
  if (!day) {
    return core::Error::invalid_field("month", {"Give a day of the closed month, like 2026-04-01.",
                                                "締めた月の日付を 2026-04-01 のように指定してください。"});
  }
  LedgerQuery query;
  if (const auto rules = request.query_text("rules")) query.rules = *rules;
  const auto months = context.store.closed_months();
  const auto closed = std::find_if(months.begin(), months.end(), [&](const ClosedMonth& each) {
    return ledger::month_of(each.month) == ledger::month_of(*day);
  });
  if (closed == months.end()) return not_closed();
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  BANSO_TRY_ASSIGN(const auto period, period_of(reading, closed->month, FiscalGrain{}, "month"));
  const auto restated = restate(context, reading, *closed);
  json::array accounts;
  for (const auto& each : restated.accounts) {
    json::array gone, added;
    for (const auto& term : each.rows_gone)
      gone.push_back(render_term(reading, term, restated.products, restated.plans));
    for (const auto& term : each.rows_added) {
      added.push_back(render_term(reading, term, restated.products, restated.plans));
    }
    accounts.push_back(
        json::object{{"account", render_account(reading.roster(), each.account)},
                     {"before", render_amounts(each.opening_then_minor, each.then, each.closing_then_minor)},
                     {"now", render_amounts(each.opening_now_minor, each.now, each.closing_now_minor)},
                     {"rows_gone", std::move(gone)},
                     {"rows_added", std::move(added)}});
  }
  return answer(json::object{{"currency", reading.currency()},
                             {"rules", render_rules(reading.rules())},
                             {"month", json::from(closed->month)},
                             {"closed_at", json::from(closed->closed_at)},
                             {"before", render_cell(restated.then, period)},
                             {"now", render_cell(restated.now, period)},
                             {"accounts", std::move(accounts)}});
}

}  // namespace

http::Routes closing_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  return {route(context, Method::get, "/api/revenue/months", Permission::leader, list_months),
          route(context, Method::post, "/api/revenue/months", Permission::admin, close_month),
          route(context, Method::del, "/api/revenue/months/{month}", Permission::admin, reopen_month),
          route(context, Method::get, "/api/revenue/restatements", Permission::leader, get_restatement)};
}

}  // namespace banso::retention
