// The reads of the DuckDB store. Each opens a connection of its own: readers see a snapshot and never wait for a
// writer.
#include <algorithm>
#include <functional>
#include <utility>

#include "duckdb_store.hpp"
#include "duckdb_where.hpp"

namespace banso::platform::events {
namespace {

constexpr const char* usage_condition = "kind <= 2";  // is_usage()
static_assert(is_usage(EventKind::screen) && !is_usage(EventKind::identify));

StoredEvent stored_event(const duckdb::Result& rows, std::size_t row) {
  const auto integer = [&](std::size_t column) { return rows.column(column).integer(row); };
  const auto text = [&](std::size_t column) { return std::string(rows.column(column).text(row)); };
  StoredEvent stored;
  stored.event_no = integer(0);
  auto& event = stored.event;
  event.source = {integer(1)};
  event.message_id = text(2);
  event.occurred_at = {integer(3)};
  event.received_at = {integer(4)};
  event.account = {integer(5)};
  event.matched_by = static_cast<MatchedBy>(integer(6));
  event.group_key = text(7);
  event.person_key = text(8);
  event.user_id = text(9);
  event.anonymous_id = text(10);
  event.kind = static_cast<EventKind>(integer(11));
  event.name = text(12);
  event.properties = text(13);
  event.import = {integer(14)};
  return stored;
}

template <class Visit>
void each_row(duckdb::Result rows, Visit visit) {
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) visit(rows, row);
  }
}

std::optional<core::Instant> maybe_instant(const duckdb::Result& rows, std::size_t column, std::size_t row) {
  if (rows.column(column).is_null(row)) return std::nullopt;
  return core::Instant{rows.column(column).integer(row)};
}

struct RowTime {
  std::int64_t occurred_at_us = 0;
  std::int64_t event_no = 0;
  auto operator<=>(const RowTime&) const = default;
};

// The newest of any number of rows, in bounded memory.
class NewestRows {
 public:
  explicit NewestRows(std::size_t count) : count_(count) {}

  void add(RowTime row) {
    if (rows_.size() == count_ && (rows_.empty() || row < rows_.front())) return;
    if (rows_.size() == count_) {
      std::ranges::pop_heap(rows_, std::greater());
      rows_.back() = row;
    } else {
      rows_.push_back(row);
    }
    std::ranges::push_heap(rows_, std::greater());
  }

  std::vector<RowTime> sorted() {  // newest first
    std::ranges::sort(rows_, std::greater());
    return std::move(rows_);
  }

 private:
  const std::size_t count_;
  std::vector<RowTime> rows_;  // a heap with the oldest in front
};

