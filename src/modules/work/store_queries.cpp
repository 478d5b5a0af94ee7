// Reading: calls of the past, what lists say beside a call, history, and what was not told yet.
#include <fmt/format.h>

#include "statements.hpp"
#include "store.hpp"

namespace banso::work {
namespace {

using records::Row;
using records::Session;
using records::Values;

Where where_of(const ClosedFilter& filter) {
  Where where;
  where.add("closed_at_us IS NOT NULL");
  if (filter.users) {
    Values users;
    for (const auto user : *filter.users) users.emplace_back(user);
    where.add_in("responsible_id", users);
  }
  const auto add_words = [&](std::string_view column, const auto& list) {
    if (list.empty()) return;
    Values words;
    for (const auto each : list) words.emplace_back(word_of(each));
    where.add_in(column, words);
  };
  add_words("kind", filter.kinds);
  add_words("severity", filter.severities);
  if (filter.account) where.add("account_id = ?", filter.account);
  if (!filter.playbook.empty()) where.add("playbook = ?", filter.playbook);
  where.add_prefix("reason", filter.reason_prefix);
  where.add_contains({"title_en", "title_ja"}, filter.title_contains);
  if (filter.due_from) where.add("due_day >= ?", *filter.due_from);
  if (filter.due_to) where.add("due_day <= ?", *filter.due_to);
  if (filter.closed_from) where.add("closed_at_us >= ?", *filter.closed_from);
  return where;
}

const std::string history_columns =
    "id, call_id, task_id, account_id, at_us, actor_id, event, before, after, why, batch";

json::object object_in(const std::string& text) {
  auto parsed = json::parse(text);
  return parsed && parsed->is_object() ? std::move(parsed->get_object()) : json::object();
}

HistoryRow history_from(const Row& row) {
  return {
      row.integer(0),          row.id<CallId>(1), row.id<TaskId>(2),      row.id<core::AccountId>(3), row.instant(4),
      row.id<core::UserId>(5), row.text(6),       object_in(row.text(7)), object_in(row.text(8)),     row.text(9),
      row.integer(10)};
}

}  // namespace

void Store::each(const CallQuery& query, const std::function<void(const Call&)>& visit) {
  Where where;
  if (query.is_closed) where.add(*query.is_closed ? "closed_at_us IS NOT NULL" : "closed_at_us IS NULL");
  if (!query.source.empty()) where.add("source = ?", query.source);
  if (!query.playbook.empty()) where.add("playbook = ?", query.playbook);
  where.add_prefix("reason", query.reason_prefix);
  if (query.opened_from) where.add("opened_at_us >= ?", *query.opened_from);
  if (query.opened_until) where.add("opened_at_us < ?", *query.opened_until);
  if (query.closed_from) where.add("closed_at_us >= ?", *query.closed_from);
  if (query.closed_until) where.add("closed_at_us < ?", *query.closed_until);
  const std::string select = "SELECT " + call_columns() + " FROM work_call";
  const std::string order = " ORDER BY opened_at_us, id";
  database_->read([&](Session& session) {
    if (!query.accounts) {
      session.each(select + where.sql() + order, where.values(), [&](const Row& row) { visit(call_from(row)); });
      return;
    }
    for (const auto account : *query.accounts) {
      Where of_account = where;
      of_account.add("account_id = ?", account);
      session.each(fmt::format("{}{}{}", select, of_account.sql(), order), of_account.values(),
                   [&](const Row& row) { visit(call_from(row)); });
    }
  });
}

std::vector<Call> Store::closed(const ClosedFilter& filter, std::int64_t offset, std::int64_t limit) {
  return database_->read([&](Session& session) {
    Where where = where_of(filter);
    const auto bounds = fmt::format(" LIMIT {} OFFSET {}", where.next(limit), where.next(offset));
    const std::string direction = filter.is_ascending ? "ASC" : "DESC";
    std::vector<Call> found;
    session.each("SELECT " + call_columns() + " FROM work_call" + where.sql() + " ORDER BY closed_at_us " + direction +
                     ", id " + direction + bounds,
                 where.values(), [&](const Row& row) { found.push_back(call_from(row)); });
    return found;
  });
}

std::int64_t Store::count_closed(const ClosedFilter& filter) {
  return database_->read([&](Session& session) {
    const Where where = where_of(filter);
    return session.query_one("SELECT COUNT(*) FROM work_call" + where.sql(), where.values())->integer(0);
  });
}

ClosedCounts Store::closed_counts(const ClosedFilter& filter) {
  return database_->read([&](Session& session) {
    const Where where = where_of(filter);
    const auto row = session.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN outcome = 'success' THEN 1 ELSE 0 END), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(CASE WHEN closed_day <= due_day THEN 1 ELSE 0 END), 0) AS BIGINT) FROM work_call" +
            where.sql(),
        where.values());
    return ClosedCounts{row->integer(0), row->integer(1), row->integer(2)};
  });
}

