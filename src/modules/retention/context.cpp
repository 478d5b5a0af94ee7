#include "context.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace banso::retention {
namespace {

constexpr std::uint32_t no_value = std::numeric_limits<std::uint32_t>::max();

bool has_own_numbers(const Parted& parted) {
  return parted.dimension == ledger::product_dimension || parted.dimension == ledger::plan_dimension;
}

const Names& contract_names(const Reading& reading, const Parted& parted) {
  return parted.dimension == ledger::product_dimension ? reading.roster().products : reading.roster().plans;
}

std::optional<std::uint32_t> value_called(const Reading& reading, const Parted& parted, const std::string& key) {
  if (has_own_numbers(parted)) return contract_names(reading, parted).find(key);
  if (const auto position = reading.roster().find_dimension(parted.dimension)) {
    return reading.roster().dimensions[*position].values.find(key);
  }
  const auto count = reading.ledger().value_count(parted.dimension);
  for (std::uint32_t value = 0; value < count; ++value) {
    if (key_of(reading, parted, value) == key) return value;
  }
  return std::nullopt;
}

}  // namespace

http::Route route(const ContextPtr& context, http::Method method, std::string pattern, http::Permission permission,
                  Handler handler) {
  return {method, std::move(pattern), permission,
          [context, handler](const http::Request& request) { return handler(*context, request); }};
}

http::Response answer(const json::value& body, int status) {
  return http::Response::json(json::serialize(body), status);
}

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::value render(const std::optional<double>& share) {
  return json::from(share);
}

json::object render_account(const Roster& roster, ledger::AccountIndex account) {
  return {{"id", roster.ids[account].value}, {"name", roster.names[account]}};
}

json::object render_rules(const RuleSet& rules) {
  return {{"key", rules.key}, {"name", render(rules.rules.name)}, {"version", rules.version}};
}

json::object render_amounts(std::int64_t opening_minor, const ledger::AmountByKind& amounts, std::int64_t closing_minor,
                            std::int64_t times) {
  json::object body{{"opening", opening_minor * times}};
  for (std::size_t kind = 0; kind < ledger::movement_kind_count; ++kind) {
    body[ledger::key_of(static_cast<ledger::MovementKind>(kind))] = amounts[kind] * times;
  }
  body["closing"] = closing_minor * times;
  return body;
}

json::object render_row(const Reading& reading, const ledger::Term& row) {
  const auto* recorded = reading.contracts().recorded(row.account, row);
  return render_term(reading, recorded ? *recorded : row, reading.roster().products, reading.roster().plans);
}

json::object render_term(const Reading& reading, const ledger::Term& term, const Names& products, const Names& plans) {
  const auto& external_id = reading.contracts().external_id(term.subscription);
  const auto& plan = plans.at(term.plan);
  const auto& rates = reading.contracts().rates();
  const auto rate = rates.of(term.currency, ledger::month_of(term.start));
  const bool is_list = reading.rules().rules.price == ledger::Price::list;
  const auto mrr = rate ? rates.monthly_minor(term.amount_minor + (is_list ? term.discount_minor : 0), term.currency,
                                              term.billing_period_months, *rate)
                        : std::nullopt;
  return {{"subscription_id", term.subscription},
          {"external_id", external_id.empty() ? json::value(nullptr) : json::value(external_id)},
          {"product", products.at(term.product)},
          {"plan", plan.empty() ? json::value(nullptr) : json::value(plan)},
          {"start", json::from(term.start)},
          {"end", term.end == ledger::forever ? json::value(nullptr) : json::from(term.end)},
          {"mrr", json::from(mrr)},
          {"amount", json::object{{"amount_minor", term.amount_minor}, {"currency", rates.codes()[term.currency]}}},
          {"billing_period_months", term.billing_period_months},
          {"is_trial", term.is_trial},
          {"known_from", json::from(term.known_from)}};
}

core::Result<LedgerQuery> ledger_query(const http::Request& request) {
  LedgerQuery query;
  if (const auto rules = request.query_text("rules")) query.rules = *rules;
  BANSO_TRY_ASSIGN(query.as_of, request.query_day("as_of"));
  if (const auto without = request.query_text("without")) {
    std::string_view rest = *without;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      if (end > 0) query.without.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::sort(query.without.begin(), query.without.end());
  }
  return query;
}

