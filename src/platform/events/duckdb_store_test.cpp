// What the DuckDB store promises beyond the port: files of former layouts, crashes, full disks, work behind the scenes.
#include "duckdb_store.hpp"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace banso::platform::events {
namespace {

constexpr std::int64_t second_us = core::microseconds_per_second;
const core::Instant beginning = core::start_of(core::day_from(2026, 3, 1));

Event event_of(std::int64_t number, std::int64_t account) {
  Event event;
  event.source = {1 + number % 2};
  event.message_id = "message " + std::to_string(number);
  event.occurred_at = event.received_at = {beginning.microseconds + number * second_us};
  event.account = {account};
  event.matched_by = account ? MatchedBy::group_id : MatchedBy::nothing;
  event.person_key = event.user_id = "user " + std::to_string(number % 50);
  event.name = "event " + std::to_string(number % 5);
  return event;
}

std::vector<Event> events_between(std::int64_t from, std::int64_t to) {
  std::vector<Event> events;
  for (auto number = from; number < to; ++number) events.push_back(event_of(number, number % 20));
  return events;
}

DuckDbTuning restless() {
  DuckDbTuning tuning{
      .settle_at_rows = 500, .settle_piece_rows = 150, .house_kept_every = std::chrono::milliseconds(1)};
  tuning.ledger = {.seal_at = 700, .merge_at = 3, .run_limit = 5000};
  return tuning;
}

class DuckDbStoreTest : public ::testing::Test {
 protected:
  DuckDbStoreTest()
      : folder_(std::filesystem::temp_directory_path() / ("banso-duckdb-store-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~DuckDbStoreTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<DuckDbStore> open(const DuckDbTuning& tuning = {}) const {
    return std::make_unique<DuckDbStore>(duckdb::Database::open(file()), ledger(), Settings{}, tuning);
  }
  std::filesystem::path file() const { return folder_ / "events.duckdb"; }
  std::filesystem::path ledger() const { return folder_ / "events.ledger"; }

  std::filesystem::path folder_;
};

std::set<std::string> stored_messages(DuckDbStore& store) {
  std::set<std::string> messages;
  store.export_events({}, [&](const StoredEvent& stored) {
    EXPECT_TRUE(messages.insert(stored.event.message_id).second) << stored.event.message_id << " is there twice";
  });
  return messages;
}

// The figures that are kept in memory, against the rows.
void expect_volumes_of_rows(DuckDbStore& store) {
  std::map<EventType, TypeVolume> types;
  std::map<core::SourceId, SourceVolume> sources;
  store.export_events({}, [&](const StoredEvent& stored) {
    const auto& event = stored.event;
    auto& type = types.try_emplace({event.kind, event.name}, TypeVolume{{}, 0, event.occurred_at, event.occurred_at})
                     .first->second;
    ++type.events;
    type.first_at = std::min(type.first_at, event.occurred_at);
    type.last_at = std::max(type.last_at, event.occurred_at);
    auto& source = sources[event.source];
    ++source.events;
    source.unmatched += !event.account;
    source.last_received_at = std::max(source.last_received_at, event.received_at);
  });
  const auto by_type = store.type_volumes();
  ASSERT_EQ(by_type.size(), types.size());
  for (const auto& volume : by_type) {
    EXPECT_EQ(volume.events, types[volume.type].events);
    EXPECT_EQ(volume.first_at, types[volume.type].first_at);
    EXPECT_EQ(volume.last_at, types[volume.type].last_at);
  }
  const auto by_source = store.source_volumes();
  ASSERT_EQ(by_source.size(), sources.size());
  for (const auto& volume : by_source) {
    EXPECT_EQ(volume.events, sources[volume.source].events);
    EXPECT_EQ(volume.unmatched, sources[volume.source].unmatched);
    EXPECT_EQ(volume.last_received_at, sources[volume.source].last_received_at);
  }
}

TEST_F(DuckDbStoreTest, AdoptsAFileOfTheFormerLayout) {
  {
    auto connection = duckdb::Database::open(file())->connect();
    connection.execute(R"sql(
CREATE TABLE event (event_no BIGINT NOT NULL, source_id BIGINT NOT NULL, message_hash BIGINT NOT NULL,
  message_id VARCHAR NOT NULL, occurred_at TIMESTAMP NOT NULL, received_at TIMESTAMP NOT NULL,
  account_id BIGINT NOT NULL, matched_by TINYINT NOT NULL, group_key VARCHAR NOT NULL, person_key VARCHAR NOT NULL,
  user_id VARCHAR NOT NULL, anonymous_id VARCHAR NOT NULL, kind TINYINT NOT NULL, name VARCHAR NOT NULL,
  properties VARCHAR NOT NULL, import_id BIGINT NOT NULL);
CREATE TABLE touched (position BIGINT NOT NULL, account_id BIGINT NOT NULL, day INTEGER NOT NULL);
INSERT INTO event SELECT 1 + n, 1 + n % 2, n * 7919 % 1000, 'message ' || n,
  TIMESTAMP '2026-03-01' + to_seconds(n), TIMESTAMP '2026-03-01' + to_seconds(n), n % 20, 2, '', 'user', 'user', '', 0,
  'event', '{"n":' || n || '}', 0 FROM range(3000) r(n);
INSERT INTO touched VALUES (3001, 5, 20000);
)sql");
  }
  for (int opening = 0; opening < 2; ++opening) {
    const auto store = open();
    EXPECT_EQ(store->position(), 3001);
    EXPECT_EQ(store->totals({}).events, 3000);
    EXPECT_EQ(store->append(events_between(0, 3000)).stored, 0) << "messages of the old file are known";
    EXPECT_EQ(store->latest({}, 1).at(0).event.properties, "{\"n\":2999}");
    EXPECT_EQ(store->changes_since(3000).rewritten, (std::vector<AccountDay>{{{5}, {20000}}}));
    store->settle_everything();
    EXPECT_EQ(stored_messages(*store).size(), 3000u);
    expect_volumes_of_rows(*store);
  }
}

TEST_F(DuckDbStoreTest, SettlingChangesNothingThatIsRead) {
  const auto store = open({.settle_piece_rows = 400});
  store->append(events_between(0, 3000));
  Rematch rematch;
  rematch.person_key = "user 7";
  rematch.to_account = core::AccountId{99};
  rematch.to_matched_by = MatchedBy::hand;
  EXPECT_GT(store->rematch(rematch), 0);
  const auto position = store->position();
  const auto timeline = [&](std::int64_t account) {
    std::vector<std::int64_t> numbers;
    TimelineQuery query{};
    query.account = {account};
    query.page = {3, 40};
    const auto page = store->timeline(query);
    numbers.push_back(page.total);
    for (const auto& stored : page.items) numbers.push_back(stored.event_no);
    return numbers;
  };
  const auto before = timeline(3);
  const auto of_hand = timeline(99);
  store->settle_everything();
  EXPECT_EQ(store->tail_count(), 1u);
  EXPECT_EQ(timeline(3), before);
  EXPECT_EQ(timeline(99), of_hand);
  EXPECT_EQ(store->position(), position);
  EXPECT_TRUE(store->changes_since(position).rewritten.empty());
  EXPECT_EQ(store->latest({}, 5).at(0).event.message_id, "message 2999");
  expect_volumes_of_rows(*store);

  // Corrections reach settled rows and new ones alike, and so does what follows.
  store->append(events_between(3000, 3500));
  EXPECT_GT(store->rematch(rematch), 0);
  expect_volumes_of_rows(*store);
  rematch.matched_by = {MatchedBy::hand};
  rematch.to_account = core::AccountId{0};
  EXPECT_EQ(store->rematch(rematch), 70);
  expect_volumes_of_rows(*store);
  EXPECT_GT(store->erase_person({4}, "user 4"), 0);
  expect_volumes_of_rows(*store);
  EXPECT_GT(store->append(events_between(0, 3500)).stored, 0) << "what was erased may come again";
  EXPECT_EQ(stored_messages(*store).size(), 3500u);
  expect_volumes_of_rows(*store);
}

TEST_F(DuckDbStoreTest, ReadersSeeEveryRowOnceWhileTailsAreSettled) {
  const auto store = open(restless());
  std::atomic<std::int64_t> appended = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    for (std::int64_t from = 0; !stop.stop_requested(); from += 100) {
      store->append(events_between(from, from + 100));
      appended = from + 100;
    }
  });
  for (int round = 0; round < 60 || appended < 5000; ++round) {
    const auto before = appended.load();
    std::int64_t last = 0, count = 0;
    store->export_events({}, [&](const StoredEvent& stored) {
      EXPECT_EQ(stored.event_no, last + 1) << "missing, or twice";
      last = stored.event_no;
      ++count;
    });
    EXPECT_GE(count, before);
    EXPECT_EQ(count % 100, 0) << "half an append";
  }
  writer.request_stop();
  writer.join();
  expect_volumes_of_rows(*store);
}

