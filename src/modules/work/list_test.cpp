// The ranked list: what it keeps up to date bit by bit is what a fresh one says; filters, counts and sums agree with a
// plain reading; other nodes' writes come in.
#include "list.hpp"

#include <gmock/gmock.h>

#include <random>

#include "digest_sender.hpp"
#include "follower.hpp"
#include "test_house.hpp"

namespace banso::work {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class Lists : public OnEveryBackend {};

std::vector<std::int64_t> ids_of(const Ranking& ranking) {
  std::vector<std::int64_t> ids;
  for (const auto& ranked : ranking.calls) ids.push_back(ranked.call->id.value);
  return ids;
}

// A list that was made from the records in one go.
RankingPtr fresh(Desk& desk) {
  OpenCalls anew(desk.from());
  std::vector<EntryPtr> entries;
  desk.store().each_open([&](const Call& call) { entries.push_back(entry_of(call)); });
  anew.assign(std::move(entries));
  return anew.ranking();
}

TEST_P(Lists, FollowEveryChangeAsIfMadeAnew) {
  house().add_accounts(30);
  for (std::size_t i = 0; i < 30; ++i) house().set_sites(house().accounts[i], static_cast<int>(i));
  house().evaluate();
  Desk desk(house().dependencies());
  std::mt19937 random(11);
  std::vector<CallId> ids;
  const auto between = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
  for (int round = 0; round < 60; ++round) {
    const int deed = between(0, 6);
    if (deed <= 2 || ids.empty()) {
      auto call = house().call_for(static_cast<std::size_t>(between(0, 29)), "signal:" + std::to_string(between(0, 3)));
      call.severity = static_cast<Severity>(between(0, 3));
      call.kind = static_cast<CallKind>(between(0, 7));
      call.due_business_days = between(0, 20);
      if (between(0, 1)) call.value_at_stake_minor = between(0, 1'000'000);
      ids.push_back(desk.open(rules, {&call, 1}).value().front().id);
    } else {
      const auto id = ids[static_cast<std::size_t>(between(0, static_cast<int>(ids.size()) - 1))];
      (void)desk.do_one(aya, id, [&](auto context) {
        if (deed == 3) return step(context, Closing{Outcome::lost, {}});
        if (deed == 4) return step(context, Snoozing{house().day + between(1, 9), "", "later"});
        if (deed == 5) return step(context, Reopening{});
        return step(context, severity_to(static_cast<Severity>(between(0, 3))));
      });
    }
    if (between(0, 9) == 0) house().go_to(house().day + 1);
    if (between(0, 9) == 0) {
      house().set_sites(house().accounts[0], between(0, 99));
      house().health->refresh_dirty();
    }
    const auto kept = desk.open_calls().ranking();
    const auto anew = fresh(desk);
    ASSERT_EQ(ids_of(*kept), ids_of(*anew)) << "round " << round;
    ASSERT_EQ(kept->active, anew->active);
    for (std::size_t i = 0; i < kept->calls.size(); ++i) ASSERT_EQ(kept->calls[i].points, anew->calls[i].points);
    for (std::size_t i = 1; i < kept->active; ++i) ASSERT_GE(kept->calls[i - 1].points, kept->calls[i].points);
  }
}

TEST_P(Lists, CountAndFilterAsAPlainReadingDoes) {
  house().add_accounts(12);
  house().evaluate();
  Desk desk(house().dependencies());
  std::vector<NewCall> wanted;
  for (std::size_t i = 0; i < 12; ++i) {
    auto call = house().call_for(i);
    call.kind = i % 3 == 0 ? CallKind::opportunity : CallKind::risk;
    call.severity = i % 2 == 0 ? Severity::high : Severity::medium;
    call.assignee = i < 4 ? ken.user : core::UserId{};
    call.due_business_days = static_cast<int>(i);
    wanted.push_back(call);
  }
  const auto opened = desk.open(rules, wanted).value();
  ListQuery mine;
  mine.users = std::set{ken.user};
  auto page = list_calls(desk, mine, 0, 50);
  EXPECT_EQ(page.total, 4);
  EXPECT_EQ(page.counts.kind[CallKind::opportunity], 2);
  EXPECT_EQ(page.summary.calls, 4);
  EXPECT_EQ(page.items.front().rank, 1);
  ListQuery risks;
  risks.kinds = {CallKind::risk};
  page = list_calls(desk, risks, 0, 3);
  EXPECT_EQ(page.total, 8);
  EXPECT_THAT(page.items, SizeIs(3));
  EXPECT_EQ(page.counts.kind[CallKind::opportunity], 4);  // of what else could be chosen
  EXPECT_EQ(page.counts.severity[Severity::high] + page.counts.severity[Severity::medium], 8);
  ListQuery searched;
  searched.search = "company 12";
  EXPECT_EQ(list_calls(desk, searched, 0, 50).total, 1);
  ListQuery by_day;
  by_day.sort = Sort::due;
  page = list_calls(desk, by_day, 0, 50);
  EXPECT_TRUE(std::is_sorted(page.items.begin(), page.items.end(),
                             [](const auto& a, const auto& b) { return a.call.due < b.call.due; }));
  // Closed ones follow the open ones where both are wanted.
  for (std::size_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(desk.do_one(aya, opened[i].id, [](auto context) {
      return step(context, Closing{Outcome::success, {}});
    }));
  }
  ListQuery all;
  all.statuses = {CallStatus::open, CallStatus::in_progress, CallStatus::snoozed, CallStatus::closed};
  page = list_calls(desk, all, 5, 4);
  EXPECT_EQ(page.total, 12);
  ASSERT_THAT(page.items, SizeIs(4));
  EXPECT_FALSE(page.items[1].call.closed_at);
  EXPECT_TRUE(page.items[2].call.closed_at);
  EXPECT_EQ(page.counts.status[CallStatus::closed], 5);
}

TEST_P(Lists, SeeWhatOtherNodesDo) {
  if (database()->dialect() == records::Dialect::sqlite) GTEST_SKIP() << "one process has the whole of a SQLite file";
  house().add_accounts(2);
  Desk here(house().dependencies()), there(house().dependencies());
  Follower follower(here);
  follower.load();
  std::vector<CallId> told;
  here.on_changed([&](std::span<const CallId> calls) { told.assign(calls.begin(), calls.end()); });
  const auto call = house().call_for(0);
  const auto id = there.open(rules, {&call, 1}).value().front().id;
  follower.look();
  EXPECT_TRUE(here.open_calls().find(id));
  EXPECT_THAT(told, ElementsAre(id));
  ASSERT_TRUE(there.do_one(aya, id, [](auto context) { return step(context, Closing{Outcome::success, {}}); }));
  follower.look();
  EXPECT_FALSE(here.open_calls().find(id));
}

class Digests : public OnEveryBackend {};

TEST_P(Digests, AreSentOncePerPersonAndDay) {
  house().add_accounts(1);
  const auto desk = std::make_shared<Desk>(house().dependencies());
  const auto call = house().call_for(0);
  ASSERT_TRUE(desk->open(rules, {&call, 1}));
  std::vector<std::string> sent;
  house().send = [&](const DigestMail& mail) {
    sent.push_back(mail.unique_key);
    return core::Result<>();
  };
  DigestSender sender(desk);
  sender.look();
  EXPECT_THAT(sent, ElementsAre("digest:7:2026-11-20"));  // Ken has nothing to do; the leader never asked for it
  sender.look();
  DigestSender(desk).look();  // another process
  EXPECT_THAT(sent, SizeIs(1));
  house().go_to(house().day + 1);  // Saturday
  sender.look();
  EXPECT_THAT(sent, SizeIs(1));
  house().go_to(house().day + 2);
  sender.look();
  EXPECT_THAT(sent, SizeIs(2));
  sender.choose(aya.user, {Cadence::off, 8});
  house().go_to(house().day + 1);
  sender.look();
  EXPECT_THAT(sent, SizeIs(2));
}

TEST_P(Digests, AreMadeUpForWhereTheMailServerWasAwayAndNeverSentTwice) {
  house().add_accounts(1);
  const auto desk = std::make_shared<Desk>(house().dependencies());
  const auto call = house().call_for(0);
  ASSERT_TRUE(desk->open(rules, {&call, 1}));
  DigestSender sender(desk);
  int asked = 0;
  house().send = [&](const DigestMail&) -> core::Result<> {
    ++asked;
    return core::Error::unavailable({"away", "停止中"});
  };
  constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
  for (int minute = 0; minute < 60; ++minute) {
    sender.look();
    house().now.microseconds += minute_us;
  }
  EXPECT_GE(asked, 10);
  EXPECT_LE(asked, 13);  // every five minutes
  // The process dies after the mail was handed over, before it knows what became of it.
  house().send = [&](const DigestMail&) -> core::Result<> { throw std::runtime_error("killed"); };
  house().now.microseconds += 5 * minute_us;
  EXPECT_THROW(sender.look(), std::runtime_error);
  int sent = 0;
  house().send = [&](const DigestMail&) {
    ++sent;
    return core::Result<>();
  };
  house().now.microseconds += 60 * minute_us;
  DigestSender(desk).look();
  EXPECT_EQ(sent, 0);  // it may have arrived
  house().go_to(house().day + 3);
  DigestSender(desk).look();
  EXPECT_EQ(sent, 1);
}

TEST_P(Digests, AreComposedAgainWhereTheProcessDiedBefore) {
  house().add_accounts(1);
  const auto desk = std::make_shared<Desk>(house().dependencies());
  const auto call = house().call_for(0);
  ASSERT_TRUE(desk->open(rules, {&call, 1}));
  DigestSender dying(desk);
  dying.add_part([](core::UserId, core::Day) -> DigestPart { throw std::runtime_error("killed"); });
  EXPECT_THROW(dying.look(), std::runtime_error);
  int sent = 0;
  house().send = [&](const DigestMail&) {
    ++sent;
    return core::Result<>();
  };
  DigestSender next(desk);
  next.look();
  EXPECT_EQ(sent, 0);  // somebody may still be at it
  house().now.microseconds += 11 * 60 * core::microseconds_per_second;
  next.look();
  EXPECT_EQ(sent, 1);
}

INSTANTIATE_TEST_SUITE_P(Backends, Lists, records::testing::every_backend(), records::testing::backend_name);
INSTANTIATE_TEST_SUITE_P(Backends, Digests, records::testing::every_backend(), records::testing::backend_name);

}  // namespace
}  // namespace banso::work
