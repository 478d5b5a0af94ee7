#include <gtest/gtest.h>

#include "test_house.hpp"

namespace banso::health {
namespace {

const core::Day last_day = first_day + 240;

TEST(PastLevels, AreThoseOfTheWeekBeforeTheDay) {
  TestHouse house(last_day);
  house.write_vendor(12, last_day);
  house.evaluate();
  std::vector<AccountDay> questions;
  const auto book = house.get("/api/book");
  for (const auto& item : book.at("items").as_array()) {
    const core::AccountId account{item.at("id").as_int64()};
    for (const auto day : {last_day, last_day - 90, last_day - 91, first_day - 400})
      questions.push_back({account, day});
  }
  const auto answers = house.health->past_levels(questions);
  ASSERT_EQ(answers.size(), questions.size());
  const auto view = house.health->book().value();
  std::size_t known = 0;
  for (std::size_t i = 0; i < questions.size(); i += 4) {
    const auto present = std::get<std::string>(view->value(*view->find(questions[i].account), "level"));
    EXPECT_EQ(answers[i].value_or(""), present);
    // 90 days lie within the week that ended 91 days before.
    EXPECT_EQ(answers[i + 1], answers[i + 2]);
    EXPECT_FALSE(answers[i + 3]);
    known += answers[i + 1] ? 1 : 0;
  }
  EXPECT_GT(known, 6u);
}

TEST(PastLevels, AreNothingBeforeTheFirstEvaluation) {
  TestHouse house(last_day);
  const AccountDay question{{1}, last_day};
  EXPECT_FALSE(house.health->past_levels({&question, 1}).front());
}

}  // namespace
}  // namespace banso::health
