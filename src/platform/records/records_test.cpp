#include <thread>

#include <gtest/gtest.h>

#include "platform/records/records.hpp"
#include "platform/records/version_log.hpp"
#include "platform/records_testing/databases.hpp"

namespace banso::platform::records {
namespace {

// What the door promises, on every database behind it.
class Records : public testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (IsSkipped()) return;
    database()->write([](Session& session) {
      session.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT, size DOUBLE PRECISION)");
    });
  }

  std::int64_t count() {
    return database()->read(
        [](Session& session) { return session.query_one("SELECT COUNT(*) FROM thing")->integer(0); });
  }
};

TEST_P(Records, KeepsEveryTypeOfValue) {
  const std::int64_t large = 9'007'199'254'740'991;
  database()->write([&](Session& session) {
    session.execute("INSERT INTO thing (id, name, size) VALUES (:1, :2, :3)", {large, "名前 'quoted'", 0.125});
    session.execute("INSERT INTO thing (id, name, size) VALUES (:1, :2, :3)", {1, nullptr, nullptr});
  });
  const auto rows = database()->read([](Session& session) {
    return session.query("SELECT id, name, size, id + :1 FROM thing WHERE id >= :1 ORDER BY id", {1});
  });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_TRUE(rows[0].is_null(1));
  EXPECT_EQ(rows[0].maybe_number(2), std::nullopt);
  EXPECT_EQ(rows[1].integer(0), large);
  EXPECT_EQ(rows[1].text(1), "名前 'quoted'");
  EXPECT_EQ(rows[1].number(2), 0.125);
  EXPECT_EQ(rows[1].integer(3), large + 1);
  EXPECT_THROW((void)rows[0].text(1), DatabaseError);
}

TEST_P(Records, ReadingInsideATransactionJoinsItAndMayRepeatItsStatement) {
  database()->write([&](Session& session) {
    for (int id = 1; id <= 3; ++id) session.execute("INSERT INTO thing (id) VALUES (:1)", {id});
    const auto all = [&](Session& reader) { return reader.query("SELECT id FROM thing WHERE id > :1", {0}).size(); };
    int visited = 0;
    session.each("SELECT id FROM thing WHERE id > :1", {0}, [&](const Row& row) {
      EXPECT_EQ(row.integer(0), ++visited);
      EXPECT_EQ(database()->read(all), 3u);  // sees what is not committed yet
    });
    EXPECT_EQ(visited, 3);
  });
}

// More threads than connections, each reading within a read: nobody waits for ever.
TEST_P(Records, NestedReadsOfManyThreadsDoNotExhaustTheConnections) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 20; ++k) {
        database()->read([&](Session& session) {
          session.query("SELECT COUNT(*) FROM thing");
          count();
        });
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_P(Records, RollsBackOnExceptionAndOnError) {
  EXPECT_THROW(database()->write([](Session& session) {
    session.execute("INSERT INTO thing (id) VALUES (1)");
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  const auto answer = database()->write([](Session& session) -> core::Result<int> {
    session.execute("INSERT INTO thing (id) VALUES (2)");
    return core::Error::conflict({"no", "いいえ"});
  });
  EXPECT_FALSE(answer);
  EXPECT_EQ(count(), 0);
}

TEST_P(Records, TellsAUniqueViolationApart) {
  const auto insert = [&] {
    database()->write([](Session& session) { session.execute("INSERT INTO thing (id) VALUES (:1)", {7}); });
  };
  insert();
  EXPECT_THROW(insert(), UniqueViolation);
  EXPECT_THROW(database()->read([](Session& session) { return session.query("SELECT nothing FROM nowhere").size(); }),
               DatabaseError);
  EXPECT_EQ(count(), 1);
}

TEST_P(Records, SerialisesWritersAndLetsReadersGoOn) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        database()->write([&](Session& session) {
          session.execute("INSERT INTO thing (id, name) VALUES (:1, :2)", {new_id(), std::to_string(t)});
        });
        (void)count();
      }
    });
  }
  threads.clear();
  EXPECT_EQ(count(), 240);
}

TEST_P(Records, MigratesOnce) {
  const Migration once[] = {
      {"test", 1, "0001_once", "-- a comment\nCREATE TABLE once (id BIGINT);\nINSERT INTO once VALUES (1);\n"}};
  database()->migrate(once);
  database()->migrate(once);
  EXPECT_EQ(database()->read([](Session& session) { return session.query("SELECT id FROM once").size(); }), 1u);
}

TEST_P(Records, AnswersAsKnownOnAnEarlierTime) {
  const core::AccountId account{5};
  const auto at = [](const char* text) { return *core::parse_instant(text); };
  database()->write([&](Session& session) {
    auto provenance = Provenance::by(core::Caller::system("test"), "because");
    provenance.known_at = at("2024-01-10");
    append_version(session, "thing", 1, account, provenance, "first");
    provenance.known_at = at("2024-03-10");
    append_version(session, "thing", 1, account, provenance, "second");
    provenance.known_at = at("2024-05-10");
    append_version(session, "thing", 1, account, provenance, std::nullopt);
  });
  database()->read([&](Session& session) {
    EXPECT_FALSE(version_known_at(session, "thing", 1, at("2024-01-09")));
    EXPECT_EQ(version_known_at(session, "thing", 1, at("2024-01-10"))->body, "first");
    EXPECT_EQ(version_known_at(session, "thing", 1, at("2024-04-01"))->body, "second");
    EXPECT_EQ(versions_known_at(session, "thing", account, at("2024-04-01")).size(), 1u);
    EXPECT_TRUE(versions_known_at(session, "thing", account, at("2024-06-01")).empty());
    EXPECT_EQ(changes_on_account(session, account, at("2024-06-01"), 10).size(), 3u);
    EXPECT_EQ(versions_of(session, "thing", 1).front().why, "because");
  });
}

INSTANTIATE_TEST_SUITE_P(Backends, Records, ::testing::Values(testing::Backend::sqlite, testing::Backend::postgresql),
                         testing::backend_name);

TEST(NewId, GrowsAndFitsJavaScript) {
  std::int64_t previous = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::int64_t id = new_id();
    ASSERT_GT(id, previous);
    ASSERT_LT(id, std::int64_t{1} << 53);
    previous = id;
  }
}

}  // namespace
}  // namespace banso::platform::records
