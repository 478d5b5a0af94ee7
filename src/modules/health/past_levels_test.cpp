#include <gtest/gtest.h>

#include <atomic>
#include <thread>

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

  // Scores come with the same levels, and those of the present day are the book's.
  const auto scores = house.health->past_scores(questions);
  ASSERT_EQ(scores.size(), questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) EXPECT_EQ(scores[i].level, answers[i].value_or(""));
  for (std::size_t i = 0; i < questions.size(); i += 4) {
    const auto present = view->value(*view->find(questions[i].account), "score");
    ASSERT_EQ(scores[i].score.has_value(), std::holds_alternative<double>(present));
    if (scores[i].score) {
      EXPECT_NEAR(*scores[i].score, std::get<double>(present), 0.051);
    }
    EXPECT_FALSE(scores[i + 3].score);
  }
}

// A full evaluation takes the place of the one that is being read.
TEST(PastLevels, AreThereWhileAnotherEvaluationTakesTheirPlace) {
  TestHouse house(last_day);
  house.write_vendor(3, last_day);
  house.evaluate();
  const AccountDay question{house.id_of(1), last_day};
  const auto before = house.health->past_levels({&question, 1}).front();
  ASSERT_TRUE(before);
  std::atomic<bool> is_over = false;
  std::thread evaluating([&] {
    for (int i = 0; i < 8; ++i) house.evaluate();
    is_over = true;
  });
  int same = 0, asked = 0;
  while (!is_over) {
    ++asked;
    try {
      same += house.health->past_levels({&question, 1}).front() == before ? 1 : 0;
    } catch (const std::exception& failure) {
      ADD_FAILURE() << failure.what();
    }
  }
  evaluating.join();
  EXPECT_EQ(same, asked);
}

TEST(PastLevels, AreNothingBeforeTheFirstEvaluation) {
  TestHouse house(last_day);
  const AccountDay question{{1}, last_day};
  EXPECT_FALSE(house.health->past_levels({&question, 1}).front());
}

}  // namespace
}  // namespace banso::health
