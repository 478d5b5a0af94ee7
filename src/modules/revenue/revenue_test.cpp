// The contract of products and subscriptions, on every database, and their arithmetic.
#include <chrono>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "modules/revenue/revenue.hpp"
#include "platform/json/json.hpp"
#include "platform/records_testing/databases.hpp"
#include "rates.hpp"

namespace banso::revenue {
namespace {

using core::Day;
using core::KnownBy;
using core::Money;
using core::RowResult;
using platform::http::Method;

Day on(int year, int month, int day) {
  return core::day_from(year, month, day);
}

class Revenue : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    database()->migrate(customers::migrations());
    database()->migrate(migrations());
    customers::Surroundings surroundings;
    surroundings.utc_offset_minutes = [] { return 0; };
    surroundings.book_day = [] { return on(2024, 6, 1); };
    surroundings.reporting_currency = [this] { return reporting_currency_; };
    customers_ = customers::Service::make(database(), surroundings);
    service_ = Service::make(database(), customers_, surroundings);
  }

  static Provenance by(core::Role role = core::Role::admin, core::ImportId import = {}) {
    core::Caller caller;
    caller.role = role;
    auto provenance = Provenance::by(caller);
    provenance.import = import;
    return provenance;
  }

  core::AccountId add_account(const std::string& external_id) {
    customers::AccountInput input;
    input.external_id = external_id;
    input.name = external_id;
    return {customers_->upsert_accounts(by(), {&input, 1}, {.known_by = KnownBy::happening}).value()[0].id};
  }

  static SubscriptionInput subscription(const std::string& account, const std::string& product, Day start) {
    SubscriptionInput input;
    input.account = account;
    input.product = product;
    input.start = start;
    input.amount = Money{12'000, "JPY"};
    input.billing_period_months = std::int64_t{12};
    return input;
  }

  std::vector<core::RowOutcome> write(std::vector<SubscriptionInput> rows, core::BatchOptions options = {},
                                      Provenance provenance = by()) {
    return service_->upsert_subscriptions(provenance, rows, options).value();
  }

  std::vector<SubscriptionFact> facts(Selection selection = {}) {
    std::vector<SubscriptionFact> all;
    service_->each_subscription(selection, [&](const SubscriptionFact& fact) { all.push_back(fact); });
    return all;
  }

  core::Result<boost::json::value> call(Method method, const std::string& pattern, std::int64_t id,
                                        const std::string& body = "", std::map<std::string, std::string> query = {}) {
    for (const auto& route : service_->routes()) {
      if (route.method != method || route.pattern != pattern) continue;
      platform::http::Request request;
      request.parameters = {{"id", std::to_string(id)}};
      request.query = std::move(query);
      request.body = body;
      request.caller = by().caller;
      auto response = route.handler(request);
      if (!response) return core::Error(response.error());
      return response->body.empty() ? boost::json::value() : boost::json::parse(response->body);
    }
    ADD_FAILURE() << "no route " << pattern;
    return core::Error::not_found({"", ""});
  }

  std::string reporting_currency_ = "JPY";
  std::shared_ptr<customers::Service> customers_;
  std::shared_ptr<Service> service_;
};

TEST_P(Revenue, AccountProductAndStartAreTheKeyWithoutAnExternalId) {
  add_account("A");
  const auto row = subscription("A", "Groupware", on(2024, 4, 1));
  EXPECT_EQ(write({row})[0].result, RowResult::created);
  auto again = subscription("A", "ＧＲＯＵＰＷＡＲＥ", on(2024, 4, 1));
  EXPECT_EQ(write({again})[0].result, RowResult::unchanged);
  again.seats = std::int64_t{30};
  EXPECT_EQ(write({again})[0].result, RowResult::updated);
  EXPECT_EQ(write({subscription("A", "Groupware", on(2025, 4, 1))})[0].result, RowResult::created);
  EXPECT_EQ(call(Method::get, "/api/products", 0)->at("items").as_array().size(), 1u);
}

TEST_P(Revenue, AContractAddedByHandTakesNoneFromAnotherAccount) {
  add_account("A");
  const auto other = add_account("B");
  auto row = subscription("A", "Groupware", on(2024, 4, 1));
  row.external_id = "C-1";
  EXPECT_EQ(write({row})[0].result, RowResult::created);
  const auto refused = call(Method::post, "/api/accounts/{id}/subscriptions", other.value,
                            R"({"external_id": "C-1", "product": "Groupware", "start": "2024-04-01"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).field, "external_id");
  row.account = "B";  // a table corrects whose it is
  EXPECT_EQ(write({row})[0].result, RowResult::updated);
}

TEST_P(Revenue, WrongRowsSayWhatIsWrong) {
  add_account("A");
  auto row = subscription("A", "P", on(2024, 4, 1));
  row.end = on(2024, 4, 1);
  row.amount = Money{-1, "JPY"};
  row.billing_period_months = std::int64_t{0};
  row.seats = std::int64_t{-5};
  std::vector<std::string> fields;
  const auto outcomes = write({row});
  for (const auto& error : outcomes[0].errors) fields.push_back(error.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"end", "seats", "billing_period_months", "amount"}));
  EXPECT_EQ(write({subscription("?", "P", on(2024, 4, 1))})[0].errors[0].field, "account");
  auto yen = subscription("A", "P", on(2024, 4, 1));
  yen.amount = Money{1, "YENS"};
  EXPECT_EQ(write({yen})[0].errors[0].field, "currency");
  EXPECT_TRUE(facts().empty());
}

