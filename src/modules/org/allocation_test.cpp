// Allocation, by tables and by properties over random books.
#include "allocation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace banso::org {
namespace {

Candidate person(std::int64_t user, Limits limits = {}, Load load = {}) {
  return {{user}, load, limits};
}

Placeable account(std::int64_t id, double effort = 1, std::int64_t arr = 100, std::int64_t holder = 0) {
  return {{id}, arr, effort, {holder}};
}

std::map<std::int64_t, std::int64_t> given(const Allocation& allocation) {
  std::map<std::int64_t, std::int64_t> by_account;
  for (const auto& move : allocation.moves) by_account[move.account.value] = move.to.value;
  return by_account;
}

using testing::ElementsAre;
using testing::Pair;

TEST(Allocation, GoesRoundBeginningBehindWhoWasServedLast) {
  const std::vector<Candidate> people{person(1), person(2), person(3)};
  const auto first = allocate(people, {account(12), account(10), account(11), account(13)}, Sharing::round_robin);
  EXPECT_THAT(given(first), ElementsAre(Pair(10, 1), Pair(11, 2), Pair(12, 3), Pair(13, 1)));
  EXPECT_EQ(first.last.value, 1);
  const auto second = allocate(people, {account(20), account(21)}, Sharing::round_robin, first.last);
  EXPECT_THAT(given(second), ElementsAre(Pair(20, 2), Pair(21, 3)));
}

TEST(Allocation, PassesOverWhoHasNoRoom) {
  const std::vector<Candidate> people{person(1, {.accounts = 1}), person(2), person(3, {.accounts = 0})};
  const auto made = allocate(people, {account(10), account(11), account(12)}, Sharing::round_robin);
  EXPECT_THAT(given(made), ElementsAre(Pair(10, 1), Pair(11, 2), Pair(12, 2)));
}

TEST(Allocation, GivesTheHeaviestFirstToWhoIsLeastFull) {
  const std::vector<Candidate> people{person(1, {.effort = 20}, {5, 0, 10}), person(2, {.effort = 10})};
  const auto made = allocate(people, {account(10, 2), account(11, 8), account(12, 5)}, Sharing::capacity);
  // 11 leaves 2 at 8 of 10 and would leave 1 at 18 of 20; 12 then fits 1 alone, 10 fills 2 to the last point or 1
  // to 17.
  EXPECT_THAT(given(made), ElementsAre(Pair(10, 1), Pair(11, 2), Pair(12, 1)));
}

TEST(Allocation, CountsAFullWorkloadWhereSomebodyHasNoLimit) {
  const std::vector<Candidate> people{person(1), person(2)};
  const auto made = allocate(people, {account(1, 30), account(2, 20), account(3, 20)}, Sharing::capacity);
  EXPECT_THAT(given(made), ElementsAre(Pair(1, 1), Pair(2, 2), Pair(3, 2)));
}

TEST(Allocation, FixedGoesToTheFirstWithRoom) {
  const std::vector<Candidate> people{person(2, {.arr_minor = 150}), person(1)};
  const auto made = allocate(people, {account(10), account(11)}, Sharing::fixed);
  EXPECT_THAT(given(made), ElementsAre(Pair(10, 2), Pair(11, 1)));
}

TEST(Allocation, WhatNobodyCanTakeStays) {
  const auto made = allocate(std::vector<Candidate>{}, {account(10, 1, 100, 7)}, Sharing::capacity);
  EXPECT_TRUE(made.moves.empty());
  EXPECT_THAT(made.unplaced, ElementsAre(core::AccountId{10}));
}

TEST(Allocation, WhoHasItAlreadyIsNoMove) {
  const auto made = allocate(std::vector{person(7)}, {account(10, 1, 100, 7)}, Sharing::capacity);
  EXPECT_TRUE(made.moves.empty());
  EXPECT_TRUE(made.unplaced.empty());
}

TEST(Allocation, SharesTellTheFullestFigure) {
  EXPECT_EQ(share_of({10, 50, 1}, {}), std::nullopt);
  EXPECT_DOUBLE_EQ(*share_of({10, 50, 1}, {.accounts = 20, .arr_minor = 60}), 50.0 / 60);
  EXPECT_GT(*share_of({1, 0, 0}, {.accounts = 0}), 1);
  EXPECT_EQ(*share_of({}, {.accounts = 0}), 1);
  EXPECT_EQ(Limits::tighter({.accounts = 3, .effort = 5}, {.accounts = 4, .arr_minor = 9}), (Limits{3, 9, 5}));
}

struct RandomCase {
  std::vector<Candidate> people;
  std::vector<Placeable> accounts;
};

RandomCase random_case(std::mt19937& random) {
  const auto number = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
  RandomCase made;
  for (int i = 1; i <= number(1, 8); ++i) {
    Candidate candidate = person(i);
    if (number(0, 2) > 0) candidate.limits.accounts = number(0, 30);
    if (number(0, 2) > 0) candidate.limits.arr_minor = number(0, 3000);
    if (number(0, 2) > 0) candidate.limits.effort = number(0, 60) / 2.0;
    made.people.push_back(candidate);
  }
  const int count = number(0, 80);
  for (int i = 0; i < count; ++i) {
    made.accounts.push_back(account(1000 + i, number(1, 20) / 4.0, number(0, 400), number(0, 10)));
  }
  return made;
}

TEST(AllocationProperties, NobodyGetsMoreThanTheyCanCarryAndTheOrderOfTheInputSaysNothing) {
  std::mt19937 random(6);
  for (int round = 0; round < 2000; ++round) {
    auto [people, accounts] = random_case(random);
    const auto method = static_cast<Sharing>(round % 3);
    const auto made = allocate(people, accounts, method);
    // Who stays with their holder was either placed there, or could be placed nowhere.
    std::map<std::int64_t, std::int64_t> to = given(made);
    std::map<std::int64_t, Load> loads;
    for (const auto& item : accounts) {
      if (std::binary_search(made.unplaced.begin(), made.unplaced.end(), item.account)) continue;
      const auto moved = to.find(item.account.value);
      auto& load = loads[moved == to.end() ? item.holder.value : moved->second];
      load = {load.accounts + 1, load.arr_minor + item.arr_minor, load.effort + item.effort};
    }
    for (const auto& each : people) {
      const auto& load = loads[each.user.value];
      EXPECT_LE(load.accounts, each.limits.accounts.value_or(load.accounts)) << round;
      EXPECT_LE(load.arr_minor, each.limits.arr_minor.value_or(load.arr_minor)) << round;
      EXPECT_LE(load.effort, each.limits.effort.value_or(load.effort) + 1e-6) << round;
    }
    std::shuffle(accounts.begin(), accounts.end(), random);
    const auto again = allocate(people, accounts, method);
    EXPECT_EQ(again.moves, made.moves) << round;
    EXPECT_EQ(again.unplaced, made.unplaced) << round;
  }
}

TEST(AllocationProperties, GoingRoundIsFair) {
  std::mt19937 random(7);
  core::UserId last;
  std::map<std::int64_t, int> counts;
  const std::vector<Candidate> people{person(1), person(2), person(3), person(4)};
  for (int round = 0; round < 300; ++round) {
    std::vector<Placeable> accounts;
    const int count = std::uniform_int_distribution(0, 7)(random);
    accounts.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) accounts.push_back(account(round * 100 + i + 1));
    const auto made = allocate(people, accounts, Sharing::round_robin, last);
    last = made.last;
    for (const auto& move : made.moves) ++counts[move.to.value];
    const auto [least, most] = std::minmax({counts[1], counts[2], counts[3], counts[4]});
    EXPECT_LE(most - least, 1) << "over all rounds together";
  }
}

}  // namespace
}  // namespace banso::org
