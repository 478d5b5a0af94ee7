// /api/revenue/figures, /api/revenue/figures.csv, /api/revenue/window
#include <algorithm>

#include "cells.hpp"
#include "engine/revenue/cohort_windows.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;

constexpr std::size_t most_values = 200;
constexpr int months_by_default = 12;
constexpr int most_months = 600;

struct Series {
  std::optional<std::uint32_t> value;  // nothing: all accounts
  std::vector<ledger::Figures> cells;
};

struct Table {
  Reading reading;
  FiscalGrain grain;
  Parted parted;
  std::vector<Period> periods;
  std::vector<Series> series;
  std::size_t more_values = 0;
};

Result<ledger::MonthRange> months_of(const Reading& reading, const Request& request) {
  BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
  BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
  const auto held = reading.ledger().months();
  ledger::MonthRange months;
  months.last = to ? std::min(ledger::month_of(*to), held.last) : held.last;
  months.first = from ? std::max(ledger::month_of(*from), held.first) : months.last - (months_by_default - 1);
  if (from && to && *to < *from) {
    return core::Error::invalid_field(
        "to", {"The last month must not lie before the first.", "終了月は開始月以降を指定してください。"});
  }
  months.first = std::max(months.first, held.first);
  if (months.size() == 0) {
    const auto first = core::to_string(ledger::first_day(held.first)), last = core::to_string(reading.day());
    return core::Error::invalid_field(from ? "from" : "to", {"There is revenue from " + first + " to " + last + ".",
                                                             "売上データは" + first + "から" + last + "までです。"});
  }
  months.first = std::max(months.first, months.last - (most_months - 1));
  return months;
}

bool is_empty(const std::vector<ledger::Figures>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const ledger::Figures& cell) {
    const bool has_moved =
        std::any_of(cell.amount_minor.begin(), cell.amount_minor.end(), [](auto a) { return a != 0; });
    return cell.opening_minor == 0 && cell.closing_minor == 0 && cell.regrouped_minor == 0 && !has_moved;
  });
}

std::vector<ledger::Figures> cells_of(const Table& table, std::string_view dimension, std::uint32_t value) {
  std::vector<ledger::Figures> cells;
  for (const auto& period : table.periods) {
    cells.push_back(table.reading.ledger().figures(dimension, value, period.months));
  }
  return cells;
}

void add_values(Table& table) {
  std::vector<Series> values;
  const auto count = table.reading.ledger().value_count(table.parted.dimension);
  for (std::uint32_t value = 0; value < count; ++value) {
    if (table.parted.value && *table.parted.value != value) continue;
    Series series{value, cells_of(table, table.parted.dimension, value)};
    if (!is_empty(series.cells)) values.push_back(std::move(series));
  }
  if (table.parted.dimension != ledger::cohort_dimension) {
    std::stable_sort(values.begin(), values.end(), [](const Series& a, const Series& b) {
      return a.cells.back().closing_minor > b.cells.back().closing_minor;
    });
  }
  if (values.size() > most_values) {
    table.more_values = values.size() - most_values;
    values.resize(most_values);
  }
  std::move(values.begin(), values.end(), std::back_inserter(table.series));
}

Result<Table> make_table(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  Table table;
  BANSO_TRY_ASSIGN(table.grain, grain_of(context, request));
  BANSO_TRY_ASSIGN(table.reading, context.ledgers.read(query));
  BANSO_TRY_ASSIGN(table.parted, parted_by(table.reading, request));
  BANSO_TRY_ASSIGN(const auto months, months_of(table.reading, request));
  for (const auto& period : ledger::periods(months, table.grain.grain, table.grain.start_month)) {
    table.periods.push_back(clipped(table.reading, period));
  }
  table.series.push_back({std::nullopt, cells_of(table, ledger::everything_dimension, 0)});
  if (table.parted.dimension != ledger::everything_dimension) add_values(table);
  return table;
}

json::array render_dimensions(const Reading& reading) {
  json::array items;
  const auto add = [&](std::string key, const core::Text& name) {
    items.push_back(json::object{{"key", std::move(key)}, {"name", render(name)}});
  };
  add("none", {"All accounts", "全顧客"});
  for (const auto& dimension : reading.roster().dimensions) add(dimension.key, dimension.name);
  add("product", {"Product", "製品"});
  add("plan", {"Plan", "プラン"});
  add("cohort", {"Month of the first payment", "利用開始月"});
  return items;
}

