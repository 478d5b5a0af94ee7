#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "test_house.hpp"

namespace banso::health {
namespace {

namespace json = platform::json;
using platform::http::Method;

const core::Day last_day = first_day + 240;

std::int64_t scored_accounts_of(const EvaluationReport& report) {
  std::int64_t scored = 0;
  for (const auto& level : report.levels) scored += level.level.empty() ? 0 : level.accounts;
  return scored;
}

TEST(Evaluation, ScoresAFreshBookWithStarterDefinitions) {
  TestHouse house(last_day);
  house.write_vendor(24, last_day);
  const auto report = house.evaluate();
  EXPECT_EQ(report.accounts, 24);
  EXPECT_TRUE(report.made_starter_definitions);
  EXPECT_EQ(scored_accounts_of(report), 24);
  EXPECT_GE(report.weeks, 30);
  const auto scorecards = house.definitions->list("scorecard");
  ASSERT_EQ(scorecards.size(), 1u);
  EXPECT_EQ(scorecards[0].updated_by, "Banso");
  const auto book = house.get("/api/book", {{"sort", "-score"}});
  EXPECT_EQ(book.at("total").as_int64(), 24);
  double previous = 101;
  for (const auto& item : book.at("items").as_array()) {
    const double score = item.at("score").to_number<double>();
    EXPECT_LE(score, previous);
    previous = score;
    EXPECT_EQ(item.at("sparkline").as_array().size(), 26u);
    EXPECT_FALSE(item.at("sparkline").as_array().back().is_null());
    EXPECT_LE(item.at("reasons").as_array().size(), 3u);
    EXPECT_FALSE(item.at("reasons").as_array().empty());
  }
}

TEST(Evaluation, TwiceGivesTheSame) {
  TestHouse house(last_day);
  house.write_vendor(12, last_day);
  house.evaluate();
  const auto once = house.book_items();
  const auto report = house.evaluate();
  EXPECT_FALSE(report.made_starter_definitions);
  EXPECT_EQ(once, house.book_items());
}

// The loaded table of a new process equals the one that was computed.
TEST(Evaluation, SurvivesARestart) {
  TestHouse house(last_day);
  house.write_vendor(12, last_day);
  house.evaluate();
  const auto before = house.book_items();
  house.health = Service::make(house.dependencies);
  house.health->start();
  EXPECT_EQ(before, house.book_items());
  house.health->stop();
}

TEST(Evaluation, IncrementalEqualsFull) {
  TestHouse house(last_day);
  house.write_vendor(12, last_day);
  house.evaluate();
  const auto untouched = house.book_items();
  const auto by = platform::records::Provenance::by(core::Caller::system("test"));

  customers::TicketInput ticket;
  ticket.account = TestHouse::account_key(3);
  ticket.external_id = "late";
  ticket.opened_at = TestHouse::noon(last_day - 90);
  ticket.priority = customers::TicketPriority::urgent;
  ASSERT_TRUE(house.customers->upsert_tickets(by, {{ticket}}, {core::KnownBy::happening, false}));
  std::vector<usage::EventInput> events;
  for (int i = 0; i < 200; ++i) {
    usage::EventInput event;
    event.account = TestHouse::account_key(5);
    event.user = "new" + std::to_string(i % 40);
    event.name = "message_posted";
    event.occurred_at = TestHouse::noon(last_day - i % 50);
    events.push_back(event);
  }
  ASSERT_TRUE(house.usage->append_events(by, events, {core::KnownBy::happening, false}));
  house.usage->refresh();
  customers::AccountInput renamed;
  renamed.external_id = TestHouse::account_key(7);
  renamed.name = std::string("Renamed");
  ASSERT_TRUE(house.customers->upsert_accounts(by, {{renamed}}));
  ASSERT_TRUE(house.customers->delete_account(by, house.id_of(9)));

  EXPECT_EQ(house.health->refresh_dirty(), 4);
  EXPECT_EQ(house.health->refresh_dirty(), 0);
  const auto incremental = house.book_items();
  EXPECT_EQ(incremental.size(), 11u);
  EXPECT_NE(incremental, untouched);
  house.evaluate();
  EXPECT_EQ(incremental, house.book_items());
}

// What a page says of an earlier day is what it said then: a house that stopped there knows the same.
TEST(Evaluation, AnEarlierDayEqualsHavingEvaluatedThen) {
  const core::Day then = last_day - 63;
  TestHouse stopped(then);
  stopped.write_vendor(12, then);
  stopped.evaluate();
  TestHouse house(last_day);
  house.write_vendor(12, last_day);
  // The same definitions, so that only the facts can differ.
  ASSERT_TRUE(house.definitions->import_text(core::Caller::system("test"), stopped.definitions->export_text({}), true,
                                             {"w", "w"}));
  house.evaluate();
  const auto earlier = house.book_items({{"as_of", core::to_string(then)}});
  const auto back_then = stopped.book_items();
  ASSERT_EQ(earlier.size(), back_then.size());
  for (std::size_t i = 0; i < earlier.size(); ++i) EXPECT_EQ(earlier[i], back_then[i]);
  EXPECT_EQ(
      house.get("/api/book", {{"as_of", core::to_string(last_day + 1)}}).at("errors").at(0).at("field").as_string(),
      "as_of");
}

TEST(Evaluation, FindsMeasuresForEveryShapeOfData) {
  for (const Shape shape : {Shape{true, true, true, false}, Shape{false, true, false, false},
                            Shape{false, false, false, true}, Shape{true, false, false, false}}) {
    TestHouse house(last_day);
    house.write_vendor(15, last_day, shape);
    const auto report = house.evaluate();
    EXPECT_TRUE(report.made_starter_definitions);
    EXPECT_GE(scored_accounts_of(report), 12) << shape.usage << shape.contracts << shape.records << shape.attributes;
  }
}

// Starter definitions follow the data until a person changes them.
TEST(Evaluation, LearnsOfANewSourceWhileNobodyChoseOtherwise) {
  TestHouse house(last_day);
  house.write_vendor(10, last_day, {false, true, false, false});
  house.evaluate();
  const auto before = house.definitions->list("measure").size();
  house.write_vendor(10, last_day, {true, false, false, false});
  EXPECT_TRUE(house.evaluate().made_starter_definitions);
  EXPECT_GT(house.definitions->list("measure").size(), before);
  const auto release = house.get("/api/evaluation").at("release").as_int64();

  const definitions::Name card{"scorecard", house.definitions->list("scorecard").at(0).name.key};
  auto body = boost::json::parse(*house.definitions->get(card)->body);
  body.at("groups").at(0).at("weight") = 9;
  const core::Caller hanako{core::UserId{1}, "Hanako", core::Role::leader, core::Language::ja};
  ASSERT_TRUE(house.definitions->put_draft(hanako, card, json::serialize(body)));
  ASSERT_TRUE(house.definitions->publish(hanako, card, "adoption matters most"));
  house.write_vendor(10, last_day, {false, false, true, false});
  EXPECT_FALSE(house.evaluate().made_starter_definitions);
  EXPECT_EQ(house.get("/api/evaluation").at("release").as_int64(), release + 1);
}

// What the shell brings in, or a crash leaves behind, is scored when the server starts.
TEST(Evaluation, StartsWithWhatWasLeftUnscored) {
  TestHouse house(last_day);
  house.write_vendor(6, last_day);
  house.evaluate();
  const auto computed_at = house.get("/api/evaluation").at("computed_at");
  const auto start = [&] {
    house.health = Service::make(house.dependencies);
    auto jobs = platform::jobs::Jobs::make(house.records());
    house.health->register_jobs(*jobs);
    jobs->start();
    house.health->start();
    house.get("/api/book");  // waits until it is loaded
    for (int tries = 0; tries < 100 && house.get("/api/evaluation").at("computed_at") == computed_at; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(tries < 10 ? 20 : 100));
    }
    jobs->stop();
    house.health->stop();
    return house.get("/api/evaluation").at("computed_at") != computed_at;
  };
  customers::AccountInput renamed;
  renamed.external_id = TestHouse::account_key(2);
  renamed.phase = std::string("renewal");
  const auto by = platform::records::Provenance::by(core::Caller::system("test"));
  const auto outcomes = house.customers->upsert_accounts(by, {{renamed}});
  ASSERT_EQ(outcomes->front().result, core::RowResult::updated);
  EXPECT_TRUE(start());
}

TEST(Evaluation, AStoppedOneLeavesTheLastInPlace) {
  TestHouse house(last_day);
  house.write_vendor(6, last_day);
  house.evaluate();
  const auto before = house.book_items();
  EXPECT_FALSE(house.health->evaluate_all([](double, const core::Text&) { return false; }));
  EXPECT_EQ(before, house.book_items());
  EXPECT_FALSE(house.get("/api/evaluation").at("running").as_bool());
}

}  // namespace
}  // namespace banso::health
