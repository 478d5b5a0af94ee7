// What calls, tasks and mails tell the runs. Internal to the module.
#pragma once

#include <atomic>

#include "starter.hpp"

namespace banso::playbooks {

// Threading: may be shared. Everything may be heard twice.
class WorkListener {
 public:
  WorkListener(Context& context, Runner& runner, Starter& starter)
      : context_(context), runner_(runner), starter_(starter) {}

  void calls_changed(std::span<const work::CallChange> changes);
  void tasks_changed(std::span<const work::TaskChange> changes);
  void mails_changed(std::span<const outreach::MailChange> changes);
  std::vector<work::RunReference> runs_of(work::CallId call);
  // Once, as soon as there is a book: answers and calls that came while nobody listened, or before their run had been
  // written to wait for them. Returns how many runs moved.
  std::int64_t make_up();
  // A run that begins to wait for a task may do so after the task was finished.
  bool answer_if_finished(RunId run, int visit, std::int64_t task);

 private:
  bool answered(RunId run, int visit, const work::Task& task);

  Context& context_;
  Runner& runner_;
  Starter& starter_;
  std::atomic<bool> has_made_up_ = false;
};

}  // namespace banso::playbooks
