#include <algorithm>

#include "core/japanese_holidays.hpp"
#include "figures.hpp"
#include "forecast_changes.hpp"
#include "routes.hpp"

namespace banso::renewals {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int default_changes_days = 7;
constexpr std::size_t most_days_off = 1000;
constexpr int most_days_shown = 400;

class FigureHandlers {
 public:
  explicit FigureHandlers(std::shared_ptr<Workbench> bench) : bench_(std::move(bench)) {}

  Result<Response> changes(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto since, request.query_day("since"));
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(const auto window, window_in(request, *bench_));
    BANSO_TRY_ASSIGN(const auto after, bench_->live().get(as_of));
    const auto begin = since.value_or(after->as_of - default_changes_days);
    if (begin >= after->as_of) {
      return core::Error::invalid_field("since", {"Give an earlier day.", "より前の日付を指定してください。"});
    }
    BANSO_TRY_ASSIGN(const auto before, bench_->live().get(begin));
    const auto compared = compare_forecasts(*before, *after, window.from, window.to);
    json::array items;
    for (const auto& change : compared.changes) items.push_back(render_change(change, begin, after->currency));
    const auto total = items.size();
    return answer(json::object{{"since", json::from(begin)},
                               {"as_of", json::from(after->as_of)},
                               {"from", json::from(window.from)},
                               {"to", json::from(window.to)},
                               {"before", render_money(compared.before_minor, after->currency)},
                               {"after", render_money(compared.after_minor, after->currency)},
                               {"items", std::move(items)},
                               {"total", total}});
  }

  Result<Response> rates(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(const auto pipeline, bench_->live().get(as_of));
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
    const auto begin = from.value_or(core::add_months(month_of(pipeline->as_of), -12));
    RateMonth sum;
    json::array months;
    for (const auto& month : renewal_rates(*pipeline, begin, to.value_or(pipeline->as_of))) {
      add(sum, month);
      auto rendered = render_rate(month, pipeline->currency);
      rendered["month"] = json::from(month.month);
      months.push_back(std::move(rendered));
    }
    return answer(json::object{{"from", json::from(begin)},
                               {"to", json::from(to.value_or(pipeline->as_of))},
                               {"total", render_rate(sum, pipeline->currency)},
                               {"months", std::move(months)}});
  }

  Result<Response> opportunities(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    const auto status = request.query_text("status").value_or("open");
    const bool is_mine = request.query_text("mine").value_or("") == "true";
    BANSO_TRY_ASSIGN(auto all, bench_->opportunities());
    std::erase_if(all, [&](const auto& each) {
      return (status != "all" && each.status != status) || (is_mine && each.owner != request.caller.user) ||
             (account && each.opportunity.account.value != *account);
    });
    const auto currency = bench_->from().surroundings.reporting_currency();
    std::int64_t sum_minor = 0;
    for (const auto& each : all) sum_minor += each.opportunity.amount_minor;
    json::array items;
    const auto end = std::min<std::size_t>(all.size(), static_cast<std::size_t>(page.offset + page.limit));
    for (auto i = static_cast<std::size_t>(page.offset); i < end; ++i) {
      items.push_back(render_opportunity(all[i], currency));
    }
    return answer(json::object{
        {"items", std::move(items)}, {"total", all.size()}, {"amount", render_money(sum_minor, currency)}});
  }

  Result<Response> decide(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    Decision decision;
    decision.account = {fields.integer("account_id", true).value_or(0)};
    decision.kind = fields.choice("kind", {"seats", "features", "growth"}, true).value_or("");
    decision.subject = fields.text("subject", {.required = true, .max_length = 300}).value_or("");
    decision.status = fields.choice("status", {"open", "dismissed", "snoozed", "converted"}, true).value_or("");
    decision.reason = fields.text("reason", {.max_length = 500, .allow_empty = true}).value_or("");
    decision.until = fields.day("until");
    decision.amount_minor = fields.integer("amount_minor");
    decision.due = fields.day("due_day");
    BANSO_TRY(fields.finish());
    if (!bench_->from().customers->exists(decision.account)) {
      return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    }
    BANSO_TRY(bench_->decide(request.caller, std::move(decision)));
    return Response::no_content();
  }

