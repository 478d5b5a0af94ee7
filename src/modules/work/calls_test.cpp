// Calls over the real services and both databases: opened once per reason whoever opens, worked on, put aside, taken
// back, and told.
#include <gmock/gmock.h>

#include <random>
#include <thread>

#include "follower.hpp"
#include "list.hpp"
#include "test_house.hpp"

namespace banso::work {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class Calls : public OnEveryBackend {
 protected:
  Call stored(CallId id) { return service->find_call(id).value(); }
  CallId open_one(std::size_t account = 0, const std::string& reason = "signal:test") {
    const auto call = house().call_for(account, reason);
    return service->open(rules, {&call, 1}).value().front().id;
  }
  core::Result<Done> act(Desk& desk, const core::Caller& caller, CallId call, auto wanted) {
    return desk.do_one(caller, call, [&](auto context) { return step(context, wanted); });
  }
  void begin(int accounts = 3) {
    house().add_accounts(accounts);
    service = house().start();
  }
  std::int64_t count(const std::string& sql) {
    return database()->read([&](records::Session& session) { return session.query_one(sql)->integer(0); });
  }

  std::shared_ptr<Service> service;
};

TEST_P(Calls, AreOpenedOncePerAccountAndReason) {
  begin();
  const std::vector<NewCall> wanted{house().call_for(0), house().call_for(1), house().call_for(0),
                                    house().call_for(0, "signal:other")};
  const auto first = service->open(rules, wanted).value();
  EXPECT_TRUE(first[0].is_new && first[1].is_new && first[3].is_new);
  EXPECT_FALSE(first[2].is_new);
  EXPECT_EQ(first[2].id, first[0].id);
  const auto again = service->open(rules, wanted).value();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_FALSE(again[i].is_new);
    EXPECT_EQ(again[i].id, first[i].id);
  }
  // Once closed, it may be opened anew; a unique key is used up for ever.
  ASSERT_TRUE(service->close(aya, first[0].id, Outcome::success, {"done", "完了"}));
  EXPECT_TRUE(service->open(rules, std::span(wanted).first(1)).value().front().is_new);
  auto keyed = house().call_for(2);
  keyed.unique_key = "run:1:step:call:1";
  const auto with_key = service->open(rules, {&keyed, 1}).value().front();
  ASSERT_TRUE(service->close(aya, with_key.id, Outcome::lost, {}));
  const auto repeated = service->open(rules, {&keyed, 1}).value().front();
  EXPECT_FALSE(repeated.is_new);
  EXPECT_EQ(repeated.id, with_key.id);
}

TEST_P(Calls, AreOpenedByTheThousandInOnePass) {
  begin(5000);
  std::vector<NewCall> wanted;
  for (std::size_t i = 0; i < 5000; ++i) wanted.push_back(house().call_for(i));
  const auto begin_at = std::chrono::steady_clock::now();
  const auto opened = service->open(rules, wanted).value();
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_at).count();
  RecordProperty("seconds", std::to_string(seconds));
  std::printf("5,000 calls opened in %.2f s\n", seconds);
  EXPECT_EQ(std::count_if(opened.begin(), opened.end(), [](const auto& each) { return each.is_new; }), 5000);
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_history"), 5000);
  std::vector<std::pair<core::AccountId, std::string>> all;
  all.reserve(wanted.size());
  for (const auto& call : wanted) all.emplace_back(call.account, call.reason);
  EXPECT_EQ(service->close_open(rules, all, Outcome::withdrawn, {"gone", "解消"}).value(), 5000);
  EXPECT_EQ(service->close_open(rules, all, Outcome::withdrawn, {"gone", "解消"}).value(), 0);
}

// Whoever opens, closes and opens again at the same time: never two open calls of one account and reason.
TEST_P(Calls, StayUniqueWhereManyOpenAtOnce) {
  begin(4);
  std::atomic<int> made{0}, closed{0};
  const auto work = [&](unsigned seed) {
    std::mt19937 random(seed);
    for (int round = 0; round < 40; ++round) {
      std::vector<NewCall> wanted;
      wanted.reserve(3);
      for (int i = 0; i < 3; ++i) {
        wanted.push_back(house().call_for(random() % 4, "signal:" + std::to_string(random() % 2)));
      }
      const auto all = service->open(rules, wanted).value();
      for (const auto& opened : all) made += opened.is_new ? 1 : 0;
      const std::pair<core::AccountId, std::string> which{house().accounts[random() % 4],
                                                          "signal:" + std::to_string(random() % 2)};
      closed += static_cast<int>(service->close_open(rules, {&which, 1}, Outcome::withdrawn, {"gone", "解消"}).value());
    }
  };
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 4; ++seed) threads.emplace_back(work, seed);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(
      count("SELECT COUNT(*) FROM (SELECT 1 AS one FROM work_call WHERE closed_at_us IS NULL GROUP BY account_id, "
            "reason HAVING COUNT(*) > 1) AS doubled"),
      0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_call"), made.load());
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_call WHERE closed_at_us IS NULL"), made.load() - closed.load());
  // Each is in its history exactly as often as it happened.
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_history WHERE event = 'opened'"), made.load());
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_history WHERE event = 'closed'"), closed.load());
}

