// What changes is scored by itself, on the current day first and in the past behind, and nothing of it is ever lost.
#include "live_book.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "test_house.hpp"

namespace banso::health {
namespace {

const core::Day last_day = first_day + 240;
const auto by = platform::records::Provenance::by(core::Caller::system("test"));

usage::EventInput event_of(int account, const std::string& user, core::Day day, core::Instant known_at) {
  usage::EventInput event;
  event.account = TestHouse::account_key(account);
  event.user = user;
  event.name = "message_posted";
  event.occurred_at = TestHouse::noon(day);
  event.known_at = known_at;
  return event;
}

void send(TestHouse& house, const std::vector<usage::EventInput>& events) {
  ASSERT_TRUE(house.usage->append_events(by, events));
  house.usage->refresh();
}

template <class Condition>
bool soon(Condition holds) {
  for (int tries = 0; tries < 500; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

// Random changes of every kind, scored step by step, give what one evaluation of everything gives.
TEST(LiveBook, StepByStepEqualsEverythingAtOnce) {
  TestHouse house(last_day);
  house.write_vendor(20, last_day);
  house.evaluate();
  std::mt19937 random(3);
  for (int round = 0; round < 6; ++round) {
    std::vector<usage::EventInput> events;
    for (int i = 0; i < 40; ++i) {
      const core::Day day = last_day - static_cast<int>(random() % 3 == 0 ? random() % 200 : random() % 3);
      // Some are known late, some come from the future of the book, some bring new people.
      const int delay = random() % 4 == 0 ? static_cast<int>(random() % 20) : 0;
      events.push_back(event_of(static_cast<int>(random() % 20), "u" + std::to_string(random() % 40),
                                day + static_cast<int>(random() % 50 == 0 ? 30 : 0), TestHouse::noon(day + delay)));
    }
    send(house, events);
    customers::TicketInput ticket;
    ticket.account = TestHouse::account_key(static_cast<int>(random() % 20));
    ticket.external_id = "t" + std::to_string(round);
    ticket.opened_at = TestHouse::noon(last_day - static_cast<int>(random() % 90));
    ASSERT_TRUE(house.customers->upsert_tickets(by, {{ticket}}, {core::KnownBy::happening, false}));
    if (round == 3) {
      ASSERT_TRUE(house.customers->delete_account(by, house.id_of(11)));
    }
    EXPECT_GT(house.health->refresh_dirty(), 0);
    const auto incremental = house.book_items();
    house.health = Service::make(house.dependencies);  // what it wrote to the mart is what it showed
    house.health->start();
    EXPECT_EQ(incremental, house.book_items()) << "restarted in round " << round;
    house.health->stop();
    house.evaluate();
    const auto full = house.book_items();
    ASSERT_EQ(incremental.size(), full.size());
    for (std::size_t i = 0; i < full.size(); ++i) ASSERT_EQ(incremental[i], full[i]) << "round " << round;
  }
}

// The mart's history follows what came late, also where it is read from the mart.
TEST(LiveBook, LateEventsChangeTheWeeksTheyBelongTo) {
  TestHouse house(last_day);
  house.write_vendor(5, last_day);
  house.evaluate();
  const auto account = house.id_of(2);
  MartStore mart(house.dependencies.mart);
  const auto before = mart.history(*mart.newest(), account).value();
  std::vector<usage::EventInput> events;
  for (int i = 0; i < 300; ++i) {
    const core::Day day = last_day - 100 - i % 20;
    events.push_back(event_of(2, "late" + std::to_string(i % 60), day, TestHouse::noon(day)));
  }
  send(house, events);
  EXPECT_EQ(house.health->refresh_dirty(), 1);
  const auto after = mart.history(*mart.newest(), account).value();
  ASSERT_EQ(before.size(), after.size());
  int changed = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (after[i].score == before[i].score) continue;
    ++changed;
    EXPECT_GE(after[i].day, last_day - 119);
  }
  EXPECT_GT(changed, 2);
  house.evaluate();
  const auto full = mart.history(*mart.newest(), account).value();
  ASSERT_EQ(full.size(), after.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].score, full[i].score) << i;
}

// The first scores with a new source are written before starter definitions are chosen anew: a crash in between must
// not make them forget it.
TEST(LiveBook, ANewSourceStaysNewUntilStarterDefinitionsKnowIt) {
  TestHouse house(last_day);
  house.write_vendor(10, last_day, {false, true, false, false});
  house.evaluate();
  house.write_vendor(10, last_day, {true, false, false, false});
  house.usage->refresh();
  EXPECT_GT(house.health->refresh_dirty(), 0);
  house.health = Service::make(house.dependencies);
  house.health->start();
  EXPECT_FALSE(house.book_items().empty());
  house.health->stop();
  EXPECT_TRUE(house.evaluate().made_starter_definitions);
  EXPECT_FALSE(house.evaluate().made_starter_definitions);
}

TEST(LiveBook, AnExceptionLosesNothing) {
  TestHouse house(last_day);
  house.write_vendor(6, last_day);
  std::atomic<bool> is_broken = false;
  house.dependencies.surroundings.reporting_currency = [&]() -> std::string {
    if (is_broken) throw std::runtime_error("the records cannot be read");
    return "JPY";
  };
  house.health = Service::make(house.dependencies);
  house.evaluate();
  const auto before = house.book_items();
  is_broken = true;
  const core::AccountId accounts[] = {house.id_of(1), house.id_of(4)};
  house.health->mark_dirty(accounts);
  EXPECT_EQ(house.health->refresh_dirty(), 0);
  EXPECT_EQ(house.get("/api/evaluation").at("waiting").as_int64(), 2);
  is_broken = false;
  std::int64_t scored = 0;
  EXPECT_TRUE(soon([&] { return (scored += house.health->refresh_dirty()) == 2; }));
  EXPECT_EQ(house.get("/api/evaluation").at("waiting").as_int64(), 0);
  EXPECT_EQ(before, house.book_items());
}

TEST(LiveBook, TellsListenersAndMeasuresTheLag) {
  TestHouse house(last_day);
  house.write_vendor(6, last_day);
  house.evaluate();
  std::mutex mutex;
  std::vector<BookChange> heard;
  house.health->on_book_changed([&](const BookChange& change) {
    const std::lock_guard lock(mutex);
    heard.push_back(change);
  });
  house.health->on_book_changed([](const BookChange&) { throw std::runtime_error("a browser went away"); });
  house.health->start();
  house.get("/api/book");
  EXPECT_TRUE(house.get("/api/evaluation").at("lag_ms_p99").is_null());
  send(house, {event_of(3, "somebody new", last_day, core::now())});
  EXPECT_TRUE(soon([&] {
    const std::lock_guard lock(mutex);
    return !heard.empty();
  }));
  house.health->stop();
  EXPECT_EQ(heard.at(0).accounts, std::vector{house.id_of(3)});
  EXPECT_FALSE(heard.at(0).has_many);
  const auto status = house.get("/api/evaluation");
  EXPECT_EQ(status.at("lag_samples").as_int64(), 1);
  EXPECT_LT(status.at("lag_ms_p99").to_number<double>(), 3000);
}

// A process that dies leaves behind that something waited: the mark is durable before anything is scored.
TEST(LiveBook, RemembersOverACrashThatSomethingWaits) {
  TestHouse house(last_day);
  house.write_vendor(4, last_day);
  house.evaluate();
  MartStore mart(house.dependencies.mart);
  EXPECT_FALSE(mart.has_unscored());
  send(house, {event_of(1, "u1", last_day, TestHouse::noon(last_day))});
  EXPECT_TRUE(mart.has_unscored());
  house.health = Service::make(house.dependencies);  // what was in memory is gone
  EXPECT_TRUE(mart.has_unscored());
  house.evaluate();
  EXPECT_FALSE(mart.has_unscored());
}

// What a full evaluation covers is read from the databases: facts held in memory must not be taken for whole
// afterwards.
TEST(LiveBook, WhatAFullEvaluationCoveredIsNotMissedByTheNextRound) {
  TestHouse house(last_day);
  house.write_vendor(5, last_day);
  house.evaluate();
  send(house, {event_of(2, "u1", last_day, TestHouse::noon(last_day))});
  ASSERT_EQ(house.health->refresh_dirty(), 1);  // its facts are held from now on
  std::vector<usage::EventInput> late;
  late.reserve(20);
  for (int i = 0; i < 20; ++i) {
    late.push_back(event_of(2, "late" + std::to_string(i), last_day - 10, TestHouse::noon(last_day - 10)));
  }
  send(house, late);
  house.evaluate();
  send(house, {event_of(2, "u2", last_day, TestHouse::noon(last_day))});
  ASSERT_EQ(house.health->refresh_dirty(), 1);
  const auto in_a_round = house.book_items();
  house.evaluate();
  EXPECT_EQ(in_a_round, house.book_items());
}

// Events trickle in: when the first scores are made, hardly anybody has any. A full evaluation follows by itself as
// soon as usage says something about the book.
TEST(LiveBook, StarterDefinitionsFollowUsageThatTricklesIn) {
  TestHouse house(last_day);
  house.write_vendor(10, last_day, {false, false, false, false});
  house.write_vendor(1, last_day, {true, false, false, false});
  EXPECT_TRUE(house.evaluate().made_starter_definitions);
  const auto release = house.get("/api/evaluation").at("release").as_int64();
  EXPECT_FALSE(house.evaluate().made_starter_definitions);
  const auto jobs = platform::jobs::Jobs::make(house.records());
  house.health->register_jobs(*jobs);
  jobs->start();
  house.health->start();
  house.write_vendor(10, last_day, {true, false, false, false});
  EXPECT_TRUE(soon([&] { return house.get("/api/evaluation").at("release").as_int64() > release; }));
  jobs->stop();
  house.health->stop();
  const definitions::Name card{"scorecard", house.definitions->list("scorecard").at(0).name.key};
  EXPECT_NE(house.definitions->get(card)->body->find("days_since_activity"), std::string::npos);
  EXPECT_FALSE(house.evaluate().made_starter_definitions);
}

// Accounts that are crowded out of memory are read again when they are needed.
TEST(FactsCache, ABoundThatIsTooSmallChangesNothingButTheTime) {
  TestHouse house(last_day);
  house.write_vendor(15, last_day);
  house.evaluate();
  const auto set = read_published(*house.definitions);
  Evaluator evaluator(house.dependencies);
  std::vector<Marked> all;
  std::vector<core::AccountId> ids;
  ids.reserve(15);
  for (int account = 0; account < 15; ++account) ids.push_back(house.id_of(account));
  std::sort(ids.begin(), ids.end());
  all.reserve(ids.size());
  for (const auto id : ids) all.push_back({id, {last_day, last_day, false, core::now(), core::now(), 0, {}}});
  const core::Day days[] = {last_day};
  const auto whole = evaluator.assess(ids, *set, days);
  for (const std::size_t limit_bytes : {facts_cache_bytes, std::size_t{20'000}, std::size_t{1}}) {
    FactsCache cache(house.dependencies, limit_bytes);
    for (int round = 0; round < 3; ++round) {
      const auto facts = cache.acquire(all, last_day, *set);
      const auto book = engine::assemble(facts.features, facts.parts);
      const auto scored = scored_accounts(book, *set, engine::evaluate_history(book, set->definitions, days));
      ASSERT_EQ(scored.size(), whole.accounts.size());
      for (std::size_t i = 0; i < scored.size(); ++i) {
        EXPECT_EQ(scored[i].score, whole.accounts[i].score);
        EXPECT_EQ(scored[i].states, whole.accounts[i].states);
        EXPECT_EQ(scored[i].newest_days, whole.accounts[i].newest_days);
        for (std::size_t m = 0; m < scored[i].values.size(); ++m) {
          if (std::isnan(whole.accounts[i].values[m])) continue;
          EXPECT_EQ(scored[i].values[m], whole.accounts[i].values[m]);
        }
      }
    }
    // The next call makes room first.
    cache.acquire(std::span(all).first(1), last_day, *set);
    EXPECT_LE(cache.size(), limit_bytes < 1000 ? 1u : 15u);
  }
}

}  // namespace
}  // namespace banso::health
