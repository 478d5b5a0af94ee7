#include "document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "changes.hpp"

namespace banso::engine::plans {
namespace {

constexpr auto body = R"({
  "name": {"en": "First year"}, "purpose": {"ja": "問い合わせを減らす"},
  "goals": [
    {"key": "calls", "name": {"en": "Fewer calls", "ja": "問い合わせ削減"}, "criterion": {"en": "Below 80 a month"},
     "kind": "figure", "direction": "down", "baseline": 120, "target": 80, "start": "2026-04-01", "due": "2026-10-01",
     "value": {"amount_minor": 2400000, "per": "year", "how": {"en": "40 calls at 5,000 yen"}}},
    {"key": "use", "name": {"en": "Daily use"}, "kind": "measure", "measure": "active_share", "target": 0.6}],
  "actions": [
    {"key": "a", "name": {"en": "Kick-off"}, "owner": {"side": "theirs", "role": "champion"}, "due": "2026-04-10"},
    {"key": "b", "name": {"en": "Set up"}, "goal": "use", "depends_on": ["a"], "start": "2026-04-11", "due": "2026-04-30"}],
  "risks": [{"key": "r", "name": {"en": "Champion may leave"}}]})";

std::vector<std::string> faults_of(const std::string& text) {
  const auto read = document_from_json(text);
  std::vector<std::string> fields;
  if (!read) {
    for (const auto& fault : read.error().fields) fields.push_back(fault.field);
  }
  return fields;
}

std::vector<std::string> fields_of(const core::Error& error) {
  std::vector<std::string> fields;
  for (const auto& fault : error.fields) fields.push_back(fault.field);
  return fields;
}

Document changed(const Document& base, const Document& newest, const std::string& operations) {
  return apply(base, newest, operations_from_json(operations).value()).value();
}

TEST(PlanText, IsCanonical) {
  const auto document = document_from_json(body).value();
  EXPECT_EQ(document.goals[0].direction, Direction::down);
  EXPECT_TRUE(document.risks[0].is_internal);
  EXPECT_EQ(shown(document.name).ja, "First year");
  EXPECT_EQ(shown(document.purpose).en, "問い合わせを減らす");
  const auto text = to_json(document);
  EXPECT_EQ(to_json(document_from_json(text).value()), text);
}

TEST(PlanText, NamesEveryFault) {
  EXPECT_EQ(faults_of("{}"), (std::vector<std::string>{"name"}));
  EXPECT_EQ(faults_of(R"({"name": {"en": "A"}, "colour": 1, "goals": [
      {"key": "Bad key", "name": {}, "kind": "figure"},
      {"key": "up", "name": {"en": "A"}, "kind": "figure", "baseline": 5, "target": 5},
      {"key": "m", "name": {"en": "A"}, "kind": "measure", "target": "many", "start": "2026-02-30"},
      {"key": "o", "name": {"en": "A"}, "override": {"status": "fine"}, "value": {"per": "week"}}],
      "milestones": [{"key": "x", "name": {"en": "A"}, "goal": "nothing"}, 7],
      "actions": [
      {"key": "a", "name": {"en": "A"}, "owner": {"side": "theirs", "user": 3}, "internal": true},
      {"key": "b", "name": {"en": "A"}, "start": "2026-05-01", "due": "2026-04-01", "depends_on": ["zz"]},
      {"key": "b", "name": {"en": "A"}}]})"),
            (std::vector<std::string>{"goals[0].key",          "goals[0].name",         "goals[0].target",
                                      "goals[1].target",       "goals[2].target",       "goals[2].start",
                                      "goals[2].measure",      "goals[2].target",       "goals[3].override.status",
                                      "goals[3].override.why", "goals[3].value.per",    "goals[3].value.amount_minor",
                                      "milestones[1]",         "actions[0].owner.user", "actions[0].internal",
                                      "actions[1].due",        "actions[2].key",        "colour",
                                      "milestones[0].goal",    "actions[1].depends_on"}));
}

TEST(PlanText, RefusesCircles) {
  EXPECT_EQ(faults_of(R"({"name": {"en": "A"}, "actions": [
      {"key": "a", "name": {"en": "A"}, "depends_on": ["c"]}, {"key": "b", "name": {"en": "A"}, "depends_on": ["a"]},
      {"key": "c", "name": {"en": "A"}, "depends_on": ["b"]}]})"),
            (std::vector<std::string>{"actions[0].depends_on"}));
  EXPECT_EQ(faults_of(R"({"name": {"en": "A"}, "actions": [{"key": "a", "name": {"en": "A"}, "depends_on": ["a"]}]})"),
            (std::vector<std::string>{"actions[0].depends_on"}));
}