  Result<Response> books(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto pipeline, bench_->live().get(std::nullopt));
    BANSO_TRY_ASSIGN(const auto view, bench_->from().health->book());
    const auto quarter = quarter_of(pipeline->as_of, bench_->from().surroundings.fiscal_year_start_month());
    std::map<core::UserId, OwnerBook> books;
    for (std::size_t row = 0; row < view->size(); ++row) {
      const auto owner = owner_of(*view, row);
      auto& book = books[owner];
      ++book.accounts;
      book.arr_minor += view->arr_minor(row);
    }
    for (const auto& renewal : pipeline->between(quarter.from, quarter.to)) {
      add(books[renewal.owner], renewal, pipeline->as_of);
    }
    // Leaders see all books, others their own.
    const bool sees_all = request.caller.at_least(core::Role::leader);
    json::array items;
    for (auto& [owner, book] : books) {
      if (!sees_all && owner != request.caller.user) continue;
      book.owner = owner;
      book.name = bench_->from().surroundings.user_name(owner).value_or("");
      items.push_back(render_book(book, pipeline->currency));
    }
    const auto total = items.size();
    return answer(json::object{{"as_of", json::from(pipeline->as_of)},
                               {"from", json::from(quarter.from)},
                               {"to", json::from(quarter.to)},
                               {"items", std::move(items)},
                               {"total", total}});
  }

  Result<Response> reasons(const Request&) const {
    const auto uses = bench_->store().reason_uses();
    json::array items;
    for (const auto& reason : all_reasons(*bench_->from().definitions)) {
      json::array applies_to;
      if (reason.of_churn) applies_to.emplace_back("churn");
      if (reason.of_contraction) applies_to.emplace_back("contraction");
      const auto used = uses.find(reason.key);
      items.push_back(json::object{{"key", reason.key},
                                   {"name", render(reason.name)},
                                   {"description", reason.description},
                                   {"applies_to", std::move(applies_to)},
                                   {"retired", reason.is_retired},
                                   {"version", reason.version},
                                   {"uses", used == uses.end() ? 0 : used->second}});
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> merge_reasons(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto into = fields.text("into", {.required = true, .max_length = 64});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto moved, bench_->merge_reasons(request.caller, request.parameters.at("key"), *into));
    return answer(json::object{{"moved", moved}});
  }

  Result<Response> churn_reasons_by_month(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
    BANSO_TRY_ASSIGN(const auto pipeline, bench_->live().get(as_of));
    json::array items;
    for (const auto& each :
         churn_reasons(*pipeline, all_reasons(*bench_->from().definitions),
                       from.value_or(core::add_months(month_of(pipeline->as_of), -12)), to.value_or(pipeline->as_of))) {
      items.push_back(json::object{{"month", json::from(each.month)},
                                   {"reason", each.reason.empty() ? json::value(nullptr) : json::value(each.reason)},
                                   {"name", render(each.name)},
                                   {"churned", render_money(each.churned_minor, pipeline->currency)},
                                   {"contracted", render_money(each.contracted_minor, pipeline->currency)},
                                   {"renewals", each.renewals}});
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> calendar(const Request&) const { return answer(render_calendar(bench_->store().calendar())); }

  // The days of a span on which nobody works, each with what it is: for calendars that people look at.
  Result<Response> free_days(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
    if (!from || !to || *to < *from || *to - *from > most_days_shown) {
      return core::Error::invalid_field(
          "to", {"Give from and to, at most 400 days apart.", "fromとtoを、400日以内の期間で指定してください。"});
    }
    const auto calendar = bench_->store().calendar();
    const auto& own = calendar.days_off();
    json::array items;
    for (auto day = *from; day <= *to; day = day + 1) {
      if (calendar.is_business_day(day)) continue;
      const auto holiday =
          calendar.holidays() == core::HolidayCalendar::japan ? core::japanese_holiday(day) : std::nullopt;
      const bool is_own = std::binary_search(own.begin(), own.end(), day);
      items.push_back(json::object{{"day", json::from(day)},
                                   {"kind", holiday ? "holiday" : (is_own ? "day_off" : "weekend")},
                                   {"name", holiday ? json::value(render(*holiday)) : json::value(nullptr)}});
    }
    return answer(json::object{{"items", std::move(items)}});
  }

  Result<Response> set_calendar(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto word = fields.choice("holidays", {"japan", "weekends_only"}, true);
    const auto* listed = fields.list("days_off");
    std::vector<core::Day> days_off;
    for (std::size_t i = 0; listed && i < std::min(listed->size(), most_days_off + 1); ++i) {
      const auto day = (*listed)[i].is_string() ? core::parse_day((*listed)[i].get_string()) : std::nullopt;
      if (day && i < most_days_off) {
        days_off.push_back(*day);
      } else {
        fields.fail("days_off[" + std::to_string(i) + "]", {"Give up to 1,000 days such as 2026-12-30.",
                                                            "2026-12-30の形式の日付を1,000件以内で指定してください。"});
      }
    }
    BANSO_TRY(fields.finish());
    const core::BusinessCalendar calendar(*core::holiday_calendar_from(*word), days_off);
    bench_->store().set_calendar(calendar);
    bench_->tell({});
    return answer(render_calendar(calendar));
  }

 private:
  // With who and why, where it was a person: what was said since then, newest last.
  json::object render_change(const ForecastChange& change, core::Day since, const std::string& currency) const {
    json::array people;
    if (change.input_id != 0) {
      const auto begin = end_of(since, bench_->from().surroundings.utc_offset_minutes());
      for (const auto& version : bench_->store().versions(change.input_id)) {
        if (version.known_at <= begin) continue;
        people.push_back(json::object{{"at", json::from(version.known_at)},
                                      {"author", version.author},
                                      {"why", version.why},
                                      {"category", word_of(version.input.category)},
                                      {"forecast", render_money(version.input.forecast_minor, currency)}});
      }
    }
    const auto word_or_null = [](const std::string& word) {
      return word.empty() ? json::value(nullptr) : json::value(word);
    };
    return {{"id", to_string(change.key)},
            {"account", json::object{{"id", change.key.account.value}, {"name", change.account_name}}},
            {"due_day", json::from(change.key.due)},
            {"owner_name", change.owner_name},
            {"before", render_money(change.before_minor, currency)},
            {"after", render_money(change.after_minor, currency)},
            {"change", render_money(change.delta_minor(), currency)},
            {"category_before", word_or_null(change.category_before)},
            {"category_after", word_or_null(change.category_after)},
            {"outcome_before", word_or_null(change.outcome_before)},
            {"outcome_after", word_or_null(change.outcome_after)},
            {"cause", word_of(change.cause)},
            {"words", render(change.words)},
            {"people", std::move(people)}};
  }

  static void add(RateMonth& sum, const RateMonth& month) {
    sum.due += month.due;
    sum.renewed += month.renewed;
    sum.on_time += month.on_time;
    sum.late += month.late;
    sum.lost += month.lost;
    sum.due_minor += month.due_minor;
    sum.renewed_minor += month.renewed_minor;
    sum.on_time_minor += month.on_time_minor;
    sum.expanded_minor += month.expanded_minor;
  }

  static json::object render_rate(const RateMonth& month, const std::string& currency) {
    const auto share = [](std::int64_t part, std::int64_t whole) {
      return whole > 0 ? json::value(static_cast<double>(part) / static_cast<double>(whole)) : json::value(nullptr);
    };
    return {{"due", month.due},
            {"renewed", month.renewed},
            {"on_time", month.on_time},
            {"late", month.late},
            {"lost", month.lost},
            {"due_amount", render_money(month.due_minor, currency)},
            {"renewed_amount", render_money(month.renewed_minor, currency)},
            {"on_time_amount", render_money(month.on_time_minor, currency)},
            {"expanded_amount", render_money(month.expanded_minor, currency)},
            {"renewal_rate", share(month.renewed_minor, month.due_minor)},
            {"on_time_rate", share(month.on_time_minor, month.due_minor)},
            {"logo_renewal_rate", share(month.renewed, month.due)}};
  }

  static json::object render_opportunity(const JudgedOpportunity& each, const std::string& currency) {
    const auto& opportunity = each.opportunity;
    json::array evidence;
    for (const auto& row : opportunity.evidence) {
      json::object rendered{{"label", render(row.label)}, {"unit", row.unit}};
      rendered["value"] = row.unit == "money" ? json::value(nullptr) : json::value(row.value);
      rendered["amount"] =
          row.unit == "money" ? render_money(static_cast<std::int64_t>(row.value), currency) : json::value(nullptr);
      evidence.push_back(std::move(rendered));
    }
    const auto& decision = each.decision;
    return {{"account", json::object{{"id", opportunity.account.value}, {"name", each.account_name}}},
            {"owner", render_user(each.owner, each.owner_name)},
            {"kind", word_of(opportunity.kind)},
            {"subject", opportunity.subject},
            {"amount", render_money(opportunity.amount_minor, currency)},
            {"words", render(opportunity.words)},
            {"evidence", std::move(evidence)},
            {"status", each.status},
            {"until", decision && each.status == "snoozed" ? json::from(decision->until) : json::value(nullptr)},
            {"reason", decision ? decision->reason : std::string()},
            {"converted", decision && each.status == "converted" ? render_money(decision->amount_minor, currency)
                                                                 : json::value(nullptr)},
            {"due_day", decision && each.status == "converted" ? json::from(decision->due) : json::value(nullptr)}};
  }

  core::UserId owner_of(const health::BookView& view, std::size_t row) const {
    const auto value = view.value(row, "owner");
    const auto* word = std::get_if<std::string>(&value);
    if (!word || word->empty() || word->find_first_not_of("0123456789") != std::string::npos) return {};
    return {std::stoll(*word)};
  }

  static void add(OwnerBook& book, const Renewal& renewal, core::Day today) {
    ++book.due;
    book.due_minor += renewal.due_minor;
    book.forecast_minor += renewal.total_minor();
    book.target_minor += renewal.target_minor;
    if (is_at_risk(renewal)) {
      ++book.at_risk;
      book.at_risk_minor += renewal.due_minor;
    }
    if (lacks_next_step(renewal, today)) ++book.without_next_step;
  }

  static json::object render_book(const OwnerBook& book, const std::string& currency) {
    return {{"owner", render_user(book.owner, book.name)},
            {"accounts", book.accounts},
            {"arr", render_money(book.arr_minor, currency)},
            {"due", book.due},
            {"due_amount", render_money(book.due_minor, currency)},
            {"at_risk", book.at_risk},
            {"at_risk_amount", render_money(book.at_risk_minor, currency)},
            {"without_next_step", book.without_next_step},
            {"forecast", render_money(book.forecast_minor, currency)},
            {"target", render_money(book.target_minor, currency)}};
  }

  static json::object render_calendar(const core::BusinessCalendar& calendar) {
    json::array days_off;
    for (const auto day : calendar.days_off()) days_off.push_back(json::from(day));
    return {{"holidays", core::word_of(calendar.holidays())}, {"days_off", std::move(days_off)}};
  }

  std::shared_ptr<Workbench> bench_;
};

}  // namespace

http::Routes figure_routes(std::shared_ptr<Workbench> bench) {
  const auto handlers = std::make_shared<FigureHandlers>(std::move(bench));
  const auto to = [&](Result<Response> (FigureHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/renewals/changes", Permission::read_only, to(&FigureHandlers::changes)},
      {Method::get, "/api/renewals/rates", Permission::read_only, to(&FigureHandlers::rates)},
      {Method::get, "/api/renewals/opportunities", Permission::read_only, to(&FigureHandlers::opportunities)},
      {Method::post, "/api/renewals/opportunities", Permission::csm, to(&FigureHandlers::decide)},
      {Method::get, "/api/renewals/books", Permission::csm, to(&FigureHandlers::books)},
      {Method::get, "/api/renewals/reasons", Permission::read_only, to(&FigureHandlers::reasons)},
      {Method::post, "/api/renewals/reasons/{key}/merge", Permission::leader, to(&FigureHandlers::merge_reasons)},
      {Method::get, "/api/renewals/churn-reasons", Permission::read_only, to(&FigureHandlers::churn_reasons_by_month)},
      {Method::get, "/api/renewals/calendar", Permission::read_only, to(&FigureHandlers::calendar)},
      {Method::get, "/api/renewals/calendar/free-days", Permission::read_only, to(&FigureHandlers::free_days)},
      {Method::put, "/api/renewals/calendar", Permission::admin, to(&FigureHandlers::set_calendar)},
  };
}

}  // namespace banso::renewals