TEST_F(DuckDbStoreTest, ALostLedgerIsMadeAnew) {
  {
    const auto store = open(restless());
    store->append(events_between(0, 5000));
    store->settle_everything();
  }
  std::filesystem::remove_all(ledger());
  const auto store = open(restless());
  EXPECT_EQ(store->append(events_between(0, 6000)).stored, 1000);
  store->settle_everything();
  EXPECT_EQ(stored_messages(*store).size(), 6000u);
}

[[noreturn]] void append_until_killed(DuckDbStore& store, int pipe, std::int64_t from) {
  for (;; from += 70) {
    store.append(events_between(from, from + 70));
    const auto line = std::to_string(from + 70) + "\n";
    if (::write(pipe, line.data(), line.size()) < 0) std::abort();
  }
}

TEST_F(DuckDbStoreTest, AKilledProcessKeepsEveryAcknowledgedEventOnce) {
  std::int64_t acknowledged = 0;
  for (int round = 0; round < 6; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const auto child = ::fork();
    if (child == 0) append_until_killed(*open(restless()), ends[1], acknowledged);
    ::close(ends[1]);
    char buffer[4096];
    std::string told;
    const auto wanted = static_cast<std::size_t>(60 + 35 * round);
    while (told.size() < wanted) {
      const auto got = ::read(ends[0], buffer, sizeof buffer);
      if (got <= 0) break;
      told.append(buffer, static_cast<std::size_t>(got));
    }
    ::kill(child, SIGKILL);
    for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
      told.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    std::istringstream lines(told.substr(0, told.rfind('\n') + 1));
    for (std::int64_t number; lines >> number;) acknowledged = number;

    const auto store = open(restless());
    const auto messages = stored_messages(*store);
    for (std::int64_t number = 0; number < acknowledged; ++number) {
      ASSERT_TRUE(messages.contains("message " + std::to_string(number))) << "lost";
    }
    EXPECT_EQ(store->append(events_between(0, acknowledged)).stored, 0) << "counted twice";
    expect_volumes_of_rows(*store);
    acknowledged = static_cast<std::int64_t>(messages.size());
  }
  EXPECT_GT(acknowledged, 1000);
}

