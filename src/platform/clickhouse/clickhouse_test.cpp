#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "client.hpp"
#include "literal.hpp"
#include "platform/clickhouse_testing/clickhouse_cluster.hpp"
#include "row_binary.hpp"

namespace banso::platform::clickhouse {
namespace {

using namespace std::string_literals;

std::vector<std::string> hostile_strings() {
  std::vector<std::string> texts{"",
                                 "plain",
                                 "'",
                                 "\\",
                                 "\\'",
                                 "'; DROP TABLE event; --",
                                 "\\'; SELECT 1; /*",
                                 "a\nb\rc\td\be\ff",
                                 "\0"s,
                                 "a\0b\0"s,
                                 "\\0\\x41\\N",
                                 "\x80\xff\xfe\xc3\x28",
                                 "\xe5\xb1\xb1田 🙂",
                                 "?",
                                 "? ?{x:String}%20&query=",
                                 "\x7f\x1b[0m",
                                 "\"`$(x)",
                                 std::string(20'000, '\'')};
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (auto length = random() % 40; length > 0; --length) text += static_cast<char>(random());
    texts.push_back(text);
  }
  return texts;
}

std::string row_of(std::string_view text) {
  return RowWriter().add(text).take();
}

TEST(Literal, ReplacesPlacesOnceAndCountsThem) {
  EXPECT_EQ(with_values("a = ? AND b = ?", {std::int64_t{-5}, "?'"s}), "a = -5 AND b = '?\\''");
  EXPECT_EQ(with_values("a IN ?", {std::vector<std::int64_t>{1, 2}}), "a IN (1,2)");
  EXPECT_THROW(with_values("a = ?", {}), std::logic_error);
  EXPECT_THROW(with_values("a", {"x"s}), std::logic_error);
}

TEST(Literal, NamesAreLettersDigitsAndUnderscores) {
  EXPECT_EQ(identifier("banso_2"), "banso_2");
  for (const auto* name : {"", "2b", "a b", "a`", "a;", "a.b", "あ"})
    EXPECT_THROW(identifier(name), std::invalid_argument);
}

TEST(RowBinary, GivesBackWhatWasWritten) {
  RowWriter writer;
  for (const auto& text : hostile_strings()) writer.add(std::int64_t{-7}).add(std::uint8_t{9}).add(text);
  const auto bytes = writer.take();
  std::vector<std::string> read;
  each_row(bytes, [&](RowReader& row) {
    EXPECT_EQ(row.number<std::int64_t>(), -7);
    EXPECT_EQ(row.number<std::uint8_t>(), 9);
    read.emplace_back(row.text());
  });
  EXPECT_EQ(read, hostile_strings());
}

TEST(RowBinary, ARowThatIsNotWholeIsSeenAsSuch) {
  const auto bytes = RowWriter().add(std::int64_t{1}).add(std::string(300, 'x')).take();
  for (std::size_t length = 1; length < bytes.size(); ++length) {
    RowReader row(std::string_view(bytes).substr(0, length));
    row.number<std::int64_t>();
    row.text();
    EXPECT_FALSE(row.ok());
    EXPECT_THROW(each_row(std::string_view(bytes).substr(0, length),
                          [](RowReader& part) {
                            part.number<std::int64_t>();
                            part.text();
                          }),
                 std::runtime_error);
  }
  // A length that no answer can have.
  RowReader absurd("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  absurd.text();
  EXPECT_FALSE(absurd.ok());
}

TEST(Address, IsTakenApart) {
  EXPECT_EQ(Address("http://127.0.0.1:8124").url(), "http://127.0.0.1:8124");
  EXPECT_EQ(Address("https://ch.example.com/").name(), "ch.example.com:8443");
  const Address secret("http://banso:pa:ss@host");
  EXPECT_EQ(secret.name(), "host:8123");
  EXPECT_EQ(secret.user(), "banso");
  EXPECT_EQ(secret.password(), "pa:ss");
  EXPECT_EQ(secret.url().find("pa:ss"), std::string::npos);
  for (const auto* url : {"", "host:1", "ftp://host", "http://ho st", "http://host/path", "http://host:1?x=1"})
    EXPECT_THROW(Address{url}, std::invalid_argument);
}

class OnCluster : public ::testing::Test {
 protected:
  void SetUp() override {
    cluster_ = testing::Cluster::shared();
    if (!cluster_) GTEST_SKIP() << "ClickHouse is not installed (Debian package clickhouse-server)";
  }
  Request request(const std::string& sql, int shard = 0) const {
    return {.to = {Address(cluster_->address(shard))}, .sql = sql, .rows = {}, .tables = {}, .settings = {}};
  }

  testing::Cluster* cluster_ = nullptr;
  Client client_;
};

TEST_F(OnCluster, LiteralsMeanTheBytesTheyWereMadeOf) {
  for (const auto& text : hostile_strings()) {
    EXPECT_EQ(client_.run(request("SELECT " + literal(text) + " FORMAT RowBinary")), row_of(text));
    EXPECT_EQ(client_.run(request(with_values(
                  "SELECT toInt64(count()) FROM (SELECT ? AS x) WHERE x = ? FORMAT RowBinary", {text, text}))),
              RowWriter().add(std::int64_t{1}).take());
  }
}

TEST_F(OnCluster, RowsComeBackAsTheyWereInserted) {
  client_.run(request("CREATE DATABASE IF NOT EXISTS client_test"));
  client_.run(request("CREATE TABLE client_test.text (place Int64, text String) ENGINE = Memory"));
  RowWriter writer;
  std::int64_t place = 0;
  for (const auto& text : hostile_strings()) writer.add(place++).add(text);
  auto insert = request("INSERT INTO client_test.text FORMAT RowBinary");
  insert.rows = writer.take();
  client_.run(insert);
  EXPECT_EQ(client_.run(request("SELECT place, text FROM client_test.text ORDER BY place FORMAT RowBinary")),
            insert.rows);
  auto some = request("SELECT toInt64(count()) FROM client_test.text WHERE text IN wanted FORMAT RowBinary");
  some.tables = {{"wanted", "text String", row_of("'") + row_of("\0"s) + row_of("not there")}};
  EXPECT_EQ(client_.run(some), RowWriter().add(std::int64_t{2}).take());
  std::string streamed;
  client_.stream(request("SELECT place, text FROM client_test.text ORDER BY place FORMAT RowBinary"),
                 [&](std::string_view piece) { streamed += piece; });
  EXPECT_EQ(streamed, insert.rows);
}

TEST_F(OnCluster, ErrorsCarryTheCodeAndNeverHalfAnAnswer) {
  try {
    client_.run(request("SELECT nothing FROM no_such_table"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), 60);
    EXPECT_NE(std::string(error.what()).find("127.0.0.1"), std::string::npos);
  }
  // Fails after a million rows: nothing of them may be seen.
  std::size_t bytes = 0;
  EXPECT_THROW(client_.stream(request("SELECT throwIf(number = 3000000) FROM system.numbers LIMIT 4000000"),
                              [&](std::string_view piece) { bytes += piece.size(); }),
               Error);
  EXPECT_EQ(bytes, 0u);
  EXPECT_EQ(client_.run(request("SELECT 1")), "1\n");
}

TEST_F(OnCluster, TheNextReplicaIsTriedWhereOneGivesNoAnswer) {
  auto anywhere = request("SELECT 1");
  anywhere.to.insert(anywhere.to.begin(), Address("http://127.0.0.1:1"));
  EXPECT_EQ(client_.run(anywhere), "1\n");
  anywhere.to.pop_back();
  try {
    client_.run(anywhere);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::unreachable);
  }
  // What a server refused is not asked of the next.
  auto wrong = request("SELECT nothing");
  wrong.to.push_back(Address("http://127.0.0.1:1"));
  try {
    client_.run(wrong);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.code(), Error::unreachable);
  }
}

TEST_F(OnCluster, ASilentServerIsGivenUp) {
  Client impatient({.connect_timeout_ms = 500, .silence_timeout_ms = 1500});
  auto slow = request("SELECT sleep(2)");
  EXPECT_THROW(impatient.run(slow), Error);
  slow.silence_timeout_ms = 5000;
  EXPECT_EQ(impatient.run(slow), "0\n");
  cluster_->pause(1);
  const auto begin = std::chrono::steady_clock::now();
  const std::vector both{request("SELECT 1", 0), request("SELECT 1", 1)};
  EXPECT_THROW(impatient.run(both), Error);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
  cluster_->resume(1);
  EXPECT_EQ(impatient.run(both), (std::vector<std::string>{"1\n", "1\n"}));
}

TEST_F(OnCluster, ManyThreadsShareAClient) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 20; ++round) {
        const auto number = std::to_string(thread * 1000 + round);
        const std::vector both{request("SELECT " + number, 0), request("SELECT 'b" + number + "'", 1)};
        EXPECT_EQ(client_.run(both), (std::vector<std::string>{number + "\n", "b" + number + "\n"}));
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace banso::platform::clickhouse
