// /api/revenue/executive: one answer for the page that is shown to a board.
#include <algorithm>
#include <cstdlib>

#include "cells.hpp"
#include "cost_of_churn.hpp"
#include "engine/revenue/renewal_rates.hpp"
#include "executive_health.hpp"
#include "faults.hpp"
#include "goals.hpp"

namespace banso::retention {
namespace {

using core::Result;
using http::Request;
using http::Response;
using ledger::Month;
using ledger::MonthRange;
using ledger::MovementKind;

constexpr int year = 12;
constexpr std::int64_t months_a_year = 12;
constexpr std::size_t most_named = 10;
constexpr int cohorts_shown = 8;
constexpr int cohort_step_months = 3;
constexpr int cohort_steps = 9;  // 0, 3 .. 24 months

class Executive {
 public:
  Executive(Context& context, const Reading& reading, Month month, int fiscal_start)
      : context_(context),
        reading_(reading),
        book_(reading.ledger()),
        period_(clipped(reading, {month, month})),
        month_(period_.months.last),
        fiscal_start_(fiscal_start),
        mrr_(book_.mrr_on(period_.end, context.ledgers.parallel_for())) {}

  json::object render_all() {
    const auto figures = book_.figures(period_.months);
    json::object body{{"is_ready", true},
                      {"month", json::from(ledger::first_day(month_))},
                      {"end", json::from(period_.end)},
                      {"book_day", json::from(reading_.book_day())},
                      {"currency", reading_.currency()},
                      {"rules", render_rules(reading_.rules())},
                      {"fiscal_start", fiscal_start_},
                      {"accounts", figures.accounts_closing}};
    body["arr"] = render_arr();
    body["waterfalls"] = json::object{{"month", waterfall(period_.months)},
                                      {"quarter", waterfall(to_date(ledger::Grain::quarter))},
                                      {"year", waterfall(to_date(ledger::Grain::fiscal_year))}};
    add_goals(body);
    body["churn_reasons"] = render_reasons();
    body["cost_of_churn"] = render_cost();
    body["concentration"] = render_concentration();
    body["largest_movements"] = render_largest();
    body["wins"] = render_wins();
    body["cohorts"] = render_cohorts();
    body["faults_open"] = open_faults(context_, reading_);
    return body;
  }

  const std::vector<std::int64_t>& mrr() const { return mrr_; }

 private:
  // Months back from the one shown; nothing before the ledger begins.
  std::optional<ledger::Figures> figures_back(int months) const {
    const Month month = month_ - months;
    if (!book_.months().contains(month)) return std::nullopt;
    return book_.figures(MonthRange{month, month});
  }
  std::int64_t arr_back(int months) const {
    const auto figures = figures_back(months);
    return figures ? figures->arr_minor() : 0;
  }

  // From the beginning of the quarter or fiscal year up to the month shown.
  MonthRange to_date(ledger::Grain grain) const {
    auto months = ledger::periods({month_, month_}, grain, fiscal_start_).front();
    months.first = std::max(months.first, book_.months().first);
    months.last = month_;
    return months;
  }

  json::object waterfall(MonthRange months) const {
    const auto figures = book_.figures(months);
    auto body = render_amounts(figures.opening_minor, figures.amount_minor, figures.closing_minor, months_a_year);
    body["from"] = json::from(ledger::first_day(months.first));
    body["to"] = json::from(period_.end);
    return body;
  }

  json::object render_arr() const {
    json::array series;
    for (int back = year; back >= 0; --back) {
      series.push_back(
          json::object{{"month", json::from(ledger::first_day(month_ - back))}, {"value", arr_back(back)}});
    }
    return {{"value", arr_back(0)},
            {"month_before", arr_back(1)},
            {"quarter_before", arr_back(3)},
            {"year_before", arr_back(year)},
            {"series", std::move(series)}};
  }

