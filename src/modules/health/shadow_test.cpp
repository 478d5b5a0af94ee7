// A draft beside the published scorecard gives what it would give if it were published.
#include <gtest/gtest.h>

#include "render.hpp"
#include "shadow.hpp"
#include "test_drafts.hpp"

namespace banso::health {
namespace {

const core::Day last_day = first_day + 200;

bool go_on(double, const core::Text&) {
  return true;
}

struct ShadowTest : testing::Test {
  ShadowTest()
      : house(last_day),
        live(house.dependencies, [](std::string_view) { return false; }),
        shadow(house.dependencies, live) {
    house.write_vendor(12, last_day);
    live.evaluate_all(go_on).value();
  }

  json::object only() {
    const auto all = shadow.status();
    EXPECT_EQ(all.size(), 1u);
    return all.at(0).as_object();
  }
  void turn_on() {
    ASSERT_TRUE(shadow.turn(test_leader, "health", true));
    shadow.catch_up();
  }
  // By level, "" for none.
  std::map<std::string, std::int64_t> drafted(const json::object& status) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& level : status.at("levels").as_array()) {
      const auto count = level.at("accounts_draft").to_number<std::int64_t>();
      if (count > 0) counts[level.at("level").is_null() ? "" : std::string(level.at("level").as_string())] = count;
    }
    return counts;
  }
  std::map<std::string, std::int64_t> published() {
    std::map<std::string, std::int64_t> counts;
    const auto table = live.evaluated_table();
    for (const auto& row : table->rows()) ++counts[level_key(*table->head().set, row->scored.level)];
    return counts;
  }

  TestHouse house;
  LiveBook live;
  Shadow shadow;
};

TEST_F(ShadowTest, GivesWhatTheDraftGivesOncePublished) {
  EXPECT_FALSE(shadow.turn(test_leader, "health", true));  // no draft
  draft_heavy_group(house, 1);
  turn_on();
  const auto before = only();
  EXPECT_EQ(before.at("state").as_string(), "running");
  EXPECT_EQ(before.at("accounts").to_number<int>(), 12);
  EXPECT_EQ(before.at("started_by").as_string(), "Leader");
  EXPECT_GT(before.at("differing").to_number<int>(), 0);
  EXPECT_EQ(before.at("moved").as_array().size(), before.at("differing").to_number<std::size_t>());
  EXPECT_NE(drafted(before), published());
  ASSERT_EQ(before.at("days").as_array().size(), 1u);
  EXPECT_EQ(before.at("days").at(0).at("differing"), before.at("differing"));
  EXPECT_GT(before.at("cost").at("accounts_scored").to_number<int>(), 11);

  house.definitions->publish(test_leader, common_scorecard, "good").value();
  live.evaluate_all(go_on).value();
  EXPECT_EQ(drafted(before), published());
  shadow.catch_up();
  const auto after = only();
  EXPECT_EQ(after.at("state").as_string(), "ended");
  EXPECT_EQ(after.at("ended_because").as_string(), "published");
  EXPECT_TRUE(after.at("since").is_null());
  EXPECT_EQ(after.at("days").as_array().size(), 1u);
}

TEST_F(ShadowTest, FollowsWhatChangesLive) {
  draft_heavy_group(house, 1);
  turn_on();
  const auto by = platform::records::Provenance::by(core::Caller::system("test"));
  std::vector<customers::TicketInput> tickets;
  for (int i = 0; i < 30; ++i) {
    customers::TicketInput ticket;
    ticket.account = TestHouse::account_key(i % 3);
    ticket.external_id = "now" + std::to_string(i);
    ticket.opened_at = TestHouse::noon(last_day - i % 5);
    tickets.push_back(ticket);
  }
  ASSERT_TRUE(house.customers->upsert_tickets(by, tickets, {core::KnownBy::happening, false}));
  ASSERT_TRUE(house.customers->delete_account(by, house.id_of(5)));
  const core::AccountId changed[] = {house.id_of(0), house.id_of(1), house.id_of(2)};
  live.mark_records(changed);
  live.evaluate_all(go_on).value();
  live.mark_records(changed);
  EXPECT_EQ(live.refresh_dirty(), 3);
  const auto scored_before = only().at("cost").at("accounts_scored").to_number<int>();
  shadow.catch_up();
  const auto now = only();
  EXPECT_EQ(now.at("accounts").to_number<int>(), 11);
  EXPECT_GT(now.at("cost").at("accounts_scored").to_number<int>(), scored_before);
  house.definitions->publish(test_leader, common_scorecard, "good").value();
  live.evaluate_all(go_on).value();
  EXPECT_EQ(drafted(now), published());
}

TEST_F(ShadowTest, ScoresOnlyWhatChanged) {
  draft_heavy_group(house, 1);
  turn_on();
  const auto before = only().at("cost").at("accounts_scored").to_number<int>();
  shadow.catch_up();
  EXPECT_EQ(only().at("cost").at("accounts_scored").to_number<int>(), before);
  const core::AccountId changed[] = {house.id_of(3)};
  live.mark_records(changed);
  EXPECT_EQ(live.refresh_dirty(), 1);
  shadow.catch_up();
  EXPECT_EQ(only().at("cost").at("accounts_scored").to_number<int>(), before + 1);
}

