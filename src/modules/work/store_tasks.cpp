// Tasks: adding each key once, finishing, lists.
#include <algorithm>

#include <fmt/format.h>

#include "statements.hpp"
#include "store.hpp"

namespace banso::work {
namespace {

using records::Row;
using records::Session;
using records::Values;

std::vector<Task> load(Session& session, std::span<const TaskId> ids) {
  std::vector<Task> tasks;
  for (const auto id : ids) {
    const auto row = session.query_one("SELECT " + task_columns() + " FROM work_task WHERE id = :1", {id});
    if (row) tasks.push_back(task_from(*row));
  }
  return tasks;
}

// False: somebody else finished or reopened it meanwhile.
bool update_task(Session& session, const Task& task, TaskState state_before) {
  return session.execute(
             "UPDATE work_task SET state = :1, title_en = :2, title_ja = :3, description_en = :4, description_ja = :5, "
             "role = :6, assignee_id = :7, responsible_id = :8, stands_in_for_id = :9, due_day = :10, "
             "is_required = :11, finished_at_us = :12, finished_day = :13, finished_by = :14, why = :15 "
             "WHERE id = :16 AND state = :17",
             {word_of(task.state), task.title.en, task.title.ja, task.description.en, task.description.ja,
              org::word_of(task.role), task.assignee, task.responsible, task.stands_in_for, task.due, task.required,
              task.finished_at, task.finished_day, task.finished_by, task.why, task.id, word_of(state_before)}) == 1;
}

Where where_of(const TaskFilter& filter) {
  Where where;
  if (filter.users) {
    Values users;
    for (const auto user : *filter.users) users.emplace_back(user);
    where.add_in("responsible_id", users);
  }
  if (filter.is_finished) where.add(*filter.is_finished ? "finished_at_us IS NOT NULL" : "finished_at_us IS NULL");
  if (filter.account) where.add("account_id = ?", filter.account);
  if (filter.call) where.add("call_id = ? AND call_id <> 0", filter.call);
  if (filter.due_from) where.add("due_day >= ?", *filter.due_from);
  if (filter.due_to) where.add("due_day <= ?", *filter.due_to);
  where.add_contains({"title_en", "title_ja"}, filter.title_contains);
  return where;
}

}  // namespace

HistoryRow history_of(const Task& before, const Task& after, const TaskEdit& edit, const Deed& deed) {
  auto changed = difference(before, after);
  return {records::new_id(),
          after.call,
          after.id,
          after.account,
          deed.at,
          deed.by,
          std::string(word_of(edit.event)),
          std::move(changed.before),
          std::move(changed.after),
          edit.why,
          deed.batch};
}

Store::AddedTask Store::add(const Task& wanted, const Deed& deed, const std::string& why,
                            const std::function<void(Session&)>& also) {
  return database_->write([&](Session& session) {
    AddedTask added;
    Values values;
    append_values(wanted, values);
    insert_rows(session, "work_task", task_columns(), values.size(), values, "ON CONFLICT DO NOTHING RETURNING id",
                [&](const Row&) { added.is_new = true; });
    if (!added.is_new) {
      const auto row =
          session.query_one("SELECT " + task_columns() + " FROM work_task WHERE unique_key = :1", {wanted.unique_key});
      if (!row) throw records::DatabaseError("a task could neither be added nor found");
      added.task = task_from(*row);
      return added;
    }
    added.task = wanted;
    const auto row = history_of(wanted, wanted, {TaskEvent::added, why}, deed);
    write_history(session, {&row, 1});
    added.written.tasks.push_back(wanted);
    added.written.history.push_back(row.id);
    if (also) also(session);
    return added;
  });
}

core::Result<Written> Store::edit_tasks(std::span<const TaskId> tasks, const Deed& deed, const EditTask& edit) {
  return database_->write([&](Session& session) -> core::Result<Written> {
    Written written;
    std::vector<HistoryRow> rows;
    for (auto& task : load(session, tasks)) {
      const Task before = task;
      BANSO_TRY_ASSIGN(const auto made, edit(session, task));
      if (!made) continue;
      if (!update_task(session, task, before.state)) {
        return core::Error::conflict({"Somebody changed the task in this moment. Look at it again.",
                                      "ちょうど今、ほかの人がタスクを変更しました。再度ご確認ください。"});
      }
      rows.push_back(history_of(before, task, *made, deed));
      written.history.push_back(rows.back().id);
      written.tasks.push_back(std::move(task));
    }
    write_history(session, rows);
    return written;
  });
}

Written Store::skip_open_tasks(Session& session, CallId call, const Deed& deed, const std::string& why) {
  Written written;
  std::vector<HistoryRow> rows;
  for (const auto& row : session.query("SELECT " + task_columns() +
                                           " FROM work_task WHERE call_id = :1 AND call_id <> 0 AND finished_at_us IS "
                                           "NULL ORDER BY id",
                                       {call})) {
    const Task before = task_from(row);
    Task task = before;
    task.state = TaskState::skipped;
    task.finished_at = deed.at;
    task.finished_day = deed.day;
    task.finished_by = deed.by;
    task.why = why;
    if (!update_task(session, task, before.state)) continue;
    rows.push_back(history_of(before, task, {TaskEvent::finished, why}, deed));
    written.history.push_back(rows.back().id);
    written.tasks.push_back(std::move(task));
  }
  write_history(session, rows);
  return written;
}

Written Store::reopen_skipped_tasks(Session& session, CallId call, std::int64_t batch, const Deed& deed) {
  Written written;
  std::vector<HistoryRow> rows;
  for (const auto& row : session.query(
           "SELECT id, task_id FROM work_history WHERE batch = :1 AND call_id = :2 AND task_id <> 0 ORDER BY id",
           {batch, call})) {
    const auto id = row.id<TaskId>(1);
    const auto newer = session.query_one(
        "SELECT id FROM work_history WHERE task_id = :1 AND id > :2 AND after <> '{}' LIMIT 1", {id, row.integer(0)});
    const auto found = load(session, {&id, 1});
    if (newer || found.empty() || found.front().state != TaskState::skipped) continue;
    const auto& before = found.front();
    Task task = before;
    task.state = TaskState::open;
    task.finished_at.reset();
    task.finished_day.reset();
    task.finished_by = {};
    task.why.clear();
    if (!update_task(session, task, before.state)) continue;
    rows.push_back(history_of(before, task, {TaskEvent::reopened, {}}, deed));
    written.history.push_back(rows.back().id);
    written.tasks.push_back(std::move(task));
  }
  write_history(session, rows);
  return written;
}

std::optional<Task> Store::find(TaskId task) {
  auto found = database_->read([&](Session& session) { return load(session, {&task, 1}); });
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Task> Store::tasks_of(CallId call) {
  TaskFilter filter;
  filter.call = call;
  constexpr std::int64_t most_tasks = 500;
  auto found = tasks(filter, 0, most_tasks);
  std::stable_sort(found.begin(), found.end(), [](const Task& a, const Task& b) { return a.id < b.id; });
  return found;
}

std::vector<TaskId> Store::open_tasks_by_key(const std::string& unique_key_prefix) {
  return database_->read([&](Session& session) {
    Where where;
    where.add("finished_at_us IS NULL");
    where.add_prefix("unique_key", unique_key_prefix);
    std::vector<TaskId> found;
    session.each("SELECT id FROM work_task" + where.sql() + " ORDER BY id", where.values(),
                 [&](const Row& row) { found.push_back(row.id<TaskId>(0)); });
    return found;
  });
}

void Store::each_task(const TaskQuery& query, const std::function<void(const Task&)>& visit) {
  Where where;
  if (query.call) where.add("call_id = ? AND call_id <> 0", query.call);
  if (query.is_finished) where.add(*query.is_finished ? "finished_at_us IS NOT NULL" : "finished_at_us IS NULL");
  if (!query.source.empty()) where.add("source = ?", query.source);
  where.add_prefix("unique_key", query.unique_key_prefix);
  if (query.created_from) where.add("created_at_us >= ?", *query.created_from);
  if (query.created_until) where.add("created_at_us < ?", *query.created_until);
  const std::string select = "SELECT " + task_columns() + " FROM work_task";
  database_->read([&](Session& session) {
    if (!query.accounts) {
      session.each(select + where.sql() + " ORDER BY id", where.values(),
                   [&](const Row& row) { visit(task_from(row)); });
      return;
    }
    for (const auto account : *query.accounts) {
      Where of_account = where;
      of_account.add("account_id = ?", account);
      session.each(select + of_account.sql() + " ORDER BY id", of_account.values(),
                   [&](const Row& row) { visit(task_from(row)); });
    }
  });
}

std::vector<Task> Store::tasks(const TaskFilter& filter, std::int64_t offset, std::int64_t limit) {
  return database_->read([&](Session& session) {
    Where where = where_of(filter);
    // Finished ones by when: the last first.
    const bool by_finish = filter.is_finished.value_or(false);
    const auto bounds = fmt::format(" LIMIT {} OFFSET {}", where.next(limit), where.next(offset));
    std::vector<Task> found;
    session.each("SELECT " + task_columns() + " FROM work_task" + where.sql() +
                     (by_finish ? " ORDER BY finished_at_us DESC, id" : " ORDER BY due_day, id") + bounds,
                 where.values(), [&](const Row& row) { found.push_back(task_from(row)); });
    return found;
  });
}

TaskCounts Store::count_tasks(const TaskFilter& filter, core::Day today) {
  return database_->read([&](Session& session) {
    Where where = where_of(filter);
    const auto day = where.next(today);
    const auto row = session.query_one(
        fmt::format(
            "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN finished_at_us IS NULL AND due_day < {0} THEN 1 ELSE 0 "
            "END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN finished_at_us IS NULL AND due_day = {0} THEN 1 "
            "ELSE 0 END), 0) AS BIGINT) FROM work_task",
            day) +
            where.sql(),
        where.values());
    return TaskCounts{row->integer(0), row->integer(1), row->integer(2)};
  });
}

std::map<core::Day, std::int64_t> Store::tasks_by_day(const TaskFilter& filter) {
  return database_->read([&](Session& session) {
    const Where where = where_of(filter);
    std::map<core::Day, std::int64_t> days;
    for (const auto& row :
         session.query("SELECT due_day, COUNT(*) FROM work_task" + where.sql() + " GROUP BY due_day", where.values())) {
      days[row.day(0)] = row.integer(1);
    }
    return days;
  });
}

std::vector<Task> Store::open_tasks(const std::optional<std::vector<core::AccountId>>& accounts) {
  return database_->read([&](Session& session) {
    std::vector<Task> found;
    const auto keep = [&](const Row& row) { found.push_back(task_from(row)); };
    const std::string select = "SELECT " + task_columns() + " FROM work_task WHERE finished_at_us IS NULL";
    if (!accounts) {
      session.each(select, {}, keep);
      return found;
    }
    in_pieces(numbers_of(std::span<const core::AccountId>(*accounts)),
              [&](const std::string& list, const Values& values) {
                session.each(select + " AND account_id IN " + list, values, keep);
              });
    return found;
  });
}

void Store::set_responsible(std::span<const Task> tasks) {
  database_->write([&](Session& session) {
    for (const auto& task : tasks) {
      session.execute(
          "UPDATE work_task SET responsible_id = :1, stands_in_for_id = :2 WHERE id = :3 AND finished_at_us "
          "IS NULL",
          {task.responsible, task.stands_in_for, task.id});
    }
  });
}

}  // namespace banso::work
