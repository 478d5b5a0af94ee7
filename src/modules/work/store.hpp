// The module's tables. Every change of a call or task is written together with a row of its history, and, where
// somebody listens, with a note that it was not told yet. Internal to the module.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "rows.hpp"

namespace banso::work {

// Who does something, and when. With a batch it can be taken back.
struct Deed {
  core::UserId by;  // none: the system
  core::Instant at;
  core::Day day;
  std::int64_t batch = 0;
};

struct HistoryRow {
  std::int64_t id = 0;
  CallId call;
  TaskId task;
  core::AccountId account;
  core::Instant at;
  core::UserId by;
  std::string event;  // word of a CallEvent or TaskEvent
  json::object before, after;
  std::string why;
  std::int64_t batch = 0;
};

// What a callback makes of a record; the record itself is altered in place.
struct CallEdit {
  CallEvent event = CallEvent::changed;
  std::string why;
};
struct TaskEdit {
  TaskEvent event = TaskEvent::changed;
  std::string why;
};
// Nothing: the record is left alone. An error undoes the whole transaction.
using EditCall = std::function<core::Result<std::optional<CallEdit>>(records::Session&, Call&)>;
using EditTask = std::function<core::Result<std::optional<TaskEdit>>(records::Session&, Task&)>;

// What was written, for the list in memory and for listeners.
struct Written {
  std::vector<Call> calls;  // as they are now
  std::vector<Task> tasks;
  std::vector<std::int64_t> history;  // their rows
  void append(Written&& more);
};

struct Comment {
  std::int64_t id = 0;
  CallId call;
  core::UserId author;
  core::Instant at;
  std::string body;
  std::vector<core::UserId> mentions;
};

struct Notice {
  std::int64_t id = 0;
  core::UserId user;
  core::Instant at;
  std::string event;
  CallId call;
  TaskId task;
  core::AccountId account;
  core::UserId by;
  core::Text text;
  std::optional<core::Instant> read_at;
};

struct CallFigures {  // what a line of a list says beside the call itself
  std::int64_t open_tasks = 0, tasks = 0, overdue_tasks = 0, comments = 0;
};

// What a page of closed calls, or of tasks, is asked for.
struct ClosedFilter {
  std::optional<std::set<core::UserId>> users;  // whom they fell to; nothing: all
  std::vector<CallKind> kinds;                  // empty: all
  std::vector<Severity> severities;
  core::AccountId account;
  std::string reason_prefix, playbook;
  std::string title_contains;  // as it is written
  std::optional<core::Day> due_from, due_to;
  std::optional<core::Instant> closed_from;
  bool is_ascending = false;
};
struct TaskFilter {
  std::optional<std::set<core::UserId>> users;
  std::optional<bool> is_finished;
  core::AccountId account;
  CallId call;
  std::string title_contains;
  std::optional<core::Day> due_from, due_to;
};
struct TaskCounts {
  std::int64_t total = 0, overdue = 0, due_today = 0;
};
struct ClosedCounts {
  std::int64_t calls = 0, success = 0, on_time = 0;
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<records::Database> database) : database_(std::move(database)) {}

  // Whether history is to be noted as untold. Before the first write.
  void set_listened_to(bool yes) { is_listened_to_ = yes; }

  // -- calls
  struct OpenedCalls {
    std::vector<Opened> opened;  // in the order of `wanted`
    Written written;             // the new ones
  };
  // `wanted` have ids already; those of calls that are open are not used. `also` runs in the transaction.
  OpenedCalls open(std::span<const Call> wanted, const Deed& deed,
                   const std::function<void(records::Session&, std::span<const Call>)>& also = {});
  core::Result<Written> edit(std::span<const CallId> calls, const Deed& deed, const EditCall& edit);
  // Adds a row to the history of a call without changing it.
  Written note(const Call& call, CallEvent event, const Deed& deed, const std::string& why,
               const std::function<void(records::Session&)>& also);
  // Restores what the batch did, where nothing was changed since.
  struct Undone {
    Written written;
    std::vector<CallId> changed_since;
  };
  core::Result<Undone> undo(std::int64_t batch, const Deed& deed);
  void set_responsible(std::span<const Call> calls);
  void import(std::span<const Call> calls, std::span<const Task> tasks, std::span<const Comment> comments,
              std::span<const HistoryRow> history);

