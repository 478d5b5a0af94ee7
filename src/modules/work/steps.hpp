// What people do to a call, one step at a time: checked against the call, then done to it within a transaction. The
// same steps serve one call, many calls and other modules. Internal to the module.
#pragma once

#include "store.hpp"

namespace banso::work {

struct ChangeOfCall {  // absent = leave
  std::optional<std::string> title, explanation;
  std::optional<Severity> severity;
  std::optional<CallStatus> status;  // open or in_progress
  std::optional<org::AccountRole> role;
  core::Patch<core::UserId> assignee;
  std::optional<core::Day> due;
  core::Patch<std::int64_t> value_at_stake_minor;
  std::string why;
  std::optional<std::int64_t> revision;  // of the state that was looked at
};
struct Closing {
  Outcome outcome = Outcome::success;
  core::Text why;
  bool skips_open_tasks = false;
  bool leaves_closed = false;  // a call that is closed already is left alone instead of refused
};
struct Snoozing {
  std::optional<core::Day> until;
  std::string condition_json;
  std::string why;
};
struct Judging {
  Verdict verdict = Verdict::none;
  std::string why;
};
struct Reopening {
  std::string why;
  std::optional<core::Day> due;
};

// What a step needs besides the call.
struct StepContext {
  core::Caller caller;
  Deed deed;
  core::BusinessCalendar calendar;
  // Sets `responsible` and `stands_in_for` by assignee and role.
  std::function<void(Call&)> resolve;
  // Finishes the open tasks of the call as skipped.
  std::function<void(records::Session&, CallId, const std::string& why)> skip_tasks;
};

EditCall step(std::shared_ptr<const StepContext> context, ChangeOfCall change);
EditCall step(std::shared_ptr<const StepContext> context, Closing closing);
EditCall step(std::shared_ptr<const StepContext> context, Snoozing snoozing);
EditCall step(std::shared_ptr<const StepContext> context, Judging judging);
EditCall step(std::shared_ptr<const StepContext> context, Reopening reopening);
// Ends a snooze; `why` says what ended it.
EditCall waking_step(std::string why);

// Refuses who may only read.
core::Result<> may_work(const core::Caller& caller);
// The beginning of a text, for a sentence that mentions it.
std::string beginning_of(const std::string& text);

// A notice for each who should know, but not for who did it.
std::vector<Notice> notices_for(std::span<const core::UserId> users, std::string_view event, const Call& call,
                                const Deed& deed, const core::Text& text);

}  // namespace banso::work
