// Runs over the real book and the real records, on every backend.
#include "playbooks.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "clock.hpp"
#include "engine/workflow/graph_check.hpp"
#include "engine/workflow/playbook_json.hpp"
#include "kind.hpp"
#include "outgoing.hpp"
#include "run_lists.hpp"
#include "runner.hpp"
#include "templates.hpp"
#include "test_house.hpp"

namespace banso::playbooks {
namespace {

const std::string null = "null";

TEST_P(PlaybookTest, ARunWalksThroughItsStepsWithTheClock) {
  put(1, "adoption");
  evaluate();
  define("rescue", body(set("first", "attribute.round", "1", R"("pause")") + "," +
                        step("pause", "wait", R"("days":2,"next":"second")") + "," +
                        set("second", "attribute.round", "2", R"("finish")") + "," +
                        step("finish", "end", R"("outcome":"success")")));
  const auto id = start("rescue", 1);
  ASSERT_TRUE(id);
  service->work_once();
  EXPECT_EQ(run(id).state, "waiting");
  const auto versions = versions_of(1);
  pass(1);
  service->work_once();
  EXPECT_EQ(run(id).state, "waiting");
  pass(1);
  service = make_service();  // as after a restart
  service->work_once();
  EXPECT_EQ(run(id).state, "done");
  EXPECT_EQ(run(id).outcome, "success");
  EXPECT_EQ(versions_of(1), versions + 1);
  std::vector<std::string> steps;
  service->each_step({}, [&](const StepFact& fact) { steps.push_back(fact.step + " " + fact.state); });
  EXPECT_THAT(steps, testing::ElementsAre("first done", "pause done", "second done", "finish done"));
}

TEST_P(PlaybookTest, AStepMakesAPlanAndAnotherSendsIt) {
  put(1, "onboarding");
  put(2, "onboarding");
  evaluate();
  define("agree", body(step("plan", "plan", R"("next":"confirm")") + "," +
                       step("confirm", "confirm_plan", R"("next":"finish")") + "," +
                       step("finish", "end", R"("outcome":"success")")));
  std::vector<std::string> asked;
  PlanSteps plans;
  plans.make = [&](const core::Caller& caller, core::AccountId account, const std::string& template_key) {
    asked.push_back(
        fmt::format("make {} {} {}", caller.role == core::Role::admin, account == id_of(1) ? 1 : 2, template_key));
    return core::Result<MadePlan>(MadePlan{41, account == id_of(1)});
  };
  // The second account has nobody who could be asked: the run goes on, and its trace says why.
  plans.send = [&](const core::Caller&, core::AccountId account) -> core::Result<std::optional<std::int64_t>> {
    if (account == id_of(1)) return std::optional<std::int64_t>(41);
    return core::Error::conflict({"Nobody can be asked.", "依頼できる担当者がいません。"});
  };
  service->set_plans(plans);
  const auto one = start("agree", 1), two = start("agree", 2);
  service->work_once();
  EXPECT_EQ(run(one).state, "done");
  EXPECT_EQ(run(two).state, "done");
  EXPECT_THAT(asked, testing::UnorderedElementsAre("make true 1 ", "make true 2 "));
  std::vector<std::string> results;
  service->each_step({}, [&](const StepFact& fact) {
    if (fact.step != "finish") results.push_back(fmt::format("{} {} {}", fact.step, fact.result, fact.reference));
  });
  EXPECT_THAT(results,
              testing::UnorderedElementsAre("plan done 41", "confirm done 41", "plan done 41", "confirm not_sent 0"));
}

TEST_P(PlaybookTest, APlansTemplateMustBePublished) {
  const auto draft = definitions->put_draft(leader, {"playbook", "agree"},
                                            body(step("plan", "plan", R"("template":"usual","next":null)")));
  ASSERT_FALSE(draft);
  ASSERT_EQ(draft.error().fields.size(), 1u);
  EXPECT_EQ(draft.error().fields[0].field, "steps[plan].template");
}

TEST_P(PlaybookTest, GoalsEndRunsAsSoonAsTheBookSaysSo) {
  put(1, "onboarding");
  put(2, "onboarding");
  evaluate();
  define("onboarding", body(step("pause", "wait", R"("days":30,"next":null)"),
                            R"("goal":)" + rule("phase", "=", R"("adoption")") + ","));
  const auto one = start("onboarding", 1), two = start("onboarding", 2);
  service->work_once();
  put(1, "adoption");
  catch_up();
  service->work_once();
  EXPECT_EQ(run(one).state, "goal");
  EXPECT_EQ(run(two).state, "waiting");
  const core::AccountId again[] = {id_of(1)};
  const auto refused = service->start_runs(leader, "onboarding", again).value().front();
  EXPECT_FALSE(refused.run);
  EXPECT_NE(refused.words.en.find("only once"), std::string::npos) << refused.words.en;
}

TEST_P(PlaybookTest, DaylightSavingDoesNotMoveTheHour) {
  timezone = "Europe/Berlin";
  now = *core::parse_instant("2026-03-28T08:30:00Z");  // 09:30; the clock goes forward in the night
  put(1, "adoption");
  evaluate();
  define("pause", body(step("pause", "wait", R"("days":1,"next":null)")));
  const auto id = start("pause", 1);
  now = *core::parse_instant("2026-03-29T07:29:00Z");
  service->work_once();
  EXPECT_EQ(run(id).state, "waiting");
  now = *core::parse_instant("2026-03-29T07:30:00Z");  // 09:30 again
  service->work_once();
  EXPECT_EQ(run(id).state, "done");
}

TEST_P(PlaybookTest, SchedulesOccurOncePerDayAndMakeUpForTheNewestMissed) {
  put(1, "adoption");
  put(2, "churned");
  evaluate();
  now = core::now();  // publishing is dated by the real clock
  define("daily", body(step("pause", "wait", R"("days":1,"next":null)"), R"("reentry_days":0,)",
                       R"({"on":"schedule","every":"day","minute_of_day":0,"condition":)" +
                           rule("phase", "!=", R"("churned")") + "}"));
  service->work_once();
  EXPECT_THAT(runs("daily"), testing::IsEmpty()) << "today's occurrence was before it was published";
  pass(1);
  service->work_once();
  service->work_once();
  EXPECT_EQ(runs("daily").size(), 1u);
  pass(5);  // nobody looked for days
  service = make_service();
  service->work_once();
  EXPECT_EQ(runs("daily").size(), 2u);
  EXPECT_EQ(runs("daily").back().started_by, "schedule");
}

TEST_P(PlaybookTest, AChangeBeginsARunWhoeverLooks) {
  put(1, "adoption");
  put(2, "onboarding");
  evaluate();
  define("onboarding", body(step("pause", "wait", R"("days":1,"next":null)"), "",
                            R"({"on":"change","field":"phase","to":"onboarding"})"));
  service->work_once();
  EXPECT_THAT(runs(), testing::IsEmpty()) << "account 2 was so already";
  service.reset();  // nobody looks while it changes
  put(1, "onboarding");
  catch_up();
  service = make_service();
  service->work_once();
  ASSERT_EQ(runs().size(), 1u);
  EXPECT_EQ(runs().front().account, id_of(1));
  put(1, "adoption");
  catch_up();
  service->work_once();
  put(1, "onboarding");
  catch_up();
  service->work_once();
  EXPECT_EQ(runs().size(), 1u) << "given only once";
}

TEST_P(PlaybookTest, EnteringASegmentBeginsARun) {
  put(1, "adoption");
  evaluate();
  define("lost", R"({"name":{"en":"Lost","ja":"解約"},"condition":)" + rule("phase", "=", R"("churned")") + "}",
         "segment");
  define("farewell", body(set("note", "attribute.round", "bye", null), "", R"({"on":"segment","segment":"lost"})"));
  catch_up();
  service->work_once();
  put(1, "churned");
  catch_up();
  service->work_once();
  ASSERT_EQ(runs().size(), 1u);
  EXPECT_EQ(runs().front().state, "done");
  EXPECT_EQ(runs().front().started_by, "segment");
}

TEST_P(PlaybookTest, WhoIsHeldOutGetsNothing) {
  constexpr int count = 60;
  for (int i = 1; i <= count; ++i) put(i, "adoption");
  evaluate();
  define("tips", body(set("note", "attribute.round", "1", null), R"("holdout_percent":50,"holdout_days":10,)"));
  std::vector<core::AccountId> accounts;
  for (int i = 1; i <= count; ++i) accounts.push_back(id_of(i));
  service->start_runs(leader, "tips", accounts).value();
  service->work_once();
  int held_out = 0;
  for (const auto& each : runs()) {
    held_out += each.is_holdout;
    EXPECT_EQ(each.is_holdout, workflow::arm_of("tips", each.account, 50) == workflow::Arm::holdout);
    EXPECT_EQ(each.state, each.is_holdout ? "waiting" : "done");
  }
  EXPECT_GT(held_out, 10);
  EXPECT_LT(held_out, 50);
  for (int i = 1; i <= count; ++i) {
    const bool is_held_out = workflow::arm_of("tips", id_of(i), 50) == workflow::Arm::holdout;
    EXPECT_EQ(versions_of(i), is_held_out ? 1 : 2);
  }
  pass(10);
  service->work_once();
  for (const auto& each : runs()) EXPECT_EQ(each.state, "done");
}

TEST_P(PlaybookTest, AnotherPlaybookIsWaitedFor) {
  put(1, "adoption");
  evaluate();
  define("inner", body(step("pause", "wait", R"("days":3,"next":null)")));
  define("outer", body(step("call", "playbook", R"("playbook":"inner","wait":true,"next":"note")") + "," +
                       set("note", "attribute.round", "after", null)));
  const auto outer = start("outer", 1);
  service->work_once();
  EXPECT_EQ(run(outer).state, "waiting");
  ASSERT_EQ(runs("inner").size(), 1u);
  EXPECT_EQ(runs("inner").front().parent, outer);
  pass(3);
  service->work_once();
  EXPECT_EQ(run(outer).state, "done");
}

TEST_P(PlaybookTest, WhatFailedIsListedAndTriedAgain) {
  put(1, "adoption");
  evaluate();
  define("hook", body(step("send", "webhook", R"("url":"http://127.0.0.1:9/x","next":null)")));
  const auto id = start("hook", 1);
  service->work_once();
  EXPECT_EQ(run(id).state, "failed") << "a private address is refused at once";
  const auto failed = database()->read([](store::Session& session) { return list_failed(session, {0, 10}); });
  ASSERT_EQ(failed.total, 1);
  EXPECT_NE(failed.items[0].error.en.find("private network"), std::string::npos) << failed.items[0].error.en;
  EXPECT_TRUE(service->retry_run(leader, id));
  EXPECT_EQ(run(id).state, "active");
  EXPECT_FALSE(service->retry_run(leader, id)) << "it is under way";
  service->work_once();
  EXPECT_EQ(run(id).state, "failed");
  EXPECT_TRUE(service->stop_run(leader, id, "not needed"));
  EXPECT_EQ(run(id).state, "stopped");
  EXPECT_FALSE(service->stop_run(leader, id, ""));
}

TEST_P(PlaybookTest, WhatWasDoneIsRecordedAgainWhereThatFailed) {
  put(1, "adoption");
  evaluate();
  define("note", body(set("note", "attribute.round", "1", null)));
  const auto id = start("note", 1);
  broken_calendars = 2;
  service->work_once();
  EXPECT_EQ(broken_calendars, 0);
  EXPECT_EQ(run(id).state, "done");
  EXPECT_EQ(versions_of(1), 2) << "made, and set once";
}

TEST_P(PlaybookTest, TwoNodesDoEachStepOnce) {
  constexpr int count = 40;
  for (int i = 1; i <= count; ++i) put(i, "adoption");
  evaluate();
  define("both",
         body(set("one", "attribute.round", "1", R"("two")") + "," + set("two", "attribute.round", "2", R"("three")") +
              "," + set("three", "attribute.round", "3", null)));
  std::vector<core::AccountId> accounts;
  for (int i = 1; i <= count; ++i) accounts.push_back(id_of(i));
  service->start_runs(leader, "both", accounts).value();
  const auto other = make_service(1);
  std::thread first([&] { service->work_once(); });
  std::thread second([&] { other->work_once(); });
  first.join();
  second.join();
  service->work_once();  // what one was doing while the other found nothing more
  for (int i = 1; i <= count; ++i) EXPECT_EQ(versions_of(i), 4) << i;
  for (const auto& each : runs()) EXPECT_EQ(each.state, "done");
}

TEST_P(PlaybookTest, TwoNodesSeeAChangeAndBeginOneRun) {
  put(1, "adoption");
  evaluate();
  define("onboarding", body(step("pause", "wait", R"("days":1,"next":null)"), R"("reentry_days":0,)",
                            R"({"on":"change","field":"phase","to":"onboarding"})"));
  const auto other = make_service(1);
  service->work_once();
  other->work_once();
  put(1, "onboarding");
  catch_up();
  std::thread first([&] { service->work_once(); });
  std::thread second([&] { other->work_once(); });
  first.join();
  second.join();
  EXPECT_EQ(runs().size(), 1u);
}

TEST_P(PlaybookTest, RunsGoOnInANewVersion) {
  put(1, "adoption");
  evaluate();
  define("care",
         body(step("pause", "wait", R"("days":5,"next":"old")") + "," + set("old", "attribute.round", "old", null)));
  const auto id = start("care", 1);
  service->work_once();
  define("care",
         body(step("pause", "wait", R"("days":9,"next":"new")") + "," + set("new", "attribute.round", "new", null)));
  service->work_once();
  EXPECT_EQ(run(id).version, 1) << "pinned";
  Dependencies dependencies;
  dependencies.records = database();
  dependencies.definitions = definitions;
  dependencies.health = health;
  dependencies.surroundings.now = [this] { return now; };
  Context context(dependencies);
  context.library.refresh();
  ASSERT_TRUE(Runner(context).change_version(id, 2, "Leader"));
  EXPECT_EQ(run(id).version, 2);
  pass(5);
  service->work_once();
  EXPECT_EQ(run(id).state, "done");
  std::vector<std::string> steps;
  service->each_step({}, [&](const StepFact& fact) { steps.push_back(fact.step); });
  EXPECT_THAT(steps, testing::ElementsAre("pause", "new"));
}

TEST_P(PlaybookTest, TemplatesAreFreeOfFaults) {
  put(1, "adoption");
  evaluate();
  EXPECT_EQ(templates().size(), 7u);
  for (const auto& each : templates()) {
    for (const auto& [name, text] : each.needs) EXPECT_TRUE(platform::json::parse_object(text)) << name.key;
    const auto faults = body_faults(each.key, each.body, *health->condition_fields(), nullptr);
    for (const auto& fault : faults) ADD_FAILURE() << each.key << " " << fault.field << ": " << fault.message.en;
    auto with_holdout = workflow::read_checked(each.body);
    with_holdout.holdout_percent = 20;
    for (const auto& fault : workflow::graph_faults(with_holdout)) {
      ADD_FAILURE() << each.key << " with a holdout, " << fault.field << ": " << fault.message.en;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Backends, PlaybookTest, platform::records::testing::every_backend(),
                         platform::records::testing::backend_name);

TEST(Clock, TimesThatDaylightSavingLeavesOutOrRepeatsHaveOneMoment) {
  const Clock clock("Europe/Berlin");
  const auto at = [&](const char* day, int hour, int minute) {
    return core::to_string(clock.instant_of(*core::parse_day(day), hour * 60 + minute));
  };
  EXPECT_EQ(at("2026-03-29", 1, 59), "2026-03-29T00:59:00.000Z");
  EXPECT_EQ(at("2026-03-29", 2, 30), "2026-03-29T01:30:00.000Z") << "there is no half past two";
  EXPECT_EQ(at("2026-03-29", 3, 0), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(at("2026-10-25", 2, 30), "2026-10-25T00:30:00.000Z") << "the first of the two";
  EXPECT_EQ(at("2026-10-25", 3, 0), "2026-10-25T02:00:00.000Z");
  EXPECT_EQ(clock.local(*core::parse_instant("2026-10-25T01:30:00Z")).minute_of_day, 150);
}

TEST(Outgoing, OnlyAddressesOfTheOpenInternetAreCalled) {
  for (const auto* address : {"8.8.8.8", "1.1.1.1", "192.0.1.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"}) {
    EXPECT_TRUE(is_public_address(address)) << address;
  }
  for (const auto* address : {"127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::1",
                              "::",
                              "fe80::1",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001::1",
                              "2001:db8::1",
                              "not an address"}) {
    EXPECT_FALSE(is_public_address(address)) << address;
  }
}

TEST(EffectKeys, AreReadBackAsTheyWereWritten) {
  const auto address = parse_effect_key(effect_key(RunId{123}, "call_customer", 4));
  ASSERT_TRUE(address);
  EXPECT_EQ(address->run, RunId{123});
  EXPECT_EQ(address->visit, 4);
  EXPECT_EQ(parse_effect_key("run:123:step:hello:1:99")->visit, 1);
  EXPECT_FALSE(parse_effect_key("digest:1:2"));
  EXPECT_FALSE(parse_effect_key("run:x:step:hello:1"));
}

}  // namespace
}  // namespace banso::playbooks