TEST(PlanText, IsBounded) {
  EXPECT_FALSE(document_from_json("[]"));
  EXPECT_FALSE(document_from_json("{"));
  EXPECT_EQ(document_from_json(std::string(600 * 1024, ' ')).error().code, core::ErrorCode::too_large);
  std::string goals;
  for (int i = 0; i < 51; ++i) goals += std::string(i ? "," : "") + R"({"key": "g)" + std::to_string(i) + R"("})";
  EXPECT_EQ(faults_of(R"({"name": {"en": "A"}, "goals": [)" + goals + "]}"), (std::vector<std::string>{"goals"}));
}

TEST(PlanTemplate, CountsDaysFromItsStart) {
  const auto text = R"({"name": {"en": "Start"}, "rank": 5, "document": {"name": {"en": "Start"}, "goals": [
      {"key": "g", "name": {"en": "G"}, "start": 0, "due": 90}], "actions": [{"key": "a", "name": {"en": "A"}, "due": 7}]}})";
  const auto made = template_from_json(text).value();
  const auto canonical = to_json(made);
  EXPECT_EQ(to_json(template_from_json(canonical).value()), canonical);
  const auto document = taken_on(made, core::day_from(2026, 4, 1));
  EXPECT_EQ(document.goals[0].start, core::day_from(2026, 4, 1));
  EXPECT_EQ(document.goals[0].due, core::day_from(2026, 6, 30));
  EXPECT_EQ(document.actions[0].due, core::day_from(2026, 4, 8));
}

TEST(PlanTemplate, NamesFaultsOfItsDays) {
  const auto refused = template_from_json(R"({"name": {"en": "Start"}, "document": {"name": {"en": "Start"}, "goals": [
      {"key": "g", "name": {"en": "G"}, "due": "2026-01-01", "theirs": 3}], "actions": [{"key": "a", "name": {"en": "A"}, "due": -1}]}})");
  EXPECT_EQ(fields_of(refused.error()),
            (std::vector<std::string>{"document.goals[0].due", "document.goals[0].theirs", "document.actions[0].due"}));
}

TEST(PlanChanges, LeaveWhatOthersDid) {
  const auto base = document_from_json(body).value();
  // The customer ticks an action while the CSM sends the whole item back with another day.
  const auto ticked =
      changed(base, base, R"([{"op": "put", "kind": "action", "item": {"key": "b", "done_on": "2026-04-20"}}])");
  const auto both = changed(base, ticked, R"([{"op": "put", "kind": "action", "item": {"key": "b",
      "name": {"en": "Set up"}, "goal": "use", "depends_on": ["a"], "start": "2026-04-11", "due": "2026-05-15",
      "done_on": null}}])");
  EXPECT_EQ(both.find_action("b")->done_on, core::day_from(2026, 4, 20));
  EXPECT_EQ(both.find_action("b")->due, core::day_from(2026, 5, 15));
}

TEST(PlanChanges, RefuseTheSameFieldChangedOtherwise) {
  const auto base = document_from_json(body).value();
  const auto newest = changed(base, base, R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 70}}])");
  const auto refused =
      apply(base, newest,
            operations_from_json(R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 60}}])").value());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, core::ErrorCode::conflict);
  EXPECT_EQ(fields_of(refused.error()), (std::vector<std::string>{"operations[0].item.target"}));
  // To the same value is none.
  EXPECT_EQ(changed(base, newest, R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 70}}])")
                .goals[0]
                .target,
            70);
  EXPECT_FALSE(
      apply(base, newest, operations_from_json(R"([{"op": "remove", "kind": "goal", "key": "calls"}])").value()));
}

TEST(PlanChanges, TakeReferencesOfTheRemovedAway) {
  const auto base = document_from_json(body).value();
  const auto after = changed(base, base, R"([{"op": "remove", "kind": "goal", "key": "use"},
                                             {"op": "remove", "kind": "action", "key": "a"}])");
  EXPECT_EQ(after.find_action("b")->goal, "");
  EXPECT_TRUE(after.find_action("b")->depends_on.empty());
}

TEST(PlanChanges, NameFaultsByOperation) {
  const auto base = document_from_json(body).value();
  const auto faults = [&](const std::string& operations) {
    const auto read = operations_from_json(operations);
    return fields_of(read ? apply(base, base, *read).error() : read.error());
  };
  using Fields = std::vector<std::string>;
  EXPECT_EQ(faults("[]"), (Fields{"operations"}));
  EXPECT_EQ(faults(R"([1, {"op": "push"}, {"op": "put", "kind": "goat", "item": {}}, {"op": "set_head"}])"),
            (Fields{"operations[0]", "operations[1].op", "operations[1].op", "operations[2].kind", "operations[2].kind",
                    "operations[3].head"}));
  EXPECT_EQ(faults(R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 500}}])"),
            (Fields{"operations[0].item.target"}));
  EXPECT_EQ(faults(R"([{"op": "put", "kind": "action", "item": {"key": "a", "depends_on": ["b"]}}])"),
            (Fields{"operations[0].item.depends_on"}));
  EXPECT_EQ(faults(R"([{"op": "set_head", "head": {"name": {"en": ""}}}])"), (Fields{"operations[0].head.name"}));
  EXPECT_EQ(faults(R"([{"op": "remove", "kind": "risk", "key": "zz"}])"), (Fields{"operations[0].key"}));
}