TEST_P(Revenue, FactsCarryTheirWorthAndSinceWhenTheyAreKnown) {
  const auto account = add_account("A");
  auto row = subscription("A", "P", on(2024, 1, 31));
  row.external_id = "S-1";
  row.end = on(2025, 1, 31);
  write({row}, {.known_by = KnownBy::happening});
  auto renewed = row;
  renewed.end = on(2026, 1, 31);
  renewed.known_at = core::start_of(on(2024, 12, 1));
  write({renewed});
  const auto all = facts(Selection::of({account}));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].known.from, on(2024, 1, 31));
  EXPECT_EQ(all[0].known.until, on(2024, 12, 1));
  EXPECT_EQ(all[0].end, on(2025, 1, 31));
  EXPECT_EQ(all[1].end, on(2026, 1, 31));
  EXPECT_EQ(all[1].mrr_minor, 1'000);
  EXPECT_EQ(totals_on(all, on(2024, 6, 1), "JPY").arr_minor, 12'000);
}

TEST_P(Revenue, TheApiShowsContractsAsOfADay) {
  const auto account = add_account("A");
  const auto made = call(Method::post, "/api/accounts/{id}/subscriptions", account.value,
                         R"({"product":"P","start":"2024-04-01","end":"2025-04-01","seats":10,"notice_days":60,
                             "amount":{"amount_minor":120000,"currency":"JPY"},"billing_period_months":12})");
  ASSERT_TRUE(made);
  const auto shown = call(Method::get, "/api/accounts/{id}/subscriptions", account.value);
  EXPECT_EQ(shown->at("totals").at("mrr").at("amount_minor"), 10'000);
  EXPECT_EQ(shown->at("totals").at("next_renewal_day"), "2025-04-01");
  EXPECT_EQ(shown->at("totals").at("notice_deadline"), "2025-01-31");
  EXPECT_EQ(shown->at("items").at(0).at("status"), "active");
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}/subscriptions", account.value, "", {{"as_of", "2024-05-01"}})
                ->at("items")
                .as_array()
                .size(),
            0u);  // entered today, so not known then
  const auto id = made->at("id").as_int64();
  ASSERT_TRUE(call(Method::patch, "/api/subscriptions/{id}", id, R"({"end":null,"auto_renewal":true})"));
  EXPECT_EQ(call(Method::get, "/api/accounts/{id}/subscriptions", account.value)->at("items").at(0).at("renewal_day"),
            "2025-04-01");
  EXPECT_EQ(call(Method::patch, "/api/subscriptions/{id}", id, R"({"end":"2024-01-01"})").error().fields[0].field,
            "end");
  ASSERT_TRUE(call(Method::del, "/api/subscriptions/{id}", id));
  EXPECT_TRUE(facts().empty() || facts()[0].known.until != KnownSpan::still);
}

