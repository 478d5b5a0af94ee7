#include "outcomes.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "engine/book_builder.hpp"

namespace banso::engine::lab {
namespace {

constexpr Day day_zero{20'000};
Day day(int offset) {
  return day_zero + offset;
}

struct Contract {
  int start, end;  // end 9999: open
  std::int64_t mrr_minor;
  int known_from = -1000;
};

Book book_with(const std::vector<std::vector<Contract>>& accounts) {
  BookBuilder builder;
  const auto product = builder.add_product("suite");
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const auto account = builder.add_account(core::AccountId{static_cast<std::int64_t>(i) + 1}, day(-2000));
    for (const auto& each : accounts[i]) {
      Subscription row;
      row.product = product;
      row.start = day(each.start);
      row.end = each.end == 9999 ? forever : day(each.end);
      row.mrr_minor = each.mrr_minor;
      row.known = {day(each.known_from)};
      builder.add(account, row);
    }
  }
  return std::move(builder).build();
}

std::vector<int> days_of(const Outcomes& outcomes) {
  std::vector<int> days;
  for (const auto each : outcomes.days.of(0)) days.push_back(each - day_zero);
  return days;
}

struct Case {
  const char* what;
  std::vector<Contract> contracts;
  std::vector<int> churned, contracted, expanded;
};

TEST(Outcomes, OfContractsAsKnownOnDay500) {
  const Case table[] = {
      {"still there", {{0, 9999, 100}}, {}, {}, {}},
      {"left", {{0, 365, 100}}, {365}, {}, {}},
      {"renewed at once", {{0, 365, 100}, {365, 730, 100}}, {}, {}, {}},
      {"renewed a week late", {{0, 365, 100}, {372, 730, 100}}, {}, {}, {}},
      {"came back after half a year", {{0, 100, 100}, {300, 9999, 100}}, {100}, {}, {}},
      {"renewed lower", {{0, 365, 100}, {365, 730, 80}}, {}, {365}, {}},
      {"renewed lower, late", {{0, 365, 100}, {370, 730, 80}}, {}, {370}, {}},
      {"renewed higher", {{0, 365, 100}, {365, 730, 120}}, {}, {}, {365}},
      {"added a product, dropped it", {{0, 9999, 100}, {50, 150, 20}}, {}, {150}, {50}},
      {"left with one of two", {{0, 200, 100}, {0, 9999, 50}}, {}, {200}, {}},
      {"ends in the future", {{0, 600, 100}}, {}, {}, {}},
      {"learned too late", {{0, 365, 100}, {365, 9999, 100, 501}}, {365}, {}, {}},
      {"no contract", {}, {}, {}, {}},
  };
  for (const auto& row : table) {
    const auto book = book_with({row.contracts});
    EXPECT_EQ(days_of(churned(book, day(500))), row.churned) << row.what;
    EXPECT_EQ(days_of(contracted(book, day(500))), row.contracted) << row.what;
    EXPECT_EQ(days_of(expanded(book, day(500))), row.expanded) << row.what;
  }
}

LabPanel panel_over(const Book& book, const std::vector<Day>& days) {
  PanelBuilder builder({}, days);
  builder.add(book, evaluate_history(book, {}, days));
  return std::move(builder).build();
}

// The account leaves on day 100; what is known ends on day 200; lead time 30 days.
TEST(Labels, SayWhatHappensWithinTheLeadTime) {
  const auto book = book_with({{{0, 100, 100}}, {{0, 9999, 100}}});
  struct Row {
    int day;
    Label leaves, stays;
  };
  const Row table[] = {
      {-7, Label::no_part, Label::no_part},  // not yet a customer
      {0, Label::without, Label::without},   {69, Label::without, Label::without},
      {70, Label::with, Label::without},  // the hundredth is the thirtieth day after
      {99, Label::with, Label::without},     {100, Label::no_part, Label::without},  // gone
      {170, Label::no_part, Label::without}, {171, Label::no_part, Label::no_part},  // the lead time has not passed
  };
  std::vector<Day> days;
  for (const auto& row : table) days.push_back(day(row.day));
  const auto panel = panel_over(book, days);
  const auto labels = label_rows(panel, churned(panel.book(), day(200)), 30);
  for (std::size_t i = 0; i < std::size(table); ++i) {
    EXPECT_EQ(labels[i], table[i].leaves) << table[i].day;
    EXPECT_EQ(labels[std::size(table) + i], table[i].stays) << table[i].day;
  }
}

TEST(Outcomes, OfANumberAreItsStepsUpAndDown) {
  BookBuilder builder;
  const auto account = builder.add_account(core::AccountId{1}, day(0));
  const auto goals = builder.add_attribute({"goals_achieved", {"Goals", "ゴール"}, AttributeType::number});
  const double cleared = std::numeric_limits<double>::quiet_NaN();
  const std::pair<int, double> course[] = {{0, 0},   {40, 1},        {60, 1},  {90, 3},
                                           {120, 2}, {150, cleared}, {180, 5}, {400, 6}};
  for (const auto& [at, value] : course) builder.set_number(account, goals, day(at), value);
  const auto book = std::move(builder).build();
  const auto panel = panel_over(book, {day(10), day(30), day(60), day(130)});
  const auto grown = attribute_grew(panel.book(), "goals_achieved", day(300));
  EXPECT_EQ(days_of(grown), (std::vector<int>{40, 90}));
  EXPECT_EQ(days_of(attribute_fell(panel.book(), "goals_achieved", day(300))), std::vector<int>{120});
  EXPECT_EQ(label_rows(panel, grown, 30), (std::vector<Label>{Label::with, Label::with, Label::with, Label::without}));
  EXPECT_EQ(attribute_grew(panel.book(), "unheard_of", day(300)).accounts(), 0u);
}

TEST(Labels, OfAnAttributeEndWhereItHasTheValue) {
  BookBuilder builder;
  const auto account = builder.add_account(core::AccountId{1}, day(0));
  const auto phase = builder.add_attribute({"phase", {"Phase", "段階"}, AttributeType::choice});
  builder.set_text(account, phase, day(0), "active");
  builder.set_text(account, phase, day(50), "notice");
  builder.set_text(account, phase, day(80), "active");
  const auto book = std::move(builder).build();
  const auto panel = panel_over(book, {day(10), day(30), day(60), day(90)});
  const auto outcomes = attribute_became(panel.book(), "phase", "notice", day(300));
  EXPECT_EQ(days_of(outcomes), std::vector<int>{50});
  EXPECT_EQ(outcomes.accounts(), 1u);
  EXPECT_EQ(label_rows(panel, outcomes, 30),
            (std::vector<Label>{Label::without, Label::with, Label::no_part, Label::without}));
  EXPECT_EQ(attribute_became(panel.book(), "phase", "unheard of", day(300)).accounts(), 0u);
  EXPECT_EQ(attribute_became(panel.book(), "unheard_of", "notice", day(300)).accounts(), 0u);
}

}  // namespace
}  // namespace banso::engine::lab
