// What is done with tasks.
#include <fmt/format.h>

#include "desk.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using records::Session;

constexpr std::size_t longest_title_bytes = 900, longest_description_bytes = 12'000;

Error no_such_task() {
  return Error::not_found({"There is no such task.", "指定されたタスクはありません。"});
}

Notice notice_for(const Task& task, const core::Caller& caller, core::Instant at) {
  const bool is_approval = task.kind == TaskKind::approval;
  const auto by = caller.user ? caller.name : std::string();
  core::Text text{fmt::format("{}“{}”", is_approval ? "Your approval is wanted: " : "A task for you: ",
                              beginning_of(task.title.en)),
                  fmt::format("{}「{}」", is_approval ? "承認依頼: " : "新しいタスク: ", beginning_of(task.title.ja))};
  if (!by.empty()) text = {text.en + " — " + by, text.ja + "(" + by + "さんより)"};
  return {records::new_id(),
          task.responsible,
          at,
          is_approval ? "approval_wanted" : "task_assigned",
          task.call,
          task.id,
          task.account,
          caller.user,
          text,
          {}};
}

}  // namespace

Task Desk::made_of(const core::Caller& caller, const NewTask& wanted) {
  Task task;
  task.id = {records::new_id()};
  task.unique_key = wanted.unique_key;
  task.call = wanted.call;
  task.account = wanted.account;
  task.kind = wanted.kind;
  task.title = wanted.title;
  task.description = wanted.description;
  task.role = wanted.role;
  task.assignee = wanted.assignee;
  task.due = due_day(wanted.due, wanted.due_business_days);
  task.required = wanted.required;
  task.source = wanted.source;
  task.created_at = deed_of(caller).at;
  if (task.account) resolve(task);
  return task;
}

Result<Task> Desk::add_task(const core::Caller& caller, const NewTask& given) {
  BANSO_TRY(may_work(caller));
  NewTask wanted = given;
  if (wanted.title.en.empty() || wanted.title.ja.empty() || wanted.title.en.size() > longest_title_bytes ||
      wanted.title.ja.size() > longest_title_bytes || wanted.description.en.size() > longest_description_bytes ||
      wanted.description.ja.size() > longest_description_bytes) {
    return Error::invalid_field("title", {"Give a title of up to 300 characters, and a description of up to 4,000.",
                                          "タイトルは300文字以内、説明は4,000文字以内で指定してください。"});
  }
  if (wanted.call) {
    const auto call = store_.find(wanted.call);
    if (!call) {
      return Error::invalid_field("call_id", {"There is no such call.", "指定されたアクションはありません。"});
    }
    if (wanted.account && wanted.account != call->account) {
      return Error::invalid_field("account_id",
                                  {"The call belongs to another account.", "このアクションは別の顧客のものです。"});
    }
    wanted.account = call->account;
  }
  if (!from_.customers->exists(wanted.account)) {
    return Error::invalid_field("account_id", {"There is no such account.", "指定された顧客はありません。"});
  }
  const auto task = made_of(caller, wanted);
  const auto deed = deed_of(caller);
  const auto added = store_.add(task, deed, "", [&](Session& session) {
    const bool concerns_another = task.responsible && task.responsible != caller.user;
    if (concerns_another && (caller.user || task.kind == TaskKind::approval)) {
      const auto notice = notice_for(task, caller, deed.at);
      Store::add_notices(session, {&notice, 1});
    }
  });
  committed(added.written);
  return added.task;
}

