// Everything that is done with calls and tasks, whoever asks: checks, transaction, the list in memory, and telling.
// Internal to the module.
#pragma once

#include <deque>

#include "open_calls.hpp"
#include "people.hpp"
#include "steps.hpp"

namespace banso::work {

// One step that was done.
struct Done {
  std::vector<Call> calls;  // as they are now; those that were changed
  std::optional<std::int64_t> batch;
  struct Left {
    CallId call;
    core::Text reason;
  };
  std::vector<Left> left;  // of many: those that the step did not fit
};

struct ChangeOfTask {  // absent = leave
  std::optional<std::string> title, description;
  core::Patch<core::UserId> assignee;
  std::optional<core::Day> due;
  std::optional<bool> required;
};

// Threading: all members may be called from any thread.
class Desk {
 public:
  explicit Desk(const Dependencies& from)
      : from_(from), store_(from.records), open_calls_(from_), people_(from.surroundings.people) {}

  const Dependencies& from() const { return from_; }
  Store& store() { return store_; }
  OpenCalls& open_calls() { return open_calls_; }
  People& people() { return people_; }
  core::Day today() const { return from_.surroundings.book_day(); }
  core::Instant now() const { return from_.surroundings.now(); }
  Deed deed_of(const core::Caller& caller) const { return {caller.user, now(), today(), 0}; }

  core::Result<std::vector<Opened>> open(const core::Caller& caller, std::span<const NewCall> calls);
  // The step is made with the context of this deed.
  using MakeStep = std::function<EditCall(std::shared_ptr<const StepContext>)>;
  // An error where it does not fit.
  core::Result<Done> do_one(const core::Caller& caller, CallId call, const MakeStep& make, bool can_be_undone = true);
  // Leaves alone, and lists, where it does not fit.
  core::Result<Done> do_many(const core::Caller& caller, std::span<const CallId> calls, const MakeStep& make,
                             bool can_be_undone = true);
  core::Result<std::int64_t> close_open(const core::Caller& caller,
                                        std::span<const std::pair<core::AccountId, std::string>> which, Outcome outcome,
                                        const core::Text& why);
  core::Result<Store::Undone> undo(const core::Caller& caller, std::int64_t batch);
  core::Result<> check_snooze(const Snoozing& snoozing, core::AccountId account);
  core::Result<Comment> comment(const core::Caller& caller, CallId call, const std::string& body,
                                std::vector<core::UserId> mentions);
  core::Result<> check_person(core::UserId user, const std::string& field);

  core::Result<Task> add_task(const core::Caller& caller, const NewTask& task);
  core::Result<Task> change_task(const core::Caller& caller, TaskId task, const ChangeOfTask& change);
  core::Result<Task> finish_task(const core::Caller& caller, TaskId task, TaskState state, const std::string& why);
  core::Result<Task> reopen_task(const core::Caller& caller, TaskId task);
  std::int64_t skip_tasks(const core::Caller& caller, const std::string& unique_key_prefix, const std::string& why);

  core::Result<std::vector<CallId>> record_history(const core::Caller& caller, std::span<const PastCall> calls);

  // Who answers for it today; of a call or a task.
  template <class Work>
  void resolve(Work& work);
  template <class Work>
  void resolve_all(std::span<Work> works);
  // Gives what waits for a role to who answers for it today; of these accounts, or of all.
  void reassign(const std::optional<std::vector<core::AccountId>>& accounts);

  // What was written: to the list in memory, to those who listen for ids, and to the queue of what is to be told.
  void committed(const Written& written);
  // Other nodes' changes.
  void took_in(std::span<const Call> calls);
  void on_changed(Listener listener) { listeners_.push_back(std::move(listener)); }
  void show_runs(FindRuns find) { find_runs_ = std::move(find); }
  std::vector<RunReference> runs_of(CallId call) const {
    return find_runs_ ? find_runs_(call) : std::vector<RunReference>();
  }
  void on_news(std::function<void()> wake) { wake_ = std::move(wake); }
  // Rows of history that wait for telling, oldest first; empties the queue.
  std::vector<std::int64_t> take_untold();

 private:
  std::shared_ptr<StepContext> context_of(const core::Caller& caller, std::int64_t batch,
                                          std::shared_ptr<Written> tasks_written);
  core::Result<std::vector<Call>> made_of(const core::Caller& caller, std::span<const NewCall> calls);
  Task made_of(const core::Caller& caller, const NewTask& task);
  core::Day due_day(const std::optional<core::Day>& due, int business_days) const;
  void tell_ids(std::span<const Call> calls, std::span<const Task> tasks);

  const Dependencies from_;
  Store store_;
  OpenCalls open_calls_;
  People people_;
  std::vector<Listener> listeners_;
  FindRuns find_runs_;
  std::function<void()> wake_;
  std::mutex mutex_;
  std::deque<std::int64_t> untold_;  // under mutex_
};

}  // namespace banso::work
