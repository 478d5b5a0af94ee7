#include "person_numbers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace banso::usage {
namespace {

std::int64_t hash_of(int person) {
  return person_hash({1 + person % 7}, "person " + std::to_string(person));
}

TEST(PersonNumbers, HoldsEverybodyUntilItIsHalfFull) {
  constexpr int places = 1 << 17;
  PersonNumbers numbers(places);
  for (int person = 1; person <= places / 2; ++person) numbers.put(hash_of(person), person);
  EXPECT_TRUE(numbers.is_complete());
  for (int person = 1; person <= places / 2; ++person) ASSERT_EQ(numbers.find(hash_of(person)), person);
  EXPECT_EQ(numbers.find(hash_of(places)), 0);
  numbers.remove(hash_of(7));
  EXPECT_EQ(numbers.find(hash_of(7)), 0);
  numbers.put(hash_of(7), 7);
  EXPECT_EQ(numbers.find(hash_of(7)), 7);
}

TEST(PersonNumbers, DropsSomebodyAndSaysSoWhenItIsFull) {
  PersonNumbers numbers(1024);
  for (int person = 1; person <= 5000; ++person) {
    numbers.put(hash_of(person), person);
    ASSERT_EQ(numbers.find(hash_of(person)), person);
  }
  EXPECT_FALSE(numbers.is_complete());
  int held = 0;
  for (int person = 1; person <= 5000; ++person) {
    const auto number = numbers.find(hash_of(person));
    if (number == 0) continue;
    EXPECT_EQ(number, person);
    ++held;
  }
  EXPECT_GT(held, 900);
  EXPECT_LE(held, 1024);
  numbers.clear();
  EXPECT_TRUE(numbers.is_complete());
  EXPECT_EQ(numbers.find(hash_of(5000)), 0);
}

TEST(PersonNumbers, TheSameUserIdInTwoAccountsIsTwoPersons) {
  EXPECT_NE(person_hash({1}, "2"), person_hash({2}, "2"));
  EXPECT_EQ(person_hash({1}, "2"), person_hash({1}, "2"));
}

}  // namespace
}  // namespace banso::usage
