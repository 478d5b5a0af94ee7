// Histories by version: the old one stays readable, can be computed again, and says when it was deleted.
#include <gtest/gtest.h>

#include "releases.hpp"
#include "shown_scores.hpp"
#include "test_drafts.hpp"

namespace banso::health {
namespace {

const core::Day last_day = first_day + 200;
const core::Caller admin{core::UserId{1}, "Admin", core::Role::admin, core::Language::en};

bool go_on(double, const core::Text&) {
  return true;
}

struct Versions : testing::Test {
  Versions()
      : house(last_day),
        live(house.dependencies, [](std::string_view) { return false; }),
        accounts(house.dependencies, live),
        releases(house.dependencies, live) {
    house.write_vendor(12, last_day);
    live.evaluate_all(go_on).value();
  }

  json::object history(int account, std::optional<std::int64_t> release = {}) {
    HistoryRequest request;
    request.release = release;
    return accounts.history(house.id_of(account), request).value();
  }
  std::int64_t present() { return live.evaluation()->release; }
  const json::object& listed(const json::object& list, std::int64_t release) {
    for (const auto& item : list.at("items").as_array()) {
      if (item.at("release").as_int64() == release) return item.as_object();
    }
    throw std::runtime_error("not listed");
  }
  // A week that nothing but a late import tells of.
  void learn_late(int account) {
    std::vector<usage::EventInput> events;
    for (int i = 0; i < 300; ++i) {
      usage::EventInput event;
      event.account = TestHouse::account_key(account);
      event.user = "late" + std::to_string(i % 60);
      event.name = "message_posted";
      event.occurred_at = TestHouse::noon(last_day - 60 - i % 40);
      event.known_at = event.occurred_at;
      events.push_back(event);
    }
    house.usage->append_events(platform::records::Provenance::by(core::Caller::system("test")), events).value();
    house.usage->refresh();
  }

