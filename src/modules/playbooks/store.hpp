// What is recorded of runs: the rows, and the statements that change them. Internal to the module.
//
// Every function takes the session of the caller's transaction: what belongs together is written together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/workflow/stepping.hpp"
#include "playbooks.hpp"

namespace banso::playbooks {

namespace workflow = engine::workflow;

struct RunRow {
  RunId id;
  std::string playbook;
  std::int64_t version = 0;
  core::AccountId account;
  std::int64_t call_id = 0;
  RunId parent;
  int parent_visit = 0;
  int level = 0;
  std::string start_key;   // what began it; the same one begins it once
  std::string started_by;  // call, segment, schedule, change, person, playbook
  core::Text why;
  workflow::Run run;
  core::Day started_day;
  std::optional<core::Instant> ended_at;
  std::int64_t revision = 0;
};

enum class Lane { inside, outside };  // outside: HTTP to strangers, which may be slow
std::string_view word_of(Lane lane);

struct EffectRow {
  std::int64_t id = 0;
  RunId run;
  int visit = 0;
  std::string step, kind;
  int attempts = 0;
  std::string payload;  // what was decided at the first attempt, so that a second one does the same
};

inline constexpr int cleanup_visit = -1;  // of the effect that tidies up after a run that was cut short
inline constexpr std::string_view cleanup_kind = "cleanup";

namespace store {

using platform::records::Session;

std::optional<RunRow> find_run(Session& session, RunId id);
// False: such a run (by start key, or a live one of playbook and account) exists.
bool insert_run(Session& session, const RunRow& row);
// Writes the new state, marks, trace and effects; false where another transaction changed the run since it was read:
// then nothing was written. `row` becomes what was written.
bool apply(Session& session, RunRow& row, const workflow::Advanced& advanced, core::Instant now);
void write_consequences(Session& session, const RunRow& row, const workflow::Advanced& advanced, core::Instant now);
void add_trace(Session& session, RunId run, int visit, const std::string& step, core::Instant at,
               const std::string& code, const core::Text& words);
bool set_version(Session& session, RunRow& row, std::int64_t version);
void set_reference(Session& session, RunId run, int visit, std::int64_t reference);
std::int64_t reference_of(Session& session, RunId run, int visit);
void set_due(Session& session, RunId run, std::optional<core::Instant> due);

std::vector<RunId> due_runs(Session& session, core::Instant now, int most);
std::vector<RunId> live_runs_of_call(Session& session, std::int64_t call_id);

// Live runs as the tests of goals and exits need them.
struct LiveRun {
  RunId id;
  core::AccountId account;
  std::string playbook, step;
  std::int64_t version = 0;
  bool waits_for_condition = false;
};
void each_live_run(Session& session, const std::function<void(const LiveRun&)>& visit);
std::vector<LiveRun> live_runs_of(Session& session, std::span<const core::AccountId> accounts);
// Runs that wait for a person, with the task they wait for.
struct Asked {
  RunId run;
  int visit = 0;
  std::int64_t task = 0;
};
std::vector<Asked> asked_runs(Session& session);

struct History {
  bool has_live_run = false;
  std::optional<core::Day> last_start_day;
  int runs_today = 0;
};
History history_of(Session& session, const std::string& playbook, core::AccountId account, core::Day today);
void note_not_started(Session& session, const std::string& playbook, core::AccountId account, const std::string& code,
                      const core::Text& words, core::Instant at);

// -- effects
std::vector<EffectRow> claim(Session& session, Lane lane, const std::string& holder, core::Instant now,
                             core::Instant lease_until, int most);
void free_leases_of(Session& session, const std::string& holder_prefix);
void keep_payload(Session& session, std::int64_t effect, const std::string& payload);
// Each false where the claim was lost meanwhile.
bool finish(Session& session, const EffectRow& effect, const std::string& holder, std::string_view state,
            const core::Text& error, core::Instant now);
bool put_off(Session& session, const EffectRow& effect, const std::string& holder, const core::Text& error,
             core::Instant due, core::Instant now);
bool try_again(Session& session, RunId run, int visit, core::Instant now);

// -- starts
std::vector<core::AccountId> watch_members(Session& session, const std::string& playbook);
std::optional<std::string> watched_condition(Session& session, const std::string& playbook);
void set_watched_condition(Session& session, const std::string& playbook, const std::string& condition);
bool enter_watch(Session& session, const std::string& playbook, core::AccountId account);  // false: was in already
void leave_watch(Session& session, const std::string& playbook, core::AccountId account);
void clear_watch(Session& session, const std::string& playbook);
enum class Occurrence { unknown, begun, done };
Occurrence occurrence(Session& session, const std::string& playbook, core::Day day);
void set_occurrence(Session& session, const std::string& playbook, core::Day day, bool is_done);

// -- secrets
std::optional<std::string> secret(Session& session, const std::string& name);

}  // namespace store
}  // namespace banso::playbooks
