// What is discovered in the properties of events: against what was sent, and within its bounds.
#include <gtest/gtest.h>

#include "platform/records_testing/databases.hpp"
#include "properties.hpp"
#include "property_values.hpp"

namespace banso::usage {
namespace {

using platform::events::Event;
using platform::events::EventKind;
using platform::events::EventType;

const EventType exported{EventKind::track, "exported"};

Event event_with(const std::string& properties, std::int64_t at_us = 1'000'000, const std::string& name = "exported") {
  Event event;
  event.kind = EventKind::track;
  event.name = name;
  event.occurred_at = {at_us};
  event.properties = properties;
  return event;
}

class Discovery : public platform::records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (database()) database()->migrate(migrations());
  }
  static FeatureProperty find(const FeatureProperties& all, const std::string& name) {
    for (const auto& item : all.items) {
      if (item.name == name) return item;
    }
    ADD_FAILURE() << "no property " << name;
    return {};
  }
};

TEST_P(Discovery, FindsNamesTypesExamplesAndTimes) {
  Properties properties(database(), 0);
  properties.observe(std::vector<Event>{
      event_with(R"({"rows":120,"format":"csv","plan":{"tier":"gold"},"owner":"taro@acme.example","note":null})", 5),
      event_with(R"({"rows":7,"format":"pdf","token":"s3cret","phone":"03-1234-5678","note":"x"})", 3),
      event_with(R"({"rows":"many"})", 9), event_with("")});
  const auto all = properties.of(std::vector{exported});
  EXPECT_EQ(all.observed_events, 4);
  EXPECT_FALSE(all.is_estimated);
  EXPECT_EQ(all.items.front().name, "rows");
  const auto rows = find(all, "rows");
  EXPECT_EQ(rows.type, "mixed");
  EXPECT_EQ(rows.events, 3);
  EXPECT_EQ(rows.examples, (std::vector<std::string>{"120", "7", "many"}));
  EXPECT_EQ(rows.first_at.microseconds, 3);
  EXPECT_EQ(rows.last_at.microseconds, 9);
  EXPECT_EQ(find(all, "format").type, "string");
  EXPECT_EQ(find(all, "plan.tier").examples, std::vector<std::string>{"gold"});
  EXPECT_EQ(find(all, "note").type, "string");
  for (const auto* hidden : {"owner", "token", "phone"}) EXPECT_TRUE(find(all, hidden).examples.empty()) << hidden;
}

TEST_P(Discovery, SurvivesARestartAndAddsUpOverNodes) {
  {
    Properties first(database(), 0), second(database(), 1);
    first.observe(std::vector<Event>{event_with(R"({"rows":1})", 5)});
    second.observe(std::vector<Event>{event_with(R"({"rows":"two","format":"csv"})", 4)});
    first.flush();
    second.flush();
    first.observe(std::vector<Event>{event_with(R"({"rows":1})", 6)});  // a count alone
    first.flush(core::now(), true);
  }
  Properties again(database(), 0);
  const auto all = again.of(std::vector{exported});
  EXPECT_EQ(all.observed_events, 3);
  EXPECT_EQ(find(all, "rows").events, 3);
  EXPECT_EQ(find(all, "rows").type, "mixed");
  EXPECT_EQ(find(all, "rows").first_at.microseconds, 4);
  EXPECT_EQ(find(all, "rows").last_at.microseconds, 6);
  EXPECT_EQ(find(all, "format").events, 1);
}

TEST_P(Discovery, EstimatesWhatComesOften) {
  Properties properties(database(), 0);
  constexpr int count = 200'000;
  std::vector<Event> batch;
  // Every second one, in step with nothing that samples.
  for (int index = 0; index < count; ++index) batch.push_back(event_with(index % 2 ? R"({"odd":1})" : R"({"even":1})"));
  properties.observe(batch);
  const auto all = properties.of(std::vector{exported});
  EXPECT_TRUE(all.is_estimated);
  EXPECT_EQ(all.observed_events, count);
  for (const auto* name : {"odd", "even"})
    EXPECT_NEAR(static_cast<double>(find(all, name).events), count / 2, count / 20);
}

TEST_P(Discovery, KeepsNoMoreNamesThanItShould) {
  Properties properties(database(), 0);
  std::vector<Event> batch;
  for (int index = 0; index < 300; ++index) batch.push_back(event_with("{\"item_" + std::to_string(index) + "\":1}"));
  properties.observe(batch);
  const auto all = properties.of(std::vector{exported});
  EXPECT_EQ(all.items.size(), Properties::most_properties);
  EXPECT_EQ(all.more, 100);
}

INSTANTIATE_TEST_SUITE_P(Backends, Discovery, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

TEST(PropertyValues, ExamplesAreShortAndNobodysAddress) {
  EXPECT_EQ(example_of("csv"), "csv");
  EXPECT_EQ(example_of("a@b"), "");
  EXPECT_EQ(example_of("4111 1111 1111 1111"), "");
  EXPECT_EQ(example_of("2026-11-22"), "2026-11-22");
  std::string long_text;
  for (int index = 0; index < 60; ++index) long_text += "あ";
  EXPECT_EQ(example_of(long_text).size(), 78u + 3u) << "cut between characters";
  EXPECT_FALSE(may_have_examples("user.EMail"));
  EXPECT_TRUE(may_have_examples("rows"));
}

}  // namespace
}  // namespace banso::usage
