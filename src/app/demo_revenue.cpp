#include "demo_revenue.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;
using core::Day;
using simulation::AccountHistory;
using simulation::Subscription;

constexpr int trial_days = 30;
constexpr int away_days = 150;
constexpr int months_of_rates = 60;

// "A-000123": 123.
int number_of(const AccountHistory& history) {
  const auto& id = history.account.external_id;
  int number = 0;
  const auto* end = id.data() + id.size();
  std::from_chars(id.data() + id.find_last_of('-') + 1, end, number);
  return number;
}

std::string base_product() {
  return simulation::vendor().products.front().name.en;
}

revenue::SubscriptionInput beside(const AccountHistory& history, const char* suffix, const std::string& product,
                                  Day start, core::Money amount) {
  revenue::SubscriptionInput row;
  row.account = history.account.external_id;
  row.external_id = history.account.external_id + suffix;
  row.product = product;
  row.start = start;
  row.amount = std::move(amount);
  row.known_at = core::start_of(start);
  return row;
}

const Subscription& last_of(const AccountHistory& history) {
  return *std::max_element(history.subscriptions.begin(), history.subscriptions.end(),
                           [](const auto& a, const auto& b) { return a.start < b.start; });
}

void add_slips(const AccountHistory& history, int number, std::vector<revenue::SubscriptionInput>& rows) {
  const auto& last = last_of(history);
  const core::Money small{20'000, "JPY"};
  const std::string training = "Training";
  switch (number % 97) {
    case 7: {  // a term that should have replaced the other
      auto row = beside(history, "-X1", base_product(), last.start + 20, small);
      row.end = last.start + 50;
      rows.push_back(std::move(row));
      break;
    }
    case 19:
      rows.push_back(beside(history, "-X2", training, last.start, {30'000, "CHF"}));
      break;
    case 31:
      rows.push_back(beside(history, "-X3", training, last.start, {0, "JPY"}));
      break;
    case 43: {
      auto row = beside(history, "-X4", training, last.start, small);
      row.transferred_from = std::string("A-000000-S01");
      rows.push_back(std::move(row));
      break;
    }
    default:
      break;
  }
}

// Percent by which a rate lies above its middle, month by month: rises and falls as rates do.
constexpr std::array<int, 12> swing_percent{0, 2, 3, 5, 4, 6, 3, 1, -1, -3, -2, 1};

core::Result<json::object> call(Application& application, platform::http::Method method, const std::string& pattern,
                                std::map<std::string, std::string> query, const json::value& body = nullptr) {
  for (const auto& route : application.retention->routes()) {
    if (route.method != method || route.pattern != pattern) continue;
    platform::http::Request request;
    request.method = method;
    request.query = std::move(query);
    if (!body.is_null()) request.body = json::serialize(body);
    request.caller = core::Caller::system("Demo");
    BANSO_TRY_ASSIGN(const auto response, route.handler(request));
    return json::parse_object(response.body);
  }
  return core::Error::not_found({"There is no such route.", "ルートがありません。"});
}

json::array goals_for(const json::array& quarters) {
  json::array goals;
  for (const auto& quarter : quarters) {
    const auto opening = quarter.at("opening").to_number<std::int64_t>() * 12;
    if (opening == 0) continue;
    const auto rounded = [](std::int64_t yen) { return (yen + 500'000) / 1'000'000 * 1'000'000; };
    goals.push_back(json::object{{"quarter", quarter.at("month")},
                                 {"arr", rounded(opening * 104 / 100)},
                                 {"nrr", 1.05},
                                 {"grr", 0.92},
                                 {"new", rounded(opening * 3 / 100)},
                                 {"churn", rounded(opening * 2 / 100)}});
  }
  return goals;
}

// What was spent follows what was won: a month without new customers costs its events and salaries all the same.
json::array costs_for(const json::array& months) {
  struct Channel {
    const char* name;
    std::int64_t of_new_percent;
    std::int64_t fixed_yen;
  };
  constexpr std::array<Channel, 3> channels{
      {{"partner", 260, 400'000}, {"direct", 420, 1'300'000}, {"marketplace", 90, 200'000}}};
  json::array costs;
  for (const auto& month : months) {
    const auto won = month.at("new").to_number<std::int64_t>();
    for (const auto& channel : channels) {
      const auto amount = (won * channel.of_new_percent / 100 + channel.fixed_yen) / 1'000 * 1'000;
      costs.push_back(json::object{{"month", month.at("month")},
                                   {"channel", channel.name},
                                   {"amount", json::object{{"amount_minor", amount}, {"currency", "JPY"}}}});
    }
  }
  return costs;
}

core::Result<> write_targets(Application& application) {
  using platform::http::Method;
  const auto first = core::add_months(application.identity->workspace().book_day(), -12);
  const auto cells_by = [&](const char* grain) -> core::Result<json::array> {
    BANSO_TRY_ASSIGN(const auto figures, call(application, Method::get, "/api/revenue/figures",
                                              {{"from", core::to_string(first)}, {"grain", grain}}));
    return figures.at("series").at(0).at("cells").as_array();
  };
  BANSO_TRY_ASSIGN(const auto quarters, cells_by("quarter"));
  BANSO_TRY_ASSIGN(const auto months, cells_by("month"));
  BANSO_TRY(call(application, Method::put, "/api/revenue/goals", {}, json::object{{"items", goals_for(quarters)}}));
  BANSO_TRY(call(application, Method::put, "/api/revenue/costs", {}, json::object{{"items", costs_for(months)}}));
  BANSO_TRY(call(application, Method::put, "/api/revenue/unit-economics/settings", {},
                 json::object{{"gross_margin", 0.78},
                              {"yearly_discount_rate", 0.05},
                              {"horizon_months", 60},
                              {"channel_attribute", "contract_channel"}}));
  return {};
}

}  // namespace

namespace demo_rows {

std::optional<Day> returned_on(const AccountHistory& history) {
  if (history.account.phases.back().phase != simulation::Phase::churned || history.subscriptions.empty()) return {};
  if (number_of(history) % 4 != 0) return {};
  Day end = history.subscriptions.front().end;
  for (const auto& term : history.subscriptions) end = std::max(end, term.end);
  const Day back = end + away_days;
  if (core::start_of(back) > core::now()) return {};
  return back;
}

void add_revenue_stories(const AccountHistory& history, std::vector<revenue::SubscriptionInput>& rows) {
  if (history.subscriptions.empty()) return;
  const int number = number_of(history);
  const auto& first = history.subscriptions.front();
  if (number % 5 == 1) {
    auto row = beside(history, "-T00", base_product(), first.start - trial_days, first.amount);
    row.billing_period_months = first.billing_period_months;
    row.end = first.start;
    row.is_trial = true;
    rows.push_back(std::move(row));
  }
  if (const auto back = returned_on(history)) {
    const auto& last = last_of(history);
    auto row = beside(history, "-R01", base_product(), *back, last.amount);
    row.plan = last.plan;
    row.seats = last.seats;
    row.billing_period_months = last.billing_period_months;
    row.end = core::add_months(*back, 12);
    row.auto_renewal = true;
    row.notice_days = last.notice_days;
    rows.push_back(std::move(row));
  }
  if (number % 29 == 5) {
    const auto& last = last_of(history);
    auto row = beside(history, "", base_product(), last.start, last.amount);
    row.external_id = last.external_id;
    row.product = {};
    row.amount = {};
    row.past_due_from = last.start + 45;
    row.known_at = core::start_of(last.start + 45);
    if (*row.known_at < core::now()) rows.push_back(std::move(row));
  }
  add_slips(history, number, rows);
}

}  // namespace demo_rows

std::vector<revenue::Rate> demo_rates(Day until) {
  struct Middle {
    const char* currency;
    int hundredths;
  };
  constexpr std::array<Middle, 3> middles{{{"USD", 150'00}, {"EUR", 163'00}, {"SGD", 112'00}}};
  std::vector<revenue::Rate> rates;
  const auto [year, month, day] = core::year_month_day(until);
  for (const auto& middle : middles) {
    const auto text = [](int hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); };
    rates.push_back({middle.currency, std::nullopt, text(middle.hundredths)});
    for (int back = 0; back < months_of_rates; ++back) {
      const auto first = core::add_months(core::day_from(year, month, 1), -back);
      const auto swing = swing_percent[static_cast<std::size_t>(core::year_month_day(first).month - 1)];
      rates.push_back({middle.currency, first, text(middle.hundredths * (100 + swing) / 100)});
    }
  }
  return rates;
}

core::Result<> set_demo_targets(Application& application) {
  application.retention->start();
  auto written = write_targets(application);
  application.retention->stop();
  return written;
}

}  // namespace banso::app
