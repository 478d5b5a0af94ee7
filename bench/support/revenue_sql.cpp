#include "support/revenue_sql.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace banso::bench {

namespace {

using namespace engine::revenue;

// A month's worth of every term that counts, exact numerics rounded once. `unit` is what a ledger is kept of: the
// account as a whole, and each of its products and plans.
constexpr const char* earnings_sql = R"sql(
CREATE UNLOGGED TABLE earning AS
SELECT t.account, t.product, t.plan, t.first_day, t.end_day,
       round(t.amount::numeric * r.numerator / (r.denominator::numeric * t.months * r.scale))::bigint AS mrr
FROM term t
JOIN rate r ON r.currency = t.currency AND r.month = t.first_month
WHERE NOT t.is_trial AND (t.end_day IS NULL OR t.first_day < t.end_day);
ANALYZE earning;

CREATE UNLOGGED TABLE unit_earning AS
SELECT 0::smallint AS scope, 0 AS value, account, first_day, end_day, mrr FROM earning
UNION ALL SELECT 1::smallint, product, account, first_day, end_day, mrr FROM earning
UNION ALL SELECT 2::smallint, plan, account, first_day, end_day, mrr FROM earning;
ANALYZE unit_earning;
)sql";

// Every day on which a unit pays another amount than the day before, named.
constexpr const char* changes_sql = R"sql(
CREATE UNLOGGED TABLE change AS
WITH delta AS (
  SELECT scope, value, account, day, sum(mrr)::bigint AS delta
  FROM (SELECT scope, value, account, first_day AS day, mrr FROM unit_earning
        UNION ALL
        SELECT scope, value, account, end_day, -mrr FROM unit_earning WHERE end_day IS NOT NULL) d
  WHERE day <= (SELECT max(end_day) FROM month)
  GROUP BY scope, value, account, day
  HAVING sum(mrr) <> 0
), running AS (
  SELECT *, sum(delta) OVER w::bigint AS after, row_number() OVER w AS nth
  FROM delta
  WINDOW w AS (PARTITION BY scope, value, account ORDER BY day)
)
SELECT scope, value, account, day, delta, after, after - delta AS before,
       CASE WHEN after - delta <= 0 AND after > 0 AND nth = 1 THEN 0
            WHEN after - delta <= 0 AND after > 0 THEN 1
            WHEN after - delta > 0 AND after <= 0 THEN 4
            WHEN delta > 0 THEN 2 ELSE 3 END AS kind,
       m.month
FROM running LEFT JOIN month m ON day BETWEEN m.first_day AND m.end_day;
ANALYZE change;

CREATE UNLOGGED TABLE movement AS
SELECT account, day, kind, delta AS amount FROM change WHERE scope = 0 AND month IS NOT NULL;
)sql";

// By unit and month, from its first change on: what it pays at the end, what it paid one, three and twelve months
// before, what happened in the month. One sort makes all four balances.
constexpr const char* months_sql = R"sql(
CREATE UNLOGGED TABLE part AS
SELECT scope, value, account, month,
       sum(delta) FILTER (WHERE kind = 0) AS m0, sum(delta) FILTER (WHERE kind = 1) AS m1,
       sum(delta) FILTER (WHERE kind = 2) AS m2, sum(delta) FILTER (WHERE kind = 3) AS m3,
       sum(delta) FILTER (WHERE kind = 4) AS m4,
       count(*) FILTER (WHERE kind = 0) AS n0, count(*) FILTER (WHERE kind = 1) AS n1,
       count(*) FILTER (WHERE kind = 2) AS n2, count(*) FILTER (WHERE kind = 3) AS n3,
       count(*) FILTER (WHERE kind = 4) AS n4
FROM change WHERE month IS NOT NULL
GROUP BY scope, value, account, month;

CREATE UNLOGGED TABLE due AS
SELECT d.scope, d.value, d.account, m.month, sum(d.due) AS due, sum(least(d.due, coalesce(c.continued, 0))) AS renewed,
       count(*) AS due_n, count(*) FILTER (WHERE c.continued > 0) AS renewed_n
FROM (SELECT scope, value, account, end_day AS day, sum(mrr)::bigint AS due FROM unit_earning
      WHERE end_day IS NOT NULL AND mrr > 0 GROUP BY 1, 2, 3, 4) d
LEFT JOIN (SELECT scope, value, account, first_day AS day, sum(mrr)::bigint AS continued FROM unit_earning
           WHERE mrr > 0 GROUP BY 1, 2, 3, 4) c USING (scope, value, account, day)
JOIN month m ON d.day BETWEEN m.first_day AND m.end_day
GROUP BY 1, 2, 3, 4;
ANALYZE part; ANALYZE due;

CREATE UNLOGGED TABLE unit_month AS
WITH span AS (
  SELECT scope, value, account, after AS mrr, coalesce(month, -1) AS from_month,
         coalesce(lead(coalesce(month, -1)) OVER (PARTITION BY scope, value, account ORDER BY day),
                  (SELECT max(month) + 1 FROM month)) AS until_month
  FROM change
), balance AS (
  SELECT scope, value, account, m AS month, mrr,
         lag(mrr, 1) OVER unit AS before_1, lag(mrr, 3) OVER unit AS before_3, lag(mrr, 12) OVER unit AS before_12
  FROM span, LATERAL generate_series(from_month, until_month - 1) AS m
  WINDOW unit AS (PARTITION BY scope, value, account ORDER BY m)
)
SELECT b.*, m0, m1, m2, m3, m4, n0, n1, n2, n3, n4, due, renewed, due_n, renewed_n,
       a.segment, a.owner, a.team, a.region, a.industry