TEST_P(Calls, FallToTheOwnerAndToWhoStandsIn) {
  begin();
  const auto id = open_one();
  EXPECT_EQ(stored(id).responsible, aya.user);
  EXPECT_EQ(stored(id).due, core::day_from(2026, 11, 27));  // five business days from Friday
  ASSERT_TRUE(house().org->put_absence(leader, {0, aya.user, house().day + 1, house().day + 30, ken.user, "holiday"}));
  service->refresh();
  EXPECT_EQ(stored(id).responsible, aya.user);
  house().go_to(house().day + 3);
  service->refresh();
  EXPECT_EQ(stored(id).responsible, ken.user);
  EXPECT_EQ(stored(id).stands_in_for, aya.user);
  const auto other = open_one(1);
  EXPECT_EQ(stored(other).responsible, ken.user);
  house().go_to(house().day + 30);
  service->refresh();
  EXPECT_EQ(stored(id).responsible, aya.user);
  EXPECT_FALSE(stored(id).stands_in_for);
}

TEST_P(Calls, AreClosedWithOutcomesThatFit) {
  begin();
  Desk desk(house().dependencies());
  const auto id = open_one();
  EXPECT_FALSE(act(desk, aya, id, Closing{Outcome::not_needed, {}}));  // lifecycle only
  EXPECT_FALSE(act(desk, aya, id, Closing{Outcome::withdrawn, {}}));   // the system only
  EXPECT_FALSE(act(desk, reader, id, Closing{Outcome::success, {}}));
  NewTask task;
  task.call = id;
  task.title = {"Call them", "電話する"};
  task.required = true;
  const auto task_id = service->add_task(aya, task).value();
  EXPECT_FALSE(act(desk, aya, id, Closing{Outcome::success, {}}));  // its required task is open
  ASSERT_TRUE(service->finish_task(aya, task_id, TaskState::done, ""));
  const auto done = act(desk, aya, id, Closing{Outcome::success, {"spoke", "話した"}});
  ASSERT_TRUE(done);
  EXPECT_EQ(stored(id).outcome, Outcome::success);
  EXPECT_EQ(stored(id).closed_by, aya.user);
  EXPECT_FALSE(act(desk, aya, id, Closing{Outcome::success, {}}));  // already
  EXPECT_FALSE(act(desk, aya, id, severity_to(Severity::high)));

  // Opened again while the reason has a new call: refused; after that is closed: allowed.
  const auto second = open_one();
  EXPECT_NE(second, id);
  EXPECT_FALSE(act(desk, aya, id, Reopening{}));
  ASSERT_TRUE(service->close(aya, second, Outcome::lost, {}));
  ASSERT_TRUE(act(desk, aya, id, Reopening{"came back", {}}));
  EXPECT_FALSE(stored(id).outcome);
  EXPECT_EQ(stored(id).status, CallStatus::open);
}

TEST_P(Calls, ComeBackOnTheirDay) {
  begin();
  const auto desk = std::make_shared<Desk>(house().dependencies());
  const auto id = open_one();
  ASSERT_TRUE(act(*desk, aya, id, Snoozing{house().day + 5, "", "wait for the budget"}));
  EXPECT_EQ(stored(id).status, CallStatus::snoozed);
  auto fresh = house().start();  // what another process would see
  fresh->refresh();
  EXPECT_EQ(stored(id).status, CallStatus::snoozed);
  house().go_to(house().day + 6);  // the day itself was a Wednesday when nobody looked
  fresh->refresh();
  EXPECT_EQ(stored(id).status, CallStatus::open);
  EXPECT_FALSE(stored(id).snoozed_until);
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_notice WHERE event = 'woken' AND user_id = 7"), 1);
}

