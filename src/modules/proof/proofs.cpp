#include "proofs.hpp"

#include <algorithm>
#include <unordered_set>

#include "engine/workflow/playbook_json.hpp"

namespace banso::proof {
namespace {

// What took long is worth keeping for longer: at most a tenth of the time is spent on computing the same again.
constexpr int kept_times_as_long = 10;
constexpr std::size_t most_kept = 200;
constexpr int talk_days = 7;

RunCounts counts_of(std::span<const playbooks::RunFact> runs) {
  RunCounts counts;
  for (const auto& run : runs) {
    if (run.is_holdout) {
      ++counts.holdout;
      continue;
    }
    ++counts.treated;
    if (run.state == "done")
      ++counts.done;
    else if (run.state == "goal")
      ++counts.goal;
    else if (run.state == "exited")
      ++counts.exited;
    else if (run.state == "stopped")
      ++counts.stopped;
    else if (run.state == "failed")
      ++counts.failed;
    else
      ++counts.alive;
  }
  return counts;
}

std::uint64_t seed_of(const ProofQuestion& question) {
  std::uint64_t seed = 14695981039346656037ull;  // FNV-1a: the same on every machine, unlike std::hash
  for (const unsigned char letter : question.playbook) seed = (seed ^ letter) * 1099511628211ull;
  return seed + static_cast<std::uint64_t>(question.horizon_days);
}

}  // namespace

PlaybookNote Proofs::note_of(const std::string& key) const {
  PlaybookNote note;
  note.key = key;
  note.name = {key, key};
  const definitions::Name name{std::string(playbooks::playbook_kind), key};
  const auto definition = from_.definitions->get(name);
  std::optional<std::string> body;
  if (definition) body = definition->body;
  if (!body) {  // retired meanwhile: its newest version that says anything
    for (const auto& version : from_.definitions->versions(name)) {
      if (!version.body) continue;
      body = version.body;
      break;
    }
  }
  if (!body) return note;
  const auto playbook = engine::workflow::read_checked(*body);
  note.name = playbook.name;
  note.purpose = playbook.purpose;
  note.holdout_percent = playbook.holdout_percent;
  for (const auto& step : playbook.steps) {
    note.steps[step.key] = step.name;
    const bool writes =
        step.kind == engine::workflow::StepKind::email || step.kind == engine::workflow::StepKind::survey;
    note.mails |= writes;
    if (step.kind == engine::workflow::StepKind::task || step.kind == engine::workflow::StepKind::approval) {
      note.tasks[step.key] = {org::account_role_from(step.role).value_or(org::AccountRole::csm),
                              step.due_business_days};
    }
    if (writes) note.holdouts[step.key] = step.step_holdout_percent;
  }
  return note;
}

void Proofs::fill_responsible(std::span<work::Task> tasks) const {
  std::map<org::AccountRole, std::vector<std::size_t>> by_role;
  for (std::size_t i = 0; i < tasks.size(); ++i) by_role[tasks[i].role].push_back(i);
  for (const auto& [role, places] : by_role) {
    std::vector<core::AccountId> accounts;
    for (const auto place : places) accounts.push_back(tasks[place].account);
    const auto people = from_.org->responsible(accounts, role, from_.surroundings.book_day());
    for (std::size_t i = 0; i < places.size(); ++i) tasks[places[i]].responsible = people[i].user;
  }
}

std::vector<work::Task> Proofs::tasks_of(const PlaybookNote& note, std::span<playbooks::StepFact> steps,
                                         std::span<const playbooks::RunFact> runs) const {
  std::unordered_set<std::int64_t> wanted;
  for (const auto& step : steps) {
    if ((step.kind == "task" || step.kind == "approval") && step.reference != 0) wanted.insert(step.reference);
  }
  auto tasks = tasks_of_recorded_steps(runs, steps, note.tasks, from_.surroundings.calendar(),
                                       from_.surroundings.utc_offset_minutes());
  fill_responsible(tasks);
  if (wanted.empty()) return tasks;
  std::unordered_set<std::int64_t> seen;
  work::TaskQuery query;
  query.accounts.emplace();
  for (const auto& run : runs) {
    if (!run.is_holdout && seen.insert(run.account.value).second) query.accounts->push_back(run.account);
  }
  from_.work->each_task(query, [&](const work::Task& task) {
    if (wanted.contains(task.id.value)) tasks.push_back(task);
  });
  return tasks;
}

ProofPtr Proofs::compute(const ProofQuestion& question) const {
  playbooks::RunQuery query;
  query.playbook = question.playbook;
  auto proof = std::make_shared<Proof>();
  std::vector<playbooks::RunFact> runs;
  std::set<std::int64_t> versions;
  from_.playbooks->each_run(query, [&](const playbooks::RunFact& run) {
    versions.insert(run.version);
    if (!question.version || run.version == *question.version) runs.push_back(run);
  });
  if (versions.empty()) return nullptr;
  std::unordered_set<std::int64_t> ids;
  for (const auto& run : runs) ids.insert(run.id.value);
  std::vector<playbooks::StepFact> steps;
  from_.playbooks->each_step(query, [&](const playbooks::StepFact& step) {
    if (ids.contains(step.run.value)) steps.push_back(step);
  });

  proof->playbook = note_of(question.playbook);
  const bool judges_step = !question.step.empty();
  if (judges_step && !proof->playbook.holdouts.contains(question.step)) return nullptr;
  proof->step = question.step;
  proof->as_of = from_.surroundings.book_day();
  proof->currency = from_.surroundings.reporting_currency();
  proof->horizon_days = question.horizon_days;
  proof->versions.assign(versions.begin(), versions.end());
  proof->runs = counts_of(runs);

  const auto in_playbook = units_of(runs);
  const auto units =
      judges_step ? units_of_step(runs, steps, question.step, from_.surroundings.utc_offset_minutes()) : in_playbook;
  proof->cases = find_cases(from_, units, in_playbook, question.horizon_days, proof->as_of);
  if (judges_step) {
    proof->runs.holdout = std::count_if(units.begin(), units.end(), [](const Unit& unit) { return unit.is_holdout; });
    proof->runs.treated = static_cast<std::int64_t>(units.size()) - proof->runs.holdout;
  }
  proof->runs.observed = static_cast<std::int64_t>(units.size() - proof->cases.waiting.size());
  proof->runs.waiting = static_cast<std::int64_t>(proof->cases.waiting.size());
  const auto holdout_percent =
      judges_step ? proof->playbook.holdouts.at(question.step) : proof->playbook.holdout_percent;
  const Reading reading{proof->currency, holdout_percent, seed_of(question)};
  proof->effects = effects_of(proof->cases, reading);
  if (const auto* headline = headline_of(proof->effects, proof->playbook.purpose)) {
    proof->headline = static_cast<std::size_t>(headline - proof->effects.data());
  }
  proof->sentence = verdict_sentence(proof->headline_effect(), proof->cases, reading);
  proof->cautions =
      cautions_of(proof->cases, proof->effects, proof->headline_effect(), reading, proof->versions.size());

  const auto tasks = tasks_of(proof->playbook, steps, runs);
  proof->adherence =
      adherence_of(runs, steps, tasks, proof->as_of, [&](core::UserId user) { return from_.org->teams_of(user); });
  proof->differences = practices_of_runs(runs, steps, [&](const std::string& step) {
    const auto name = proof->playbook.steps.find(step);
    return name == proof->playbook.steps.end() ? core::Text{step, step} : name->second;
  });
  return proof;
}

Proofs::Proofs(const Dependencies& from) : from_(from), worker_([this] { work(); }) {}

Proofs::~Proofs() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

void Proofs::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
    if (is_stopping_) return;
    const auto question = waiting_.front();
    lock.unlock();
    Kept made;
    made.book_day = from_.surroundings.book_day();
    const auto began = std::chrono::steady_clock::now();
    try {
      made.proof = compute(question);
    } catch (...) {
      made.failure = std::current_exception();
    }
    made.computed_at = std::chrono::steady_clock::now();
    made.took = made.computed_at - began;
    lock.lock();
    if (kept_.size() >= most_kept) kept_.clear();
    kept_[question] = std::move(made);
    waiting_.pop_front();
    changed_.notify_all();
  }
}