  std::optional<Call> find(CallId call);
  std::vector<Call> find(std::span<const CallId> calls);  // in their order, those that exist
  std::optional<CallId> open_of(core::AccountId account, const std::string& reason);
  void each_open(const std::function<void(const Call&)>& visit);
  void each(const CallQuery& query, const std::function<void(const Call&)>& visit);
  std::vector<Call> closed(const ClosedFilter& filter, std::int64_t offset, std::int64_t limit);
  std::int64_t count_closed(const ClosedFilter& filter);
  ClosedCounts closed_counts(const ClosedFilter& filter);
  std::map<CallId, CallFigures> figures(std::span<const CallId> calls, core::Day today);
  std::vector<HistoryRow> history(CallId call, std::int64_t limit);  // newest first
  // Calls woken since, newest first.
  std::vector<CallId> woken_since(core::Instant from, std::int64_t limit);

  // -- tasks
  struct AddedTask {
    Task task;
    bool is_new = false;
    Written written;
  };
  AddedTask add(const Task& wanted, const Deed& deed, const std::string& why,
                const std::function<void(records::Session&)>& also = {});
  core::Result<Written> edit_tasks(std::span<const TaskId> tasks, const Deed& deed, const EditTask& edit);
  // Finishes the open tasks of calls within a transaction.
  Written skip_open_tasks(records::Session& session, CallId call, const Deed& deed, const std::string& why);
  // The tasks of the call that the batch skipped and nobody touched since.
  Written reopen_skipped_tasks(records::Session& session, CallId call, std::int64_t batch, const Deed& deed);
  std::optional<Task> find(TaskId task);
  std::vector<Task> tasks_of(CallId call);
  std::vector<TaskId> open_tasks_by_key(const std::string& unique_key_prefix);
  void each_task(const TaskQuery& query, const std::function<void(const Task&)>& visit);
  std::vector<Task> tasks(const TaskFilter& filter, std::int64_t offset, std::int64_t limit);  // by due day
  TaskCounts count_tasks(const TaskFilter& filter, core::Day today);
  std::map<core::Day, std::int64_t> tasks_by_day(const TaskFilter& filter);
  // Of these accounts, or all.
  std::vector<Task> open_tasks(const std::optional<std::vector<core::AccountId>>& accounts);
  void set_responsible(std::span<const Task> tasks);

  // -- talk
  void add_comment(records::Session& session, const Comment& comment);
  static void add_notices(records::Session& session, std::span<const Notice> notices);
  static void follow(records::Session& session, CallId call, core::UserId user, core::Instant at);
  void set_follows(CallId call, core::UserId user, bool follows, core::Instant at);
  static std::vector<core::UserId> followers(records::Session& session, CallId call);
  std::vector<core::UserId> followers(CallId call);
  std::vector<Comment> comments(CallId call);
  std::vector<Notice> notices(core::UserId user, bool unread_only, std::int64_t offset, std::int64_t limit);
  std::int64_t count_notices(core::UserId user, bool unread_only);
  void mark_read(core::UserId user, const std::optional<std::vector<std::int64_t>>& ids, core::Instant at);

  // -- telling
  std::vector<HistoryRow> untold_before(std::int64_t id, std::int64_t limit);
  std::vector<HistoryRow> history_rows(std::span<const std::int64_t> ids);
  void mark_told(std::span<const std::int64_t> ids);
  // Calls that any node changed in rows of history from `from_id` on, with the rows' ids.
  std::vector<std::pair<std::int64_t, CallId>> changed_since(std::int64_t from_id);

  records::Database& database() { return *database_; }

 private:
  // `is_told`: listeners are to hear of it.
  void write_history(records::Session& session, std::span<const HistoryRow> rows, bool is_told = true);

  std::shared_ptr<records::Database> database_;
  bool is_listened_to_ = false;
};

HistoryRow history_of(const Call& before, const Call& after, const CallEdit& edit, const Deed& deed);
HistoryRow history_of(const Task& before, const Task& after, const TaskEdit& edit, const Deed& deed);

}  // namespace banso::work