  TestHouse house;
  LiveBook live;
  AccountHealth accounts;
  Releases releases;
};

TEST_F(Versions, TheOldHistoryStaysReadableBesideTheNewOne) {
  const auto first = present();
  const auto before = history(2);
  EXPECT_EQ(before.at("source").as_string(), "computed");
  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  ASSERT_GT(present(), first);

  const auto kept = history(2, first);
  EXPECT_EQ(kept.at("source").as_string(), "kept");
  EXPECT_EQ(kept.at("release").as_int64(), first);
  EXPECT_EQ(kept.at("days"), before.at("days"));
  EXPECT_EQ(kept.at("score"), before.at("score"));
  EXPECT_EQ(kept.at("level"), before.at("level"));
  const auto now = history(2);
  EXPECT_EQ(now.at("days"), before.at("days"));
  EXPECT_NE(now.at("score"), before.at("score"));
  for (const auto& version : now.at("versions").as_array()) EXPECT_EQ(version.as_int64(), present());
  EXPECT_EQ(now.at("publications").as_array().size(), 2u);
}

TEST_F(Versions, TheListSaysWhatEachReleaseMadeAndWhatIsKept) {
  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  const auto list = releases.list();
  ASSERT_EQ(list.at("items").as_array().size(), 2u);
  const auto& newest = list.at("items").as_array()[0].as_object();
  EXPECT_TRUE(newest.at("is_present").as_bool());
  EXPECT_EQ(newest.at("author").as_string(), "Leader");
  EXPECT_EQ(newest.at("why").at("en").as_string(), "another weight");
  ASSERT_EQ(newest.at("definitions").as_array().size(), 1u);
  EXPECT_EQ(newest.at("definitions").at(0).at("key").as_string(), "health");
  EXPECT_EQ(newest.at("definitions").at(0).at("version").as_int64(), 2);
  EXPECT_EQ(newest.at("evaluation").at("accounts").as_int64(), 12);
  const auto& oldest = list.at("items").as_array()[1].as_object();
  EXPECT_FALSE(oldest.at("is_present").as_bool());
  EXPECT_FALSE(oldest.at("evaluation").is_null());
  EXPECT_TRUE(oldest.at("deleted").is_null());
}

TEST_F(Versions, WhatIsLearnedLaterIsInAKeptHistoryOnlyAfterItIsComputedAgain) {
  const auto first = present();
  const auto before = history(2).at("score");
  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  learn_late(2);
  EXPECT_EQ(history(2, first).at("score"), before);

  const auto book_number = live.evaluation()->number;
  const auto report = releases.recompute(first, go_on).value();
  EXPECT_EQ(report.accounts, 12);
  EXPECT_EQ(report.release, first);
  EXPECT_NE(history(2, first).at("score"), before);
  // The book goes on under its own release, also for whoever starts now.
  EXPECT_EQ(live.evaluation()->number, book_number);
  EXPECT_EQ(live.mart().newest()->number, book_number);
  live.evaluate_all(go_on).value();
  EXPECT_EQ(history(2, first).at("source").as_string(), "kept");
}

TEST_F(Versions, TheNumberOfKeptReleasesIsChosenAndWhatGoesIsNamed) {
  const auto first = present();
  const auto before = history(2).at("score");
  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  EXPECT_FALSE(releases.choose_kept(test_leader, 1));
  EXPECT_FALSE(releases.choose_kept(admin, 0));
  const auto answer = releases.choose_kept(admin, 1).value();
  ASSERT_EQ(answer.at("deleted").as_array().size(), 1u);
  EXPECT_EQ(answer.at("deleted").at(0).as_int64(), first);
  const auto list = releases.list();
  EXPECT_EQ(list.at("kept").to_number<int>(), 1);
  EXPECT_TRUE(listed(list, first).at("evaluation").is_null());
  EXPECT_FALSE(listed(list, first).at("deleted").is_null());
  EXPECT_FALSE(listed(list, present()).at("evaluation").is_null());
  EXPECT_FALSE(releases.level_weeks(first));
  // One account is cheap: computed when asked for, and the same, as nothing was learned since.
  const auto computed = history(2, first);
  EXPECT_EQ(computed.at("source").as_string(), "computed");
  EXPECT_EQ(computed.at("score"), before);
  EXPECT_FALSE(accounts.history(house.id_of(2), {{}, {}, false, 999}));
}

TEST_F(Versions, LevelsByWeekAddUpToTheAccountsThatExisted) {
  const auto first = present();
  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  for (const auto release : {first, present()}) {
    const auto levels = releases.level_weeks(release).value();
    const auto& weeks = levels.at("weeks").as_array();
    ASSERT_GT(weeks.size(), 20u);
    std::int64_t last = 0;
    for (const auto& week : weeks) {
      std::int64_t sum = 0;
      for (const auto& level : week.at("levels").as_array()) sum += level.at("accounts").to_number<std::int64_t>();
      EXPECT_GE(sum, last);
      last = sum;
    }
    EXPECT_EQ(last, 12);
  }
}

TEST_F(Versions, AnEvaluationAsideAndTheBooksDoNotDisturbEachOther) {
  const auto set = live.definitions();
  const auto aside = live.begin_aside(*set, last_day, last_day);
  live.evaluate_all(go_on).value();
  EXPECT_NE(live.evaluation()->number, aside.number);
  live.finish_aside(aside);
  EXPECT_EQ(live.mart().newest()->number, live.evaluation()->number);
  // One that broke off goes with the next.
  live.begin_aside(*set, last_day, last_day);
  live.finish_aside(live.begin_aside(*set, last_day, last_day));
  EXPECT_EQ(live.mart().newest()->number, live.evaluation()->number);
}

TEST_F(Versions, WhatWasShownStaysWhateverIsComputedLater) {
  ShownScores shown(house.dependencies, live);
  EXPECT_EQ(shown.keep_now(), 12);
  EXPECT_EQ(shown.keep_now(), 0);
  const auto account = house.id_of(2);
  const auto first = present();
  const auto before = shown.last_of(account, last_day).value();
  EXPECT_EQ(before.release, first);
  EXPECT_EQ(before.day, last_day);
  EXPECT_FALSE(shown.last_of(account, last_day - 1));

  publish_heavy_group(house, 0);
  live.evaluate_all(go_on).value();
  ShownScores restarted(house.dependencies, live);  // compares with what is written
  const auto changed = restarted.keep_now();
  EXPECT_GT(changed, 0);
  EXPECT_EQ(shown.keep_now(), 0);  // another node that shows the same
  const auto all = restarted.of(account, last_day, last_day);
  ASSERT_GE(all.size(), 1u);
  EXPECT_EQ(all.front().score_tenths, before.score_tenths);
  EXPECT_EQ(all.front().release, first);
  if (all.size() > 1) {
    EXPECT_EQ(all.back().release, present());
    EXPECT_GT(all.back().shown_at, all.front().shown_at);
  }
}

}  // namespace
}  // namespace banso::health