const Proofs::Kept* Proofs::fresh(const ProofQuestion& question, core::Day today) const {
  const auto kept = kept_.find(question);
  if (kept == kept_.end() || kept->second.book_day != today || kept->second.failure) return nullptr;
  const bool is_fresh =
      std::chrono::steady_clock::now() - kept->second.computed_at < kept_times_as_long * kept->second.took;
  return is_fresh ? &kept->second : nullptr;
}

std::optional<ProofPtr> Proofs::get(const ProofQuestion& question, std::chrono::milliseconds patience) {
  const auto today = from_.surroundings.book_day();
  const auto asked_at = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  if (const auto* kept = fresh(question, today)) return kept->proof;
  if (std::find(waiting_.begin(), waiting_.end(), question) == waiting_.end()) {
    waiting_.push_back(question);
    changed_.notify_all();
  }
  const auto is_done = [&] {
    const auto kept = kept_.find(question);
    return kept != kept_.end() && kept->second.computed_at >= asked_at;
  };
  changed_.wait_for(lock, patience, is_done);
  const auto kept = kept_.find(question);
  if (kept == kept_.end() || kept->second.book_day != today) return std::nullopt;
  if (kept->second.failure && is_done()) std::rethrow_exception(kept->second.failure);
  if (kept->second.failure) return std::nullopt;
  return kept->second.proof;
}