Result<Task> Desk::change_task(const core::Caller& caller, TaskId id, const ChangeOfTask& change) {
  BANSO_TRY(may_work(caller));
  if (!store_.find(id)) return no_such_task();
  const auto deed = deed_of(caller);
  BANSO_TRY_ASSIGN(
      auto written,
      store_.edit_tasks({&id, 1}, deed, [&](Session& session, Task& task) -> Result<std::optional<TaskEdit>> {
        if (task.is_finished()) {
          return Error::conflict(
              {"The task is finished. Reopen it first.", "このタスクは完了しています。先に再開してください。"});
        }
        const Task before = task;
        if (change.title) task.title = {*change.title, *change.title};
        if (change.description) task.description = {*change.description, *change.description};
        if (change.due) task.due = *change.due;
        if (change.required) task.required = *change.required;
        if (change.assignee.given()) {
          task.assignee = change.assignee.clears() ? core::UserId{} : *change.assignee.value();
          resolve(task);
          if (task.responsible && task.responsible != before.responsible && task.responsible != caller.user) {
            const auto notice = notice_for(task, caller, deed.at);
            Store::add_notices(session, {&notice, 1});
          }
        }
        if (difference(before, task).empty()) return std::nullopt;
        return TaskEdit{TaskEvent::changed, {}};
      }));
  committed(written);
  return *store_.find(id);
}

Result<Task> Desk::finish_task(const core::Caller& caller, TaskId id, TaskState state, const std::string& why) {
  BANSO_TRY(may_work(caller));
  if (!store_.find(id)) return no_such_task();
  const bool needs_reason = state == TaskState::skipped || state == TaskState::rejected;
  if (needs_reason && why.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Error::invalid_field("why", {"Say why.", "理由を入力してください。"});
  }
  const auto deed = deed_of(caller);
  BANSO_TRY_ASSIGN(auto written,
                   store_.edit_tasks({&id, 1}, deed, [&](Session&, Task& task) -> Result<std::optional<TaskEdit>> {
                     const bool is_verdict = state == TaskState::approved || state == TaskState::rejected;
                     if (state == TaskState::open || (is_verdict && task.kind != TaskKind::approval) ||
                         (state == TaskState::done && task.kind == TaskKind::approval)) {
                       return Error::invalid_field(
                           "state", {"Tasks are done or skipped; approvals are approved, rejected or skipped.",
                                     "タスクは完了かスキップ、承認は承認・却下・スキップのいずれかです。"});
                     }
                     if (task.state == state) return std::nullopt;
                     if (task.is_finished()) {
                       return Error::conflict({"The task is finished already.", "このタスクはすでに完了しています。"});
                     }
                     task.state = state;
                     task.finished_at = deed.at;
                     task.finished_day = deed.day;
                     task.finished_by = caller.user;
                     task.why = why;
                     return TaskEdit{TaskEvent::finished, why};
                   }));
  committed(written);
  return *store_.find(id);
}

Result<Task> Desk::reopen_task(const core::Caller& caller, TaskId id) {
  BANSO_TRY(may_work(caller));
  if (!store_.find(id)) return no_such_task();
  const auto deed = deed_of(caller);
  BANSO_TRY_ASSIGN(
      auto written, store_.edit_tasks({&id, 1}, deed, [&](Session&, Task& task) -> Result<std::optional<TaskEdit>> {
        if (!task.is_finished()) return std::nullopt;
        if (task.source == "playbook") {
          return Error::conflict({"The playbook has gone on from this task. Add a new one instead.",
                                  "プレイブックはこのタスクの先へ進んでいます。新しいタスクを追加してください。"});
        }
        task.state = TaskState::open;
        task.finished_at.reset();
        task.finished_day.reset();
        task.finished_by = {};
        task.why.clear();
        resolve(task);
        return TaskEdit{TaskEvent::reopened, {}};
      }));
  committed(written);
  return *store_.find(id);
}

std::int64_t Desk::skip_tasks(const core::Caller& caller, const std::string& unique_key_prefix,
                              const std::string& why) {
  const auto deed = deed_of(caller);
  const auto ids = store_.open_tasks_by_key(unique_key_prefix);
  const auto written = store_.edit_tasks(ids, deed, [&](Session&, Task& task) -> Result<std::optional<TaskEdit>> {
    if (task.is_finished()) return std::nullopt;
    task.state = TaskState::skipped;
    task.finished_at = deed.at;
    task.finished_day = deed.day;
    task.finished_by = deed.by;
    task.why = why;
    return TaskEdit{TaskEvent::finished, why};
  });
  if (!written) return 0;  // somebody finished one in this moment: nothing was skipped
  committed(*written);
  return static_cast<std::int64_t>(written->tasks.size());
}

}  // namespace banso::work
