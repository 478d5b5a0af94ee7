// Calls: opening many at once, changing them with their history, and the way back.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "statements.hpp"
#include "store.hpp"

namespace banso::work {
namespace {

using records::Row;
using records::Session;
using records::Values;

// Somebody changed a record between our reading and writing; the transaction is done again.
struct Overtaken {};
constexpr int most_attempts = 8;

std::size_t column_count(const std::string& columns) {
  return static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
}

std::string assignments(const std::string& columns) {
  std::string text, name;
  std::size_t number = 0;
  for (const char letter : columns + ",") {
    if (letter == ' ') continue;
    if (letter != ',') {
      name += letter;
      continue;
    }
    text += fmt::format("{}{} = :{}", text.empty() ? "" : ", ", name, ++number);
    name.clear();
  }
  return text;
}

Deed without_batch(Deed deed) {
  deed.batch = 0;
  return deed;
}

std::optional<CallId> open_by_reason(Session& session, core::AccountId account, const std::string& reason) {
  const auto row = session.query_one(
      "SELECT id FROM work_call WHERE account_id = :1 AND reason = :2 AND closed_at_us IS NULL", {account, reason});
  return row ? std::optional(row->id<CallId>(0)) : std::nullopt;
}

std::optional<CallId> present(Session& session, const Call& wanted) {
  if (!wanted.unique_key.empty()) {
    const auto row = session.query_one("SELECT id FROM work_call WHERE unique_key = :1", {wanted.unique_key});
    if (row) return row->id<CallId>(0);
  }
  return open_by_reason(session, wanted.account, wanted.reason);
}

std::set<CallId> insert_calls(Session& session, std::span<const Call> calls) {
  // All who open at once take the keys in one order, so that none waits for another in a circle.
  std::vector<const Call*> ordered;
  for (const auto& call : calls) ordered.push_back(&call);
  std::stable_sort(ordered.begin(), ordered.end(), [](const Call* a, const Call* b) {
    return std::tie(a->account, a->reason) < std::tie(b->account, b->reason);
  });
  Values values;
  for (const auto* call : ordered) append_values(*call, values);
  std::set<CallId> inserted;
  const auto columns = call_columns();
  insert_rows(session, "work_call", columns, column_count(columns), values, "ON CONFLICT DO NOTHING RETURNING id",
              [&](const Row& row) { inserted.insert(row.id<CallId>(0)); });
  return inserted;
}

void update_call(Session& session, const Call& call, std::int64_t revision_before) {
  static const std::string sql = [] {
    const auto columns = call_columns();
    const auto count = column_count(columns);
    return fmt::format("UPDATE work_call SET {} WHERE id = :{} AND revision = :{}", assignments(columns), count + 1,
                       count + 2);
  }();
  Values values;
  append_values(call, values);
  values.emplace_back(call.id);
  values.emplace_back(revision_before);
  if (session.execute(sql, values) != 1) throw Overtaken{};
}

std::vector<Call> load(Session& session, std::span<const CallId> ids) {
  std::map<CallId, Call> found;
  in_pieces(numbers_of(ids), [&](const std::string& list, const Values& values) {
    session.each("SELECT " + call_columns() + " FROM work_call WHERE id IN " + list, values, [&](const Row& row) {
      auto call = call_from(row);
      found.emplace(call.id, std::move(call));
    });
  });
  std::vector<Call> calls;
  for (const auto id : ids) {
    if (auto node = found.extract(id)) calls.push_back(std::move(node.mapped()));
  }
  return calls;
}

template <class Work>
auto until_not_overtaken(Work work) {
  for (int attempt = 1;; ++attempt) {
    try {
      return work();
    } catch (const Overtaken&) {
      if (attempt == most_attempts) throw records::DatabaseError("a call is changed by too many at once");
    } catch (const records::DatabaseError& error) {
      // The database ended one of two transactions that waited for each other; nothing of it was written.
      const bool is_deadlock = std::string_view(error.what()).find("deadlock detected") != std::string_view::npos;
      if (!is_deadlock || attempt == most_attempts) throw;
    }
  }
}

}  // namespace

void Written::append(Written&& more) {
  std::move(more.calls.begin(), more.calls.end(), std::back_inserter(calls));
  std::move(more.tasks.begin(), more.tasks.end(), std::back_inserter(tasks));
  history.insert(history.end(), more.history.begin(), more.history.end());
}

HistoryRow history_of(const Call& before, const Call& after, const CallEdit& edit, const Deed& deed) {
  auto changed = difference(before, after);
  return {records::new_id(),
          after.id,
          {},
          after.account,
          deed.at,
          deed.by,
          std::string(word_of(edit.event)),
          std::move(changed.before),
          std::move(changed.after),
          edit.why,
          deed.batch};
}

void Store::write_history(Session& session, std::span<const HistoryRow> rows, bool is_told) {
  Values values, untold;
  for (const auto& row : rows) {
    for (const auto& value : std::initializer_list<records::Value>{row.id, row.call, row.task, row.account, row.at,
                                                                   row.by, row.event, json::serialize(row.before),
                                                                   json::serialize(row.after), row.why, row.batch}) {
      values.push_back(value);
    }
    untold.emplace_back(row.id);
  }
  insert_rows(session, "work_history",
              "id, call_id, task_id, account_id, at_us, actor_id, event, before, after, why, batch", 11, values);
  if (is_told && is_listened_to_) insert_rows(session, "work_untold", "id", 1, untold);
}

Store::OpenedCalls Store::open(std::span<const Call> wanted, const Deed& deed,
                               const std::function<void(Session&, std::span<const Call>)>& also) {
  return until_not_overtaken([&] {
    return database_->write([&](Session& session) {
      const auto inserted = insert_calls(session, wanted);
      OpenedCalls result;
      std::vector<HistoryRow> rows;
      for (const auto& call : wanted) {
        if (inserted.contains(call.id)) {
          result.opened.push_back({call.id, true});
          result.written.calls.push_back(call);
          rows.push_back(history_of(call, call, {CallEvent::opened, {}}, without_batch(deed)));
          result.written.history.push_back(rows.back().id);
          continue;
        }
        const auto there = present(session, call);
        if (!there) throw Overtaken{};  // it was closed in this moment
        result.opened.push_back({*there, false});
      }
      write_history(session, rows);
      if (also) also(session, result.written.calls);
      return result;
    });
  });
}

core::Result<Written> Store::edit(std::span<const CallId> calls, const Deed& deed, const EditCall& edit) {
  return until_not_overtaken([&] {
    return database_->write([&](Session& session) -> core::Result<Written> {
      Written written;
      std::vector<HistoryRow> rows;
      auto states = load(session, calls);
      std::sort(states.begin(), states.end(), [](const Call& a, const Call& b) { return a.id < b.id; });
      for (auto& call : states) {
        const Call before = call;
        BANSO_TRY_ASSIGN(const auto made, edit(session, call));
        if (!made) continue;
        ++call.revision;
        update_call(session, call, before.revision);
        rows.push_back(history_of(before, call, *made, deed));
        written.history.push_back(rows.back().id);
        written.calls.push_back(std::move(call));
      }
      write_history(session, rows);
      return written;
    });
  });
}

Written Store::note(const Call& call, CallEvent event, const Deed& deed, const std::string& why,
                    const std::function<void(Session&)>& also) {
  return database_->write([&](Session& session) {
    const auto row = history_of(call, call, {event, why}, without_batch(deed));
    write_history(session, {&row, 1});
    also(session);
    Written written;
    written.calls.push_back(call);
    written.history.push_back(row.id);
    return written;
  });
}

core::Result<Store::Undone> Store::undo(std::int64_t batch, const Deed& deed) {
  Undone undone;
  std::map<CallId, std::pair<std::int64_t, json::object>> to_restore;  // the batch's row, and what was
  database_->read([&](Session& session) {
    for (const auto& row : session.query("SELECT id, call_id, before FROM work_history WHERE batch = :1 AND call_id <> "
                                         "0 AND task_id = 0 ORDER BY id",
                                         {batch})) {
      to_restore[row.id<CallId>(1)] = {row.integer(0), json::parse(row.text(2)).value().as_object()};
    }
  });
  std::vector<CallId> ids;
  ids.reserve(to_restore.size());
  for (const auto& [call, was] : to_restore) ids.push_back(call);
  std::map<CallId, Written> tasks;  // by call: a transaction may be done again
  BANSO_TRY_ASSIGN(
      undone.written, edit(ids, deed, [&](Session& session, Call& call) -> core::Result<std::optional<CallEdit>> {
        const auto& [row, was] = to_restore.at(call.id);
        const auto newer = session.query_one(
            "SELECT id FROM work_history WHERE call_id = :1 AND id > :2 AND after <> '{}' AND task_id = 0 LIMIT 1",
            {call.id, row});
        // Another call may have been opened for the reason meanwhile.
        const bool reopens = call.closed_at && was.contains("closed_at_us") && was.at("closed_at_us").is_null();
        if (newer || (reopens && open_by_reason(session, call.account, call.reason))) {
          undone.changed_since.push_back(call.id);
          return std::nullopt;
        }
        restore(call, was);
        if (reopens) tasks[call.id] = reopen_skipped_tasks(session, call.id, batch, deed);
        return CallEdit{reopens ? CallEvent::reopened : CallEvent::changed, {}};
      }));
  for (auto& [call, reopened] : tasks) undone.written.append(std::move(reopened));
  return undone;
}

void Store::set_responsible(std::span<const Call> calls) {
  database_->write([&](Session& session) {
    for (const auto& call : calls) {
      session.execute(
          "UPDATE work_call SET responsible_id = :1, stands_in_for_id = :2 WHERE id = :3 AND closed_at_us IS "
          "NULL",
          {call.responsible, call.stands_in_for, call.id});
    }
  });
}

void Store::import(std::span<const Call> calls, std::span<const Task> tasks, std::span<const Comment> comments,
                   std::span<const HistoryRow> history) {
  database_->write([&](Session& session) {
    Values call_values, task_values;
    for (const auto& call : calls) append_values(call, call_values);
    for (const auto& task : tasks) append_values(task, task_values);
    insert_rows(session, "work_call", call_columns(), column_count(call_columns()), call_values);
    insert_rows(session, "work_task", task_columns(), column_count(task_columns()), task_values);
    for (const auto& comment : comments) add_comment(session, comment);
    write_history(session, history, false);
  });
}

std::optional<Call> Store::find(CallId call) {
  auto found = find(std::span(&call, 1));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Call> Store::find(std::span<const CallId> calls) {
  return database_->read([&](Session& session) { return load(session, calls); });
}

std::optional<CallId> Store::open_of(core::AccountId account, const std::string& reason) {
  return database_->read([&](Session& session) { return open_by_reason(session, account, reason); });
}

void Store::each_open(const std::function<void(const Call&)>& visit) {
  database_->read([&](Session& session) {
    session.each("SELECT " + call_columns() + " FROM work_call WHERE closed_at_us IS NULL", {},
                 [&](const Row& row) { visit(call_from(row)); });
  });
}

}  // namespace banso::work
