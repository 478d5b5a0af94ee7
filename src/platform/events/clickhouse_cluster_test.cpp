// What only a cluster can do or suffer: several nodes, shards that stop and die. What every store must do is in
// conformance_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <thread>
#include <tuple>

#include "platform/clickhouse/client.hpp"
#include "platform/clickhouse_testing/clickhouse_cluster.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {
namespace {

using namespace std::chrono_literals;

using UserDayTable = std::map<std::tuple<std::int64_t, std::int32_t, std::string, std::string>, std::int64_t>;

const core::Day first_day = core::day_from(2026, 3, 1);

Event event_of(std::int64_t account, const std::string& message_id, int day = 0) {
  Event event;
  event.source = {7};
  event.message_id = message_id;
  event.occurred_at = {core::start_of(first_day + day).microseconds + 3'600'000'000};
  event.received_at = event.occurred_at;
  event.account = {account};
  event.matched_by = MatchedBy::given;
  event.person_key = "p";
  event.name = "x";
  return event;
}

// 40 accounts: some on each shard.
std::vector<Event> batch_of(const std::string& name, int events, int accounts = 40) {
  std::vector<Event> batch;
  for (int index = 0; index < events; ++index)
    batch.push_back(event_of(1 + index % accounts, name + "/" + std::to_string(index), index % 20));
  return batch;
}

void add_to(UserDayTable& table, const UserDays& piece) {
  for (std::size_t row = 0; row < piece.size(); ++row) {
    table[{piece.account_ids[row], piece.days[row], std::string(piece.person_keys[row]),
           std::string(piece.names[row])}] += piece.events[row];
  }
}

UserDayTable read_all(EventStore& store) {
  UserDayTable table;
  store.user_days({}, [&](const UserDays& piece) { add_to(table, piece); });
  return table;
}

// Keeps a copy of the user-days, as the daily facts do.
class Follower {
 public:
  void look(EventStore& store) {
    const auto changes = store.changes_since(position_);
    for (const auto& pair : changes.rewritten) {
      std::erase_if(copy, [&](const auto& entry) {
        return std::get<0>(entry.first) == pair.account.value && std::get<1>(entry.first) == pair.day.days;
      });
    }
    const auto add = [&](const UserDays& piece) { add_to(copy, piece); };
    store.user_days_of(changes.rewritten, changes.until, add);
    if (changes.has_added) store.user_days_added(position_, changes.until, add);
    position_ = changes.until;
  }
  UserDayTable copy;

 private:
  std::int64_t position_ = 0;
};

class ClickHouseNodes : public ::testing::Test {
 protected:
  void SetUp() override {
    cluster_ = clickhouse::testing::Cluster::shared();
    if (!cluster_) GTEST_SKIP() << "ClickHouse is not installed (Debian package clickhouse-server)";
    url_ = cluster_->new_store_url() + "&timeout_ms=2000";
  }
  std::shared_ptr<EventStore> node(int number) const { return open_clickhouse_store(url_, {}, number); }

  // Repeats until it is taken, as a client or the journal does.
  static AppendOutcome append_until_taken(EventStore& store, std::span<const Event> batch) {
    for (;;) {
      try {
        return store.append(batch);
      } catch (const clickhouse::Error&) {
        std::this_thread::sleep_for(50ms);
      }
    }
  }

  clickhouse::testing::Cluster* cluster_ = nullptr;
  std::string url_;
};

TEST_F(ClickHouseNodes, TheSameMessagesOnTwoNodesAtOnceCountOnce) {
  const std::vector nodes{node(0), node(1)};
  constexpr int rounds = 8, events = 200;
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done) EXPECT_LE(nodes[0]->totals({}).events, rounds * events) << "a copy was counted";
  });
  std::vector<std::thread> threads;
  std::atomic<std::int64_t> stored = 0;
  for (const auto& store : nodes) {
    threads.emplace_back([&] {
      for (int round = 0; round < rounds; ++round)
        stored += store->append(batch_of(std::to_string(round), events)).stored;
    });
  }
  for (auto& thread : threads) thread.join();
  done = true;
  reader.join();
  EXPECT_GE(stored, rounds * events);
  for (const auto& store : nodes) EXPECT_EQ(store->totals({}).events, rounds * events);
  EXPECT_EQ(node(2)->append(batch_of("3", events)).stored, 0);
  std::map<std::string, int> copies;
  nodes[1]->export_events({}, [&](const StoredEvent& event) { ++copies[event.event.message_id]; });
  EXPECT_EQ(copies.size(), static_cast<std::size_t>(rounds * events));
  EXPECT_TRUE(std::ranges::all_of(copies, [](const auto& entry) { return entry.second == 1; }));
}

