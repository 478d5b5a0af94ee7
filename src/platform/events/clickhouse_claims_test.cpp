// One message in several hands: whatever the order of their steps, one copy remains.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>

#include "clickhouse_claims.hpp"
#include "clickhouse_cluster.hpp"
#include "clickhouse_numbers.hpp"

namespace banso::platform::events {
namespace {

// What the shards hold of one message: claims, complete batches, and of every place the row with the highest version.
struct Shards {
  struct Row {
    std::int64_t version;
    bool removed;
  };
  std::vector<MessageClaim> claims;
  std::set<std::int64_t> complete;
  std::map<std::int64_t, Row> rows;  // by account

  void write(std::int64_t account, std::int64_t version, bool removed) {
    auto& row = rows.try_emplace(account, Row{-1, true}).first->second;
    if (version >= row.version) row = {version, removed};
  }
  int live() const {
    int count = 0;
    for (const auto& [account, row] : rows) count += !row.removed;
    return count;
  }
};

// One append of the message, step by step as the store does it; may die between any two steps.
class Writer {
 public:
  Writer(std::int64_t batch_no, std::int64_t account) {
    mine_.batch_no = batch_no;
    mine_.place.account = {account};
  }
  bool done() const { return step_ == done_step; }
  bool returned() const { return done() && !dead_; }
  void die() {
    dead_ = !done();
    step_ = done_step;
  }
  void step(Shards& shards) {
    switch (step_++) {
      case 0:
        shards.claims.push_back(mine_);
        return;
      case 1:
        for (const auto& claim : shards.claims) {
          if (claim.batch_no != mine_.batch_no) others_.push_back(claim);
        }
        return;
      case 2:
        verdict_ = judge(mine_, others_, shards.complete);
        if (verdict_.duplicate) step_ = done_step;
        return;
      case 3:
        shards.write(verdict_.winner.place.account.value, verdict_.winner.batch_no, false);
        return;
      case 4:
        for (const auto& place : verdict_.empty_places)
          shards.write(place.account.value, verdict_.winner.batch_no, true);
        return;
      default:
        shards.complete.insert(mine_.batch_no);
        return;
    }
  }

 private:
  static constexpr int done_step = 6;
  MessageClaim mine_;
  std::vector<MessageClaim> others_;
  Verdict verdict_;
  int step_ = 0;
  bool dead_ = false;
};

TEST(Claims, OneCopyRemainsWhateverTheOrderOfTheSteps) {
  std::mt19937 random(1);
  for (int round = 0; round < 200'000; ++round) {
    Shards shards;
    std::vector<Writer> writers;
    std::vector<std::int64_t> numbers{10, 20, 30, 40};
    std::ranges::shuffle(numbers, random);
    const auto count = 2 + random() % 3;
    for (std::size_t index = 0; index < count; ++index) writers.emplace_back(numbers[index], 1 + random() % 3);
    const bool with_deaths = random() % 2;
    bool returned = false;
    while (true) {
      std::vector<Writer*> running;
      for (auto& writer : writers) {
        if (!writer.done()) running.push_back(&writer);
        returned |= writer.returned();
      }
      if (returned) {
        // An append that has returned is in every read from then on, whatever the others are about to do.
        ASSERT_GE(shards.live(), 1) << "round " << round;
      }
      if (running.empty()) break;
      auto& next = *running[random() % running.size()];
      if (with_deaths && random() % 10 == 0) {
        next.die();
      } else {
        next.step(shards);
      }
    }
    if (!with_deaths) {
      ASSERT_EQ(shards.live(), 1) << "round " << round;
    }
    // Whoever died is repeated, with a higher number: then there is exactly one.
    Writer repeated(50, 1 + random() % 3);
    while (!repeated.done()) repeated.step(shards);
    if (!returned) {
      ASSERT_EQ(shards.live(), 1) << "round " << round;
    }
  }
}

TEST(Claims, WhatWasReleasedMayComeAgain) {
  const MessageClaim stored{.batch_no = 10, .release = false, .place = {.shard = 0, .account = {1}, .occurred_at = {}}};
  const MessageClaim released{.batch_no = 20, .release = true, .place = {}};
  MessageClaim again = stored;
  again.batch_no = 30;
  const std::vector others{stored, released};
  EXPECT_TRUE(judge(again, std::span(others).first(1), {10}).duplicate);
  EXPECT_FALSE(judge(again, others, {10}).duplicate);
  EXPECT_EQ(judge(again, others, {10}).winner.batch_no, 30);
  EXPECT_EQ(judge(again, others, {10}).released_no, 20);
}

TEST(Numbers, GrowAndTellTheirNode) {
  ClickHouseNumbers numbers(5);
  std::int64_t last = 0;
  for (int round = 0; round < 2000; ++round) {
    const auto first = numbers.reserve(1 + round % 7);
    EXPECT_GT(first, last);
    EXPECT_EQ(ClickHouseNumbers::node_of(first), 5);
    last = first + (round % 7) * ClickHouseNumbers::step;
  }
  EXPECT_LT(last, std::int64_t{1} << 53);
  const auto ahead = last + ClickHouseNumbers::span_of_ms(3'600'000);
  numbers.observe(ahead);
  EXPECT_GT(numbers.reserve(), ahead);
  EXPECT_THROW(ClickHouseNumbers{16}, std::invalid_argument);
  EXPECT_THROW(ClickHouseNumbers{-1}, std::invalid_argument);
}

TEST(Options, AreReadFromTheUrl) {
  const auto options = ClickHouseOptions::parse(
      "clickhouse:http://a:1,http://u:p@b:2?cluster=c1&database=d1&replicated=1&timeout_ms=500&message_days=8");
  ASSERT_EQ(options.addresses.size(), 2u);
  EXPECT_EQ(options.addresses[1].name(), "b:2");
  EXPECT_EQ(options.cluster, "c1");
  EXPECT_EQ(options.database, "d1");
  EXPECT_TRUE(options.replicated);
  EXPECT_EQ(options.timeout_ms, 500);
  EXPECT_EQ(ClickHouseOptions::parse("clickhouse:http://a:1").database, "banso");
  for (const auto* url :
       {"", "clickhouse:", "duckdb:x", "clickhouse:http://a:1?database=a;b", "clickhouse:http://a:1?x=1",
        "clickhouse:http://a:1?timeout_ms=1x", "clickhouse:http://a:1?message_days=7"})
    EXPECT_THROW(ClickHouseOptions::parse(url), std::invalid_argument) << url;
}

}  // namespace
}  // namespace banso::platform::events
