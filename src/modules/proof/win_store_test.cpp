// Wins and thanks in both databases.
#include "win_store.hpp"

#include <gtest/gtest.h>

#include "platform/records_testing/databases.hpp"

namespace banso::proof {
namespace {

class Wins : public records::testing::OnEveryBackend {
 protected:
  void SetUp() override {
    OnEveryBackend::SetUp();
    if (!database()) return;
    database()->migrate(records::migrations());
    database()->migrate(migrations());
  }

  NewWin make_win(const std::string& key, std::int64_t account, core::Day day) {
    NewWin win;
    win.unique_key = key;
    win.account = {account};
    win.day = day;
    win.kind = WinKind::rescued;
    win.title = {"Out of risk", "リスクを解消"};
    win.value_minor = 1'200'000;
    win.people = {{7}, {8}};
    return win;
  }

  const core::Caller caller_{{7}, "Hana", core::Role::csm, core::Language::ja};
  const core::Day day_ = core::day_from(2026, 6, 1);
};

TEST_P(Wins, AreWrittenOnce) {
  WinStore store(database());
  const std::vector wins{make_win("call:1", 1, day_), make_win("call:2", 2, day_ + 1)};
  const auto first = store.add(caller_, wins, core::now(), true);
  ASSERT_TRUE(first[0] && first[1]);
  const auto again = store.add(caller_, wins, core::now(), true);
  EXPECT_FALSE(again[0] || again[1]);
  const auto page = store.list({}, {0, 10});
  EXPECT_EQ(page.total, 2);
  EXPECT_EQ(page.value_minor, 2'400'000);
  EXPECT_EQ(page.items.front().account.value, 2);  // newest first
}

TEST_P(Wins, DoNotComeBackOnceRemoved) {
  WinStore store(database());
  const auto wins = std::vector{make_win("call:1", 1, day_)};
  const auto id = store.add(caller_, wins, core::now(), true).front();
  const auto before = store.find(id);
  ASSERT_TRUE(before);
  auto after = *before;
  after.is_removed = true;
  store.change(caller_, *before, after, core::now());
  EXPECT_FALSE(store.find(id));
  EXPECT_EQ(store.list({}, {0, 10}).total, 0);
  EXPECT_FALSE(store.add(caller_, wins, core::now(), true).front());
}

TEST_P(Wins, AreThankedForOnceByEachPerson) {
  WinStore store(database());
  const auto id = store.add(caller_, std::vector{make_win("call:1", 1, day_)}, core::now(), true).front();
  store.thank(id, {7}, core::now());
  store.thank(id, {7}, core::now());
  store.thank(id, {9}, core::now());
  const auto page = store.list({}, {0, 10});
  auto thanks = store.thanks_of(page.items, {9});
  EXPECT_EQ(thanks.at(id.value).count, 2);
  EXPECT_TRUE(thanks.at(id.value).by_caller);
  store.take_thanks_back(id, {9});
  thanks = store.thanks_of(page.items, {9});
  EXPECT_EQ(thanks.at(id.value).count, 1);
  EXPECT_FALSE(thanks.at(id.value).by_caller);
  EXPECT_EQ(store.wins_and_thanks(day_, day_).at({8}), (std::pair<std::int64_t, std::int64_t>{1, 1}));
}

TEST_P(Wins, AreFoundByWhatIsAsked) {
  WinStore store(database());
  auto other = make_win("goal:3", 3, day_ + 5);
  other.kind = WinKind::goal;
  other.people = {{9}};
  store.add(caller_, std::vector{make_win("call:1", 1, day_), other}, core::now(), true);
  EXPECT_EQ(store.list({.person = core::UserId{9}}, {0, 10}).total, 1);
  EXPECT_EQ(store.list({.kind = WinKind::rescued}, {0, 10}).total, 1);
  EXPECT_EQ(store.list({.account = core::AccountId{3}}, {0, 10}).total, 1);
  EXPECT_EQ(store.list({.from = day_ + 1, .to = day_ + 9}, {0, 10}).total, 1);
}

TEST_P(Wins, KeepTheirRules) {
  WinStore store(database());
  EXPECT_TRUE(store.rules().expanded);
  WinRules rules;
  rules.expanded = false;
  rules.expanded_percent = 12.5;
  store.set_rules(caller_, rules, core::now());
  EXPECT_FALSE(store.rules().expanded);
  EXPECT_DOUBLE_EQ(store.rules().expanded_percent, 12.5);
}

INSTANTIATE_TEST_SUITE_P(Backends, Wins, records::testing::every_backend(), records::testing::backend_name);

}  // namespace
}  // namespace banso::proof
