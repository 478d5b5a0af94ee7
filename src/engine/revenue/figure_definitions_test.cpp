#include <gtest/gtest.h>

#include <set>

#include "figure_definitions.hpp"
#include "movements.hpp"
#include "rules.hpp"

namespace banso::engine::revenue {

namespace {

void expect_text(const core::Text& text, std::string_view about) {
  EXPECT_FALSE(text.en.empty()) << about;
  EXPECT_FALSE(text.ja.empty()) << about;
}

TEST(FigureDefinitions, SayEverythingInBothLanguages) {
  std::set<std::string_view> keys;
  for (const auto& each : figure_definitions()) {
    EXPECT_TRUE(keys.insert(each.key).second) << each.key << " twice";
    for (const auto* text : {&each.name, &each.definition, &each.formula, &each.source}) expect_text(*text, each.key);
    EXPECT_EQ(find_figure(each.key), &each);
  }
  EXPECT_EQ(find_figure("no_such_figure"), nullptr);
}

TEST(FigureDefinitions, ExplainEveryMovement) {
  for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
    const auto key = key_of(static_cast<MovementKind>(kind));
    EXPECT_NE(find_figure(key), nullptr) << key;
    EXPECT_EQ(movement_kind(key), static_cast<MovementKind>(kind));
    EXPECT_EQ(find_figure(key)->name, name_of(static_cast<MovementKind>(kind)));
  }
}

TEST(Rules, SayEverythingInBothLanguages) {
  for (const auto& shipped : shipped_rules()) {
    expect_text(shipped.rules.name, shipped.key);
    expect_text(shipped.rules.explanation, shipped.key);
    for (const auto& each : switches()) expect_text(each.setting(shipped.rules), each.key);
  }
  for (const auto& each : switches()) {
    expect_text(each.name, each.key);
    expect_text(each.meaning, each.key);
  }
}

TEST(Rules, AreReadAsWritten) {
  for (const auto& shipped : shipped_rules()) {
    const auto text = to_json(shipped.rules);
    const auto read = rules_from_json(text);
    ASSERT_TRUE(read) << read.error().message.en;
    EXPECT_EQ(*read, shipped.rules) << shipped.key;
    EXPECT_EQ(to_json(*read), text);
  }
}

TEST(Rules, NameEveryFault) {
  const auto read = rules_from_json(
      R"({"name": {"en": "x", "de": "y"}, "churn_on": "someday", "gap_days": -1, "past_due_days": 1.5, "colour": 1})");
  ASSERT_FALSE(read);
  std::set<std::string> fields;
  for (const auto& fault : read.error().fields) fields.insert(fault.field);
  EXPECT_EQ(fields, (std::set<std::string>{"name.de", "churn_on", "gap_days", "past_due_days", "colour"}));
  EXPECT_FALSE(rules_from_json("[]"));
  EXPECT_FALSE(rules_from_json("{"));
  EXPECT_FALSE(rules_from_json(std::string(100'000, ' ')));
}

TEST(Rules, SwitchesAreAllThereIs) {
  const auto& banso = shipped_rules()[0].rules;
  for (const auto& shipped : shipped_rules()) {
    auto copied = banso;
    for (const auto& each : switches()) {
      each.copy(shipped.rules, copied);
      EXPECT_FALSE(each.differs(copied, shipped.rules)) << each.key;
    }
    copied.name = shipped.rules.name;
    copied.explanation = shipped.rules.explanation;
    EXPECT_EQ(copied, shipped.rules);
  }
}

}  // namespace
}  // namespace banso::engine::revenue
