#include "adherence.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace banso::proof {
namespace {

double days_between(core::Instant from, core::Instant to) {
  return static_cast<double>(to.microseconds - from.microseconds) / static_cast<double>(core::microseconds_per_day);
}

double median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void count(AdherenceFigures& into, const work::Task& task, core::Day today) {
  ++into.tasks;
  switch (task.state) {
    case work::TaskState::skipped:
      ++into.skipped;
      return;
    case work::TaskState::open:
      ++(task.due < today ? into.overdue : into.open);
      return;
    default:
      break;
  }
  ++into.done;
  ++(task.is_late(today) ? into.late : into.on_time);
}

// Who is answerable for a task: whoever finished it, else whom it falls to.
core::UserId person_of(const work::Task& task) {
  return task.finished_by ? task.finished_by : task.responsible;
}

struct StepTally {
  StepAdherence figures;
  std::vector<double> days;
  std::int64_t visits = 0;  // sum over runs, to order steps as runs come to them
};

void count(StepTally& into, const playbooks::StepFact& step, core::Instant started) {
  auto& figures = into.figures;
  ++figures.reached;
  into.visits += step.visit;
  const bool is_mail = step.kind == "email" || step.kind == "survey";
  if (step.state == "failed") {
    ++figures.failed;
  } else if (step.state == "skipped" || (is_mail && step.state == "done" && step.reference == 0)) {
    ++(is_mail ? figures.not_mailed : figures.skipped);
  } else if (step.state == "done") {
    ++figures.done;
    if (is_mail) ++figures.mailed;
    if (step.left_at) into.days.push_back(days_between(started, *step.left_at));
  }
}

}  // namespace

std::optional<double> AdherenceFigures::on_time_share() const {
  const auto due = done + overdue;
  return due > 0 ? std::optional(static_cast<double>(on_time) / static_cast<double>(due)) : std::nullopt;
}

std::optional<double> AdherenceFigures::skipped_share() const {
  const auto ended = done + skipped;
  return ended > 0 ? std::optional(static_cast<double>(skipped) / static_cast<double>(ended)) : std::nullopt;
}

std::vector<work::Task> tasks_of_recorded_steps(std::span<const playbooks::RunFact> runs,
                                                std::span<playbooks::StepFact> steps,
                                                const std::map<std::string, TaskNote>& notes,
                                                const core::BusinessCalendar& calendar, int utc_offset_minutes) {
  std::unordered_map<std::int64_t, core::AccountId> account_of;
  for (const auto& run : runs) {
    if (!run.is_holdout) account_of.emplace(run.id.value, run.account);
  }
  std::vector<work::Task> tasks;
  for (auto& step : steps) {
    const auto account = account_of.find(step.run.value);
    const auto note = notes.find(step.step);
    const bool has_ended = step.state == "done" || step.state == "skipped" || step.state == "timed_out";
    if (step.reference != 0 || !has_ended || note == notes.end() || account == account_of.end()) continue;
    work::Task task;
    step.reference = -1 - static_cast<std::int64_t>(tasks.size());  // ids of real tasks are positive
    task.id = {step.reference};
    task.account = account->second;
    task.role = note->second.role;
    task.due = calendar.plus(core::day_of(step.entered_at, utc_offset_minutes), note->second.due_business_days);
    if (step.state != "timed_out") {
      task.state = step.state == "done" ? work::TaskState::done : work::TaskState::skipped;
      task.finished_at = step.left_at;
      if (step.left_at) task.finished_day = core::day_of(*step.left_at, utc_offset_minutes);
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

Adherence adherence_of(std::span<const playbooks::RunFact> runs, std::span<const playbooks::StepFact> steps,
                       std::span<const work::Task> tasks, core::Day today, const TeamsOf& teams_of) {
  Adherence found;
  std::unordered_map<std::int64_t, core::Instant> started;
  for (const auto& run : runs) {
    if (run.is_holdout) continue;
    ++found.all.runs;
    started.emplace(run.id.value, run.started_at);
  }
  std::unordered_map<std::int64_t, std::int64_t> run_of_task;
  std::map<std::string, StepTally> tallies;
  for (const auto& step : steps) {
    const auto run = started.find(step.run.value);
    if (run == started.end()) continue;
    auto& tally = tallies[step.step];
    tally.figures.step = step.step;
    tally.figures.kind = step.kind;
    count(tally, step, run->second);
    const bool makes_task = step.kind == "task" || step.kind == "approval";
    if (makes_task && step.reference != 0) run_of_task.emplace(step.reference, step.run.value);
  }
  std::map<core::UserId, std::unordered_set<std::int64_t>> runs_of_person;
  std::map<std::string, std::unordered_set<std::int64_t>> runs_of_team;
  for (const auto& task : tasks) {
    const auto run = run_of_task.find(task.id.value);
    if (run == run_of_task.end()) continue;
    count(found.all, task, today);
    const auto person = person_of(task);
    count(found.by_person[person], task, today);
    runs_of_person[person].insert(run->second);
    if (!person) continue;
    for (const auto& team : teams_of(person)) {
      count(found.by_team[team], task, today);
      runs_of_team[team].insert(run->second);
    }
  }
  for (auto& [person, figures] : found.by_person)
    figures.runs = static_cast<std::int64_t>(runs_of_person[person].size());
  for (auto& [team, figures] : found.by_team) figures.runs = static_cast<std::int64_t>(runs_of_team[team].size());
  std::vector<StepTally> ordered;
  for (auto& [key, tally] : tallies) {
    if (!tally.days.empty()) tally.figures.median_days = median_of(tally.days);
    ordered.push_back(std::move(tally));
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return a.visits * b.figures.reached < b.visits * a.figures.reached;
  });
  for (auto& tally : ordered) found.steps.push_back(std::move(tally.figures));
  return found;
}

}  // namespace banso::proof