Result<Response> get_figures(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto table, make_table(context, request));
  const auto& reading = table.reading;
  json::array months, series;
  for (const auto& period : table.periods) months.push_back(json::from(ledger::first_day(period.months.first)));
  for (const auto& each : table.series) {
    json::array cells;
    for (std::size_t i = 0; i < each.cells.size(); ++i) cells.push_back(render_cell(each.cells[i], table.periods[i]));
    const auto name = each.value ? name_of(reading, table.parted, *each.value) : core::Text{"All accounts", "全顧客"};
    series.push_back(json::object{
        {"value", each.value ? json::value(key_of(reading, table.parted, *each.value)) : json::value(nullptr)},
        {"name", render(name)},
        {"cells", std::move(cells)}});
  }
  return answer(json::object{{"as_of", json::from(reading.as_of())},
                             {"book_day", json::from(reading.book_day())},
                             {"currency", reading.currency()},
                             {"rules", render_rules(reading.rules())},
                             {"by", table.parted.by},
                             {"grain", table.grain.word},
                             {"fiscal_start", table.grain.start_month},
                             {"months", std::move(months)},
                             {"series", std::move(series)},
                             {"more_values", table.more_values},
                             {"overlapping", table.parted.is_overlapping},
                             {"dimensions", render_dimensions(reading)}});
}

Result<Response> export_figures(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto table, make_table(context, request));
  std::string text(byte_order_mark);
  text += csv_cell(core::Text{"Value", "区分"}.in(request.language));
  for (const auto& heading : cell_headings()) text += ',' + csv_cell(heading.in(request.language));
  text += "\r\n";
  for (const auto& each : table.series) {
    const auto name =
        each.value ? name_of(table.reading, table.parted, *each.value) : core::Text{"All accounts", "全顧客"};
    for (std::size_t i = 0; i < each.cells.size(); ++i) {
      text += csv_cell(name.in(request.language));
      for (const auto& cell : cell_texts(each.cells[i], table.periods[i], table.reading.currency())) text += ',' + cell;
      text += "\r\n";
    }
  }
  auto response = Response::text(std::move(text), "text/csv; charset=utf-8");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"revenue.csv\"");
  return response;
}

Result<Response> get_window(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto start, request.query_day("start"));
  BANSO_TRY_ASSIGN(const auto end, request.query_day("end"));
  for (const auto& [field, day] : {std::pair("start", start), std::pair("end", end)}) {
    if (!day)
      return core::Error::invalid_field(field,
                                        {"Give a day like 2026-04-01.", "2026-04-01 のように日付を指定してください。"});
  }
  if (*end <= *start) {
    return core::Error::invalid_field("end",
                                      {"The window must end after it starts.", "終了日は開始日より後にしてください。"});
  }
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  const auto& book = reading.ledger();
  const auto held = book.months();
  if (*start < ledger::first_day(held.first) || *end > reading.day()) {
    const auto first = core::to_string(ledger::first_day(held.first)), last = core::to_string(reading.day());
    return core::Error::invalid_field(*end > reading.day() ? "end" : "start",
                                      {"There is revenue from " + first + " to " + last + ".",
                                       "売上データは" + first + "から" + last + "までです。"});
  }
  const auto before = book.mrr_on(*start, context.ledgers.parallel_for());
  const auto after = book.mrr_on(*end, context.ledgers.parallel_for());
  std::int64_t opening = 0, closing = 0, accounts_opening = 0, accounts_closing = 0, accounts_lost = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    opening += before[i];
    closing += after[i];
    accounts_opening += before[i] > 0;
    accounts_closing += after[i] > 0;
    accounts_lost += before[i] > 0 && after[i] <= 0;
  }
  ledger::AmountByKind amounts{};
  std::set<ledger::AccountIndex> returned;
  for (const auto& movement : book.movements({{ledger::month_of(*start), ledger::month_of(*end)}, {}})) {
    if (movement.day <= *start || movement.day > *end) continue;
    amounts[static_cast<std::size_t>(movement.kind)] += movement.amount_minor;
    const bool is_return = movement.kind == ledger::MovementKind::reactivation;
    if (is_return && before[movement.account] <= 0 && after[movement.account] > 0) returned.insert(movement.account);
  }
  const auto retention =
      ledger::retention_between(book, *start, *end, ledger::everything_dimension, 0, context.ledgers.parallel_for());
  const auto reactivated = static_cast<std::int64_t>(returned.size());
  auto body = render_amounts(opening, amounts, closing);
  body["start"] = json::from(*start);
  body["end"] = json::from(*end);
  body["currency_code"] = reading.currency();
  body["rules"] = render_rules(reading.rules());
  body["accounts_opening"] = accounts_opening;
  body["accounts_closing"] = accounts_closing;
  body["accounts_lost"] = accounts_lost;
  body["accounts_reactivated"] = reactivated;
  body["accounts_new"] = accounts_closing - (accounts_opening - accounts_lost) - reactivated;
  body["nrr"] = render(retention.nrr().value());
  body["grr"] = render(retention.grr().value());
  const auto kept = retention.logo_retention().value();
  body["logo_churn"] = render(kept ? std::optional(1 - *kept) : std::nullopt);
  return answer(body);
}

}  // namespace

http::Routes figure_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  return {route(context, Method::get, "/api/revenue/figures", Permission::leader, get_figures),
          route(context, Method::get, "/api/revenue/figures.csv", Permission::leader, export_figures),
          route(context, Method::get, "/api/revenue/window", Permission::leader, get_window)};
}

}  // namespace banso::retention