TEST_F(ShadowTest, BeginsAnewWithAnotherDraftAndEndsWithNone) {
  draft_heavy_group(house, 1);
  turn_on();
  const auto first = only();
  draft_heavy_group(house, 0);
  shadow.catch_up();
  const auto second = only();
  EXPECT_EQ(second.at("restarts").to_number<int>(), 1);
  EXPECT_NE(second.at("since"), first.at("since"));
  EXPECT_EQ(second.at("started_at"), first.at("started_at"));
  EXPECT_NE(drafted(second), drafted(first));
  EXPECT_EQ(second.at("days").as_array().size(), 1u);
  ASSERT_TRUE(house.definitions->discard_draft(test_leader, common_scorecard));
  shadow.catch_up();
  EXPECT_EQ(only().at("ended_because").as_string(), "discarded");
}

TEST_F(ShadowTest, TakesTheDraftsOfItsMeasuresAlong) {
  draft_heavy_group(house, 1);
  turn_on();
  const auto body = boost::json::parse(*house.definitions->get(common_scorecard).value().draft);
  const auto measure = body.at("groups").at(1).at("measures").at(0).at("measure").as_string();
  const definitions::Name name{"measure", std::string(measure)};
  auto drafted_measure = boost::json::parse(*house.definitions->get(name).value().body).as_object();
  drafted_measure["description"] = json::object{{"en", "Changed"}, {"ja", "変更"}};
  house.definitions->put_draft(test_leader, name, boost::json::serialize(drafted_measure)).value();
  shadow.catch_up();
  EXPECT_EQ(only().at("restarts").to_number<int>(), 1);
}

// Ranks among peers and scores of families depend on other accounts than the one that is scored.
TEST_F(ShadowTest, RanksAmongPeersAndRollsUpAsThePublishedDoes) {
  const auto by = platform::records::Provenance::by(core::Caller::system("test"));
  std::vector<customers::AccountInput> children(2);
  for (int i = 0; i < 2; ++i) {
    children[static_cast<std::size_t>(i)].external_id = TestHouse::account_key(1 + i);
    children[static_cast<std::size_t>(i)].parent = TestHouse::account_key(0);
  }
  ASSERT_TRUE(house.customers->upsert_accounts(by, children, {core::KnownBy::happening, false}));
  live.evaluate_all(go_on).value();

  auto body = boost::json::parse(*house.definitions->get(common_scorecard).value().body).as_object();
  body["roll_up"] = "arr_weighted";
  const auto measure = body.at("groups").at(0).at("measures").at(0).at("measure").as_string();
  const definitions::Name name{"measure", std::string(measure)};
  auto ranked = boost::json::parse(*house.definitions->get(name).value().body).as_object();
  ranked["percentile_among"] = "book";
  house.definitions->put_draft(test_leader, name, boost::json::serialize(ranked)).value();
  house.definitions->put_draft(test_leader, common_scorecard, boost::json::serialize(body)).value();
  turn_on();
  const auto before = only();
  EXPECT_EQ(before.at("accounts").to_number<int>(), 12);
  const auto shadowed = before.at("mean_difference").to_number<double>();
  EXPECT_NE(shadowed, 0);
  const auto table = live.evaluated_table();
  double sum_before = 0;
  for (const auto& row : table->rows()) sum_before += row->scored.score ? row->scored.score->value() : 0;

  house.definitions->publish(test_leader, name, "ranked").value();
  house.definitions->publish(test_leader, common_scorecard, "rolled up").value();
  live.evaluate_all(go_on).value();
  EXPECT_EQ(drafted(before), published());
  double sum_after = 0;
  const auto after = live.evaluated_table();
  for (const auto& row : after->rows()) sum_after += row->scored.score ? row->scored.score->value() : 0;
  EXPECT_NEAR(sum_after - sum_before, shadowed * 12, 0.01);
}

TEST_F(ShadowTest, GoesOnAfterARestart) {
  draft_heavy_group(house, 1);
  turn_on();
  const auto before = only();
  Shadow restarted(house.dependencies, live);
  const auto loaded = restarted.status().at(0).as_object();  // shown at once, before anything is scored again
  EXPECT_EQ(loaded.at("state").as_string(), "catching_up");
  EXPECT_EQ(loaded.at("levels"), before.at("levels"));
  EXPECT_EQ(loaded.at("since"), before.at("since"));
  restarted.catch_up();
  EXPECT_EQ(restarted.status().at(0).at("state").as_string(), "running");
  EXPECT_EQ(restarted.status().at(0).at("levels"), before.at("levels"));
  ASSERT_TRUE(restarted.turn(test_leader, "health", false));
  EXPECT_EQ(restarted.status().at(0).at("ended_because").as_string(), "stopped");
}

}  // namespace
}  // namespace banso::health
