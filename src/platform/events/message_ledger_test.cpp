#include "message_ledger.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <random>

namespace banso::platform::events {
namespace {

class MessageLedgerTest : public ::testing::Test {
 protected:
  MessageLedgerTest()
      : folder_(std::filesystem::temp_directory_path() / ("banso-ledger-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
  }
  ~MessageLedgerTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<MessageLedger> open(std::int64_t newest_event_no, std::uint64_t identity = 1) const {
    return std::make_unique<MessageLedger>(folder_, identity, newest_event_no, settings_);
  }

  std::filesystem::path folder_;
  MessageLedger::Settings settings_{.seal_at = 1000, .merge_at = 4, .run_limit = 20'000, .warm_limit = 1'000'000};
  MessageHasher hasher_{MessageHasher::Key{1, 2, 3}};
};

std::vector<bool> known(const MessageLedger& ledger, const std::vector<MessageHash>& hashes, bool also_cold = false) {
  const auto answers = std::make_unique<bool[]>(hashes.size());
  ledger.find(hashes, {answers.get(), hashes.size()}, also_cold);
  return std::vector<bool>(answers.get(), answers.get() + hashes.size());
}

bool all_known(const MessageLedger& ledger, const std::vector<MessageHash>& hashes, bool also_cold = false) {
  return std::ranges::all_of(known(ledger, hashes, also_cold), [](bool yes) { return yes; });
}

bool any_known(const MessageLedger& ledger, const std::vector<MessageHash>& hashes, bool also_cold = false) {
  return std::ranges::any_of(known(ledger, hashes, also_cold), [](bool yes) { return yes; });
}

std::vector<MessageHash> hashes_of(const MessageHasher& hasher, int from, int to) {
  std::vector<MessageHash> hashes;
  for (int number = from; number < to; ++number) hashes.push_back(hasher(1, "message " + std::to_string(number)));
  return hashes;
}

TEST(MessageHasher, TellsSourcesAndTextsApart) {
  const MessageHasher hasher(MessageHasher::Key{7});
  EXPECT_EQ(hasher(1, "a"), hasher(1, "a"));
  EXPECT_NE(hasher(1, "a"), hasher(2, "a"));
  EXPECT_NE(hasher(1, "a"), hasher(1, "b"));
  EXPECT_NE(hasher(1, "a"), MessageHasher(MessageHasher::Key{8})(1, "a"));
  const std::string long_text(1000, 'x');
  EXPECT_EQ(hasher(1, long_text), hasher(1, long_text));
  EXPECT_NE(hasher(1, long_text), hasher(1, long_text + "x"));
  EXPECT_FALSE(hasher(0, "").is_none());
}

TEST(MessageFilter, NeverMissesAndIsSeldomWrong) {
  const MessageHasher hasher(MessageHasher::Key{7});
  MessageFilter filter(100'000);
  for (const auto hash : hashes_of(hasher, 0, 100'000)) filter.insert(hash);
  for (const auto hash : hashes_of(hasher, 0, 100'000)) ASSERT_TRUE(filter.may_contain(hash));
  const auto others = hashes_of(hasher, 100'000, 200'000);
  const auto wrong = std::ranges::count_if(others, [&](MessageHash hash) { return filter.may_contain(hash); });
  EXPECT_LT(wrong, 1200) << "more than 1.2 of a hundred";
}

TEST_F(MessageLedgerTest, RemembersWhatWasSealedMergedAndNeither) {
  std::mt19937 random(4);
  auto ledger = open(0);
  int count = 0;
  while (count < 30'000) {
    const int next = count + 1 + static_cast<int>(random() % 400);
    const auto fresh = hashes_of(hasher_, count, next);
    ASSERT_FALSE(any_known(*ledger, fresh));
    ledger->insert(fresh, next);
    ASSERT_TRUE(all_known(*ledger, fresh));
    if (random() % 2) {
      while (ledger->maintain()) {
      }
    }
    count = next;
  }
  while (ledger->maintain()) {
  }
  EXPECT_LT(ledger->run_count(), 12u) << "runs are not merged";
  EXPECT_TRUE(all_known(*ledger, hashes_of(hasher_, 0, count)));
  EXPECT_FALSE(any_known(*ledger, hashes_of(hasher_, count, count + 20'000)));

  const auto sealed = static_cast<int>(ledger->sealed_until());
  EXPECT_GT(sealed, count - 2000);
  ledger = open(count);
  EXPECT_EQ(ledger->sealed_until(), sealed);
  EXPECT_TRUE(all_known(*ledger, hashes_of(hasher_, 0, sealed)));
  EXPECT_FALSE(any_known(*ledger, hashes_of(hasher_, sealed, count))) << "the store tells those again";
}

TEST_F(MessageLedgerTest, BeginsAnewWhereItIsNotTheStores) {
  const auto fill = [&] {
    auto ledger = open(0);
    ledger->insert(hashes_of(hasher_, 0, 5000), 5000);
    while (ledger->maintain()) {
    }
    EXPECT_EQ(ledger->sealed_until(), 5000);
  };
  const auto runs = [&] {
    return std::ranges::count_if(std::filesystem::directory_iterator(folder_),
                                 [](const auto& entry) { return entry.path().extension() == ".run"; });
  };
  fill();
  EXPECT_EQ(open(5000)->sealed_until(), 5000);
  EXPECT_EQ(open(4999)->sealed_until(), 0) << "it knows more than the store holds";
  EXPECT_EQ(runs(), 0);
  fill();
  EXPECT_EQ(open(5000, 2)->sealed_until(), 0) << "of another store";
  fill();
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (entry.path().extension() != ".run") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-100, std::ios::end);
    file.put('\x5a').put('\x5b').put('\x5c');
  }
  EXPECT_EQ(open(5000)->sealed_until(), 0) << "damaged";
  fill();
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (entry.path().extension() == ".run") std::filesystem::remove(entry.path());
  }
  EXPECT_EQ(open(5000)->sealed_until(), 0) << "a file is missing";
}

TEST_F(MessageLedgerTest, Forgets) {
  auto ledger = open(0);
  for (int count = 0; count < 10'500; count += 500) {
    ledger->insert(hashes_of(hasher_, count, count + 500), count + 500);
    while (count < 9000 && ledger->maintain()) {
    }
  }
  std::vector<MessageHash> gone, stay;
  const auto all = hashes_of(hasher_, 0, 10'500);
  for (std::size_t index = 0; index < all.size(); ++index) (index % 7 == 3 ? gone : stay).push_back(all[index]);
  ledger->prepare_to_forget();
  EXPECT_EQ(open(20'000)->sealed_until(), 0) << "a crash now must make it begin anew";
  std::filesystem::remove_all(folder_);

  ledger = open(0);
  ledger->insert(all, 10'500);
  ledger->maintain();
  ledger->insert(hashes_of(hasher_, 20'000, 20'010), 10'510);
  gone.push_back(hasher_(1, "message 20003"));
  ledger->prepare_to_forget();
  ledger->forget(gone);
  EXPECT_FALSE(any_known(*ledger, gone));
  EXPECT_TRUE(all_known(*ledger, stay));
  ledger = open(20'000);
  EXPECT_EQ(ledger->sealed_until(), 10'500);
  EXPECT_TRUE(all_known(*ledger, stay));
}

TEST_F(MessageLedgerTest, WhatIsOldLeavesMemoryButIsFoundWhenAskedFor) {
  settings_.warm_limit = 3000;
  settings_.warm_for_us = 0;
  settings_.merge_at = 100;
  auto ledger = open(0);
  for (int count = 0; count < 10'000; count += 1000) {
    ledger->insert(hashes_of(hasher_, count, count + 1000), count + 1000);
    while (ledger->maintain()) {
    }
  }
  for (int round = 0; round < 2; ++round) {
    EXPECT_FALSE(any_known(*ledger, hashes_of(hasher_, 0, 7000)));
    EXPECT_TRUE(all_known(*ledger, hashes_of(hasher_, 7000, 10'000)));
    EXPECT_TRUE(all_known(*ledger, hashes_of(hasher_, 0, 10'000), true));
    EXPECT_FALSE(any_known(*ledger, hashes_of(hasher_, 10'000, 11'000), true));
    ledger = open(10'000);
  }
}

TEST_F(MessageLedgerTest, InMemoryItKeepsNothing) {
  MessageLedger ledger(std::nullopt, 1, 0, settings_);
  ledger.insert(hashes_of(hasher_, 0, 5000), 5000);
  EXPECT_FALSE(ledger.maintain());
  EXPECT_TRUE(all_known(ledger, hashes_of(hasher_, 0, 5000)));
  ledger.prepare_to_forget();
  ledger.forget(hashes_of(hasher_, 0, 10));
  EXPECT_FALSE(any_known(ledger, hashes_of(hasher_, 0, 10)));
  EXPECT_TRUE(all_known(ledger, hashes_of(hasher_, 10, 5000)));
}

}  // namespace
}  // namespace banso::platform::events