TEST_P(Calls, ComeBackWhenTheirConditionHolds) {
  begin();
  house().set_sites(house().accounts[0], 3);
  house().evaluate();
  Desk desk(house().dependencies());
  const std::string more_sites =
      R"({"combinator":"and","rules":[{"field":"attribute.sites","operator":">=","value":5}]})";
  EXPECT_FALSE(desk.check_snooze(
      {{}, R"({"combinator":"and","rules":[{"field":"nothing","operator":"=","value":5}]})", ""}, house().accounts[0]));
  ASSERT_TRUE(desk.check_snooze({{}, more_sites, ""}, house().accounts[0]));
  const auto id = open_one();
  const auto other = open_one(1);
  ASSERT_TRUE(act(desk, aya, id, Snoozing{{}, more_sites, "until they grow"}));
  ASSERT_TRUE(act(desk, aya, other, Snoozing{{}, more_sites, "until they grow"}));
  service = house().start();
  service->refresh();
  house().set_sites(house().accounts[0], 4);
  house().health->refresh_dirty();
  service->refresh();
  EXPECT_EQ(stored(id).status, CallStatus::snoozed);
  house().set_sites(house().accounts[0], 6);
  house().health->refresh_dirty();
  service->refresh();
  EXPECT_EQ(stored(id).status, CallStatus::open);
  EXPECT_EQ(stored(other).status, CallStatus::snoozed);
  EXPECT_FALSE(desk.check_snooze({{}, more_sites, ""}, house().accounts[0]));  // it would be back at once
}

TEST_P(Calls, AreChangedByTheDozenAndBack) {
  begin(4);
  Desk desk(house().dependencies());
  std::vector<CallId> ids;
  for (std::size_t i = 0; i < 4; ++i) ids.push_back(open_one(i));
  ASSERT_TRUE(service->close(aya, ids[3], Outcome::lost, {}));
  ids.push_back({999});
  const auto done = desk.do_many(aya, ids, [](auto context) {
    auto change = severity_to(Severity::critical);
    change.due = core::day_from(2026, 12, 1);
    return step(context, change);
  });
  ASSERT_TRUE(done);
  EXPECT_THAT(done->calls, SizeIs(3));
  EXPECT_THAT(done->left, SizeIs(2));  // the closed one, and the one that is not there
  ASSERT_TRUE(done->batch);
  // Somebody goes on with one of them.
  ASSERT_TRUE(act(desk, ken, ids[1], severity_to(Severity::low)));
  const auto undone = desk.undo(aya, *done->batch).value();
  EXPECT_THAT(undone.changed_since, ElementsAre(ids[1]));
  EXPECT_EQ(stored(ids[0]).severity, Severity::medium);
  EXPECT_EQ(stored(ids[0]).due, core::day_from(2026, 11, 27));
  EXPECT_EQ(stored(ids[1]).severity, Severity::low);
  // Closing is taken back as well.
  const auto closed = act(desk, aya, ids[0], Closing{Outcome::success, {}}).value();
  EXPECT_THAT(desk.undo(aya, *closed.batch).value().written.calls, SizeIs(1));
  EXPECT_EQ(stored(ids[0]).status, CallStatus::open);
  EXPECT_FALSE(stored(ids[0]).closed_at);
}

TEST_P(Calls, AreRefusedToWhoSawAnOlderState) {
  begin();
  Desk desk(house().dependencies());
  const auto id = open_one();
  const auto revision = stored(id).revision;
  ASSERT_TRUE(act(desk, ken, id, severity_to(Severity::high, revision)));
  EXPECT_FALSE(act(desk, aya, id, severity_to(Severity::low, revision)));
}

TEST_P(Calls, TellListenersEverythingEvenAfterACrash) {
  begin();
  std::vector<std::pair<CallId, CallEvent>> heard;
  std::vector<TaskEvent> tasks_heard;
  const auto listen = [&](Service& to) {
    to.on_call_changed([&](std::span<const CallChange> changes) {
      for (const auto& change : changes) heard.emplace_back(change.call.id, change.event);
    });
    to.on_task_changed([&](std::span<const TaskChange> changes) {
      for (const auto& change : changes) tasks_heard.push_back(change.event);
    });
  };
  listen(*service);
  service->refresh();
  const auto id = open_one();
  service->refresh();
  EXPECT_THAT(heard, ElementsAre(std::pair(id, CallEvent::opened)));
  service->refresh();
  EXPECT_THAT(heard, SizeIs(1));
  // A process that ends before it told.
  ASSERT_TRUE(service->close(aya, id, Outcome::success, {}));
  NewTask task;
  task.account = house().accounts[0];
  task.title = {"Call", "電話"};
  service->add_task(aya, task).value();
  service.reset();
  heard.clear();
  service = house().start();
  listen(*service);
  if (database()->dialect() == records::Dialect::postgresql) {
    // Another node may be about to tell: what it left is told after a minute.
    database()->write([](records::Session& session) {
      session.execute("UPDATE work_history SET id = id - 1000000000000");
      session.execute("UPDATE work_untold SET id = id - 1000000000000");
    });
  }
  service->refresh();
  EXPECT_THAT(heard, ElementsAre(std::pair(id, CallEvent::closed)));
  EXPECT_THAT(tasks_heard, ElementsAre(TaskEvent::added));
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_untold"), 0);
}