std::map<CallId, CallFigures> Store::figures(std::span<const CallId> calls, core::Day today) {
  return database_->read([&](Session& session) {
    std::map<CallId, CallFigures> figures;
    in_pieces(numbers_of(calls), [&](const std::string& list, const Values& values) {
      Values with_today = values;
      with_today.emplace_back(today);
      for (const auto& row : session.query(
               fmt::format("SELECT call_id, COUNT(*), CAST(SUM(CASE WHEN finished_at_us IS NULL THEN 1 ELSE 0 END) AS "
                           "BIGINT), CAST(SUM(CASE WHEN finished_at_us IS NULL AND due_day < :{} THEN 1 ELSE 0 END) AS "
                           "BIGINT) FROM work_task WHERE call_id <> 0 AND call_id IN {} GROUP BY call_id",
                           with_today.size(), list),
               with_today)) {
        auto& of_call = figures[row.id<CallId>(0)];
        of_call.tasks = row.integer(1);
        of_call.open_tasks = row.integer(2);
        of_call.overdue_tasks = row.integer(3);
      }
      for (const auto& row : session.query(
               "SELECT call_id, COUNT(*) FROM work_comment WHERE call_id IN " + list + " GROUP BY call_id", values)) {
        figures[row.id<CallId>(0)].comments = row.integer(1);
      }
    });
    return figures;
  });
}

std::vector<HistoryRow> Store::history(CallId call, std::int64_t limit) {
  return database_->read([&](Session& session) {
    std::vector<HistoryRow> rows;
    for (const auto& row : session.query("SELECT " + history_columns +
                                             " FROM work_history WHERE call_id = :1 AND call_id <> 0 ORDER BY at_us "
                                             "DESC, id DESC LIMIT :2",
                                         {call, limit})) {
      rows.push_back(history_from(row));
    }
    return rows;
  });
}

std::vector<CallId> Store::woken_since(core::Instant from, std::int64_t limit) {
  return database_->read([&](Session& session) {
    std::vector<CallId> calls;
    for (const auto& row : session.query(
             "SELECT call_id, MAX(at_us) AS latest FROM work_history WHERE event = 'woken' AND actor_id = 0 AND at_us "
             ">= :1 GROUP BY call_id ORDER BY latest DESC LIMIT :2",
             {from, limit})) {
      calls.push_back(row.id<CallId>(0));
    }
    return calls;
  });
}

std::vector<HistoryRow> Store::untold_before(std::int64_t id, std::int64_t limit) {
  return database_->read([&](Session& session) {
    std::vector<HistoryRow> rows;
    for (const auto& row : session.query("SELECT " + history_columns +
                                             " FROM work_history WHERE id IN (SELECT id FROM work_untold WHERE id < :1 "
                                             "ORDER BY id LIMIT :2) ORDER BY id",
                                         {id, limit})) {
      rows.push_back(history_from(row));
    }
    return rows;
  });
}

std::vector<HistoryRow> Store::history_rows(std::span<const std::int64_t> ids) {
  return database_->read([&](Session& session) {
    std::map<std::int64_t, HistoryRow> found;
    in_pieces(ids, [&](const std::string& list, const Values& values) {
      session.each("SELECT " + history_columns + " FROM work_history WHERE id IN " + list, values, [&](const Row& row) {
        auto read = history_from(row);
        found.emplace(read.id, std::move(read));
      });
    });
    std::vector<HistoryRow> rows;
    rows.reserve(found.size());
    for (auto& [id, row] : found) rows.push_back(std::move(row));
    return rows;
  });
}

void Store::mark_told(std::span<const std::int64_t> ids) {
  database_->write([&](Session& session) {
    in_pieces(ids, [&](const std::string& list, const Values& values) {
      session.execute("DELETE FROM work_untold WHERE id IN " + list, values);
    });
  });
}

std::vector<std::pair<std::int64_t, CallId>> Store::changed_since(std::int64_t from_id) {
  return database_->read([&](Session& session) {
    std::vector<std::pair<std::int64_t, CallId>> changed;
    session.each("SELECT id, call_id FROM work_history WHERE id >= :1 AND call_id <> 0 ORDER BY id", {from_id},
                 [&](const Row& row) { changed.emplace_back(row.integer(0), row.id<CallId>(1)); });
    return changed;
  });
}

}  // namespace banso::work
