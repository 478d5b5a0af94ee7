// Lists and counts of runs, read from the records. Internal to the module.
#pragma once

#include <map>

#include "store.hpp"

namespace banso::playbooks {

struct RunFilter {
  std::optional<std::string> playbook, step;
  std::optional<std::int64_t> version;
  std::optional<core::AccountId> account;
  std::optional<std::int64_t> call_id;
  std::vector<std::string> states;  // empty: all
  std::optional<workflow::Arm> arm;
};
core::Page<RunRow> list_runs(store::Session& session, const RunFilter& filter, core::PageRequest page);

struct FailedRun {
  RunRow run;
  core::Text error;
  int attempts = 0;
  core::Instant failed_at;
};
core::Page<FailedRun> list_failed(store::Session& session, core::PageRequest page);

struct Counts {
  std::map<std::string, std::int64_t> treated, holdout;  // by state
  std::int64_t started_recently = 0;
};
std::map<std::string, Counts> count_runs(store::Session& session, core::Instant recently);

struct Place {
  std::int64_t version = 0;
  std::string step;
  std::int64_t live = 0, failed = 0;
};
std::vector<Place> places_of(store::Session& session, const std::string& playbook);

struct NotStarted {
  core::Instant at;
  std::string code;
  core::Text words;
};
std::vector<NotStarted> not_started(store::Session& session, const std::string& playbook, core::AccountId account);

struct StepRow {
  StepFact fact;
  core::Text words;
  int attempts = 0;
  core::Text error;
};
std::vector<StepRow> steps_of(store::Session& session, RunId run);

struct TraceRow {
  core::Instant at;
  int visit = 0;
  std::string step, code;
  core::Text words;
};
std::vector<TraceRow> trace_of(store::Session& session, RunId run);

void each_run(store::Session& session, const RunQuery& query, const std::function<void(const RunFact&)>& visit);
void each_step(store::Session& session, const RunQuery& query, const std::function<void(const StepFact&)>& visit);

}  // namespace banso::playbooks