  template <class ShareOf>
  json::object retention(const std::optional<double>& goal, ShareOf share_of) const {
    const auto at = [&](int back) -> std::optional<double> {
      const auto figures = figures_back(back);
      return figures ? share_of(*figures) : std::nullopt;
    };
    json::array series;
    for (int back = year; back >= 0; --back) {
      series.push_back(
          json::object{{"month", json::from(ledger::first_day(month_ - back))}, {"value", render(at(back))}});
    }
    return {
        {"value", render(at(0))}, {"before", render(at(year))}, {"goal", render(goal)}, {"series", std::move(series)}};
  }

  void add_goals(json::object& body) const {
    const auto quarter = quarter_of(ledger::first_day(month_), fiscal_start_);
    const auto first = ledger::first_day(quarter.first);
    Goal goal{first, {}, {}, {}, {}, {}};
    for (const auto& each : context_.store.goals()) {
      if (quarter.contains(ledger::month_of(each.quarter))) goal = each;
    }
    body["goals_quarter"] = json::from(first);
    body["goals"] = render_progress(reading_, goal, {quarter.first, std::min(quarter.last, month_)});
    body["nrr"] = retention(goal.nrr, [](const ledger::Figures& of) { return nrr_of(of, year); });
    body["grr"] = retention(goal.grr, [](const ledger::Figures& of) { return grr_of(of, year); });
    body["logo_churn_12"] = render(logo_churn());
  }

  std::optional<double> logo_churn() const {
    const auto figures = book_.figures(period_.months);
    const auto& window = figures.retention.back();
    const auto kept = window ? window->logo_retention().value() : std::nullopt;
    return kept ? std::optional(1 - *kept) : std::nullopt;
  }

  MonthRange last_year() const { return {std::max(book_.months().first, month_ - (year - 1)), month_}; }

  json::array render_reasons() const {
    json::array items;
    for (const auto& reason : context_.churn_reasons.between(ledger::first_day(last_year().first), period_.end)) {
      items.push_back(json::object{{"key", reason.key},
                                   {"name", render(reason.name)},
                                   {"amount", reason.amount_minor},
                                   {"accounts", reason.accounts}});
    }
    return items;
  }

  json::object render_cost() const {
    const auto months = last_year();
    const auto figures = book_.figures(months);
    const auto lost = -(figures.amount(MovementKind::churn) + figures.amount(MovementKind::contraction));
    const auto cost = cost_of_churn(lost, months.size(), figures.opening_minor, reading_.currency());
    return {
        {"per_month", cost.per_month_minor}, {"point_of_grr", cost.point_of_grr_minor}, {"text", render(cost.text)}};
  }

  json::object render_concentration() const {
    std::vector<ledger::AccountIndex> accounts;
    std::int64_t total = 0, in_top = 0;
    for (ledger::AccountIndex i = 0; i < mrr_.size(); ++i) {
      if (mrr_[i] > 0) accounts.push_back(i);
      total += mrr_[i];
    }
    const auto shown = std::min(most_named, accounts.size());
    std::partial_sort(accounts.begin(), accounts.begin() + static_cast<std::ptrdiff_t>(shown), accounts.end(),
                      [&](auto a, auto b) { return mrr_[a] != mrr_[b] ? mrr_[a] > mrr_[b] : a < b; });
    const auto share = [&](std::int64_t minor) { return render(ledger::Ratio{minor, total}.value()); };
    json::array largest;
    for (std::size_t i = 0; i < shown; ++i) {
      const auto account = accounts[i];
      in_top += mrr_[account];
      largest.push_back(json::object{{"account", render_account(reading_.roster(), account)},
                                     {"arr", mrr_[account] * months_a_year},
                                     {"share", share(mrr_[account])}});
    }
    return {{"top_10_share", share(in_top)}, {"largest", std::move(largest)}};
  }

  struct Named {
    ledger::AccountIndex account;
    std::string_view kind;
    std::int64_t amount_minor;
    core::Day day;
  };
  json::array render(std::vector<Named> found) const {
    std::stable_sort(found.begin(), found.end(), [](const Named& a, const Named& b) {
      return std::abs(a.amount_minor) > std::abs(b.amount_minor);
    });
    json::array items;
    for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i) {
      items.push_back(json::object{{"account", render_account(reading_.roster(), found[i].account)},
                                   {"kind", found[i].kind},
                                   {"amount", found[i].amount_minor},
                                   {"day", json::from(found[i].day)}});
    }
    return items;
  }
  static json::value render(const std::optional<double>& share) { return retention::render(share); }
  static json::object render(const core::Text& text) { return retention::render(text); }

