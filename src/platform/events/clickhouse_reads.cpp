// The reads of the ClickHouse store except user-days. FINAL makes the copies of a row one; what a batch of this node
// has not finished is left out before that (PREWHERE), so that it hides nothing.
#include <algorithm>
#include <utility>

#include "clickhouse_store.hpp"
#include "clickhouse_stream.hpp"
#include "clickhouse_where.hpp"

namespace banso::platform::events {
namespace {

using clickhouse::each_row;
using clickhouse::Request;
using clickhouse::RowReader;

constexpr const char* usage_condition = "kind <= 2";  // is_usage()
static_assert(is_usage(EventKind::screen) && !is_usage(EventKind::identify));

StoredEvent read_stored_event(RowReader& row) {
  auto read = read_event_row(row);
  return {read.event_no, std::move(read.event)};
}

std::int64_t read_integer(RowReader& row) {
  return row.number<std::int64_t>();
}

core::Instant read_instant(RowReader& row) {
  return {read_integer(row)};
}

EventType read_type(RowReader& row) {
  const auto kind = static_cast<EventKind>(row.number<std::uint8_t>());
  return {kind, std::string(row.text())};
}

std::string limit_sql(core::PageRequest page) {
  return " LIMIT " + std::to_string(page.offset) + ", " + std::to_string(page.limit);
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- conditions

std::string ClickHouseStore::visible() const {
  const std::lock_guard seeing(seeing_);
  auto finished = clickhouse::with_values("event_no <= ?", {seen_until_no_});
  for (const auto& failed : failed_) {
    finished +=
        clickhouse::with_values(" AND NOT (event_no >= ? AND event_no <= ?)", {failed.first_no, failed.last_no});
  }
  return clickhouse::with_values("(bitAnd(event_no, 15) != ? OR (", {std::int64_t{numbers_.node()}}) + finished + "))";
}

std::string ClickHouseStore::day_sql(const char* column) const {
  // intDiv cuts towards zero; a shift of 100,000 days keeps all times that can be written above it.
  constexpr std::int64_t shift_days = 100'000;
  const auto shift_us =
      day_offset_minutes_ * std::int64_t{60} * core::microseconds_per_second + shift_days * core::microseconds_per_day;
  return "toInt32(intDiv(" + std::string(column) + " + " + std::to_string(shift_us) + ", " +
         std::to_string(core::microseconds_per_day) + ") - " + std::to_string(shift_days) + ")";
}

ClickHouseStore::Where ClickHouseStore::where(const Selection& selection) const {
  Where which;
  if (selection.accounts.size() == 1) {
    which.add("account_id = ?", {selection.accounts.front().value});
  } else if (!selection.accounts.empty()) {
    std::vector<std::int64_t> ids;
    for (const auto account : selection.accounts) ids.push_back(account.value);
    which.add_in("account_id", ids);
  }
  if (selection.from) {
    which.add("occurred_at >= ?", {core::start_of(*selection.from, day_offset_minutes_).microseconds});
  }
  if (selection.to) which.add("occurred_at < ?", {core::start_of(*selection.to + 1, day_offset_minutes_).microseconds});
  if (selection.known_until) which.add("received_at <= ?", {selection.known_until->microseconds});
  return which;
}

ClickHouseStore::Where ClickHouseStore::usage_where(const Selection& selection) const {
  auto which = where(selection);
  which.add(usage_condition);
  if (selection.accounts.empty()) which.add("account_id != 0");
  return which;
}

Request ClickHouseStore::request(int shard, const std::string& select, const Where& which,
                                 const std::string& rest) const {
  const std::string table = shard == all_shards ? "{event_all}" : "{event}";
  const auto sql =
      "SELECT " + select + " FROM " + table + " FINAL PREWHERE " + visible() + " WHERE removed = 0" + which.sql + rest;
  auto request = shard == all_shards ? cluster_.long_read_all(sql) : cluster_.long_read(shard, sql);
  request.tables = which.tables;
  return request;
}

// ----------------------------------------------------------------------------------------------------- rows and people

// In two steps: which rows the page has, by few columns; then these rows whole.
core::Page<StoredEvent> ClickHouseStore::timeline(const TimelineQuery& query) {
  auto which = where({{query.account}, query.from, query.to, query.known_until});
  if (query.person_key) which.add("person_key = ?", {*query.person_key});
  if (!query.types.empty()) which.add_any_of(query.types);
  const auto shard = shard_with(query.account);
  const std::vector<Request> both{request(shard, "toInt64(count())", which, ""),
                                  request(shard, "occurred_at, event_no", which,
                                          " ORDER BY occurred_at DESC, event_no DESC" + limit_sql(query.page))};
  const auto answers = cluster_.run(both);
  core::Page<StoredEvent> page;
  each_row(answers[0], [&](RowReader& row) { page.total = read_integer(row); });
  std::vector<std::int64_t> event_numbers;
  std::int64_t first = 0, last = 0;
  each_row(answers[1], [&](RowReader& row) {
    const auto occurred_at = read_integer(row);
    if (event_numbers.empty()) last = occurred_at;
    first = occurred_at;
    event_numbers.push_back(read_integer(row));
  });
  if (event_numbers.empty()) return page;
  Where on_page;
  on_page.add("account_id = ? AND occurred_at >= ? AND occurred_at <= ?", {query.account.value, first, last});
  page.items = rows_at(shard, on_page, std::move(event_numbers));
  std::ranges::sort(page.items, [](const StoredEvent& one, const StoredEvent& other) {
    return std::pair(one.event.occurred_at, one.event_no) > std::pair(other.event.occurred_at, other.event_no);
  });
  return page;
}

std::vector<StoredEvent> ClickHouseStore::rows_at(int shard, const Where& which,
                                                  std::vector<std::int64_t> event_numbers) {
  auto wanted = which;
  wanted.add_in("event_no", event_numbers);
  std::vector<StoredEvent> events;
  each_row(cluster_.run(request(shard, event_row_columns, wanted, "")),
           [&](RowReader& row) { events.push_back(read_stored_event(row)); });
  return events;
}

core::Page<Person> ClickHouseStore::people(const PeopleQuery& query) {
  auto which = usage_where({{query.account}, std::nullopt, query.window_to, query.known_until});
  which.add("person_key != ''");
  for (const auto& type : query.ignored)
    which.add("NOT (kind = ? AND name = ?)", {static_cast<std::int64_t>(type.kind), type.name});
  const auto in_window = clickhouse::with_values("occurred_at >= ?",
                                                 {core::start_of(query.window_from, day_offset_minutes_).microseconds});
  const auto columns = "person_key, toInt64(countIf(" + in_window + ")) AS events, toInt64(uniqExactIf(" +
                       day_sql("occurred_at") + ", " + in_window + ")), toInt64(uniqExactIf(kind, name, " + in_window +
                       ")), min(occurred_at), max(occurred_at) AS last";
  const auto shard = shard_with(query.account);
  const std::vector<Request> both{
      request(shard, "toInt64(uniqExact(person_key))", which, ""),
      request(shard, columns, which,
              " GROUP BY person_key ORDER BY events DESC, last DESC, person_key" + limit_sql(query.page))};
  const auto answers = cluster_.run(both);
  core::Page<Person> page;
  each_row(answers[0], [&](RowReader& row) { page.total = read_integer(row); });
  each_row(answers[1], [&](RowReader& row) {
    Person person;
    person.person_key = row.text();
    person.events_in_window = read_integer(row);
    person.days_active_in_window = read_integer(row);
    person.types_in_window = read_integer(row);
    person.first_seen_at = read_instant(row);
    person.last_seen_at = read_instant(row);
    page.items.push_back(std::move(person));
  });
  return page;
}

// First the numbers alone, of rows as they lie: a wide read of the newest would merge the whole table for them.
std::vector<StoredEvent> ClickHouseStore::latest(std::optional<core::SourceId> source, int limit) {
  if (limit <= 0) return {};
  Where which;
  if (source) which.add("source_id = ?", {source->value});
  struct Place {
    std::int64_t event_no, account, occurred_at;
  };
  std::vector<Place> places;
  // Copies and rows that were moved or removed since take places, too: ask for more until there are enough.
  for (int margin = 2;; margin *= 8) {
    places.clear();
    const auto wanted = limit * std::int64_t{margin};
    const auto sql = "SELECT event_no, account_id, occurred_at FROM {event_all} PREWHERE " + visible() +
                     " WHERE removed = 0" + which.sql + " ORDER BY event_no DESC LIMIT " + std::to_string(wanted);
    each_row(cluster_.run(cluster_.long_read_all(sql)), [&](RowReader& row) {
      const auto event_no = read_integer(row), account = read_integer(row);
      places.push_back({event_no, account, read_integer(row)});
    });
    std::vector<std::int64_t> numbers, accounts;
    auto [first, last] = std::pair(std::int64_t{0}, std::int64_t{0});
    for (const auto& place : places) {
      numbers.push_back(place.event_no);
      accounts.push_back(place.account);
      first = numbers.size() == 1 ? place.occurred_at : std::min(first, place.occurred_at);
      last = numbers.size() == 1 ? place.occurred_at : std::max(last, place.occurred_at);
    }
    if (numbers.empty()) return {};
    std::ranges::sort(accounts);
    accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
    auto at = which;
    at.add_in("account_id", accounts);
    at.add("occurred_at >= ? AND occurred_at <= ?", {first, last});
    auto events = rows_at(all_shards, at, numbers);
    if (static_cast<int>(events.size()) < limit && static_cast<std::int64_t>(places.size()) == wanted) continue;
    std::ranges::sort(events, std::greater<>{}, &StoredEvent::event_no);
    if (static_cast<int>(events.size()) > limit) events.resize(static_cast<std::size_t>(limit));
    return events;
  }
}

core::Page<Unmatched> ClickHouseStore::unmatched(core::PageRequest page_request) {
  Where which;
  which.add("account_id = 0");
  const std::string groups = " GROUP BY source_id, group_key, person";
  const std::string person = "if(group_key = '', person_key, '') AS person";
  const std::vector<Request> both{
      request(all_shards, "toInt64(uniqExact(source_id, group_key, if(group_key = '', person_key, '')))", which, ""),
      request(all_shards,
              "source_id, group_key, " + person +
                  ", toInt64(count()) AS events, toInt64(uniqExactIf(person_key, person_key != '')), "
                  "min(occurred_at), max(occurred_at)",
              which, groups + " ORDER BY events DESC, source_id, group_key, person" + limit_sql(page_request))};
  const auto answers = cluster_.run(both);
  core::Page<Unmatched> page;
  each_row(answers[0], [&](RowReader& row) { page.total = read_integer(row); });
  each_row(answers[1], [&](RowReader& row) {
    Unmatched unmatched;
    unmatched.source = {read_integer(row)};
    unmatched.group_key = row.text();
    unmatched.person_key = row.text();
    unmatched.events = read_integer(row);
    unmatched.people = read_integer(row);
    unmatched.first_at = read_instant(row);
    unmatched.last_at = read_instant(row);
    page.items.push_back(std::move(unmatched));
  });
  return page;
}

// ------------------------------------------------------------------------------------------------------------- volumes

std::vector<TypeVolume> ClickHouseStore::type_volumes() {
  std::vector<TypeVolume> volumes;
  each_row(cluster_.run(request(all_shards, "kind, name, toInt64(count()), min(occurred_at), max(occurred_at)", {},
                                " GROUP BY kind, name ORDER BY kind, name")),
           [&](RowReader& row) {
             auto type = read_type(row);
             const auto events = read_integer(row);
             const auto first = read_instant(row);
             volumes.push_back({std::move(type), events, first, read_instant(row)});
           });
  return volumes;
}

std::vector<SourceVolume> ClickHouseStore::source_volumes() {
  std::vector<SourceVolume> volumes;
  each_row(cluster_.run(request(all_shards,
                                "source_id, toInt64(count()), toInt64(countIf(account_id = 0)), max(received_at)", {},
                                " GROUP BY source_id ORDER BY source_id")),
           [&](RowReader& row) {
             SourceVolume volume;
             volume.source = {read_integer(row)};
             volume.events = read_integer(row);
             volume.unmatched = read_integer(row);
             volume.last_received_at = read_instant(row);
             volumes.push_back(volume);
           });
  return volumes;
}

Totals ClickHouseStore::totals(const Selection& selection) {
  const auto shard = selection.accounts.size() == 1 ? shard_with(selection.accounts.front()) : all_shards;
  Totals totals;
  each_row(cluster_.run(request(shard,
                                "toInt64(count()), toInt64(countIf(account_id = 0)), min(occurred_at), "
                                "max(occurred_at), max(received_at)",
                                where(selection), "")),
           [&](RowReader& row) {
             totals.events = read_integer(row);
             totals.unmatched = read_integer(row);
             const auto first = read_instant(row), last = read_instant(row), received = read_instant(row);
             if (totals.events == 0) return;
             totals.first_occurred_at = first;
             totals.last_occurred_at = last;
             totals.last_received_at = received;
           });
  return totals;
}

void ClickHouseStore::export_events(const Selection& selection, const std::function<void(const StoredEvent&)>& visit) {
  auto rows = request(all_shards, event_row_columns, where(selection), " ORDER BY event_no");
  rows.settings.emplace_back("max_bytes_before_external_sort", "200000000");
  stream_rows(cluster_, rows, read_stored_event, [&](StoredEvent&& event) { visit(event); });
}

}  // namespace banso::platform::events
