#include "score_sql.hpp"

#include <fmt/format.h>

namespace banso::bench {
namespace {

using engine::Aggregate;
using engine::Source;

engine::MeasureDefinition measure(const char* key, Source source, Aggregate aggregate, int window_days) {
  engine::MeasureDefinition made;
  made.key = key;
  made.name = {key, key};
  made.source = source;
  made.aggregate = aggregate;
  made.window_days = window_days;
  made.filter.active_only = source == Source::usage;
  return made;
}

engine::ScorecardItem item(const char* measure, double weight, std::vector<engine::CurvePoint> points) {
  engine::Curve curve;
  curve.kind = engine::Curve::Kind::linear;
  curve.linear = std::move(points);
  engine::ScorecardItem made;
  made.measure = measure;
  made.weight = weight;
  made.curves = {{0, curve}};
  return made;
}

// Points of a value on a linear curve; null where the value is.
std::string points_sql(const engine::ScorecardItem& item) {
  const auto& points = item.curves.front().curve.linear;
  const auto& value = item.measure;
  auto sql = fmt::format("CASE WHEN {0} IS NULL THEN NULL WHEN {0} <= {1} THEN {2}", value, points.front().value,
                         points.front().points);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto &left = points[i - 1], &right = points[i];
    sql += fmt::format(" WHEN {0} <= {1} THEN {2} + ({0} - {3}) / CAST({4} AS DOUBLE PRECISION) * {5}", value,
                       right.value, left.points, left.value, right.value - left.value, right.points - left.points);
  }
  return sql + fmt::format(" ELSE {} END", points.back().points);
}

// A group's score and whether any of its measures counts, over the columns p_<measure>.
std::string group_sql(const engine::ScorecardGroup& group) {
  std::string sum, weight;
  for (const auto& item : group.items) {
    const auto plus = sum.empty() ? "" : " + ";
    sum += fmt::format("{}COALESCE(p_{} * {}, 0)", plus, item.measure, item.weight);
    weight += fmt::format("{}CASE WHEN p_{} IS NULL THEN 0 ELSE {} END", plus, item.measure, item.weight);
  }
  return fmt::format("({}) / NULLIF(CAST({} AS DOUBLE PRECISION), 0) AS g_{}", sum, weight, group.key);
}

std::string score_of_groups_sql(const engine::Scorecard& scorecard) {
  std::string sum, weight;
  for (const auto& group : scorecard.groups) {
    const auto plus = sum.empty() ? "" : " + ";
    sum += fmt::format("{}COALESCE(g_{} * {}, 0)", plus, group.key, group.weight);
    weight += fmt::format("{}CASE WHEN g_{} IS NULL THEN 0 ELSE {} END", plus, group.key, group.weight);
  }
  return fmt::format("({}) / NULLIF(CAST({} AS DOUBLE PRECISION), 0)", sum, weight);
}

}  // namespace

engine::Definitions compared_definitions() {
  auto licence = measure("licence_utilisation", Source::usage, Aggregate::people, 28);
  licence.divide_by = engine::DivideBy::seats;
  licence.unit = engine::Unit::percent;
  auto tickets = measure("tickets_per_month", Source::tickets, Aggregate::count, 90);
  tickets.divide_by = engine::DivideBy::thirty_days;
  tickets.no_facts = engine::NoFacts::zero;
  auto open = measure("open_tickets", Source::tickets, Aggregate::open, 0);
  open.no_facts = engine::NoFacts::zero;

  engine::Definitions made;
  made.version = "compared";
  made.measures = {measure("active_users", Source::usage, Aggregate::people, 28),
                   measure("events", Source::usage, Aggregate::events, 28),
                   measure("days_active", Source::usage, Aggregate::days_active, 28),
                   measure("features_used", Source::usage, Aggregate::features, 28),
                   measure("days_since_activity", Source::usage, Aggregate::days_since_latest, 0),
                   licence,
                   open,
                   tickets};
  engine::ScorecardGroup usage{
      .key = "usage", .name = {"Usage", "利用状況"}, .description = {}, .weight = 70, .items = {}};
  usage.items = {item("active_users", 20, {{0, 0}, {20, 60}, {100, 100}}),
                 item("events", 10, {{0, 0}, {500, 50}, {5000, 100}}),
                 item("days_active", 20, {{0, 0}, {20, 100}}),
                 item("features_used", 15, {{0, 0}, {8, 100}}),
                 item("days_since_activity", 15, {{0, 100}, {7, 70}, {60, 0}}),
                 item("licence_utilisation", 20, {{10, 0}, {50, 50}, {90, 100}})};
  engine::ScorecardGroup support{
      .key = "support", .name = {"Support", "サポート"}, .description = {}, .weight = 30, .items = {}};
  support.items = {item("open_tickets", 50, {{0, 100}, {5, 0}}),
                   item("tickets_per_month", 50, {{0, 70}, {1, 100}, {5, 60}, {15, 0}})};
  engine::Scorecard scorecard;
  scorecard.key = "health";
  scorecard.name = {"Health", "ヘルススコア"};
  scorecard.groups = {usage, support};
  scorecard.levels = engine::standard_levels();
  made.scorecards = {scorecard};
  return made;
}