TEST_P(Calls, AreTalkedAbout) {
  begin();
  Desk desk(house().dependencies());
  const auto id = open_one();
  ASSERT_TRUE(desk.comment(ken, id, "Shall I?", {aya.user, leader.user}));
  EXPECT_FALSE(desk.comment(ken, id, "  ", {}));
  EXPECT_FALSE(desk.comment(ken, id, "Who?", {core::UserId{999}}));
  const auto of_leader = desk.store().notices(leader.user, true, 0, 10);
  ASSERT_THAT(of_leader, SizeIs(1));
  EXPECT_EQ(of_leader[0].event, "mentioned");
  EXPECT_EQ(of_leader[0].text.ja, "Kenさんが「利用が少ない」であなたに言及: Shall I?");
  ASSERT_TRUE(desk.comment(aya, id, "Please.", {}));
  EXPECT_EQ(desk.store().notices(ken.user, true, 0, 10).front().event, "commented");
  EXPECT_THAT(desk.store().notices(aya.user, true, 0, 10), SizeIs(1));  // not of the own comment
  ASSERT_TRUE(act(desk, aya, id, Closing{Outcome::success, {}}));
  EXPECT_EQ(desk.store().notices(leader.user, true, 0, 10).front().event, "closed");
  desk.store().mark_read(leader.user, std::nullopt, house().now);
  EXPECT_EQ(desk.store().count_notices(leader.user, true), 0);
  EXPECT_THAT(desk.store().comments(id), SizeIs(2));
}

TEST_P(Calls, HaveTasksOncePerKey) {
  begin();
  const auto id = open_one();
  NewTask task;
  task.unique_key = "run:5:step:hello:1";
  task.call = id;
  task.title = {"Hello", "挨拶"};
  task.source = "playbook";
  const auto first = service->add_task(rules, task).value();
  EXPECT_EQ(service->add_task(rules, task).value(), first);
  EXPECT_EQ(service->find_task(first)->account, house().accounts[0]);
  EXPECT_FALSE(service->finish_task(aya, first, TaskState::skipped, ""));  // says no reason
  EXPECT_FALSE(service->finish_task(aya, first, TaskState::approved, ""));
  EXPECT_EQ(service->skip_tasks(rules, "run:5:", "the run was stopped"), 1);
  EXPECT_EQ(service->skip_tasks(rules, "run:5:", "the run was stopped"), 0);
  EXPECT_EQ(service->find_task(first)->state, TaskState::skipped);
  EXPECT_EQ(service->add_task(rules, task).value(), first);  // not again
}

TEST_P(Calls, BringInWhatWasDoneBefore) {
  begin();
  PastCall past;
  past.call = house().call_for(0);
  past.call.due = house().day - 60;
  past.opened_at = {house().now.microseconds - 80 * core::microseconds_per_day};
  past.started_at = {house().now.microseconds - 79 * core::microseconds_per_day};
  past.closed_at = {house().now.microseconds - 70 * core::microseconds_per_day};
  past.outcome = Outcome::success;
  past.why = {"They use it now", "利用が戻った"};
  past.responsible = past.closed_by = ken.user;
  past.feedback = Verdict::useful;
  past.comments.push_back({ken.user, *past.started_at, "Calling them"});
  PastTask task;
  task.task.title = {"Call", "電話"};
  task.created_at = past.opened_at;
  task.finished_at = past.closed_at;
  task.state = TaskState::done;
  task.finished_by = ken.user;
  past.tasks.push_back(task);
  EXPECT_FALSE(service->record_history(aya, {&past, 1}));
  const auto ids = service->record_history(leader, {&past, 1}).value();
  std::vector<Call> calls;
  CallQuery closed;
  closed.is_closed = true;
  closed.reason_prefix = "signal:";
  service->each_call(closed, [&](const Call& call) { calls.push_back(call); });
  ASSERT_THAT(calls, SizeIs(1));
  EXPECT_EQ(calls[0].responsible, ken.user);
  EXPECT_EQ(calls[0].closed_day, house().day - 70);
  std::vector<Task> tasks;
  TaskQuery of_call;
  of_call.call = ids[0];
  service->each_task(of_call, [&](const Task& each) { tasks.push_back(each); });
  ASSERT_THAT(tasks, SizeIs(1));
  EXPECT_TRUE(tasks[0].is_finished());
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_notice"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM work_untold"), 0);
  EXPECT_FALSE(service->open_call_of(house().accounts[0], "signal:test"));
}

INSTANTIATE_TEST_SUITE_P(Backends, Calls, records::testing::every_backend(), records::testing::backend_name);

}  // namespace
}  // namespace banso::work