// Whatever two people do to different fields, in whichever order it arrives, both are there.
TEST(PlanChanges, OfDifferentFieldsCommute) {
  const auto base = document_from_json(body).value();
  const std::vector<std::string> operations{
      R"([{"op": "put", "kind": "action", "item": {"key": "a", "done_on": "2026-04-09"}}])",
      R"([{"op": "put", "kind": "action", "item": {"key": "a", "due": "2026-04-12"}}])",
      R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 70}}])",
      R"([{"op": "put", "kind": "goal", "item": {"key": "use", "stage": "accepted"}}])",
      R"([{"op": "remove", "kind": "risk", "key": "r"}])",
      R"([{"op": "set_head", "head": {"internal_note": "Call them"}}])",
      R"([{"op": "set_head", "head": {"purpose": {"en": "Fewer calls"}}}])"};
  for (const auto& first : operations) {
    for (const auto& second : operations) {
      const auto one_way = changed(base, changed(base, base, first), second);
      const auto other_way = changed(base, changed(base, base, second), first);
      EXPECT_EQ(to_json(one_way), to_json(other_way)) << first << second;
      EXPECT_EQ(to_json(changed(base, one_way, first)), to_json(one_way));  // heard twice
    }
  }
}

TEST(PlanDifferences, AreInWords) {
  const auto base = document_from_json(body).value();
  const auto after = changed(base, base, R"([
      {"op": "put", "kind": "goal", "item": {"key": "calls", "target": 70, "baseline": 1200, "due": "2026-11-01"}},
      {"op": "put", "kind": "milestone", "item": {"key": "m", "name": {"ja": "稼働開始"}}},
      {"op": "remove", "kind": "risk", "key": "r"}, {"op": "set_head", "head": {"internal_note": "x"}}])");
  std::vector<std::string> en, ja;
  for (const auto& difference : differences(base, after)) {
    en.push_back(difference.words.en);
    ja.push_back(difference.words.ja);
  }
  EXPECT_EQ(en, (std::vector<std::string>{
                    "Plan: internal note changed",
                    "Goal \"Fewer calls\": baseline: 120 → 1,200; target: 80 → 70; due: 1 Oct 2026 → 1 Nov 2026",
                    "Milestone \"稼働開始\" added", "Risk \"Champion may leave\" removed"}));
  EXPECT_EQ(ja[1],
            "ゴール「問い合わせ削減」: 現状値: 120 → 1,200、目標値: 80 → 70、期限: 2026年10月1日 → 2026年11月1日");
  EXPECT_TRUE(differences(base, base).empty());
}

TEST(PlanImprovements, LeaveAloneWhatThePlanChanged) {
  const auto taken = document_from_json(body).value();
  const auto newest = changed(taken, taken, R"([
      {"op": "put", "kind": "goal", "item": {"key": "calls", "target": 60, "criterion": {"en": "Below 60 a month"}}},
      {"op": "put", "kind": "action", "item": {"key": "c", "name": {"en": "Train"}, "depends_on": ["a"]}},
      {"op": "put", "kind": "risk", "item": {"key": "r", "severity": "high"}}])");
  const auto plan = changed(taken, taken, R"([{"op": "put", "kind": "goal", "item": {"key": "calls", "target": 90}},
      {"op": "remove", "kind": "risk", "key": "r"}, {"op": "remove", "kind": "action", "key": "a"}])");
  const auto offered = improvements(taken, newest, plan);
  ASSERT_EQ(offered.size(), 2u);
  EXPECT_EQ(offered[0].words.en, "Goal \"Fewer calls\": criterion changed");
  EXPECT_TRUE(offered[1].is_new);
  const auto better = with_improvements(plan, offered).value();
  EXPECT_EQ(better.goals[0].target, 90);
  EXPECT_EQ(better.goals[0].criterion.en, "Below 60 a month");
  EXPECT_TRUE(better.find_action("c")->depends_on.empty());  // the plan has no "a" any more
  EXPECT_TRUE(improvements(taken, newest, better).empty());
}

}  // namespace
}  // namespace banso::engine::plans
