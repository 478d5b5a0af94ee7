#include <gtest/gtest.h>

#include "engine/lab/outcomes.hpp"
#include "test_house.hpp"

namespace banso::health {
namespace {

constexpr int accounts = 60;

class Panel : public testing::Test {
 protected:
  void SetUp() override {
    house.write_vendor(accounts, day, {true, true, true, true});
    jobs = platform::jobs::Jobs::make(house.records());
    house.health->register_jobs(*jobs);
    ASSERT_TRUE(house.health->evaluate_all([](double, const core::Text&) { return true; }));
    house.health->start();
    EXPECT_FALSE(house.health->panel().panel);
    const auto built = jobs->run_now("lab_panel", "{}", core::Caller::system("test"), [](double, const core::Text&) {});
    ASSERT_TRUE(built) << built.error().message.en;
    panel = house.health->panel().panel;
    ASSERT_TRUE(panel);
    const auto found = house.health->book();
    ASSERT_TRUE(found);
    book = *found;
  }
  void TearDown() override {
    house.health->stop();
    jobs.reset();
  }

  // Accounts that hold in a week, by the panel.
  std::vector<core::AccountId> in_week(const std::string& json, std::size_t week) const {
    const auto condition = engine::compile_condition(json, panel->fields());
    EXPECT_TRUE(condition) << json;
    std::vector<core::AccountId> found;
    for (std::size_t block = 0; block < panel->blocks(); ++block) {
      const auto first = panel->block(block).first;
      panel->run({&*condition, 1}, block, [&](std::size_t at, const auto& exists, const auto& holds) {
        if (at != week) return;
        auto both = holds[0];
        both &= exists;
        for (const auto row : both.rows()) found.push_back(panel->id(first + row));
      });
    }
    return found;
  }
  std::vector<core::AccountId> today(const std::string& json) const {
    const auto condition = engine::compile_condition(json, book->fields());
    EXPECT_TRUE(condition) << json;
    std::vector<core::AccountId> found;
    for (const auto row : book->run(*condition).rows()) found.push_back(book->id(row));
    return found;
  }

  const core::Day day = first_day + 7 * 40;
  TestHouse house{day};
  std::unique_ptr<platform::jobs::Jobs> jobs;
  PanelViewPtr panel;
  BookViewPtr book;
};

std::string rule(const std::string& field, const std::string& op, const std::string& value) {
  return R"({"combinator": "and", "rules": [{"field": ")" + field + R"(", "operator": ")" + op + R"(", "value": )" +
         value + "}]}";
}

// The last week is today: whatever the book in memory says, history says.
TEST_F(Panel, SaysOfTheLastWeekWhatTheBookSaysOfToday) {
  ASSERT_EQ(panel->days().back(), day);
  ASSERT_EQ(panel->accounts(), static_cast<std::size_t>(accounts));
  int compared = 0, split = 0;
  for (const auto& field : panel->fields().fields()) {
    std::vector<std::string> conditions{rule(field.name, "null", "0")};
    if (field.type == engine::FieldType::number || field.type == engine::FieldType::money) {
      for (std::size_t row = 0; row < book->size(); row += 9) {
        const auto value = book->value(row, field.name);
        if (const auto* number = std::get_if<double>(&value)) {
          conditions.push_back(rule(field.name, "<=", std::to_string(*number + 1e-6)));
        }
      }
    }
    if (field.type == engine::FieldType::day) {
      conditions.push_back(rule(field.name, "withinDays", R"({"days": 60, "direction": "next"})"));
      conditions.push_back(rule(field.name, "withinDays", R"({"days": 10, "direction": "last"})"));
    }
    if (field.type == engine::FieldType::choice) {
      const auto value = book->value(3, field.name);
      if (const auto* text = std::get_if<std::string>(&value)) {
        conditions.push_back(rule(field.name, "=", "\"" + *text + "\""));
      }
    }
    for (const auto& condition : conditions) {
      const auto expected = today(condition);
      EXPECT_EQ(in_week(condition, panel->days().size() - 1), expected) << condition;
      ++compared;
      split += !expected.empty() && expected.size() < book->size() ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 60);
  EXPECT_GT(split, 20);
}

TEST_F(Panel, KnowsThePastOfEveryNumber) {
  for (const std::string field : {"score", "active_users_28d", "arr"}) {
    for (const int percent : {5, 30}) {
      const auto fell = rule(field, "fellByPercent", "{\"percent\": " + std::to_string(percent) + ", \"days\": 28}");
      EXPECT_EQ(in_week(fell, 2), std::vector<core::AccountId>()) << field;  // no history of four weeks yet
    }
  }
  const auto fell = rule("score", "fellByPercent", R"({"percent": 3, "days": 28})");
  EXPECT_EQ(in_week(fell, panel->days().size() - 1), today(fell));
  const auto worse = rule("level", "worsenedWithin", R"({"days": 90})");
  EXPECT_EQ(in_week(worse, panel->days().size() - 1), today(worse));
  EXPECT_FALSE(today(worse).empty());
  const auto crossed = rule("score", "crossedBelow", R"({"value": 60, "days": 90})");
  EXPECT_EQ(in_week(crossed, panel->days().size() - 1), today(crossed));
}

TEST_F(Panel, LeavesOutWhatHasNoPast) {
  EXPECT_FALSE(panel->fields().find("name"));
  EXPECT_FALSE(panel->fields().find("level_basis"));
  EXPECT_TRUE(panel->fields().find("renewal_day"));
  EXPECT_EQ(panel->churned().days.offsets.size(), static_cast<std::size_t>(accounts) + 1);
}

}  // namespace
}  // namespace banso::health
