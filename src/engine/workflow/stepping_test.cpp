// How runs move, event by event.
#include "stepping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "playbook_json.hpp"
#include "starting.hpp"
#include "test_house.hpp"

namespace banso::engine::workflow {
namespace {

const core::Text why{"why", "理由"};

Playbook playbook_of(const std::string& steps, const std::string& more = "") {
  return read_playbook(body(steps, more)).value();
}
Event done(int visit, std::string answer = "done") {
  return {EventKind::carried_out, visit, std::move(answer), {"did it", "実行"}};
}
Event answered(int visit, std::string answer) {
  return {EventKind::answered, visit, std::move(answer), {"said so", "回答"}};
}

TEST(Stepping, ADeedIsOrderedOnceAndWaitedFor) {
  TestSituation here;
  const auto playbook = playbook_of(task("a", R"("b")") + "," + task("b", "null"));
  auto at = begin(playbook, Arm::treated, why, here);
  ASSERT_EQ(at.effects.size(), 1u);
  EXPECT_EQ(at.run.step, "a");
  EXPECT_EQ(at.run.state, State::active);
  EXPECT_FALSE(advance(playbook, at.run, {}, here).has_changed) << "looking changes nothing";
  EXPECT_FALSE(advance(playbook, at.run, done(7), here).has_changed) << "about another visit";
  at = advance(playbook, at.run, done(1), here);
  ASSERT_EQ(at.effects.size(), 1u);
  EXPECT_EQ(at.effects[0].step, "b");
  EXPECT_FALSE(advance(playbook, at.run, done(1), here).has_changed) << "heard twice";
  at = advance(playbook, at.run, done(2), here);
  EXPECT_EQ(at.run.state, State::done);
}

TEST(Stepping, WaitsCountBusinessDays) {
  TestSituation here;
  here.at = core::start_of(core::day_from(2026, 4, 28));  // Golden Week: 29 April, 4, 5 and 6 May are holidays
  const auto playbook = playbook_of(step("w", "wait", R"("business_days":3,"next":null)"));
  const auto at = begin(playbook, Arm::treated, why, here);
  EXPECT_EQ(at.run.waiting, WaitingFor::time);
  EXPECT_EQ(core::day_of(*at.run.due_at), core::day_from(2026, 5, 7));
  here.at = core::start_of(core::day_from(2026, 5, 6));
  EXPECT_FALSE(advance(playbook, at.run, {}, here).has_changed);
  here.at = core::start_of(core::day_from(2026, 5, 7));
  EXPECT_EQ(advance(playbook, at.run, {}, here).run.state, State::done);
}

TEST(Stepping, WaitsForADayOfTheBook) {
  TestSituation here;
  const auto playbook =
      playbook_of(step("w", "wait", R"("until_field":"renewal_day","days_after":-90,"on_timeout":"b","next":"a")") +
                  "," + task("a", "null") + "," + task("b", "null"));
  EXPECT_EQ(begin(playbook, Arm::treated, why, here).run.step, "b") << "no such day";
  here.days["renewal_day"] = core::day_from(2026, 5, 1);
  EXPECT_EQ(begin(playbook, Arm::treated, why, here).run.step, "a") << "past already";
  here.days["renewal_day"] = core::day_from(2026, 12, 1);
  const auto at = begin(playbook, Arm::treated, why, here);
  EXPECT_EQ(at.run.step, "w");
  EXPECT_EQ(core::day_of(*at.run.due_at), core::day_from(2026, 9, 2));
}

TEST(Stepping, ConditionsAreAwaitedOrTimeOut) {
  TestSituation here;
  const auto playbook = playbook_of(
      step("w", "wait", R"("until_condition":{"field":"x"},"timeout_days":14,"on_timeout":"late","next":"a")") + "," +
      task("a", "null") + "," + task("late", "null"));
  const auto at = begin(playbook, Arm::treated, why, here);
  EXPECT_EQ(at.run.waiting, WaitingFor::condition);
  auto holds = here;
  holds.holding.insert(condition("x"));
  EXPECT_EQ(advance(playbook, at.run, {}, holds).run.step, "a");
  here.at = *at.run.due_at;
  const auto late = advance(playbook, at.run, {}, here);
  EXPECT_EQ(late.run.step, "late");
  EXPECT_EQ(late.marks.front().state, MarkState::timed_out);
}

TEST(Stepping, ApprovalsAndSkippedTasksHaveTheirOwnWays) {
  TestSituation here;
  const auto playbook =
      playbook_of(step("ask", "approval", R"("title":{"en":"A","ja":"A"},"rejected":"no","next":"yes")") + "," +
                  task("yes", "null", R"("wait":true,"skipped":"no")") + "," + task("no", "null"));
  auto at = advance(playbook, begin(playbook, Arm::treated, why, here).run, done(1), here);
  EXPECT_EQ(at.run.waiting, WaitingFor::person);
  EXPECT_EQ(advance(playbook, at.run, answered(1, "rejected"), here).run.step, "no");
  at = advance(playbook, at.run, answered(1, "approved"), here);
  EXPECT_EQ(at.run.step, "yes");
  at = advance(playbook, at.run, done(2), here);
  EXPECT_EQ(advance(playbook, at.run, answered(2, "skipped"), here).run.step, "no");
  EXPECT_EQ(advance(playbook, at.run, answered(2, "done"), here).run.state, State::done);
}

TEST(Stepping, BranchesTakeTheFirstCaseThatHolds) {
  TestSituation here;
  const auto playbook = playbook_of(step("b", "branch",
                                         R"("cases":[{"name":{"en":"X","ja":"X"},"condition":{"field":"x"},"next":"a"},
              {"name":{"en":"Y","ja":"Y"},"condition":{"field":"y"},"next":null}],"otherwise":"c")") +
                                    "," + task("a", "null") + "," + task("c", "null"));
  EXPECT_EQ(begin(playbook, Arm::treated, why, here).run.step, "c");
  here.holding = {condition("y")};
  EXPECT_EQ(begin(playbook, Arm::treated, why, here).run.state, State::done);
  here.holding = {condition("x"), condition("y")};
  EXPECT_EQ(begin(playbook, Arm::treated, why, here).run.step, "a");
}

TEST(Stepping, GoalAndExitWinOverEverything) {
  TestSituation here;
  const auto playbook =
      playbook_of(task("a", R"("b")") + "," + task("b", "null"), R"("goal":{"field":"g"},"exit":{"field":"e"},)");
  const auto at = begin(playbook, Arm::treated, why, here);
  for (const auto& event : {Event{}, done(1), Event{EventKind::failed_for_good, 1, "", why}}) {
    auto then = here;
    then.holding = {condition("g"), condition("e")};
    const auto moved = advance(playbook, at.run, event, then);
    EXPECT_EQ(moved.run.state, State::goal);
    EXPECT_TRUE(moved.effects.empty());
    then.holding = {condition("e")};
    EXPECT_EQ(advance(playbook, at.run, event, then).run.state, State::exited);
  }
}

TEST(Stepping, FailureWaitsForAPerson) {
  TestSituation here;
  const auto playbook = playbook_of(task("a", "null"));
  auto at = begin(playbook, Arm::treated, why, here);
  at = advance(playbook, at.run, {EventKind::failed_for_good, 1, "", {"no", "不可"}}, here);
  EXPECT_EQ(at.run.state, State::failed);
  EXPECT_TRUE(is_live(at.run.state));
  at = advance(playbook, at.run, {EventKind::retried, 1, "", why}, here);
  EXPECT_EQ(at.run.state, State::active);
  EXPECT_EQ(advance(playbook, at.run, done(1), here).run.state, State::done);
}

TEST(Stepping, WhatWasNotDoneSaysWhyAndGoesOn) {
  TestSituation here;
  const auto playbook = playbook_of(task("a", R"("b")", R"("wait":true)") + "," + task("b", "null"));
  const auto at = advance(playbook, begin(playbook, Arm::treated, why, here).run, done(1, "no_consent"), here);
  EXPECT_EQ(at.marks.front().state, MarkState::skipped);
  EXPECT_EQ(at.marks.front().result, "no_consent");
  EXPECT_EQ(at.run.step, "b") << "there is no task that somebody could answer";
}

TEST(Stepping, WhoIsHeldOutGetsNothingAndIsWatched) {
  TestSituation here;
  const auto playbook =
      playbook_of(task("a", "null"), R"("goal":{"field":"g"},"holdout_percent":50,"holdout_days":30,)");
  const auto at = begin(playbook, Arm::holdout, why, here);
  EXPECT_TRUE(at.effects.empty());
  EXPECT_EQ(at.run.waiting, WaitingFor::watched);
  auto reached = here;
  reached.holding.insert(condition("g"));
  EXPECT_EQ(advance(playbook, at.run, {}, reached).run.state, State::goal);
  here.at = *at.run.due_at;
  EXPECT_EQ(advance(playbook, at.run, {}, here).run.outcome, "watched");
}

TEST(Stepping, LoopsEndSomeDay) {
  TestSituation here;
  const auto playbook =
      playbook_of(step("w", "wait", R"("days":1,"next":"w2")") + "," + step("w2", "wait", R"("days":1,"next":"w")"),
                  R"("longest_days":100,)");
  auto at = begin(playbook, Arm::treated, why, here);
  int moves = 0;
  for (; is_live(at.run.state) && moves < 1000; ++moves) {
    here.at = *at.run.due_at;
    at = advance(playbook, at.run, {}, here);
  }
  EXPECT_EQ(at.run.outcome, "expired");
  EXPECT_EQ(moves, 101);
}

TEST(Starting, ArmsAreRandomOverAccountsAndFixedForOne) {
  int held_out = 0;
  for (int id = 1; id <= 10'000; ++id) {
    const auto arm = arm_of("rescue", core::AccountId{id}, 20);
    EXPECT_EQ(arm, arm_of("rescue", core::AccountId{id}, 20));
    held_out += arm == Arm::holdout;
  }
  EXPECT_NEAR(held_out, 2000, 130);  // three standard deviations
  int both = 0;
  for (int id = 1; id <= 10'000; ++id) {
    both += arm_of("rescue", core::AccountId{id}, 20) == Arm::holdout &&
            arm_of("other", core::AccountId{id}, 20) == Arm::holdout;
  }
  EXPECT_NEAR(both, 400, 60) << "another playbook holds out others";
  Step mail;
  mail.key = "hello";
  mail.step_holdout_percent = 50;
  int held_out_of_mail = 0, of_both = 0;
  for (int id = 1; id <= 10'000; ++id) {
    const bool is_held_out = step_arm_of("rescue", mail, core::AccountId{id}) == Arm::holdout;
    held_out_of_mail += is_held_out;
    of_both += is_held_out && arm_of("rescue", core::AccountId{id}, 50) == Arm::holdout;
  }
  EXPECT_NEAR(held_out_of_mail, 5000, 150);
  EXPECT_NEAR(of_both, 2500, 130) << "a mail draws a lot of its own";
}

TEST(Starting, ReentryIsRefusedWithItsReason) {
  TestSituation here;
  const auto today = core::day_of(here.at);
  auto playbook = playbook_of(task("a", "null"), R"("goal":{"field":"g"},"reentry_days":90,)");
  const auto code = [&](const StartFacts& facts) {
    const auto refusal = refuses_start(playbook, facts, false, here);
    return refusal ? refusal->code : std::string();
  };
  EXPECT_EQ(code({}), "");
  EXPECT_EQ(code({true, today, 0, 0}), "already_running");
  EXPECT_EQ(code({false, today - 89, 0, 0}), "too_soon");
  EXPECT_EQ(code({false, today - 90, 0, 0}), "");
  EXPECT_EQ(code({false, std::nullopt, 10, 0}), "too_many_today");
  EXPECT_EQ(code({false, std::nullopt, 0, 6}), "too_deep");
  playbook.reentry_days.reset();
  EXPECT_EQ(code({false, today - 900, 0, 0}), "never_again");
  here.holding.insert(condition("g"));
  EXPECT_EQ(code({}), "goal_reached");
}

TEST(Starting, SchedulesFallDueByTheClock) {
  TestSituation here;
  const auto on = [&](const char* day, int minute) { here.at = here.instant_of(*core::parse_day(day), minute); };
  Start start;
  start.on = StartOn::schedule;
  start.every = Every::week;
  start.weekday = 0;
  on("2026-04-06", 8 * 60);
  EXPECT_EQ(core::to_string(last_occurrence(start, here)), "2026-03-30") << "before nine on Monday";
  on("2026-04-06", 9 * 60);
  EXPECT_EQ(core::to_string(last_occurrence(start, here)), "2026-04-06");
  start.every = Every::month;
  start.day_of_month = 31;
  on("2026-03-01", 12 * 60);
  EXPECT_EQ(core::to_string(last_occurrence(start, here)), "2026-02-28");
  start.every = Every::day;
  EXPECT_EQ(core::to_string(last_occurrence(start, here)), "2026-03-01");
}

TEST(Moving, RunsGoOnAtTheSameStepOrSayWhyNot) {
  TestSituation here;
  const auto one = playbook_of(step("w", "wait", R"("days":3,"next":"a")") + "," + task("a", "null"));
  const auto two = playbook_of(step("w", "wait", R"("days":9,"next":"b")") + "," + task("b", "null"));
  const auto other = playbook_of(task("w", "null"));
  const auto at = begin(one, Arm::treated, why, here);
  EXPECT_EQ(move_run(one, two, at.run).value(), at.run);
  EXPECT_FALSE(move_run(one, other, at.run)) << "a step of another kind";
  EXPECT_FALSE(move_run(one, playbook_of(task("z", "null")), at.run)) << "no such step";
  here.at = *at.run.due_at;
  EXPECT_EQ(advance(two, at.run, {}, here).run.step, "b");
}

}  // namespace
}  // namespace banso::engine::workflow
