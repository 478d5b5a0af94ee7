// Whatever happened to the tables meanwhile, the daily facts are those that the event store counts.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <tuple>

#include "daily_facts.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace duckdb = platform::duckdb;
using events::Event;
using events::EventKind;
using events::EventType;

const core::Day first_day = core::day_from(2026, 3, 1);

// The numbers of type names "feature 0" to "feature 9" are their features, "feature 9" is ignored.
FeatureOfType features() {
  return [](const EventType& type) -> std::optional<FeatureId> {
    const int number = std::stoi(type.name.substr(8));
    if (number == 9) return std::nullopt;
    return FeatureId{number + 1};
  };
}

Event event_of(std::int64_t account, int day, const std::string& person, int feature, std::int64_t import = 0) {
  Event event;
  event.source = {1};
  event.account = {account};
  event.occurred_at = {core::start_of(first_day + day).microseconds + 3'600 * core::microseconds_per_second};
  event.received_at = {event.occurred_at.microseconds + (day % 3) * core::microseconds_per_day};
  event.person_key = event.user_id = person;
  event.kind = EventKind::track;
  event.name = "feature " + std::to_string(feature);
  event.import = {import};
  return event;
}

using FactKey = std::tuple<std::int64_t, std::int32_t, std::string, std::int32_t, std::int32_t>;
using Facts = std::map<FactKey, std::int64_t>;  // account, day, person, feature, known day → events

Facts facts_of(DailyFacts& facts, const UsageDayQuery& query = {}) {
  std::map<std::int32_t, NumberedPerson> persons;
  for (auto& person : facts.persons({})) {
    EXPECT_TRUE(persons.emplace(person.number, person).second) << "two persons with one number";
  }
  Facts found;
  std::tuple<std::int64_t, std::int32_t, std::int32_t> last{0, 0, 0};
  facts.read(query, features(), [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      const std::tuple key{piece.account_ids[row], piece.days[row], piece.person_numbers[row]};
      EXPECT_LE(last, key) << "not in order";
      last = key;
      std::string name;
      if (piece.person_numbers[row] != 0) {
        const auto& person = persons.at(piece.person_numbers[row]);
        EXPECT_EQ(person.account.value, piece.account_ids[row]);
        name = person.person_key;
      }
      found[{piece.account_ids[row], piece.days[row], name, piece.feature_ids[row], piece.known_days[row]}] +=
          piece.events[row];
    }
  });
  return found;
}

// What the store itself counts.
Facts truth_of(events::EventStore& store) {
  Facts truth;
  const auto feature_of = features();
  store.user_days({}, [&](const events::UserDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      const auto feature = feature_of({piece.kinds[row], std::string(piece.names[row])});
      if (!feature) continue;
      truth[{piece.account_ids[row], piece.days[row], std::string(piece.person_keys[row]),
             static_cast<std::int32_t>(feature->value), piece.known_days[row]}] += piece.events[row];
    }
  });
  return truth;
}

// Per day and account, of the features given.
std::map<std::pair<std::int32_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>> feature_truth(
    const Facts& facts, std::int32_t feature) {
  std::map<std::pair<std::int32_t, std::int64_t>, std::pair<std::int64_t, std::set<std::string>>> gathered;
  for (const auto& [key, events] : facts) {
    const auto& [account, day, person, of_feature, known_day] = key;
    if (of_feature != feature) continue;
    auto& cell = gathered[{day, account}];
    cell.first += events;
    if (!person.empty()) cell.second.insert(person);
  }
  std::map<std::pair<std::int32_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>> truth;
  for (const auto& [key, cell] : gathered) truth[key] = {cell.first, static_cast<std::int64_t>(cell.second.size())};
  return truth;
}

void expect_feature_days(DailyFacts& facts, const Facts& truth, std::int32_t feature) {
  const std::vector<EventType> types{{EventKind::track, "feature " + std::to_string(feature - 1)}};
  std::map<std::pair<std::int32_t, std::int64_t>, std::pair<std::int64_t, std::int64_t>> found;
  for (const auto& day : facts.feature_days({feature}, types, first_day - 10, first_day + 100)) {
    EXPECT_TRUE(found.try_emplace({day.day.days, day.account.value}, day.events, day.users).second) << "twice";
  }
  EXPECT_EQ(found, feature_truth(truth, feature));
}

constexpr CompactionLimits tight{
    .recent_rows = 60, .recent_age = std::chrono::seconds(300), .runs_of_a_size = 3, .persons_in_memory = 16};

