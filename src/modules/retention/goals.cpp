// /api/revenue/goals
#include "goals.hpp"

#include <fmt/format.h>

#include "cells.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;
using ledger::MovementKind;

constexpr std::int64_t months_a_year = 12;
constexpr std::size_t most_goals = 200;
constexpr double largest_nrr = 5;
constexpr int retention_window = 12;

struct Measured {
  const char* key;
  core::Text name;
  bool is_money;
  std::optional<double> goal, actual;
  bool is_limit = false;  // less is better
};

std::optional<double> as_number(const std::optional<std::int64_t>& amount) {
  return amount ? std::optional(static_cast<double>(*amount)) : std::nullopt;
}

std::vector<Measured> measured(const Reading& reading, const Goal& goal, ledger::MonthRange quarter) {
  const auto period = clipped(reading, quarter);
  std::optional<ledger::Figures> figures;
  if (period.months.size() > 0) figures = reading.ledger().figures(period.months);
  const auto money = [&](auto amount_of) {
    return figures ? std::optional(static_cast<double>(amount_of(*figures))) : std::nullopt;
  };
  return {
      {"arr",
       {"ARR at the end of the quarter", "四半期末のARR"},
       true,
       as_number(goal.arr_minor),
       money([](const ledger::Figures& of) { return of.arr_minor(); })},
      {"nrr",
       {"NRR over 12 months", "NRR(12か月)"},
       false,
       goal.nrr,
       figures ? nrr_of(*figures, retention_window) : std::nullopt},
      {"grr",
       {"GRR over 12 months", "GRR(12か月)"},
       false,
       goal.grr,
       figures ? grr_of(*figures, retention_window) : std::nullopt},
      {"new",
       {"ARR of new accounts in the quarter", "四半期の新規ARR"},
       true,
       as_number(goal.new_minor),
       money([](const ledger::Figures& of) { return of.amount(MovementKind::started) * months_a_year; })},
      {"churn",
       {"ARR lost in the quarter, at most", "四半期の解約・減額ARR(上限)"},
       true,
       as_number(goal.churn_minor),
       money([](const ledger::Figures& of) {
         return -(of.amount(MovementKind::churn) + of.amount(MovementKind::contraction)) * months_a_year;
       }),
       true},
  };
}

json::object render_goal(const Goal& goal) {
  return {{"quarter", json::from(goal.quarter)}, {"arr", json::from(goal.arr_minor)},
          {"nrr", json::from(goal.nrr)},         {"grr", json::from(goal.grr)},
          {"new", json::from(goal.new_minor)},   {"churn", json::from(goal.churn_minor)}};
}

Result<Response> answer_goals(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto grain, grain_of(context, request));
  const auto goals = context.store.goals();
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  json::array items;
  for (const auto& goal : goals) {
    auto item = render_goal(goal);
    item["progress"] = render_progress(reading, goal, quarter_of(goal.quarter, grain.start_month));
    items.push_back(std::move(item));
  }
  return answer(
      json::object{{"currency", reading.currency()}, {"fiscal_start", grain.start_month}, {"items", std::move(items)}});
}

void read_share(json::Fields& fields, const char* name, double most, std::optional<double>& into) {
  if (fields.is_null(name)) return;
  into = fields.number(name);
  if (into && !(*into >= 0 && *into <= most)) {
    fields.fail(name, {fmt::format("Give a share from 0 to {}, where 1 is 100%.", most),
                       fmt::format("0から{}までの割合で指定してください(1が100%です)。", most)});
  }
}

void read_amount(json::Fields& fields, const char* name, std::optional<std::int64_t>& into) {
  if (fields.is_null(name)) return;
  into = fields.integer(name);
  if (into && *into < 0) {
    fields.fail(name, {"An amount in minor units must not be negative.", "金額は0以上の整数で指定してください。"});
  }
}

Result<Goal> read_goal(const json::value& item, const std::string& prefix) {
  const auto* object = item.if_object();
  static const json::object none;
  json::Fields fields(object ? *object : none, prefix);
  Goal goal;
  const auto quarter = fields.day("quarter", true);
  if (quarter) goal.quarter = ledger::first_day(ledger::month_of(*quarter));
  read_amount(fields, "arr", goal.arr_minor);
  read_share(fields, "nrr", largest_nrr, goal.nrr);
  read_share(fields, "grr", 1, goal.grr);
  read_amount(fields, "new", goal.new_minor);
  read_amount(fields, "churn", goal.churn_minor);
  BANSO_TRY(fields.finish());
  return goal;
}

Result<Response> put_goals(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto* items = fields.list("items");
  if (!items || items->size() > most_goals) {
    fields.fail("items", {"List the goals, at most 200.", "目標の一覧を200件以内で指定してください。"});
  }
  BANSO_TRY(fields.finish());
  std::vector<Goal> goals;
  for (std::size_t i = 0; i < items->size(); ++i) {
    BANSO_TRY_ASSIGN(auto goal, read_goal((*items)[i], fmt::format("items[{}].", i)));
    goals.push_back(goal);
  }
  context.store.put_goals(goals);
  return answer_goals(context, request);
}

}  // namespace

ledger::MonthRange quarter_of(core::Day day, int fiscal_start) {
  const auto month = ledger::month_of(day);
  return ledger::periods({month, month}, ledger::Grain::quarter, fiscal_start).front();
}

json::array render_progress(const Reading& reading, const Goal& goal, ledger::MonthRange quarter) {
  json::array items;
  for (const auto& each : measured(reading, goal, quarter)) {
    if (!each.goal) continue;
    std::optional<double> progress;
    std::optional<bool> is_reached;
    if (each.actual) {
      if (*each.goal > 0) progress = *each.actual / *each.goal;
      is_reached = each.is_limit ? *each.actual <= *each.goal : *each.actual >= *each.goal;
    }
    items.push_back(json::object{{"key", each.key},
                                 {"name", render(each.name)},
                                 {"unit", each.is_money ? "money" : "share"},
                                 {"goal", *each.goal},
                                 {"actual", json::from(each.actual)},
                                 {"progress", json::from(progress)},
                                 {"reached", is_reached ? json::value(*is_reached) : json::value(nullptr)}});
  }
  return items;
}

http::Routes goal_routes(const ContextPtr& context) {
  using http::Method;
  using http::Permission;
  return {route(context, Method::get, "/api/revenue/goals", Permission::leader, answer_goals),
          route(context, Method::put, "/api/revenue/goals", Permission::leader, put_goals)};
}

}  // namespace banso::retention