TEST_F(ClickHouseNodes, TheSameMessageMatchedDifferentlyByTwoNodesCountsOnce) {
  // One node knows the account already, the other does not: the rows lie on different shards.
  const std::vector nodes{node(0), node(1)};
  constexpr int rounds = 12, events = 40;
  std::vector<std::thread> threads;
  for (int number = 0; number < 2; ++number) {
    threads.emplace_back([&, number] {
      for (int round = 0; round < rounds; ++round) {
        auto batch = batch_of(std::to_string(round), events);
        for (std::size_t index = 0; index < batch.size(); ++index) {
          batch[index].account.value += 1000 * number;
          if (number == 1 && index % 3 == 0) batch[index].account = {0};
          batch[index].occurred_at.microseconds += number;  // no time given: that of the receipt was taken
        }
        nodes[static_cast<std::size_t>(number)]->append(batch);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(nodes[0]->totals({}).events, rounds * events);
  std::map<std::string, int> copies;
  nodes[1]->export_events({}, [&](const StoredEvent& event) { ++copies[event.event.message_id]; });
  EXPECT_EQ(copies.size(), static_cast<std::size_t>(rounds * events));
}

TEST_F(ClickHouseNodes, FollowersOfEveryNodeHearOfEverything) {
  std::vector nodes{node(0), node(1), node(2)};
  std::vector<Follower> followers(nodes.size());
  std::atomic<int> writing = 2;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([&, writer] {
      std::mt19937 random(static_cast<unsigned>(writer));
      for (int round = 0; round < 16; ++round) {
        std::vector<Event> batch;
        for (auto count = 1 + random() % 60; count > 0; --count)
          batch.push_back(event_of(1 + random() % 9, std::to_string(random() % 800), static_cast<int>(random() % 5)));
        nodes[static_cast<std::size_t>(writer)]->append(batch);
        if (round % 6 == 5) {
          Rematch rematch;
          rematch.account = core::AccountId{static_cast<std::int64_t>(1 + random() % 9)};
          rematch.to_account = core::AccountId{static_cast<std::int64_t>(1 + random() % 9)};
          rematch.to_matched_by = MatchedBy::hand;
          nodes[static_cast<std::size_t>(writer)]->rematch(rematch);
        }
      }
      --writing;
    });
  }
  for (int look = 0; writing > 0; ++look) {
    for (std::size_t index = 0; index < nodes.size(); ++index) followers[index].look(*nodes[index]);
    if (look % 3 == 2) nodes[2] = node(2);  // a node that starts anew goes on from its position
  }
  for (auto& thread : threads) thread.join();
  const auto truth = read_all(*nodes[0]);
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    followers[index].look(*nodes[index]);
    EXPECT_EQ(followers[index].copy, truth);
    EXPECT_TRUE(nodes[index]->changes_since(nodes[index]->position()).rewritten.empty());
  }
}

TEST_F(ClickHouseNodes, AShardThatHangsFailsCleanlyAndNothingIsLostOrDoubled) {
  const auto store = node(0);
  ASSERT_EQ(store->append(batch_of("before", 400)).stored, 400);
  auto without_ids = batch_of("", 100);
  for (auto& event : without_ids) event.message_id.clear();
  const auto during = batch_of("during", 400);

  cluster_->pause(1);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(store->append(during), clickhouse::Error);
  EXPECT_THROW(store->append(without_ids), clickhouse::Error);
  EXPECT_THROW(store->totals({}), clickhouse::Error);
  EXPECT_THROW(read_all(*store), clickhouse::Error);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 15s);
  cluster_->resume(1);

  EXPECT_EQ(store->totals({}).events, 400) << "half a batch is seen";
  EXPECT_EQ(store->append(during).stored, 400);
  EXPECT_EQ(store->append(during).stored, 0);
  EXPECT_EQ(store->append(without_ids).stored, 100);
  // What the shard had taken in while it hung is carried out late.
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(store->totals({}).events, 900);
  EXPECT_EQ(node(1)->totals({}).events, 900);
  EXPECT_EQ(node(1)->append(during).stored, 0);
}

TEST_F(ClickHouseNodes, AnotherNodeTakesOverWhatFailedHalfWay) {
  const auto store = node(0);
  auto batch = batch_of("taken over", 300);
  cluster_->pause(0);
  EXPECT_THROW(store->append(batch), clickhouse::Error);
  cluster_->resume(0);
  for (auto& event : batch) event.account.value += 500;  // matched differently by now
  const auto other = node(1);
  EXPECT_EQ(other->append(batch).stored, 300);
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(other->totals({}).events, 300);
  EXPECT_EQ(store->append(batch).stored, 0);
  EXPECT_EQ(store->totals({}).events, 300);
  Selection moved;
  for (int account = 501; account <= 540; ++account) moved.accounts.push_back({account});
  EXPECT_EQ(other->totals(moved).events, 300);
}

TEST_F(ClickHouseNodes, ReadsOfAnAccountNeedItsOwnShardOnly) {
  const auto store = node(0);
  store->append(batch_of("spread", 400));
  cluster_->pause(1);
  int answered = 0, refused = 0;
  for (int account = 1; account <= 4; ++account) {
    try {
      Selection selection;
      selection.accounts = {{account}};
      answered += store->totals(selection).events == 10;
    } catch (const clickhouse::Error&) {
      ++refused;
    }
  }
  cluster_->resume(1);
  EXPECT_GT(answered, 0);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(answered + refused, 4);
}

TEST_F(ClickHouseNodes, AKilledShardKeepsEveryBatchThatWasTaken) {
  const std::vector nodes{node(0), node(1)};
  constexpr int rounds = 30, events = 150;
  std::atomic<bool> killing = true;
  std::vector<std::thread> threads;
  std::atomic<int> taken = 0;
  for (std::size_t number = 0; number < nodes.size(); ++number) {
    threads.emplace_back([&, number] {
      for (int round = 0; round < rounds || killing; ++round) {
        append_until_taken(*nodes[number], batch_of(std::to_string(number) + "/" + std::to_string(round), events));
        ++taken;
      }
    });
  }
  for (int kill = 0; kill < 3; ++kill) {
    std::this_thread::sleep_for(300ms);
    cluster_->kill(kill % 2);
    std::this_thread::sleep_for(100ms);
    cluster_->run(kill % 2);
  }
  killing = false;
  for (auto& thread : threads) thread.join();
  for (const auto& store : nodes) EXPECT_EQ(store->totals({}).events, taken * events);
  std::map<std::string, int> copies;
  nodes[0]->export_events({}, [&](const StoredEvent& event) { ++copies[event.event.message_id]; });
  EXPECT_EQ(copies.size(), static_cast<std::size_t>(taken * events));
}

TEST_F(ClickHouseNodes, AnErasedPersonIsRewrittenOutOfTheFiles) {
  const auto store = node(0);
  auto batch = batch_of("erase", 100);
  for (auto& event : batch) event.properties = R"({"secret":"yes"})";
  store->append(batch);
  EXPECT_EQ(store->erase_person({3}, "p"), 3);
  const auto left = [&] {
    std::int64_t rows = 0;
    for (int shard = 0; shard < 2; ++shard) {
      clickhouse::Client client;
      const auto database =
          url_.substr(url_.find("database=") + 9, url_.find('&', url_.find("database=")) - url_.find("database=") - 9);
      rows += std::stoll(
          client.run({.to = {clickhouse::Address(cluster_->address(shard))},
                      .sql = "SELECT count() FROM " + database + ".event WHERE account_id = 3 AND properties != ''",
                      .rows = {},
                      .tables = {},
                      .settings = {}}));
    }
    return rows;
  };
  for (int wait = 0; left() > 0 && wait < 100; ++wait) std::this_thread::sleep_for(100ms);
  EXPECT_EQ(left(), 0);
  EXPECT_EQ(store->totals({}).events, 97);
  EXPECT_EQ(store->append(batch).stored, 3) << "what was removed can be brought in again";
}

TEST_F(ClickHouseNodes, AClusterThatIsNotThereIsNamed) {
  try {
    open_clickhouse_store("clickhouse:http://127.0.0.1:1");
    FAIL();
  } catch (const clickhouse::Error& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:1"), std::string::npos);
  }
  EXPECT_THROW(open_clickhouse_store("clickhouse:" + cluster_->address(0)), clickhouse::Error) << "shard 2 is missing";
  EXPECT_THROW(open_clickhouse_store("clickhouse:" + cluster_->address(0) + "?cluster=other"), clickhouse::Error);
}

}  // namespace
}  // namespace banso::platform::events