// Appending, rewriting, removing, compacting, merging and starting again, in any order; with more persons than memory
// holds.
class DailyFactsSteps : public ::testing::TestWithParam<int> {};

TEST_P(DailyFactsSteps, AreWhatTheStoreCounts) {
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  const auto store = events::duckdb_store_in_memory();
  const auto mart = duckdb::Database::in_memory();
  auto facts = std::make_unique<DailyFacts>(mart, store, tight);
  const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const auto catalogue = [] { return features(); };
  for (int step = 0; step < 120; ++step) {
    switch (number(10)) {
      case 0:
        store->remove_import({1 + number(5)});
        break;
      case 1: {
        events::Rematch rematch;
        rematch.person_key = "p" + std::to_string(number(3000));
        rematch.to_account = core::AccountId{1 + number(4)};
        rematch.to_matched_by = events::MatchedBy::hand;
        rematch.to_person_key = "p" + std::to_string(number(3000));
        store->rematch(rematch);
        break;
      }
      case 2:
        facts->compact_recent(catalogue);
        break;
      case 3:
        while (facts->compact(catalogue)) {
        }
        break;
      case 4:  // as if the process had died: what lies in memory is gone
        facts.reset();
        facts = std::make_unique<DailyFacts>(mart, store, tight);
        break;
      case 5:
        if (number(8) == 0) facts->rebuild();
        break;
      default: {
        std::vector<Event> batch;
        for (int index = number(80); index >= 0; --index) {
          const auto person = number(10) == 0 ? std::string() : "p" + std::to_string(number(3000));
          batch.push_back(event_of(number(5), number(40), person, number(10), number(3) == 0 ? 1 + number(5) : 0));
        }
        store->append(batch);
      }
    }
    if (number(3) == 0) facts->refresh();
  }
  facts->refresh();
  const auto truth = truth_of(*store);
  ASSERT_FALSE(truth.empty());
  EXPECT_EQ(facts_of(*facts), truth);
  for (std::int32_t feature = 1; feature <= 9; ++feature) expect_feature_days(*facts, truth, feature);
  facts->compact_recent(catalogue);
  EXPECT_EQ(facts_of(*facts), truth);
  for (std::int32_t feature = 1; feature <= 9; ++feature) expect_feature_days(*facts, truth, feature);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DailyFactsSteps, ::testing::Range(1, 9));

TEST(DailyFacts, ReadsSelectAndLastDaysLookThroughAllTables) {
  const auto store = events::duckdb_store_in_memory();
  DailyFacts facts(duckdb::Database::in_memory(), store, tight);
  store->append(std::vector<Event>{event_of(1, 0, "a", 0), event_of(2, 1, "a", 0), event_of(3, 1, "b", 1)});
  facts.refresh();
  facts.compact_recent([] { return features(); });
  store->append(std::vector<Event>{event_of(1, 4, "a", 0), event_of(1, 5, "a", 9), event_of(2, 6, "a", 1)});
  facts.refresh();
  EXPECT_EQ(facts_of(facts, {{{1}, {3}}, std::nullopt, std::nullopt}).size(), 3u);
  EXPECT_EQ(facts_of(facts, {{{1}}, first_day + 1, first_day + 4}).size(), 1u);
  // Day 4 became known on day 5, and what happened on day 5 is ignored.
  EXPECT_EQ(facts.last_day({1}, first_day + 40, features()), first_day + 4);
  EXPECT_EQ(facts.last_day({1}, first_day + 4, features()), first_day);
  EXPECT_EQ(facts.last_day({3}, first_day + 1, features()), std::nullopt);
  EXPECT_EQ(facts.last_day({4}, first_day + 40, features()), std::nullopt);
}

TEST(DailyFacts, ARefreshTellsWhoChangedSinceWhenAndSinceWhichReceipt) {
  const auto store = events::duckdb_store_in_memory();
  DailyFacts facts(duckdb::Database::in_memory(), store, tight);
  EXPECT_TRUE(facts.refresh().accounts.empty());
  const std::vector<Event> batch{event_of(1, 7, "a", 0), event_of(1, 3, "a", 0), event_of(2, 5, "b", 0),
                                 event_of(0, 1, "c", 0)};
  store->append(batch);
  const auto added = facts.refresh();
  ASSERT_EQ(added.accounts.size(), 2u);
  EXPECT_EQ(added.accounts[0].account, core::AccountId{1});
  EXPECT_EQ(added.accounts[0].first_day, first_day + 3);
  EXPECT_EQ(added.accounts[1].first_day, first_day + 5);
  EXPECT_EQ(added.received_since, batch[1].received_at);
  EXPECT_TRUE(facts.refresh().accounts.empty());

  events::Rematch rematch;
  rematch.person_key = "b";
  rematch.to_account = core::AccountId{3};
  rematch.to_matched_by = events::MatchedBy::hand;
  store->rematch(rematch);
  const auto rewritten = facts.refresh();
  ASSERT_EQ(rewritten.accounts.size(), 2u);
  EXPECT_EQ(rewritten.accounts[1].account, core::AccountId{3});
  EXPECT_EQ(rewritten.received_since, std::nullopt) << "nothing was received";
}

