#include <gtest/gtest.h>

#include <set>

#include "engine/definitions_json.hpp"
#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"
#include "starter_measures.hpp"
#include "starters.hpp"
#include "template_text.hpp"

namespace banso::signals {
namespace {

using engine::FieldType;

// The book's own fields, and measures under the keys given.
std::shared_ptr<const engine::FieldCatalogue> catalogue(const std::set<std::string>& measures) {
  std::vector<engine::Field> fields{{"arr", {"ARR", "ARR"}, FieldType::money, false, {}},
                                    {"seats", {"Seats", "契約席数"}, FieldType::number, false, {}},
                                    {"score", {"Score", "スコア"}, FieldType::number, true, {}},
                                    {"score_change_28d", {"Change", "増減"}, FieldType::number, false, {}},
                                    {"level", {"Level", "レベル"}, FieldType::choice, true, {}, {"good", "bad"}},
                                    {"phase", {"Phase", "フェーズ"}, FieldType::choice, false, {}},
                                    {"owner", {"Owner", "主担当"}, FieldType::choice, false, {}},
                                    {"attribute.goals_behind", {"Behind", "遅れ"}, FieldType::number, false, {}},
                                    {"attribute.plan_has_next_step", {"Next", "次"}, FieldType::yes_no, false, {}},
                                    {"attribute.plan_state", {"Plan", "プラン"}, FieldType::choice, false, {}},
                                    {"renewal_day", {"Renewal", "更新日"}, FieldType::day, false, {}},
                                    {"notice_deadline", {"Deadline", "期限"}, FieldType::day, false, {}}};
  for (const auto& key : measures) fields.push_back({"measure." + key, {key, key}, FieldType::number, false, {}});
  return std::make_shared<const engine::FieldCatalogue>(std::move(fields));
}

StarterSituation everything() {
  StarterSituation situation;
  situation.fields = catalogue({"health_of_builds"});
  situation.features = {{"ci_pipeline", {"CI pipeline", "CIパイプライン"}},
                        {"Weird Feature!", {"\"Weird\"", "変わった機能"}}};
  for (const std::string source : {"usage", "tickets", "surveys", "interactions", "contacts", "subscriptions"}) {
    situation.measures["any_" + source] = R"({"source": ")" + source + "\"}";
  }
  return situation;
}

ParameterValues chosen(const Starter& starter, const std::string& feature) {
  ParameterValues values;
  for (const auto& parameter : starter.parameters) {
    if (parameter.kind == ParameterKind::feature) values[parameter.key] = feature;
    if (parameter.kind == ParameterKind::measure) values[parameter.key] = std::string("measure.health_of_builds");
  }
  return values;
}

// Every rule that ships can be added where there are data: its body is accepted once its measures are published, and
// these are measures that the engine accepts.
TEST(Starters, AreRulesThatAreAccepted) {
  const auto situation = everything();
  std::set<std::string> keys;
  for (const auto& starter : starters()) {
    EXPECT_TRUE(keys.insert(starter.key).second) << starter.key;
    for (const std::string feature : {"ci_pipeline", "Weird Feature!"}) {
      const auto prepared = prepare(starter, chosen(starter, feature), situation);
      ASSERT_TRUE(prepared) << starter.key << prepared.error().message.en;
      ASSERT_TRUE(prepared->body) << starter.key;
      EXPECT_TRUE(prepared->missing.empty()) << starter.key << ": " << prepared->missing.front().en;
      std::set<std::string> measures{"health_of_builds"};
      for (const auto& measure : prepared->measures) {
        measures.insert(measure.key);
        EXPECT_FALSE(measure.name.ja.empty());
        const auto body = platform::json::parse_object(measure.body);
        ASSERT_TRUE(body) << measure.body;
        EXPECT_EQ(body->at("key").as_string(), measure.key);
        const auto read = engine::definitions_from_json(platform::json::serialize(platform::json::object{
            {"version", "1"}, {"measures", platform::json::array{*body}}, {"scorecards", platform::json::array{}}}));
        EXPECT_TRUE(read) << measure.body << (read ? "" : read.error().message.en);
      }
      const auto checked = check_body(*prepared->body, *catalogue(measures));
      ASSERT_TRUE(checked) << starter.key << ": " << checked.error().message.en;
      EXPECT_EQ(checked->canonical.find('$'), std::string::npos) << checked->canonical;
      EXPECT_EQ(check_body(checked->canonical, *catalogue(measures))->canonical, checked->canonical);
    }
  }
  EXPECT_GE(keys.size(), 35u);
}

TEST(Starters, AreOfferedOnlyWhereTheirDataAre) {
  auto situation = everything();
  situation.measures.erase("any_tickets");
  const auto storm = prepare(*find_starter("ticket_storm"), {}, situation);
  ASSERT_TRUE(storm);
  ASSERT_EQ(storm->missing.size(), 1u);
  EXPECT_EQ(storm->missing.front().ja, "チケット");
  // What is measured already is not published again.
  situation.fields = catalogue({"tickets_14d"});
  EXPECT_TRUE(prepare(*find_starter("ticket_storm"), {}, situation)->missing.empty());
  EXPECT_TRUE(prepare(*find_starter("ticket_storm"), {}, situation)->measures.empty());
}

TEST(Starters, SpeakOfPlansOnlyWhereThereArePlans) {
  const auto situation = everything();
  EXPECT_TRUE(prepare(*find_starter("plan_without_next_step"), {}, situation)->missing.empty());
  auto without = situation;
  std::vector<engine::Field> fields;
  for (const auto& field : situation.fields->fields()) {
    if (!field.name.starts_with("attribute.")) fields.push_back(field);
  }
  without.fields = std::make_shared<const engine::FieldCatalogue>(std::move(fields));
  for (const auto* key : {"goal_behind", "plan_without_next_step"}) {
    const auto prepared = prepare(*find_starter(key), {}, without);
    ASSERT_EQ(prepared->missing.size(), 1u) << key;
    EXPECT_EQ(prepared->missing.front().ja, "サクセスプラン");
  }
}

// Nobody meets tech-touch customers: without this the rule fired on most of them.
TEST(Starters, LeaveOutWhomNobodyMeetsWhereThatIsKnown) {
  auto situation = everything();
  const auto scope_of = [&] {
    const auto body = platform::json::parse_object(*prepare(*find_starter("non_engaged"), {}, situation)->body).value();
    return platform::json::serialize(body.at("scope"));
  };
  EXPECT_EQ(scope_of().find("engagement_model"), std::string::npos);
  std::vector<engine::Field> fields(situation.fields->fields().begin(), situation.fields->fields().end());
  fields.push_back({"attribute.engagement_model",
                    {"Engagement model", "タッチモデル"},
                    FieldType::choice,
                    false,
                    {},
                    {"high_touch", "tech_touch"}});
  situation.fields = std::make_shared<const engine::FieldCatalogue>(std::move(fields));
  EXPECT_NE(scope_of().find("engagement_model"), std::string::npos);
  EXPECT_NE(scope_of().find("arr"), std::string::npos);
}

TEST(Starters, SayWhatHasToBeChosen) {
  const auto situation = everything();
  const auto open = prepare(*find_starter("feature_falling"), {}, situation);
  ASSERT_TRUE(open);
  EXPECT_FALSE(open->body);
  EXPECT_FALSE(prepare(*find_starter("feature_falling"), {{"feature", std::string("unknown")}}, situation));
  EXPECT_FALSE(prepare(*find_starter("ticket_storm"), {{"tickets", std::string("many")}}, situation));
  const auto storm = prepare(*find_starter("ticket_storm"), {{"tickets", 9.0}}, situation);
  EXPECT_NE(storm->body->find("\"value\":9"), std::string::npos);
}

TEST(RuleBodies, NameEveryFault) {
  const auto checked = check_body(R"({"name": {"en": "A"}, "kind": "trouble", "severity": "high",
      "condition": {"combinator": "and", "rules": [{"field": "arr", "operator": ">", "value": "much"}]},
      "leave_condition": {"combinator": "and", "rules": [{"field": "gone", "operator": "null"}]},
      "for_days": -1, "explanation": {"en": "{nothing} is {arr}", "ja": "{arr}"},
      "call": {"role": "boss", "due_business_days": 999}})",
                                  *catalogue({}));
  ASSERT_FALSE(checked);
  std::set<std::string> paths;
  for (const auto& fault : checked.error().fields) paths.insert(fault.field);
  for (const std::string path : {"name.ja", "kind", "condition.rules[0].value", "leave_condition.rules[0].field",
                                 "for_days", "explanation", "call.role", "call.due_business_days"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
}

TEST(Templates, ArePlainTextWithPlaces) {
  const core::Text text{"{score} of 100 ({score.before} before), {not a field}, {", "スコア{score}"};
  const auto places = placeholders_of(text);
  ASSERT_EQ(places.size(), 2u);
  EXPECT_TRUE(places[1].is_before);
  const auto filled = fill(text, [](const Placeholder& place) {
    return place.is_before ? core::Text{"61", "61"} : core::Text{"43", "43点"};
  });
  EXPECT_EQ(filled.en, "43 of 100 (61 before), {not a field}, {");
  EXPECT_EQ(filled.ja, "スコア43点");
}

}  // namespace
}  // namespace banso::signals
