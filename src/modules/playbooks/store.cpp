#include "store.hpp"

#include <fmt/format.h>

namespace banso::playbooks {

std::string_view word_of(Lane lane) {
  return lane == Lane::inside ? "inside" : "outside";
}

namespace store {
namespace {

using platform::records::Row;
using platform::records::Value;
using platform::records::Values;

constexpr const char* run_columns =
    "id, playbook, version, account_id, call_id, parent_run_id, parent_visit, level, start_key, started_by, why_en, "
    "why_ja, arm, state, waiting, step, visit, started_at_us, started_day, due_at_us, outcome, ended_at_us, revision";

RunRow read_run(const Row& row) {
  RunRow read;
  read.id = row.id<RunId>(0);
  read.playbook = row.text(1);
  read.version = row.integer(2);
  read.account = row.id<core::AccountId>(3);
  read.call_id = row.maybe_integer(4).value_or(0);
  read.parent = row.id<RunId>(5);
  read.parent_visit = static_cast<int>(row.integer(6));
  read.level = static_cast<int>(row.integer(7));
  read.start_key = row.text(8);
  read.started_by = row.text(9);
  read.why = {row.text(10), row.text(11)};
  read.run.arm = row.text(12) == "holdout" ? workflow::Arm::holdout : workflow::Arm::treated;
  read.run.state = workflow::state_from(row.text(13)).value_or(workflow::State::stopped);
  read.run.waiting = workflow::waiting_from(row.text(14)).value_or(workflow::WaitingFor::nothing);
  read.run.step = row.text(15);
  read.run.visit = static_cast<int>(row.integer(16));
  read.run.started_at = row.instant(17);
  read.started_day = row.day(18);
  read.run.due_at = row.maybe_instant(19);
  read.run.outcome = row.text(20);
  read.ended_at = row.maybe_instant(21);
  read.revision = row.integer(22);
  return read;
}

Value or_null(std::int64_t id) {
  return id == 0 ? Value(nullptr) : Value(id);
}

Lane lane_of(workflow::StepKind kind) {
  const bool leaves_the_house = kind == workflow::StepKind::webhook || kind == workflow::StepKind::message;
  return leaves_the_house ? Lane::outside : Lane::inside;
}

void insert_effect(Session& session, RunId run, int visit, const std::string& step, std::string_view kind, Lane lane,
                   core::Instant now) {
  session.execute(
      "INSERT INTO playbook_effect (id, run_id, visit, step, kind, lane, state, attempts, due_at_us, lease_holder, "
      "lease_until_at_us, payload, error_en, error_ja, changed_at_us) VALUES (:1, :2, :3, :4, :5, :6, 'waiting', 0, "
      ":7, '', 0, '', '', '', :7) ON CONFLICT (run_id, visit) DO NOTHING",
      {platform::records::new_id(), run, visit, step, kind, word_of(lane), now});
}

void write_mark(Session& session, RunId run, const workflow::Mark& mark, core::Instant now) {
  const bool is_over = mark.state != workflow::MarkState::waiting && mark.state != workflow::MarkState::failed;
  session.execute(
      "INSERT INTO playbook_step (run_id, visit, step, kind, state, result, words_en, words_ja, reference, "
      "entered_at_us, left_at_us, due_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, NULL, :9, :10, :11) "
      "ON CONFLICT (run_id, visit) DO UPDATE SET state = excluded.state, result = excluded.result, words_en = "
      "excluded.words_en, words_ja = excluded.words_ja, left_at_us = excluded.left_at_us, due_at_us = "
      "excluded.due_at_us",
      {run, mark.visit, mark.step, workflow::word_of(mark.kind), workflow::word_of(mark.state), mark.result,
       mark.words.en, mark.words.ja, now, is_over ? Value(now) : Value(nullptr), mark.due_at});
}

// What a run that ends leaves behind: deeds that were not begun, a run that waits for it, open tasks and mails.
void tidy_up(Session& session, const RunRow& row, core::Instant now) {
  session.execute(
      "UPDATE playbook_effect SET state = 'cancelled', changed_at_us = :1 WHERE run_id = :2 AND state IN ('waiting', "
      "'failed')",
      {now, row.id});
  if (row.parent) {
    session.execute("UPDATE playbook_run SET due_at_us = :1 WHERE id = :2 AND is_live = 1 AND waiting = 'child'",
                    {now, row.parent});
  }
  const bool was_cut_short = row.run.state != workflow::State::done;
  if (was_cut_short && row.run.visit > 0) {
    insert_effect(session, row.id, cleanup_visit, "", cleanup_kind, Lane::inside, now);
  }
}

}  // namespace

std::optional<RunRow> find_run(Session& session, RunId id) {
  const auto row = session.query_one(fmt::format("SELECT {} FROM playbook_run WHERE id = :1", run_columns), {id});
  return row ? std::optional(read_run(*row)) : std::nullopt;
}

bool insert_run(Session& session, const RunRow& row) {
  const bool lives = workflow::is_live(row.run.state);
  return session.execute(
             fmt::format("INSERT INTO playbook_run ({}, is_live) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, "
                         ":12, :13, :14, :15, :16, :17, :18, :19, :20, :21, :22, :23, :24) ON CONFLICT DO NOTHING",
                         run_columns),
             {row.id,
              row.playbook,
              row.version,
              row.account,
              or_null(row.call_id),
              or_null(row.parent.value),
              row.parent_visit,
              row.level,
              row.start_key,
              row.started_by,
              row.why.en,
              row.why.ja,
              workflow::word_of(row.run.arm),
              workflow::word_of(row.run.state),
              workflow::word_of(row.run.waiting),
              row.run.step,
              row.run.visit,
              row.run.started_at,
              row.started_day,
              row.run.due_at,
              row.run.outcome,
              row.ended_at,
              row.revision,
              lives}) == 1;
}

bool apply(Session& session, RunRow& row, const workflow::Advanced& advanced, core::Instant now) {
  const auto& run = advanced.run;
  const bool lives = workflow::is_live(run.state);
  const auto changed = session.execute(
      "UPDATE playbook_run SET state = :1, is_live = :2, waiting = :3, step = :4, visit = :5, due_at_us = :6, outcome "
      "= "
      ":7, ended_at_us = :8, revision = revision + 1 WHERE id = :9 AND revision = :10",
      {workflow::word_of(run.state), lives, workflow::word_of(run.waiting), run.step, run.visit, run.due_at,
       run.outcome, lives ? Value(nullptr) : Value(now), row.id, row.revision});
  if (changed != 1) return false;
  row.run = run;
  ++row.revision;
  if (!lives) row.ended_at = now;
  write_consequences(session, row, advanced, now);
  return true;
}

void write_consequences(Session& session, const RunRow& row, const workflow::Advanced& advanced, core::Instant now) {
  for (const auto& mark : advanced.marks) write_mark(session, row.id, mark, now);
  for (const auto& line : advanced.trace) {
    add_trace(session, row.id, line.visit, line.step, now, line.code, line.words);
  }
  for (const auto& effect : advanced.effects) {
    auto kind = workflow::StepKind::task;
    for (const auto& mark : advanced.marks) {
      if (mark.visit == effect.visit) kind = mark.kind;
    }
    insert_effect(session, row.id, effect.visit, effect.step, workflow::word_of(kind), lane_of(kind), now);
  }
  if (!workflow::is_live(row.run.state)) tidy_up(session, row, now);
}

void add_trace(Session& session, RunId run, int visit, const std::string& step, core::Instant at,
               const std::string& code, const core::Text& words) {
  session.execute(
      "INSERT INTO playbook_trace (id, run_id, visit, step, at_us, code, words_en, words_ja) VALUES (:1, :2, :3, :4, "
      ":5, :6, :7, :8)",
      {platform::records::new_id(), run, visit, step, at, code, words.en, words.ja});
}

bool set_version(Session& session, RunRow& row, std::int64_t version) {
  const auto changed =
      session.execute("UPDATE playbook_run SET version = :1, revision = revision + 1 WHERE id = :2 AND revision = :3",
                      {version, row.id, row.revision});
  if (changed != 1) return false;
  row.version = version;
  ++row.revision;
  return true;
}

void set_reference(Session& session, RunId run, int visit, std::int64_t reference) {
  session.execute("UPDATE playbook_step SET reference = :1 WHERE run_id = :2 AND visit = :3",
                  {or_null(reference), run, visit});
}

std::int64_t reference_of(Session& session, RunId run, int visit) {
  const auto row =
      session.query_one("SELECT reference FROM playbook_step WHERE run_id = :1 AND visit = :2", {run, visit});
  return row ? row->maybe_integer(0).value_or(0) : 0;
}

void set_due(Session& session, RunId run, std::optional<core::Instant> due) {
  session.execute("UPDATE playbook_run SET due_at_us = :1 WHERE id = :2 AND is_live = 1", {due, run});
}

std::vector<RunId> due_runs(Session& session, core::Instant now, int most) {
  std::vector<RunId> found;
  for (const auto& row :
       session.query("SELECT id FROM playbook_run WHERE is_live = 1 AND due_at_us <= :1 ORDER BY due_at_us LIMIT :2",
                     {now, most})) {
    found.push_back(row.id<RunId>(0));
  }
  return found;
}

std::vector<RunId> live_runs_of_call(Session& session, std::int64_t call_id) {
  std::vector<RunId> found;
  for (const auto& row :
       session.query("SELECT id FROM playbook_run WHERE call_id = :1 AND is_live = 1 ORDER BY id", {call_id})) {
    found.push_back(row.id<RunId>(0));
  }
  return found;
}

namespace {

constexpr const char* live_columns = "id, account_id, playbook, version, step, waiting";

LiveRun read_live(const Row& row) {
  return {row.id<RunId>(0), row.id<core::AccountId>(1), row.text(2), row.text(4),
          row.integer(3),   row.text(5) == "condition"};
}

}  // namespace

void each_live_run(Session& session, const std::function<void(const LiveRun&)>& visit) {
  session.each(fmt::format("SELECT {} FROM playbook_run WHERE is_live = 1", live_columns), {},
               [&](const Row& row) { visit(read_live(row)); });
}

std::vector<LiveRun> live_runs_of(Session& session, std::span<const core::AccountId> accounts) {
  std::vector<LiveRun> found;
  const auto sql = fmt::format("SELECT {} FROM playbook_run WHERE account_id = :1 AND is_live = 1", live_columns);
  for (const auto account : accounts) {
    for (const auto& row : session.query(sql, {account})) found.push_back(read_live(row));
  }
  return found;
}

std::vector<Asked> asked_runs(Session& session) {
  std::vector<Asked> found;
  for (const auto& row : session.query(
           "SELECT r.id, r.visit, s.reference FROM playbook_run r JOIN playbook_step s ON s.run_id = r.id AND "
           "s.visit = r.visit WHERE r.is_live = 1 AND r.waiting = 'person' AND s.reference IS NOT NULL")) {
    found.push_back({row.id<RunId>(0), static_cast<int>(row.integer(1)), row.integer(2)});
  }
  return found;
}

History history_of(Session& session, const std::string& playbook, core::AccountId account, core::Day today) {
  const auto row = session.query_one(
      "SELECT CAST(COALESCE(SUM(CASE WHEN playbook = :1 THEN is_live ELSE 0 END), 0) AS BIGINT), MAX(CASE WHEN "
      "playbook = :1 THEN "
      "started_day END), CAST(COALESCE(SUM(CASE WHEN started_day = :2 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM "
      "playbook_run WHERE "
      "account_id = :3",
      {playbook, today, account});
  return {row->integer(0) > 0, row->maybe_day(1), static_cast<int>(row->integer(2))};
}

void note_not_started(Session& session, const std::string& playbook, core::AccountId account, const std::string& code,
                      const core::Text& words, core::Instant at) {
  session.execute(
      "INSERT INTO playbook_not_started (playbook, account_id, code, at_us, words_en, words_ja) VALUES (:1, :2, :3, "
      ":4, "
      ":5, :6) ON CONFLICT (playbook, account_id, code) DO UPDATE SET at_us = excluded.at_us, words_en = "
      "excluded.words_en, words_ja = excluded.words_ja",
      {playbook, account, code, at, words.en, words.ja});
}

}  // namespace store
}  // namespace banso::playbooks