std::string score_sql(const engine::Definitions& definitions, Dialect dialect, std::int32_t first_day, int weeks) {
  const auto& scorecard = definitions.scorecards.front();
  const auto divided = dialect == Dialect::duckdb ? "//" : "/";  // of integers, without a rest
  // The weeks first .. last of a row, one row each.
  const auto spread = [&](const char* from, const char* until) {
    const auto series =
        fmt::format("generate_series(GREATEST(0, ({0} - {2} + 6) {4} 7), LEAST({3}, ({1} - {2}) {4} 7))", from, until,
                    first_day, weeks - 1, divided);
    return dialect == Dialect::duckdb ? "unnest(" + series + ")" : series;
  };
  const auto in_window = spread("known", "day + 27");
  std::string points, groups;
  for (const auto& group : scorecard.groups) {
    groups += (groups.empty() ? "" : ", ") + group_sql(group);
    for (const auto& item : group.items) points += fmt::format(", {} AS p_{}", points_sql(item), item.measure);
  }
  const auto once = dialect == Dialect::postgresql ? "MATERIALIZED" : "";
  return fmt::format(
      R"(WITH
person_day AS {once} (SELECT account, person, day, GREATEST(day, MIN(known)) AS known FROM usage_day
  WHERE is_active AND day > {first} - 28 GROUP BY account, person, day),
feature_day AS {once} (SELECT account, feature, day, GREATEST(day, MIN(known)) AS known FROM usage_day
  WHERE is_active AND day > {first} - 28 GROUP BY account, feature, day),
account_day AS {once} (SELECT account, day, GREATEST(day, known) AS known, SUM(events) AS events,
  BOOL_OR(is_active) AS is_active, SUM(CASE WHEN is_active THEN events ELSE 0 END) AS active_events
  FROM usage_day GROUP BY account, day, GREATEST(day, known)),
people AS (SELECT account, week, COUNT(*) AS active_users FROM
  (SELECT DISTINCT account, person, {in_window} AS week FROM person_day) spread GROUP BY account, week),
features AS (SELECT account, week, COUNT(*) AS features_used FROM
  (SELECT DISTINCT account, feature, {in_window} AS week FROM feature_day) spread GROUP BY account, week),
days AS (SELECT account, week, SUM(active_events) AS events, COUNT(DISTINCT day) AS days_active FROM
  (SELECT account, day, active_events, {in_window} AS week FROM account_day WHERE is_active AND day > {first} - 28) spread
  GROUP BY account, week),
newest AS (SELECT account, week, MAX(CASE WHEN is_active THEN day END) AS newest_active, 1 AS is_known FROM
  (SELECT account, day, is_active, GREATEST(0, (known - {first} + 6) {divided} 7) AS week FROM account_day)
  placed GROUP BY account, week),
seats AS (SELECT account, week.week, SUM(seats) AS seats FROM licence JOIN week
  ON first_day <= as_of AND as_of < end_day AND known <= as_of GROUP BY account, week.week),
open_ticket AS (SELECT account, week.week, COUNT(*) AS open_tickets FROM ticket JOIN week
  ON opened <= as_of AND as_of < closed AND known <= as_of GROUP BY account, week.week),
opened_ticket AS (SELECT account, week.week, COUNT(*) AS opened_tickets FROM ticket JOIN week
  ON opened <= as_of AND opened > as_of - 90 AND known <= as_of GROUP BY account, week.week),
grid AS (SELECT account.account, week.week, week.as_of,
  MAX(newest_active) OVER past AS newest_active, MAX(is_known) OVER past AS is_known
  FROM account CROSS JOIN week LEFT JOIN newest ON newest.account = account.account AND newest.week = week.week
  WINDOW past AS (PARTITION BY account.account ORDER BY week.week)),
measured AS (SELECT grid.account, grid.week,
  CASE WHEN is_known = 1 THEN COALESCE(active_users, 0) END AS active_users,
  CASE WHEN is_known = 1 THEN COALESCE(events, 0) END AS events,
  CASE WHEN is_known = 1 THEN COALESCE(days_active, 0) END AS days_active,
  CASE WHEN is_known = 1 THEN COALESCE(features_used, 0) END AS features_used,
  as_of - newest_active AS days_since_activity,
  CASE WHEN is_known = 1 THEN COALESCE(active_users, 0) * CAST(100 AS DOUBLE PRECISION) / NULLIF(seats, 0) END
    AS licence_utilisation,
  COALESCE(open_tickets, 0) AS open_tickets,
  COALESCE(opened_tickets, 0) / CAST(3 AS DOUBLE PRECISION) AS tickets_per_month
  FROM grid LEFT JOIN people ON people.account = grid.account AND people.week = grid.week
  LEFT JOIN features ON features.account = grid.account AND features.week = grid.week
  LEFT JOIN days ON days.account = grid.account AND days.week = grid.week
  LEFT JOIN seats ON seats.account = grid.account AND seats.week = grid.week
  LEFT JOIN open_ticket ON open_ticket.account = grid.account AND open_ticket.week = grid.week
  LEFT JOIN opened_ticket ON opened_ticket.account = grid.account AND opened_ticket.week = grid.week),
judged AS (SELECT account, week{points} FROM measured),
grouped AS (SELECT account, week, {groups} FROM judged)
SELECT account, week, CAST({score} AS DOUBLE PRECISION) AS score FROM grouped)",
      fmt::arg("once", once), fmt::arg("first", first_day), fmt::arg("divided", divided),
      fmt::arg("in_window", in_window), fmt::arg("points", points), fmt::arg("groups", groups),
      fmt::arg("score", score_of_groups_sql(scorecard)));
}

}  // namespace banso::bench