TEST_F(DuckDbStoreTest, WorksAgainAfterAFullDisk) {
  if (::mount("banso-test", folder_.c_str(), "tmpfs", 0, "size=24m") != 0) {
    GTEST_SKIP() << "cannot mount a small disk: " << std::strerror(errno);
  }
  {
    const auto ballast = folder_ / "ballast";
    const auto store = open(restless());
    std::int64_t stored = 0;
    for (const std::size_t ballast_mib : {12, 6}) {
      std::ofstream(ballast) << std::string(ballast_mib << 20, 'x');
      EXPECT_THROW(
          {
            for (int batch = 0; batch < 3000; ++batch) {
              store->append(events_between(stored, stored + 2000));
              stored += 2000;
            }
          },
          std::exception);
      EXPECT_GT(stored, 3000);
      std::filesystem::remove(ballast);
      EXPECT_EQ(store->append(events_between(stored, stored + 100)).stored, 100) << "not without a restart";
      stored += 100;
      EXPECT_EQ(store->totals({}).events, stored);
      EXPECT_EQ(store->append(events_between(stored - 3000, stored)).stored, 0);
    }
    EXPECT_EQ(stored_messages(*store).size(), static_cast<std::size_t>(stored));
  }
  ::umount(folder_.c_str());
}

}  // namespace
}  // namespace banso::platform::events
