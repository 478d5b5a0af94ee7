// The ledger's figures as SQL for PostgreSQL: what a careful analyst would write. Rules: churn at the end of the
// service, every gap counts, net prices, trials left out, changes of an account netted by day, rate of the month of the
// start.
//
// Tables read: term(account, subscription, product, plan, first_day, end_day, amount, currency, months, is_trial),
// rate(currency, month, numerator, denominator, scale), account(account, segment, owner, team, region, industry),
// month(month, first_day, end_day). Days count from 1970-01-01, months from the ledger's first, which is 0; end_day
// null = open. Made: movement(account, day, kind, amount), figure(dimension, value, month, and 33 columns).
#pragma once

#include <span>
#include <string>

#include "engine/revenue/ledger.hpp"

namespace banso::bench {

// Creates the tables read.
extern const char* const revenue_tables_sql;
// Makes the two others: this is what is timed.
std::string revenue_sql();

// The 33 columns of `figure`, with commas.
std::string figure_line(const engine::revenue::Figures& figures);

}  // namespace banso::bench