TEST_P(Revenue, OtherCurrenciesNeedARate) {
  add_account("A");
  auto row = subscription("A", "P", on(2024, 5, 15));
  row.amount = Money{100'00, "USD"};
  row.billing_period_months = std::int64_t{1};
  write({row});
  EXPECT_EQ(facts()[0].mrr_minor, std::nullopt);
  const std::vector<Rate> rates{{"USD", std::nullopt, "150"}, {"USD", on(2024, 5, 1), "151.255"}};
  ASSERT_TRUE(service_->set_rates(by(), rates));
  EXPECT_EQ(facts()[0].mrr_minor, 15'126);
  EXPECT_EQ(service_->rates().size(), 2u);
  const std::vector<Rate> wrong{{"USD", std::nullopt, "-1"}};
  EXPECT_EQ(service_->set_rates(by(), wrong).error().fields[0].field, "rates[0]");
  EXPECT_EQ(service_->set_rates(by(core::Role::csm), rates).error().code, core::ErrorCode::forbidden);
}

TEST_P(Revenue, TermsBeyondThePriceAreKept) {
  const auto account = add_account("A");
  auto row = subscription("A", "P", on(2024, 4, 1));
  row.external_id = "S-1";
  row.amount = Money{8'500, "JPY"};
  row.discount_ppm = std::int64_t{150'000};
  row.is_trial = true;
  row.past_due_from = on(2024, 5, 10);
  row.cancelled_on = on(2024, 5, 20);
  row.transferred_from = std::string("S-0");
  write({row}, {.known_by = KnownBy::happening});
  const auto fact = facts()[0];
  EXPECT_EQ(fact.discount_minor, 1'500);  // 15 % of a list price of 10,000
  EXPECT_TRUE(fact.is_trial);
  EXPECT_EQ(fact.past_due_from, on(2024, 5, 10));
  EXPECT_EQ(fact.cancelled_on, on(2024, 5, 20));
  EXPECT_EQ(fact.transferred_from, "S-0");
  const auto id = fact.subscription.value;
  ASSERT_TRUE(call(Method::patch, "/api/subscriptions/{id}", id,
                   R"({"discount":null,"is_trial":false,"past_due_from":null,"cancelled_on":null,
                       "transferred_from":null})"));
  const auto shown = call(Method::get, "/api/accounts/{id}/subscriptions", account.value)->at("items").at(0);
  for (const char* field : {"discount", "past_due_from", "cancelled_on", "transferred_from"})
    EXPECT_TRUE(shown.at(field).is_null()) << field;
  EXPECT_EQ(shown.at("is_trial"), false);
  const auto wrong = [&](const std::string& body) {
    return call(Method::patch, "/api/subscriptions/{id}", id, body).error().fields.at(0).field;
  };
  EXPECT_EQ(wrong(R"({"discount":{"amount_minor":-1,"currency":"JPY"}})"), "discount");
  EXPECT_EQ(wrong(R"({"discount":{"amount_minor":1,"currency":"USD"}})"), "discount");
  EXPECT_EQ(wrong(R"({"transferred_from":"S-1"})"), "transferred_from");
}

TEST_P(Revenue, WhatWasRecordedByAMomentStaysReadable) {
  const auto account = add_account("A");
  auto row = subscription("A", "P", on(2024, 4, 1));
  row.external_id = "S-1";
  write({row}, {.known_by = KnownBy::happening});
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  const auto moment = core::now();
  EXPECT_TRUE(service_->accounts_recorded_after(moment).empty());
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  row.amount = Money{24'000, "JPY"};
  write({row}, {.known_by = KnownBy::happening});  // as if it had been so from the start
  EXPECT_EQ(facts()[0].mrr_minor, 2'000);
  std::vector<SubscriptionFact> then;
  const auto keep = [&](const SubscriptionFact& fact) { then.push_back(fact); };
  service_->each_subscription_recorded_by(moment, Selection::all(), keep);
  service_->each_subscription_recorded_by(moment, Selection::of({account}), keep);
  ASSERT_EQ(then.size(), 2u);
  EXPECT_EQ(then[0].mrr_minor, 1'000);
  EXPECT_EQ(then[1].mrr_minor, 1'000);
  EXPECT_EQ(service_->accounts_recorded_after(moment), std::vector{account});
}

TEST_P(Revenue, UndoTakesAnImportBack) {
  add_account("A");
  write({subscription("A", "P", on(2024, 4, 1))}, {.known_by = KnownBy::happening}, by(core::Role::csm, {9}));
  EXPECT_EQ(service_->undo_import(by(), {9}).value().restored, 1);
  EXPECT_TRUE(facts().empty());
}

TEST_P(Revenue, ContractsAreOnTheTimeline) {
  const auto account = add_account("A");
  auto row = subscription("A", "P", on(2024, 4, 1));
  row.end = on(2024, 5, 1);
  write({row});
  for (const auto& route : customers_->routes()) {
    if (route.pattern != "/api/accounts/{id}/timeline") continue;
    platform::http::Request request;
    request.parameters = {{"id", std::to_string(account.value)}};
    request.query = {{"kinds", "contract"}};
    request.caller = by().caller;
    const auto answer = boost::json::parse(route.handler(request)->body);
    EXPECT_EQ(answer.at("total"), 2);
    EXPECT_EQ(answer.at("items").at(0).at("title"), "Contract ended: P");
  }
}

// The published figure of the subscriptions in ../shared/data/crm: MRR of 120,370 on 2023-04-01.
TEST_P(Revenue, RealContractsAddUpToThePublishedFigure) {
  const char* folder = std::getenv("BANSO_SHARED_DATA");
  std::ifstream file(std::string(folder ? folder : BANSO_SOURCE_DIR "/../shared/data") + "/crm/subscription.csv");
  if (!file) GTEST_SKIP() << "../shared/data is not here";
  reporting_currency_ = "USD";
  std::string line;
  std::getline(file, line);
  std::vector<SubscriptionInput> rows;
  std::map<std::string, customers::AccountInput> accounts;
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::stringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    auto& account = accounts[cells[0]];
    account.external_id = cells[0];
    account.name = cells[0];
    SubscriptionInput row;
    row.account = cells[0];
    row.product = cells[1];
    row.start = *core::parse_day(cells[2]);
    row.end = *core::parse_day(cells[3]);
    row.mrr = *core::parse_money(cells[4], "USD");
    row.billing_period_months = std::int64_t{std::stoi(cells[7])};
    rows.push_back(std::move(row));
  }
  std::vector<customers::AccountInput> list;
  for (const auto& [id, account] : accounts) list.push_back(account);
  ASSERT_TRUE(customers_->upsert_accounts(by(), list, {.known_by = KnownBy::happening}));
  for (const auto& outcome : write(rows, {.known_by = KnownBy::happening})) {
    ASSERT_NE(outcome.result, RowResult::rejected) << outcome.errors[0].field;
  }
  EXPECT_EQ(totals_on(facts(), on(2023, 4, 1), "USD").mrr_minor, 120'370'00);
}

INSTANTIATE_TEST_SUITE_P(Backends, Revenue, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

TEST(Rates, RoundOnceHalvesAwayFromZero) {
  const std::vector<Rate> table{{"USD", std::nullopt, "151.25"}};
  const Rates rates("JPY", table);
  EXPECT_EQ(rates.monthly_minor({1'000, "JPY"}, 3, on(2024, 1, 1)), 333);
  EXPECT_EQ(rates.monthly_minor({1, "USD"}, 1, on(2024, 1, 1)), 2);  // 1.5125 yen
  EXPECT_EQ(rates.monthly_minor({1, "EUR"}, 1, on(2024, 1, 1)), std::nullopt);
}

TEST(Terms, RenewAtTheEndOrByThePeriod) {
  SubscriptionFact fact;
  fact.start = on(2024, 1, 31);
  fact.billing_period_months = 1;
  EXPECT_EQ(renewal_day(fact, on(2024, 2, 1)), std::nullopt);
  fact.auto_renewal = true;
  EXPECT_EQ(renewal_day(fact, on(2024, 2, 1)), on(2024, 2, 29));
  EXPECT_EQ(renewal_day(fact, on(2024, 2, 29)), on(2024, 3, 31));
  fact.end = on(2024, 12, 31);
  fact.notice_days = 30;
  EXPECT_EQ(renewal_day(fact, on(2024, 6, 1)), fact.end);
  EXPECT_EQ(notice_deadline(fact, on(2024, 6, 1)), on(2024, 12, 1));
  EXPECT_EQ(renewal_day(fact, on(2024, 12, 31)), std::nullopt);
}

}  // namespace
}  // namespace banso::revenue