// Types move between features: what was kept ready for them is counted anew.
TEST(DailyFacts, FeatureDaysFollowTheGroupingOfTypes) {
  const auto store = events::duckdb_store_in_memory();
  DailyFacts facts(duckdb::Database::in_memory(), store, tight);
  store->append(std::vector<Event>{event_of(1, 0, "a", 0), event_of(1, 0, "a", 1), event_of(1, 0, "b", 1)});
  facts.refresh();
  const EventType zero{EventKind::track, "feature 0"}, one{EventKind::track, "feature 1"};
  const auto ask = [&](std::int64_t feature, const std::vector<EventType>& types) {
    const auto days = facts.feature_days({feature}, types, first_day, first_day);
    EXPECT_EQ(days.size(), 1u);
    return days.empty() ? std::pair<std::int64_t, std::int64_t>{} : std::pair{days[0].events, days[0].users};
  };
  const auto apart = [] { return features(); };
  const auto together = []() -> FeatureOfType { return [](const EventType&) { return FeatureId{1}; }; };
  facts.compact_recent(apart);
  EXPECT_EQ(ask(2, {one}), std::pair(std::int64_t{2}, std::int64_t{2}));
  EXPECT_EQ(ask(1, {zero, one}), std::pair(std::int64_t{3}, std::int64_t{2})) << "grouped, and not yet kept so";
  store->append(std::vector<Event>{event_of(2, 3, "a", 0)});
  facts.refresh();
  facts.compact_recent(together);
  EXPECT_EQ(ask(1, {zero, one}), std::pair(std::int64_t{3}, std::int64_t{2}));
  EXPECT_EQ(ask(2, {one}), std::pair(std::int64_t{2}, std::int64_t{2})) << "apart again, and not yet kept so";
  EXPECT_EQ(facts.feature_users(std::vector{zero, one}, first_day, first_day + 9, {{1}, {2}}),
            (std::map<core::AccountId, std::int64_t>{{{1}, 2}, {{2}, 1}}));
}

// While one thread follows and another compacts, readers see whole states only: every account has the same number of
// events, for every append gives each account one.
TEST(DailyFacts, ReadersSeeWholeStatesOnly) {
  const auto store = events::duckdb_store_in_memory();
  DailyFacts facts(duckdb::Database::in_memory(), store, tight);
  constexpr std::int64_t accounts = 20;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 150; ++round) {
      std::vector<Event> batch;
      for (std::int64_t account = 1; account <= accounts; ++account) {
        batch.push_back(event_of(account, round % 10, "p" + std::to_string(round % 50), round % 4));
      }
      store->append(batch);
      facts.refresh();
      if (round % 10 == 0) {  // moves the rows of two days of everybody, to themselves
        events::Rematch rematch;
        rematch.person_key = "p" + std::to_string(round % 50);
        rematch.to_person_key = "q" + std::to_string(round);
        store->rematch(rematch);
        facts.refresh();
      }
    }
    done = true;
  });
  std::thread compactor([&] {
    while (!done) facts.compact([] { return features(); });
  });
  std::int64_t last = 0;
  while (!done) {
    std::map<std::int64_t, std::int64_t> events_of;
    facts.read({}, features(), [&](const UsageDays& piece) {
      for (std::size_t row = 0; row < piece.size(); ++row) events_of[piece.account_ids[row]] += piece.events[row];
    });
    if (events_of.empty()) continue;
    EXPECT_EQ(events_of.size(), static_cast<std::size_t>(accounts));
    for (const auto& [account, count] : events_of) EXPECT_EQ(count, events_of.begin()->second);
    EXPECT_GE(events_of.begin()->second, last);
    last = events_of.begin()->second;
  }
  writer.join();
  compactor.join();
  EXPECT_EQ(facts_of(facts), truth_of(*store));
}

}  // namespace
}  // namespace banso::usage
