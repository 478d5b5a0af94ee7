#include "adherence.hpp"

#include <gtest/gtest.h>

#include "practice.hpp"

namespace banso::proof {
namespace {

const core::Day today = core::day_from(2026, 6, 30);

playbooks::RunFact make_run(std::int64_t id, const char* state) {
  playbooks::RunFact run;
  run.id = {id};
  run.account = {id};
  run.state = state;
  run.started_at = core::start_of(today - 60);
  run.started_day = today - 60;
  return run;
}

playbooks::StepFact make_step(std::int64_t run, const char* key, const char* kind, const char* state,
                              std::int64_t reference, int days) {
  playbooks::StepFact step;
  step.run = {run};
  step.visit = 1;
  step.step = key;
  step.kind = kind;
  step.state = state;
  step.reference = reference;
  step.entered_at = core::start_of(today - 60);
  step.left_at = core::start_of(today - 60 + days);
  return step;
}

work::Task make_task(std::int64_t id, std::int64_t person, work::TaskState state, core::Day due,
                     std::optional<core::Day> finished) {
  work::Task task;
  task.id = {id};
  task.responsible = {person};
  task.state = state;
  task.due = due;
  task.finished_day = finished;
  return task;
}

// Monday, 1 June 2026: due on Thursday, the 4th.
TEST(Adherence, ReadsTheStepsOfRunsThatWereRecordedWithoutTasks) {
  const auto monday = core::day_from(2026, 6, 1);
  const auto step = [&](std::int64_t run, const char* key, const char* state, int days) {
    auto made = make_step(run, key, "task", state, 0, 0);
    made.entered_at = core::start_of(monday);
    made.left_at = core::start_of(monday + days);
    return made;
  };
  auto held_out = make_run(3, "waiting");
  held_out.is_holdout = true;
  const std::vector runs{make_run(1, "goal"), make_run(2, "done"), held_out};
  std::vector steps{step(1, "call", "done", 3),        step(2, "call", "done", 4), step(1, "review", "skipped", 1),
                    step(2, "review", "timed_out", 9), step(2, "mail", "done", 1), step(1, "open", "waiting", 1)};
  steps.push_back(make_step(1, "call", "task", "done", 11, 3));  // has a task of its own
  const std::map<std::string, TaskNote> notes{{"call", {}}, {"review", {}}, {"open", {}}};
  const auto tasks = tasks_of_recorded_steps(runs, steps, notes, core::BusinessCalendar(), 0);
  ASSERT_EQ(tasks.size(), 4u);
  const auto found = adherence_of(runs, steps, tasks, today, [](core::UserId) { return std::vector<std::string>{}; });
  EXPECT_EQ(found.all.tasks, 4);
  EXPECT_EQ(found.all.done, 2);
  EXPECT_EQ(found.all.on_time, 1);
  EXPECT_EQ(found.all.late, 1);
  EXPECT_EQ(found.all.skipped, 1);
  EXPECT_EQ(found.all.overdue, 1);
}

TEST(Adherence, CountsByPersonAndTeam) {
  const std::vector runs{make_run(1, "goal"), make_run(2, "waiting")};
  const std::vector steps{
      make_step(1, "call", "task", "done", 11, 3),    make_step(1, "review", "task", "done", 12, 9),
      make_step(2, "call", "task", "skipped", 13, 1), make_step(2, "review", "task", "waiting", 14, 1),
      make_step(1, "mail", "email", "done", 99, 4),   make_step(2, "mail", "email", "done", 0, 4)};
  const std::vector tasks{make_task(11, 5, work::TaskState::done, today - 50, today - 57),
                          make_task(12, 5, work::TaskState::done, today - 55, today - 51),
                          make_task(13, 6, work::TaskState::skipped, today - 50, today - 59),
                          make_task(14, 6, work::TaskState::open, today - 1, std::nullopt),
                          make_task(77, 6, work::TaskState::open, today - 1, std::nullopt)};  // of another playbook
  const auto found = adherence_of(runs, steps, tasks, today, [](core::UserId user) {
    return user.value == 5 ? std::vector<std::string>{"enterprise"} : std::vector<std::string>{};
  });
  EXPECT_EQ(found.all.runs, 2);
  EXPECT_EQ(found.all.tasks, 4);
  EXPECT_EQ(found.all.on_time, 1);
  EXPECT_EQ(found.all.late, 1);
  EXPECT_EQ(found.all.skipped, 1);
  EXPECT_EQ(found.all.overdue, 1);
  EXPECT_DOUBLE_EQ(*found.all.on_time_share(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(*found.all.skipped_share(), 1.0 / 3);
  EXPECT_EQ(found.by_person.at({5}).done, 2);
  EXPECT_EQ(found.by_person.at({6}).runs, 1);
  EXPECT_EQ(found.by_team.at("enterprise").tasks, 2);
  const auto mail =
      std::find_if(found.steps.begin(), found.steps.end(), [](const auto& each) { return each.step == "mail"; });
  ASSERT_NE(mail, found.steps.end());
  EXPECT_EQ(mail->mailed, 1);
  EXPECT_EQ(mail->not_mailed, 1);
}

TEST(Practice, FindsTheStepThatGoodRunsShare) {
  std::vector<playbooks::RunFact> runs;
  std::vector<playbooks::StepFact> steps;
  for (std::int64_t i = 1; i <= 80; ++i) {
    const bool did_it = i % 2 == 0;
    const bool good = did_it ? i % 10 != 0 : i % 10 == 1;  // 80 % against 20 %
    runs.push_back(make_run(i, good ? "goal" : "done"));
    steps.push_back(make_step(i, "workshop", "task", did_it ? "done" : "skipped", i, 5));
    steps.push_back(make_step(i, "note", "task", i % 4 < 2 ? "done" : "skipped", i + 1000, 5));
  }
  const auto notes = practices_of_runs(runs, steps, [](const std::string& step) { return core::Text{step, step}; });
  ASSERT_GE(notes.size(), 2u);
  EXPECT_EQ(notes[0].key, "done:workshop");
  EXPECT_TRUE(notes[0].stands_out);
  EXPECT_NEAR(notes[0].found.difference.difference, 0.6, 1e-9);
  for (const auto& note : notes) {
    if (note.key != "done:note") continue;
    EXPECT_FALSE(note.stands_out);
  }
  EXPECT_NE(practice_sentence(notes, 80).en.find("workshop"), std::string::npos);
}

TEST(Practice, SaysNothingOverFewCases) {
  const std::vector runs{make_run(1, "goal"), make_run(2, "done")};
  const std::vector steps{make_step(1, "call", "task", "done", 1, 2), make_step(2, "call", "task", "skipped", 2, 2)};
  EXPECT_TRUE(practices_of_runs(runs, steps, [](const std::string& step) { return core::Text{step, step}; }).empty());
}

TEST(Practice, SeesWhatGoodCallsShare) {
  std::vector<WorkedCall> calls;
  for (int i = 0; i < 60; ++i) {
    WorkedCall each;
    each.call.opened_day = core::day_from(2026, 6, 1);
    each.call.closed_day = core::day_from(2026, 6, 20);
    each.call.due = core::day_from(2026, 6, 25);
    each.was_talked_to = i % 2 == 0;
    each.call.outcome = each.was_talked_to == (i % 10 < 8) ? work::Outcome::success : work::Outcome::lost;
    calls.push_back(each);
  }
  const auto notes = practices_of_calls(calls, core::BusinessCalendar(), 540);
  ASSERT_FALSE(notes.empty());
  EXPECT_EQ(notes[0].key, "talked_to");
  EXPECT_TRUE(notes[0].stands_out);
}

}  // namespace
}  // namespace banso::proof