  json::array render_largest() const {
    std::vector<Named> found;
    for (const auto& each : book_.movements({period_.months, {}})) {
      found.push_back({each.account, ledger::key_of(each.kind), each.amount_minor, each.day});
    }
    return render(std::move(found));
  }

  json::array render_wins() const {
    std::vector<Named> found;
    for (const auto& each : book_.movements({period_.months, MovementKind::expansion})) {
      found.push_back({each.account, ledger::key_of(each.kind), each.amount_minor, each.day});
    }
    for (const auto& each : ledger::renewals_due(book_, period_.months)) {
      if (each.renewed_minor > 0) found.push_back({each.account, "renewal", each.renewed_minor, each.due});
    }
    return render(std::move(found));
  }

  std::int64_t cohort_mrr(Month start, Month at) const {
    const auto first = book_.months().first;
    if (start < first || !book_.months().contains(at)) return 0;
    return book_.figures(ledger::cohort_dimension, cohort_value(start), {at, at}).closing_minor;
  }
  std::uint32_t cohort_value(Month start) const {
    const auto count = book_.value_count(ledger::cohort_dimension);
    for (std::uint32_t value = 0; value < count; ++value) {
      if (book_.cohort_month(value) == start) return value;
    }
    return count;
  }

  json::array render_cohorts() const {
    json::array items;
    const auto newest = quarter_of(ledger::first_day(month_), fiscal_start_);
    for (int back = cohorts_shown - 1; back >= 0; --back) {
      const MonthRange quarter{newest.first - back * cohort_step_months, newest.last - back * cohort_step_months};
      const Month last = std::min(quarter.last, month_);
      std::int64_t start = 0, accounts = 0;
      for (Month month = quarter.first; month <= last; month = month + 1) {
        if (!book_.months().contains(month)) continue;
        const auto figures = book_.figures(ledger::cohort_dimension, cohort_value(month), {month, month});
        start += figures.closing_minor;
        accounts += figures.accounts_closing;
      }
      if (accounts == 0) continue;
      json::array retained;
      for (int step = 0; step < cohort_steps; ++step) {
        if (last + step * cohort_step_months > month_) break;
        std::int64_t then = 0;
        for (Month month = quarter.first; month <= last; month = month + 1) {
          then += cohort_mrr(month, month + step * cohort_step_months);
        }
        retained.push_back(render(ledger::Ratio{then, start}.value()));
      }
      items.push_back(json::object{{"start", json::from(ledger::first_day(quarter.first))},
                                   {"accounts", accounts},
                                   {"retained", std::move(retained)}});
    }
    return items;
  }

  Context& context_;
  const Reading& reading_;
  const ledger::Ledger& book_;
  const Period period_;
  const Month month_;
  const int fiscal_start_;
  const std::vector<std::int64_t> mrr_;  // at the end of the period, by account
};

Result<Response> get_executive(Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto query, ledger_query(request));
  BANSO_TRY_ASSIGN(const auto grain, grain_of(context, request));
  BANSO_TRY_ASSIGN(const auto asked, request.query_day("month"));
  BANSO_TRY_ASSIGN(const auto reading, context.ledgers.read(query));
  BANSO_TRY_ASSIGN(const auto period, period_of(reading, asked.value_or(reading.day()), FiscalGrain{}, "month"));
  Executive executive(context, reading, period.months.last, grain.start_month);
  auto body = executive.render_all();
  add_health(context, reading, executive.mrr(), body);
  return answer(body);
}

}  // namespace

http::Routes executive_routes(const ContextPtr& context) {
  return {route(context, http::Method::get, "/api/revenue/executive", http::Permission::leader, get_executive)};
}

}  // namespace banso::retention
