#include "platform/duckdb/duckdb.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <numeric>
#include <thread>

namespace banso::platform::duckdb {
namespace {

class TemporaryFile {
 public:
  TemporaryFile()
      : path_(std::filesystem::temp_directory_path() / ("banso-duckdb-" + std::to_string(::getpid()) + ".db")) {
    remove();
  }
  ~TemporaryFile() { remove(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  void remove() {
    std::filesystem::remove(path_);
    std::filesystem::remove(path_.string() + ".wal");
  }
  std::filesystem::path path_;
};

TEST(DuckDb, BindsAndReadsEveryType) {
  auto connection = Database::in_memory()->connect();
  const core::Day day = core::day_from(2026, 11, 22);
  const core::Instant instant{1'763'800'000'123'456};
  auto result = connection.query(
      "SELECT $1::BIGINT, $2::INTEGER, $3::DOUBLE, $4::VARCHAR, $5::BOOLEAN, $6::DATE, $7::TIMESTAMP, $8::BIGINT",
      {std::int64_t{1} << 60, -7, 2.5, "伴走\0x", true, day, instant, nullptr});
  ASSERT_TRUE(result.next());
  ASSERT_EQ(result.size(), 1u);
  EXPECT_EQ(result.column(0).int64s()[0], std::int64_t{1} << 60);
  EXPECT_EQ(result.column(1).int32s()[0], -7);
  EXPECT_EQ(result.column(2).doubles()[0], 2.5);
  EXPECT_EQ(result.column(3).text(0), "伴走");
  EXPECT_TRUE(result.column(4).bools()[0]);
  EXPECT_EQ(result.column(5).int32s()[0], day.days);
  EXPECT_EQ(result.column(6).int64s()[0], instant.microseconds);
  EXPECT_TRUE(result.column(7).is_null(0));
  EXPECT_FALSE(result.next());
}

TEST(DuckDb, BindsAListOfIntegers) {
  auto connection = Database::in_memory()->connect();
  const std::string sql = "SELECT count(*) FROM range(100) t(n) WHERE n IN (SELECT unnest($1))";
  EXPECT_EQ(connection.query_integer(sql, {std::vector<std::int64_t>{1, 5, 99, 100}}), 3);
  EXPECT_EQ(connection.query_integer(sql, {std::vector<std::int64_t>{}}), 0);
}

TEST(DuckDb, ReadsManyChunksInBothWays) {
  auto connection = Database::in_memory()->connect();
  for (const bool streaming : {false, true}) {
    const std::string sql = "SELECT n, 'text of row ' || n FROM range(10000) t(n) ORDER BY n";
    auto result = streaming ? connection.stream(sql) : connection.query(sql);
    std::int64_t expected = 0;
    while (result.next()) {
      for (std::size_t row = 0; row < result.size(); ++row, ++expected) {
        ASSERT_EQ(result.column(0).int64s()[row], expected);
        ASSERT_EQ(result.column(1).text(row), "text of row " + std::to_string(expected));
      }
    }
    EXPECT_EQ(expected, 10000);
  }
}

TEST(DuckDb, ErrorsNameTheSql) {
  auto connection = Database::in_memory()->connect();
  try {
    connection.query("SELECT missing FROM nowhere");
    FAIL() << "did not throw";
  } catch (const DuckDbError& error) {
    EXPECT_NE(std::string(error.what()).find("SELECT missing FROM nowhere"), std::string::npos);
  }
  EXPECT_THROW(connection.query("SELECT $1::BIGINT", {}), DuckDbError);
  const std::string late = "SELECT CASE WHEN n = 900000 THEN error('late') ELSE n END FROM range(1000000) t(n)";
  EXPECT_THROW(
      {
        auto stream = connection.stream(late);
        while (stream.next()) {
        }
      },
      DuckDbError);
  auto result = connection.query("SELECT 1::BIGINT");
  ASSERT_TRUE(result.next());
  EXPECT_THROW(result.column(0).text(0), DuckDbError);
}

TEST(DuckDb, AppendsEveryTypeAndNulls) {
  auto connection = Database::in_memory()->connect();
  connection.execute(
      "CREATE TABLE t (a BIGINT, b INTEGER, c TINYINT, d DOUBLE, e VARCHAR, f BOOLEAN, g DATE, h TIMESTAMP, i "
      "UBIGINT)");
  {
    Transaction transaction(connection);
    Appender appender(connection, "t");
    for (int row = 0; row < 5000; ++row) {
      appender.add(std::int64_t{row}).add(-row).add(row % 100).add(row / 2.0);
      if (row % 3 == 0) {
        appender.add_null();
      } else {
        appender.add("a rather long text, row " + std::to_string(row));
      }
      appender.add(row % 2 == 0).add(core::Day{row}).add(core::Instant{row}).add(~std::uint64_t{0} - row);
      appender.end_row();
    }
    appender.close();
    transaction.commit();
  }
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t"), 5000);
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t WHERE e IS NULL"), 1667);
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t WHERE e = 'a rather long text, row ' || a"), 3333);
  EXPECT_EQ(connection.query_integer("SELECT CAST(sum(a + b) AS BIGINT) FROM t"), 0);
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t WHERE i = 18446744073709551615 - a"), 5000);
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t WHERE g = DATE '1970-01-01' + b * -1"), 5000);
}

TEST(DuckDb, RefusesWhatDoesNotFit) {
  auto connection = Database::in_memory()->connect();
  connection.execute("CREATE TABLE t (a INTEGER, b VARCHAR)");
  Appender appender(connection, "t");
  EXPECT_THROW(appender.add(std::int64_t{1} << 40), DuckDbError);
  EXPECT_THROW(Appender(connection, "nowhere"), DuckDbError);
}

TEST(DuckDb, RollsBackWhatWasNotCommitted) {
  auto database = Database::in_memory();
  auto connection = database->connect();
  connection.execute("CREATE TABLE t (a INTEGER)");
  {
    Transaction transaction(connection);
    Appender appender(connection, "t");
    for (int row = 0; row < 10000; ++row) appender.add(row).end_row();
    appender.close();
    EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t"), 10000);
    EXPECT_EQ(database->connect().query_integer("SELECT count(*) FROM t"), 0);
  }
  EXPECT_EQ(connection.query_integer("SELECT count(*) FROM t"), 0);
}

// A plan made before an append must not be run after it: DuckDB had cut numbers over 255 to a byte.
TEST(DuckDb, ACommitThatFailsThrowsAndLeavesNothing) {
  const auto database = Database::in_memory();
  auto first = database->connect();
  auto second = database->connect();
  first.execute("CREATE TABLE t (number INTEGER PRIMARY KEY)");
  Transaction earlier(first);
  Transaction later(second);
  first.execute("INSERT INTO t VALUES (1)");
  second.execute("INSERT INTO t VALUES (1)");
  earlier.commit();
  EXPECT_THROW(later.commit(), DuckDbError);
  EXPECT_EQ(second.query_integer("SELECT count(*) FROM t"), 1);
}

TEST(DuckDb, ReadsAreRightWhileOthersAppend) {
  for (int round = 0; round < 20; ++round) {
    auto database = Database::in_memory();
    auto writer = database->connect();
    writer.execute("CREATE TABLE t (n BIGINT, name VARCHAR)");
    std::jthread appending([&] {
      for (int begin = 0; begin < 1000; begin += 50) {
        writer.execute("INSERT INTO t SELECT " + std::to_string(begin) + " + n, 'name' FROM range(50) r(n)");
      }
    });
    for (std::int64_t count = 0; count < 1000;) {
      auto connection = database->connect();
      auto rows = round % 2 ? connection.query("SELECT n, name FROM t ORDER BY n")
                            : connection.stream("SELECT n, name FROM t ORDER BY n");
      for (count = 0; rows.next(); count += static_cast<std::int64_t>(rows.size())) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
          ASSERT_EQ(rows.column(0).int64s()[row], count + static_cast<std::int64_t>(row));
        }
      }
    }
  }
}

TEST(DuckDb, KeepsAFileBetweenOpenings) {
  TemporaryFile file;
  Database::open(file.path())->connect().execute("CREATE TABLE t AS SELECT * FROM range(42) r(n)");
  EXPECT_EQ(Database::open(file.path())->connect().query_integer("SELECT count(*) FROM t"), 42);
}

TEST(DuckDb, SettingsAreChecked) {
  EXPECT_THROW(Database::in_memory({.memory_limit = "plenty"}), DuckDbError);
  auto connection = Database::in_memory({.memory_limit = "200MiB", .threads = 3})->connect();
  EXPECT_EQ(connection.query_integer("SELECT current_setting('threads')::BIGINT"), 3);
}

}  // namespace
}  // namespace banso::platform::duckdb
