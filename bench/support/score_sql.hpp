// One scorecard, once as definitions of the kernel and once as SQL over the same daily tables: what a careful analyst
// would write who wants the score of every account on every week of a history. PostgreSQL and DuckDB run the same text
// but for how a row is repeated.
//
// Tables: usage_day(account, day, person, feature, is_active, events, known), licence(account, first_day, end_day,
// seats, known), ticket(account, opened, closed, known), account(account), week(week, as_of); days count from
// 1970-01-01, weeks from 0.
#pragma once

#include <string>

#include "engine/definitions.hpp"

namespace banso::bench {

enum class Dialect { postgresql, duckdb };

// Eight measures of usage, seats and tickets in two groups, every curve linear.
engine::Definitions compared_definitions();

// For the as_of days first_day, first_day + 7, ...; the rows of usage must be those of all days before. The statement
// gives (account, week, score): 0..100, null where nothing can be scored.
std::string score_sql(const engine::Definitions& definitions, Dialect dialect, std::int32_t first_day, int weeks);

}  // namespace banso::bench
