// What handlers of statistics share: cohorts, survival, unit economics, acquisition costs. Internal to the module.
#pragma once

#include "context.hpp"
#include "customer_histories.hpp"
#include "engine/retention_statistics/lifetime_value.hpp"

namespace banso::retention {

http::Routes cohort_routes(const ContextPtr& context);
http::Routes survival_routes(const ContextPtr& context);
http::Routes unit_economics_routes(const ContextPtr& context);
http::Routes acquisition_cost_routes(const ContextPtr& context);
// All of these.
http::Routes statistics_routes(const ContextPtr& context);

// The customers that a request speaks of (rules, as_of, without, by). Holds no ledger any more.
core::Result<CustomerHistories> histories_of(Context& context, const http::Request& request);
// Whole number of the query within bounds, or the default.
core::Result<int> bounded_integer(const http::Request& request, const std::string& name, int least, int most,
                                  int otherwise);
// Decimal number of the query within bounds, or the default.
core::Result<double> bounded_number(const http::Request& request, const std::string& name, double least, double most,
                                    double otherwise);
// What every answer begins with: as_of, book_day, currency, rules, by, dimensions.
json::object render_head(const CustomerHistories& histories);

json::object render(const statistics::Estimate& estimate);
// {"value", "low", "high", "cannot_say": null}, or nulls and {"code", "text"}.
json::object render(const statistics::Said<statistics::Estimate>& said);
json::object render_said(const statistics::Said<double>& said);

}  // namespace banso::retention
