// /api/revenue/rules, /api/revenue/rules/compare, /api/revenue/definitions
#include <algorithm>

#include "cells.hpp"
#include "engine/revenue/comparison.hpp"
#include "engine/revenue/figure_definitions.hpp"
#include "movements.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;

constexpr std::size_t most_differing_accounts = 5'000;

Result<Response> list_rules(Context& context, const Request&) {
  json::array items, switches;
  for (const auto& set : context.ledgers.rules().all()) {
    json::array settings;
    for (const auto& each : ledger::switches()) {
      settings.push_back(json::object{{"key", each.key}, {"setting", render(each.setting(set.rules))}});
    }
    BANSO_TRY_ASSIGN(auto body, json::parse(ledger::to_json(set.rules)));
    items.push_back(json::object{{"key", set.key},
                                 {"name", render(set.rules.name)},
                                 {"description", render(set.rules.explanation)},
                                 {"version", set.version},
                                 {"is_default", set.key == ledger::default_rules_key},
                                 {"body", std::move(body)},
                                 {"settings", std::move(settings)}});
  }
  for (const auto& each : ledger::switches()) {
    switches.push_back(json::object{{"key", each.key}, {"name", render(each.name)}, {"meaning", render(each.meaning)}});
  }
  return answer(json::object{{"items", std::move(items)}, {"switches", std::move(switches)}});
}

json::array render_changes(const Reading& reading, const ledger::Ledger& book,
                           const std::vector<ledger::Change>& changes) {
  json::array items;
  for (const auto& change : changes) {
    json::array movements;
    for (std::size_t kind = 0; kind < ledger::movement_kind_count; ++kind) {
      if (change.amounts[kind] == 0) continue;
      movements.push_back(json::object{{"kind", ledger::key_of(static_cast<ledger::MovementKind>(kind))},
                                       {"amount", change.amounts[kind]}});
    }
    items.push_back(json::object{{"day", json::from(change.day)},
                                 {"mrr_before", change.before_minor},
                                 {"mrr_after", change.after_minor},
                                 {"movements", std::move(movements)},
                                 {"rows", render_changed_rows(reading, book, change)}});
  }
  return items;
}

// "Price: net on the left, list on the right".
core::Text reason_of(std::string_view key, const ledger::RevenueRules& left, const ledger::RevenueRules& right) {
  for (const auto& each : ledger::switches()) {
    if (each.key != key) continue;
    const auto a = each.setting(left), b = each.setting(right);
    return {each.name.en + ": " + a.en + " / " + b.en, each.name.ja + ": " + a.ja + " / " + b.ja};
  }
  return {std::string(key), std::string(key)};
}

Result<std::string> side(const Request& request, const std::string& name) {
  if (auto key = request.query_text(name)) return std::move(*key);
  return core::Error::invalid_field(
      name, {"Name the rules to compare; GET /api/revenue/rules lists them.",
             "比較する集計ルールを指定してください(GET /api/revenue/rules で一覧を確認できます)。"});
}

Result<Response> compare_rules(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(query.rules, side(request, "left"));
  BANSO_TRY_ASSIGN(const auto right, side(request, "right"));
  BANSO_TRY_ASSIGN(const auto right_rules, context.ledgers.rules().find(right, "right"));
  BANSO_TRY(context.ledgers.rules().find(query.rules, "left"));
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto grain, grain_of(context, request));
  BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
  BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
  BANSO_TRY_ASSIGN(const auto both, context.ledgers.read_two(query, right));
  const auto& [reading, other] = both;
  const auto held = reading.ledger().months();
  ledger::MonthRange months{from ? std::max(held.first, ledger::month_of(*from)) : std::max(held.first, held.last - 11),
                            to ? std::min(held.last, ledger::month_of(*to)) : held.last};
  if (months.size() == 0) {
    return core::Error::invalid_field("to",
                                      {"There is no revenue in that time.", "この期間には売上データがありません。"});
  }
  json::array periods, items, switches;
  for (const auto& range : ledger::periods(months, grain.grain, grain.start_month)) {
    const auto period = clipped(reading, range);
    periods.push_back(json::object{{"month", json::from(ledger::first_day(period.months.first))},
                                   {"left", render_cell(reading.ledger().figures(period.months), period)},
                                   {"right", render_cell(other->figures(period.months), period)}});
    months.first = std::min(months.first, period.months.first);
    months.last = std::max(months.last, period.months.last);
  }
  const auto comparison = ledger::compare(reading.ledger(), *other, months, most_differing_accounts);
  for (const auto key : comparison.switches) switches.push_back(json::value(key));
  const auto begin = std::min(static_cast<std::size_t>(page.offset), comparison.accounts.size());
  const auto end = std::min(begin + static_cast<std::size_t>(page.limit), comparison.accounts.size());
  for (std::size_t i = begin; i < end; ++i) {
    const auto& each = comparison.accounts[i];
    json::array keys, reasons;
    for (const auto key : each.switches) {
      keys.push_back(json::value(key));
      reasons.push_back(render(reason_of(key, reading.rules().rules, right_rules.rules)));
    }
    const auto amounts = [](const ledger::AccountSide& of) {
      return render_amounts(of.opening_minor, of.amounts, of.closing_minor);
    };
    items.push_back(json::object{{"account", render_account(reading.roster(), each.account)},
                                 {"left", amounts(each.left)},
                                 {"right", amounts(each.right)},
                                 {"switches", std::move(keys)},
                                 {"reasons", std::move(reasons)},
                                 {"left_changes", render_changes(reading, reading.ledger(), each.left.changes)},
                                 {"right_changes", render_changes(reading, *other, each.right.changes)}});
  }
  return answer(json::object{{"currency", reading.currency()},
                             {"left", render_rules(reading.rules())},
                             {"right", render_rules(right_rules)},
                             {"switches", std::move(switches)},
                             {"months", std::move(periods)},
                             {"items", std::move(items)},
                             {"total", comparison.accounts_differing}});
}

Result<Response> list_definitions(Context&, const Request&) {
  json::array items;
  for (const auto& each : ledger::figure_definitions()) {
    items.push_back(json::object{{"key", each.key},
                                 {"name", render(each.name)},
                                 {"definition", render(each.definition)},
                                 {"formula", render(each.formula)},
                                 {"source", render(each.source)},
                                 {"unit", ledger::key_of(each.unit)}});
  }
  return answer(json::object{{"items", std::move(items)}});
}

}  // namespace

http::Routes rule_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  return {route(context, Method::get, "/api/revenue/rules", Permission::read_only, list_rules),
          route(context, Method::get, "/api/revenue/rules/compare", Permission::leader, compare_rules),
          route(context, Method::get, "/api/revenue/definitions", Permission::read_only, list_definitions)};
}

}  // namespace banso::retention
