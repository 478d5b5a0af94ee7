// What the handlers of this module share, and small things that all of them say. Internal to the module.
#pragma once

#include <string>

#include "fault_book.hpp"
#include "ledgers.hpp"
#include "platform/json/json.hpp"
#include "reason_book.hpp"
#include "store.hpp"

namespace banso::retention {

namespace http = platform::http;
namespace json = platform::json;

struct Context {
  explicit Context(Dependencies dependencies) : from(std::move(dependencies)), ledgers(from), store(from.records) {}

  const Dependencies from;
  Ledgers ledgers;
  Store store;
  FaultBook faults;
  ReasonBook churn_reasons;
};
using ContextPtr = std::shared_ptr<Context>;

// One table of routes for each subject.
http::Routes figure_routes(const ContextPtr& context);
http::Routes movement_routes(const ContextPtr& context);
http::Routes executive_routes(const ContextPtr& context);
http::Routes rule_routes(const ContextPtr& context);
http::Routes fault_routes(const ContextPtr& context);
http::Routes closing_routes(const ContextPtr& context);
http::Routes goal_routes(const ContextPtr& context);

using Handler = core::Result<http::Response> (*)(Context&, const http::Request&);
http::Route route(const ContextPtr& context, http::Method method, std::string pattern, http::Permission permission,
                  Handler handler);

http::Response answer(const json::value& body, int status = 200);
json::object render(const core::Text& text);
json::value render(const std::optional<double>& share);
json::object render_account(const Roster& roster, ledger::AccountIndex account);
json::object render_rules(const RuleSet& rules);
json::object render_amounts(std::int64_t opening_minor, const ledger::AmountByKind& amounts, std::int64_t closing_minor,
                            std::int64_t times = 1);
// A contract as it is recorded, beside what the ledger knows of it.
json::object render_row(const Reading& reading, const ledger::Term& row);
// The same of a term as it was recorded, whose names may be of contracts that are no more.
json::object render_term(const Reading& reading, const ledger::Term& term, const Names& products, const Names& plans);

// ---- what requests say
struct Period {
  ledger::MonthRange months;
  core::Day end;         // its last day, or that on which the facts end
  bool is_over = false;  // its last day has passed
};
struct FiscalGrain {
  ledger::Grain grain = ledger::Grain::month;
  int start_month = 4;
  std::string word = "month";
};
core::Result<LedgerQuery> ledger_query(const http::Request& request);
core::Result<FiscalGrain> grain_of(const Context& context, const http::Request& request);
// What `by` names: a dimension of the ledger, with the numbers of its values.
struct Parted {
  std::string by = "none";  // as asked
  std::string dimension{ledger::everything_dimension};
  bool is_overlapping = false;
  std::optional<std::uint32_t> value;  // only this one; a number beyond all where there is no such value
};
core::Result<Parted> parted_by(const Reading& reading, const http::Request& request);
// Of a value: how the API calls it, and people do.
std::string key_of(const Reading& reading, const Parted& parted, std::uint32_t value);
core::Text name_of(const Reading& reading, const Parted& parted, std::uint32_t value);
// The period in which `day` lies, cut to what the ledger holds; refused where it holds nothing of it.
core::Result<Period> period_of(const Reading& reading, core::Day day, const FiscalGrain& grain,
                               const std::string& field);
Period clipped(const Reading& reading, ledger::MonthRange months);

}  // namespace banso::retention