core::Result<FiscalGrain> grain_of(const Context& context, const http::Request& request) {
  FiscalGrain grain;
  grain.word = request.query_text("grain").value_or("month");
  if (grain.word == "quarter") {
    grain.grain = ledger::Grain::quarter;
  } else if (grain.word == "fiscal_year") {
    grain.grain = ledger::Grain::fiscal_year;
  } else if (grain.word != "month") {
    return core::Error::invalid_field("grain", {"Choose month, quarter or fiscal_year.",
                                                "month、quarter、fiscal_year のいずれかを指定してください。"});
  }
  BANSO_TRY_ASSIGN(const auto start, request.query_integer("fiscal_start"));
  if (start && (*start < 1 || *start > 12)) {
    return core::Error::invalid_field("fiscal_start", {"Give the month with which the fiscal year begins, 1 to 12.",
                                                       "事業年度の開始月を1から12で指定してください。"});
  }
  grain.start_month = start ? static_cast<int>(*start) : context.from.surroundings.fiscal_year_start_month();
  return grain;
}

core::Result<Parted> parted_by(const Reading& reading, const http::Request& request) {
  Parted parted;
  parted.by = request.query_text("by").value_or("none");
  if (parted.by == "cohort") {
    parted.dimension = ledger::cohort_dimension;
  } else if (parted.by != "none") {
    parted.dimension = parted.by;
  }
  const auto position = reading.roster().find_dimension(parted.dimension);
  const bool is_known = position || has_own_numbers(parted) || parted.dimension == ledger::cohort_dimension ||
                        parted.dimension == ledger::everything_dimension;
  if (!is_known) {
    return core::Error::invalid_field(
        "by", {fmt::format("There is no dimension \"{}\"; GET /api/revenue/figures lists them.", parted.by),
               fmt::format("「{}」という分析軸はありません。GET /api/revenue/figures で一覧を確認してください。",
                           parted.by)});
  }
  if (position) parted.is_overlapping = reading.roster().dimensions[*position].is_overlapping;
  const auto value = request.query.find("value");
  if (value != request.query.end()) parted.value = value_called(reading, parted, value->second).value_or(no_value);
  return parted;
}

std::string key_of(const Reading& reading, const Parted& parted, std::uint32_t value) {
  if (has_own_numbers(parted)) return contract_names(reading, parted).at(value);
  if (parted.dimension == ledger::cohort_dimension) {
    const auto month = reading.ledger().cohort_month(value);
    return month ? core::to_string(ledger::first_day(*month)) : "before";
  }
  const auto position = reading.roster().find_dimension(parted.dimension);
  return position ? reading.roster().dimensions[*position].values.at(value) : std::string();
}

core::Text name_of(const Reading& reading, const Parted& parted, std::uint32_t value) {
  if (parted.dimension == ledger::everything_dimension) return {"All accounts", "全顧客"};
  if (const auto position = reading.roster().find_dimension(parted.dimension)) {
    return reading.roster().dimensions[*position].name_of(value);
  }
  const auto key = key_of(reading, parted, value);
  if (parted.dimension == ledger::cohort_dimension) {
    if (key == "before") return {"earlier", "それ以前"};
    return {key.substr(0, 7), key.substr(0, 7)};
  }
  if (key.empty()) return {"(none)", "(なし)"};
  return {key, key};
}

Period clipped(const Reading& reading, ledger::MonthRange months) {
  const auto held = reading.ledger().months();
  Period period;
  const auto last_day = ledger::last_day(months.last);
  period.is_over = last_day <= reading.day();
  period.end = std::min(last_day, reading.day());
  period.months = {std::max(months.first, held.first), std::min(months.last, held.last)};
  return period;
}

core::Result<Period> period_of(const Reading& reading, core::Day day, const FiscalGrain& grain,
                               const std::string& field) {
  const auto month = ledger::month_of(day);
  const auto all = ledger::periods({month, month}, grain.grain, grain.start_month);
  const auto period = clipped(reading, all.front());
  if (period.months.size() > 0) return period;
  const auto held = reading.ledger().months();
  return core::Error::invalid_field(
      field, {fmt::format("Choose a day from {} to {}: there is nothing before the first contract and after the day of "
                          "the book.",
                          core::to_string(ledger::first_day(held.first)), core::to_string(reading.day())),
              fmt::format("{}から{}までの日付を指定してください(最初の契約より前と基準日より後のデータはありません)。",
                          core::to_string(ledger::first_day(held.first)), core::to_string(reading.day()))});
}

}  // namespace banso::retention