Proofs::All Proofs::all(int horizon_days, std::chrono::milliseconds patience) {
  std::set<std::string> keys;
  from_.playbooks->each_run({}, [&](const playbooks::RunFact& run) { keys.insert(run.playbook); });
  const auto until = std::chrono::steady_clock::now() + patience;
  All all;
  for (const auto& key : keys) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    auto proof = get({key, horizon_days, {}, {}}, std::max(left, std::chrono::milliseconds(0)));
    if (!proof) {
      ++all.building;
    } else if (*proof) {
      all.proofs.push_back(std::move(*proof));
    }
  }
  return all;
}

Proofs::PracticeReport Proofs::practice(work::CallKind kind, core::Day from, core::Day to) {
  const int offset = from_.surroundings.utc_offset_minutes();
  work::CallQuery query;
  query.is_closed = true;
  query.closed_from = core::start_of(from, offset);
  query.closed_until = core::start_of(to + 1, offset);
  std::vector<WorkedCall> calls;
  std::map<work::CallId, std::size_t> places;
  from_.work->each_call(query, [&](const work::Call& call) {
    if (call.kind != kind || !call.outcome) return;
    // Nobody's doing: the condition left by itself, or the call was wrong.
    if (call.outcome == work::Outcome::withdrawn || call.outcome == work::Outcome::not_relevant ||
        call.outcome == work::Outcome::not_needed || call.outcome == work::Outcome::already_solved) {
      return;
    }
    places.emplace(call.id, calls.size());
    calls.push_back({call, {}, false, false});
  });
  std::map<core::AccountId, std::vector<std::size_t>> of_account;
  std::vector<core::AccountId> accounts;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    auto& mine = of_account[calls[i].call.account];
    if (mine.empty()) accounts.push_back(calls[i].call.account);
    mine.push_back(i);
  }
  PracticeReport report;
  if (!calls.empty()) {
    work::TaskQuery tasks;
    tasks.accounts = accounts;
    from_.work->each_task(tasks, [&](const work::Task& task) {
      const auto place = places.find(task.call);
      if (place != places.end()) calls[place->second].tasks.push_back(task);
    });
    from_.customers->each_interaction(customers::Selection::of(accounts), [&](const customers::InteractionFact& fact) {
      if (fact.known.until != customers::KnownSpan::still) return;
      for (const auto place : of_account[fact.account]) {
        auto& call = calls[place];
        if (fact.day < call.call.opened_day || fact.day > call.call.opened_day + talk_days) continue;
        call.was_talked_to |=
            fact.kind == customers::InteractionKind::meeting || fact.kind == customers::InteractionKind::call;
        call.was_written_to |= fact.kind == customers::InteractionKind::mail;
      }
    });
  }
  report.calls = static_cast<std::int64_t>(calls.size());
  for (const auto& each : calls) report.good += each.call.outcome == work::Outcome::success ? 1 : 0;
  report.notes = practices_of_calls(calls, from_.surroundings.calendar(), offset);
  report.sentence = practice_sentence(report.notes, calls.size());
  return report;
}

}  // namespace banso::proof