// Hands a result of user_day_sql() on, chunk by chunk.
void visit_user_days(duckdb::Result rows, const UserDayVisitor& visit) {
  std::vector<std::string_view> person_keys, names;
  std::vector<EventKind> kinds;
  while (rows.next()) {
    person_keys.resize(rows.size());
    names.resize(rows.size());
    kinds.resize(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      person_keys[row] = rows.column(2).text(row);
      kinds[row] = static_cast<EventKind>(rows.column(3).integer(row));
      names[row] = rows.column(4).text(row);
    }
    visit({rows.column(0).int64s(), rows.column(1).int32s(), person_keys, kinds, names, rows.column(5).int64s(),
           rows.column(6).int32s(), rows.column(7).int64s()});
  }
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- conditions

std::string DuckDbStore::day_sql(const char* column) const {
  const auto offset_us = std::to_string(day_offset_minutes_ * std::int64_t{60} * core::microseconds_per_second);
  return "CAST((epoch_us(" + std::string(column) + ") + " + offset_us + ") // " +
         std::to_string(core::microseconds_per_day) + " AS INTEGER)";
}

DuckDbStore::Where DuckDbStore::where(const Selection& selection) const {
  Where which;
  if (selection.accounts.size() == 1) {
    which.add("account_id = ?", {selection.accounts.front()});
  } else if (!selection.accounts.empty()) {
    std::vector<std::int64_t> ids;
    for (const auto account : selection.accounts) ids.push_back(account.value);
    which.add("account_id IN (SELECT unnest(?))", {ids});
  }
  if (selection.from) which.add("occurred_at >= ?", {core::start_of(*selection.from, day_offset_minutes_)});
  if (selection.to) which.add("occurred_at < ?", {core::start_of(*selection.to + 1, day_offset_minutes_)});
  if (selection.known_until) which.add("received_at <= ?", {*selection.known_until});
  return which;
}

DuckDbStore::Where DuckDbStore::usage_where(const Selection& selection) const {
  auto which = where(selection);
  which.add(usage_condition);
  if (selection.accounts.empty()) which.add("account_id <> 0");
  return which;
}

// ---------------------------------------------------------------------------------------------------- derived figures

Changes DuckDbStore::changes_since(std::int64_t since) {
  Changes changes;
  changes.until = position_;  // all up to it is committed, so any later snapshot has it
  changes.has_added = last_event_no_ > since;
  if (last_touched_ <= since) return changes;
  auto connection = database_->connect();
  each_row(connection.query("SELECT DISTINCT account_id, day FROM touched WHERE position > $1 AND position <= $2 ORDER "
                            "BY ALL",
                            {since, changes.until}),
           [&](const duckdb::Result& rows, std::size_t row) {
             changes.rewritten.push_back({{rows.column(0).int64s()[row]}, {rows.column(1).int32s()[row]}});
           });
  return changes;
}

void DuckDbStore::user_days_added(std::int64_t since, std::int64_t until, const UserDayVisitor& visit) {
  auto which = usage_where({});
  which.add("event_no > ? AND event_no <= ?", {since, until});
  auto connection = database_->connect();
  const duckdb::Transaction snapshot(connection);
  const bool not_settled_yet = layout::settled_until(connection) <= since;
  const std::string from = not_settled_yet ? " FROM event_recent" : " FROM event";
  visit_user_days(connection.stream(user_day_sql(from + which.sql), which.values), visit);
}

std::string DuckDbStore::user_day_sql(const std::string& from_and_where) const {
  return "SELECT account_id, " + day_sql("occurred_at") + " AS day, person_key, kind, name, count(*) AS events, " +
         day_sql("received_at") + " AS known_day, min(received_at)" + from_and_where +
         " GROUP BY 1, 2, 3, 4, 5, 7 ORDER BY account_id, day";
}

void DuckDbStore::user_days(const Selection& selection, const UserDayVisitor& visit) {
  auto connection = database_->connect();
  const auto which = usage_where(selection);
  visit_user_days(connection.stream(user_day_sql(" FROM event" + which.sql), which.values), visit);
}

void DuckDbStore::user_days_of(std::span<const AccountDay> pairs, std::int64_t until, const UserDayVisitor& visit) {
  if (pairs.empty()) return;
  std::vector<std::int64_t> accounts, days;
  for (const auto& pair : pairs) {
    accounts.push_back(pair.account.value);
    days.push_back(pair.day.days);
  }
  // The bounds let whole row groups be skipped, which the join alone would not.
  const auto [first, last] = std::minmax_element(days.begin(), days.end());
  const core::Day from{static_cast<std::int32_t>(*first)}, to{static_cast<std::int32_t>(*last)};
  auto which = usage_where({.accounts = {}, .from = from, .to = to, .known_until = {}});
  const auto wanted =
      "(SELECT unnest(" + which.bind(accounts) + ") AS account_id, unnest(" + which.bind(days) + ") AS day)";
  which.add("(account_id, " + day_sql("occurred_at") + ") IN " + wanted);
  which.add("event_no <= ?", {until});
  auto connection = database_->connect();
  visit_user_days(connection.stream(user_day_sql(" FROM event" + which.sql), which.values), visit);
}

std::vector<DailyCount> DuckDbStore::daily_counts(const Selection& selection) {
  auto connection = database_->connect();
  const auto which = usage_where(selection);
  std::vector<DailyCount> counts;
  each_row(
      connection.stream("SELECT account_id, " + day_sql("occurred_at") +
                            " AS day, kind, name, count(*), count(DISTINCT nullif(person_key, '')) FROM event" +
                            which.sql + " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
                        which.values),
      [&](const duckdb::Result& rows, std::size_t row) {
        counts.push_back({{rows.column(0).integer(row)},
                          {static_cast<std::int32_t>(rows.column(1).integer(row))},
                          {static_cast<EventKind>(rows.column(2).integer(row)), std::string(rows.column(3).text(row))},
                          rows.column(4).integer(row),
                          rows.column(5).integer(row)});
      });
  return counts;
}

// ----------------------------------------------------------------------------------------------------- rows and people

// First which rows, in one pass over few columns that also counts them, then the rows: an account can have millions.
core::Page<StoredEvent> DuckDbStore::timeline(const TimelineQuery& query) {
  auto which = where({{query.account}, query.from, query.to, query.known_until});
  if (query.person_key) which.add("person_key = ?", {*query.person_key});
  if (!query.types.empty()) which.add_any_of(query.types);
  auto connection = database_->connect();
  const duckdb::Transaction snapshot(connection);
  core::Page<StoredEvent> page;
  NewestRows newest(static_cast<std::size_t>(query.page.offset + query.page.limit));
  each_row(connection.stream("SELECT occurred_at, event_no FROM event" + which.sql, which.values),
           [&](const duckdb::Result& rows, std::size_t row) {
             ++page.total;
             newest.add({rows.column(0).int64s()[row], rows.column(1).int64s()[row]});
           });
  auto wanted = newest.sorted();
  wanted.erase(wanted.begin(), wanted.begin() + std::min<std::ptrdiff_t>(query.page.offset, std::ssize(wanted)));
  if (wanted.empty()) return page;
  std::vector<std::int64_t> numbers;
  for (const auto& row : wanted) numbers.push_back(row.event_no);
  which.add("occurred_at BETWEEN ? AND ? AND event_no IN (SELECT unnest(?))",
            {core::Instant{wanted.back().occurred_at_us}, core::Instant{wanted.front().occurred_at_us}, numbers});
  each_row(connection.query("SELECT " + std::string(layout::columns) + " FROM event" + which.sql +
                                " ORDER BY occurred_at DESC, event_no DESC",
                            which.values),
           [&](const duckdb::Result& rows, std::size_t row) { page.items.push_back(stored_event(rows, row)); });
  return page;
}

core::Page<Person> DuckDbStore::people(const PeopleQuery& query) {
  auto which = usage_where({{query.account}, std::nullopt, query.window_to, query.known_until});
  which.add("person_key <> ''");
  for (const auto& type : query.ignored)
    which.add("NOT (kind = ? AND name = ?)", {static_cast<int>(type.kind), type.name});
  auto connection = database_->connect();
  const duckdb::Transaction snapshot(connection);
  core::Page<Person> page;
  page.total = *connection.query_integer("SELECT count(DISTINCT person_key) FROM event" + which.sql, which.values);
  const auto in_window =
      " FILTER (occurred_at >= " + which.bind(core::start_of(query.window_from, day_offset_minutes_)) + ")";
  const auto sql = "SELECT person_key, count(*)" + in_window + " AS events, count(DISTINCT " + day_sql("occurred_at") +
                   ")" + in_window + ", count(DISTINCT (kind, name))" + in_window +
                   ", min(occurred_at), max(occurred_at) AS last FROM event" + which.sql +
                   " GROUP BY person_key ORDER BY events DESC, last DESC, person_key LIMIT " +
                   std::to_string(query.page.limit) + " OFFSET " + std::to_string(query.page.offset);
  each_row(connection.query(sql, which.values), [&](const duckdb::Result& rows, std::size_t row) {
    page.items.push_back({std::string(rows.column(0).text(row)),
                          rows.column(1).integer(row),
                          rows.column(2).integer(row),
                          rows.column(3).integer(row),
                          {rows.column(4).integer(row)},
                          {rows.column(5).integer(row)}});
  });
  return page;
}

// Looks back over ever longer stretches of numbers, so that the usual case reads the end of the tail only.
std::vector<StoredEvent> DuckDbStore::latest(std::optional<core::SourceId> source, int limit) {
  std::vector<StoredEvent> events;
  const auto there = source ? volumes_.of_source(*source).events : volumes_.totals().events;
  const auto wanted = std::min<std::int64_t>(limit, there);
  if (wanted <= 0) return events;
  auto connection = database_->connect();
  const duckdb::Transaction snapshot(connection);
  const auto settled = layout::settled_until(connection);
  auto since = last_event_no_.load();
  for (std::int64_t stretch = 4 * limit; since > 0 && static_cast<std::int64_t>(events.size()) < wanted; stretch *= 8) {
    since = std::max<std::int64_t>(0, last_event_no_ - stretch);
    events.clear();
    Where which;
    which.add("event_no > ?", {since});
    if (source) which.add("source_id = ?", {*source});
    each_row(connection.query("SELECT " + std::string(layout::columns) +
                                  (settled <= since ? " FROM event_recent" : " FROM event") + which.sql +
                                  " ORDER BY event_no DESC LIMIT " + std::to_string(limit),
                              which.values),
             [&](const duckdb::Result& rows, std::size_t row) { events.push_back(stored_event(rows, row)); });
  }
  return events;
}

core::Page<Unmatched> DuckDbStore::unmatched(core::PageRequest request) {
  if (volumes_.totals().unmatched == 0) return {};
  const std::string groups =
      " FROM event WHERE account_id = 0 GROUP BY source_id, group_key, CASE WHEN group_key = '' THEN person_key ELSE "
      "'' END";
  auto connection = database_->connect();
  const duckdb::Transaction snapshot(connection);
  core::Page<Unmatched> page;
  page.total = *connection.query_integer("SELECT count(*) FROM (SELECT 1" + groups + ")");
  const auto sql =
      "SELECT source_id, group_key, CASE WHEN group_key = '' THEN person_key ELSE '' END AS person, count(*) AS "
      "events, "
      "count(DISTINCT nullif(person_key, '')), min(occurred_at), max(occurred_at)" +
      groups + " ORDER BY events DESC, source_id, group_key, person LIMIT " + std::to_string(request.limit) +
      " OFFSET " + std::to_string(request.offset);
  each_row(connection.query(sql), [&](const duckdb::Result& rows, std::size_t row) {
    page.items.push_back({{rows.column(0).integer(row)},
                          std::string(rows.column(1).text(row)),
                          std::string(rows.column(2).text(row)),
                          rows.column(3).integer(row),
                          rows.column(4).integer(row),
                          {rows.column(5).integer(row)},
                          {rows.column(6).integer(row)}});
  });
  return page;
}

Totals DuckDbStore::totals(const Selection& selection) {
  if (selection.accounts.empty() && !selection.from && !selection.to && !selection.known_until)
    return volumes_.totals();
  const auto which = where(selection);
  auto connection = database_->connect();
  Totals totals;
  each_row(connection.query("SELECT count(*), count(*) FILTER (account_id = 0), min(occurred_at), max(occurred_at), "
                            "max(received_at) FROM event" +
                                which.sql,
                            which.values),
           [&](const duckdb::Result& rows, std::size_t row) {
             totals = {rows.column(0).integer(row), rows.column(1).integer(row), maybe_instant(rows, 2, row),
                       maybe_instant(rows, 3, row), maybe_instant(rows, 4, row)};
           });
  return totals;
}

void DuckDbStore::export_events(const Selection& selection, const std::function<void(const StoredEvent&)>& visit) {
  const auto which = where(selection);
  auto connection = database_->connect();
  each_row(
      connection.stream("SELECT " + std::string(layout::columns) + " FROM event" + which.sql + " ORDER BY event_no",
                        which.values),
      [&](const duckdb::Result& rows, std::size_t row) { visit(stored_event(rows, row)); });
}

}  // namespace banso::platform::events