FROM balance b
LEFT JOIN part USING (scope, value, account, month)
LEFT JOIN due USING (scope, value, account, month)
JOIN account a USING (account)
WHERE b.month >= 0;

CREATE UNLOGGED TABLE cohort AS
SELECT account, min(coalesce(month, -1)) + 1 AS start_month FROM change WHERE scope = 0 GROUP BY account;
ANALYZE unit_month; ANALYZE cohort;
)sql";

// The figures of one dimension: {0} its name, {1} the value, {2} whose months, {3} which.
constexpr const char* dimension_sql = R"sql(
SELECT '{0}' AS dimension, {1} AS value, month,
       coalesce(sum(before_1), 0), sum(mrr),
       coalesce(sum(m0), 0), coalesce(sum(m1), 0), coalesce(sum(m2), 0), coalesce(sum(m3), 0), coalesce(sum(m4), 0),
       coalesce(sum(n0), 0), coalesce(sum(n1), 0), coalesce(sum(n2), 0), coalesce(sum(n3), 0), coalesce(sum(n4), 0),
       count(*) FILTER (WHERE before_1 > 0), count(*) FILTER (WHERE mrr > 0),
       coalesce(sum(due), 0), coalesce(sum(renewed), 0), coalesce(sum(due_n), 0), coalesce(sum(renewed_n), 0),
       coalesce(sum(before_1), 0), coalesce(sum(mrr) FILTER (WHERE before_1 > 0), 0),
       coalesce(sum(greatest(before_1 - mrr, 0)) FILTER (WHERE before_1 > 0), 0),
       count(*) FILTER (WHERE before_1 > 0), count(*) FILTER (WHERE before_1 > 0 AND mrr = 0),
       coalesce(sum(before_3), 0), coalesce(sum(mrr) FILTER (WHERE before_3 > 0), 0),
       coalesce(sum(greatest(before_3 - mrr, 0)) FILTER (WHERE before_3 > 0), 0),
       count(*) FILTER (WHERE before_3 > 0), count(*) FILTER (WHERE before_3 > 0 AND mrr = 0),
       coalesce(sum(before_12), 0), coalesce(sum(mrr) FILTER (WHERE before_12 > 0), 0),
       coalesce(sum(greatest(before_12 - mrr, 0)) FILTER (WHERE before_12 > 0), 0),
       count(*) FILTER (WHERE before_12 > 0), count(*) FILTER (WHERE before_12 > 0 AND mrr = 0)
FROM {2} WHERE scope = {3} GROUP BY 2, 3;
)sql";

struct SqlDimension {
  const char* name;
  const char* value;
  int scope;
  const char* from = "unit_month";
};
constexpr SqlDimension sql_dimensions[] = {{"all", "0", 0},
                                           {"segment", "segment", 0},
                                           {"owner", "owner", 0},
                                           {"team", "team", 0},
                                           {"region", "region", 0},
                                           {"industry", "industry", 0},
                                           {"product", "value", 1},
                                           {"plan", "value", 2},
                                           {"start_month", "start_month", 0, "unit_month JOIN cohort USING (account)"}};

// One statement a dimension, so that each is computed in parallel; they are put together without moving rows.
std::string figures_sql() {
  constexpr int sums = 33;
  std::string columns, view, sql;
  for (int i = 0; i < sums; ++i) columns += fmt::format(", c{}", i);
  for (const auto& each : sql_dimensions) {
    sql += fmt::format("CREATE UNLOGGED TABLE figure_{0} (dimension, value, month{1}) AS {2}", each.name, columns,
                       fmt::format(fmt::runtime(dimension_sql), each.name, each.value, each.from, each.scope));
    view += fmt::format("{} SELECT * FROM figure_{}", view.empty() ? "" : " UNION ALL", each.name);
  }
  return sql + "CREATE VIEW figure AS" + view + ";";
}

}  // namespace

const char* const revenue_tables_sql =
    "CREATE UNLOGGED TABLE term (account INTEGER, subscription BIGINT, product INTEGER, plan INTEGER, first_day "
    "INTEGER, "
    "first_month INTEGER, end_day INTEGER, amount BIGINT, currency INTEGER, months INTEGER, is_trial BOOLEAN);"
    "CREATE UNLOGGED TABLE rate (currency INTEGER, month INTEGER, numerator BIGINT, denominator BIGINT, scale INTEGER);"
    "CREATE UNLOGGED TABLE account (account INTEGER, segment INTEGER, owner INTEGER, team INTEGER, region INTEGER, "
    "industry INTEGER);"
    "CREATE UNLOGGED TABLE month (month INTEGER, first_day INTEGER, end_day INTEGER);";

std::string revenue_sql() {
  return std::string(earnings_sql) + changes_sql + months_sql + figures_sql();
}

std::string figure_line(const Figures& figures) {
  constexpr std::size_t kinds = 5;  // neither transfers nor exchange effects in these contracts
  const std::span amounts(figures.amount_minor), changes(figures.changes);
  std::string line = fmt::format("{},{},{},{},{},{},{},{},{},{}", figures.opening_minor, figures.closing_minor,
                                 fmt::join(amounts.first(kinds), ","), fmt::join(changes.first(kinds), ","),
                                 figures.accounts_opening, figures.accounts_closing, figures.renewals.due_minor,
                                 figures.renewals.renewed_minor, figures.renewals.due, figures.renewals.renewed);
  for (const auto& window : figures.retention) {
    const auto each = window.value_or(Retention{});
    line += fmt::format(",{},{},{},{},{}", each.start_minor, each.retained_minor, each.lost_minor, each.accounts,
                        each.accounts_lost);
  }
  return line;
}

}  // namespace banso::bench
