// /api/revenue/movements, /api/revenue/movements.csv: from a cell to accounts, and from these to contracts.
#include <algorithm>
#include <cstdlib>

#include "cells.hpp"
#include "core/money.hpp"
#include "movements.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;

struct Found {
  Reading reading;
  Parted parted;
  Period period;
  std::vector<ledger::Movement> movements;  // largest first
  std::int64_t amount_minor = 0;
  std::size_t accounts = 0;
};

Result<Found> find(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto month, request.query_day("month"));
  if (!month) {
    return core::Error::invalid_field("month", {"Give a day of the period, like 2026-04-01.",
                                                "2026-04-01 のように、期間に含まれる日付を指定してください。"});
  }
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto grain, grain_of(context, request));
  BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
  ledger::MovementQuery wanted;
  if (const auto kind = request.query_text("kind")) {
    wanted.kind = ledger::movement_kind(*kind);
    if (!wanted.kind) {
      return core::Error::invalid_field(
          "kind", {"Choose new, expansion, contraction, churn, reactivation, transfer_in, transfer_out or currency.",
                   "new、expansion、contraction、churn、reactivation、transfer_in、transfer_out、currency "
                   "のいずれかを指定してください。"});
    }
  }
  Found found;
  BANSO_TRY_ASSIGN(found.reading, context.ledgers.read(query));
  BANSO_TRY_ASSIGN(found.parted, parted_by(found.reading, request));
  const bool is_parted = found.parted.dimension != ledger::everything_dimension;
  if (is_parted && !found.parted.value) {
    return core::Error::invalid_field("value",
                                      {"Say which value of the dimension is meant; an empty one is for accounts "
                                       "without a value.",
                                       "分析軸のどの値かを指定してください(空は値のない顧客を表します)。"});
  }
  BANSO_TRY_ASSIGN(found.period, period_of(found.reading, *month, grain, "month"));
  wanted.months = found.period.months;
  wanted.dimension = found.parted.dimension;
  wanted.value = found.parted.value.value_or(0);
  found.movements = found.reading.ledger().movements(wanted);
  if (account) {
    const auto index = found.reading.roster().find({*account});
    std::erase_if(found.movements, [&](const auto& each) { return !index || each.account != *index; });
  }
  std::set<ledger::AccountIndex> accounts;
  for (const auto& movement : found.movements) {
    found.amount_minor += movement.amount_minor;
    accounts.insert(movement.account);
  }
  found.accounts = accounts.size();
  std::stable_sort(found.movements.begin(), found.movements.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.amount_minor) > std::abs(b.amount_minor); });
  return found;
}

// What happened to the account on that day.
std::optional<ledger::Change> change_of(const Found& found, const ledger::Movement& movement) {
  const auto month = ledger::month_of(movement.day);
  const bool is_of_contracts =
      found.parted.dimension == ledger::product_dimension || found.parted.dimension == ledger::plan_dimension;
  auto changes = is_of_contracts ? found.reading.ledger().changes_of(movement.account, {month, month},
                                                                     found.parted.dimension, *found.parted.value)
                                 : found.reading.ledger().changes_of(movement.account, {month, month});
  for (auto& change : changes) {
    if (change.day == movement.day) return std::move(change);
  }
  return std::nullopt;
}

Result<Response> list_movements(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto found, find(context, request));
  json::array items;
  const auto begin = std::min(static_cast<std::size_t>(page.offset), found.movements.size());
  const auto end = std::min(begin + static_cast<std::size_t>(page.limit), found.movements.size());
  for (std::size_t i = begin; i < end; ++i) {
    const auto& movement = found.movements[i];
    const auto change = change_of(found, movement);
    items.push_back(json::object{
        {"account", render_account(found.reading.roster(), movement.account)},
        {"kind", ledger::key_of(movement.kind)},
        {"amount", movement.amount_minor},
        {"day", json::from(movement.day)},
        {"mrr_before", change ? change->before_minor : 0},
        {"mrr_after", change ? change->after_minor : 0},
        {"rows", change ? render_changed_rows(found.reading, found.reading.ledger(), *change) : json::array()}});
  }
  return answer(json::object{{"currency", found.reading.currency()},
                             {"rules", render_rules(found.reading.rules())},
                             {"month", json::from(ledger::first_day(found.period.months.first))},
                             {"end", json::from(found.period.end)},
                             {"items", std::move(items)},
                             {"total", found.movements.size()},
                             {"amount", found.amount_minor},
                             {"accounts", found.accounts}});
}

Result<Response> export_movements(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto found, find(context, request));
  static const std::vector<core::Text> headings{{"Account", "顧客"}, {"Account id", "顧客ID"},  {"Day", "日付"},
                                                {"Kind", "種類"},    {"MRR change", "MRR増減"}, {"Currency", "通貨"}};
  std::string text(byte_order_mark);
  for (std::size_t i = 0; i < headings.size(); ++i) text += (i ? "," : "") + headings[i].in(request.language);
  text += "\r\n";
  const auto& roster = found.reading.roster();
  for (const auto& movement : found.movements) {
    text += csv_cell(roster.names[movement.account]) + ',' + std::to_string(roster.ids[movement.account].value) + ',' +
            core::to_string(movement.day) + ',' + csv_cell(ledger::name_of(movement.kind).in(request.language)) + ',' +
            core::decimal_string({movement.amount_minor, found.reading.currency()}) + ',' + found.reading.currency() +
            "\r\n";
  }
  auto response = Response::text(std::move(text), "text/csv; charset=utf-8");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"movements.csv\"");
  return response;
}

}  // namespace

json::array render_changed_rows(const Reading& reading, const ledger::Ledger& book, const ledger::Change& change) {
  json::array rows;
  const auto terms = book.rows_of(change.account);
  for (const auto& changed : change.rows) {
    auto row = render_row(reading, terms[changed.row]);
    row["mrr_before"] = changed.before_minor;
    row["mrr_after"] = changed.after_minor;
    rows.push_back(std::move(row));
  }
  return rows;
}

http::Routes movement_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  return {route(context, Method::get, "/api/revenue/movements", Permission::leader, list_movements),
          route(context, Method::get, "/api/revenue/movements.csv", Permission::leader, export_movements)};
}

}  // namespace banso::retention
