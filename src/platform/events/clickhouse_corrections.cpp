// Changing and removing stored rows. A changed row is stored again with a higher version; one that moves to another
// account or goes leaves a row at its old place that says so.
#include <algorithm>
#include <functional>

#include "clickhouse_store.hpp"
#include "clickhouse_stream.hpp"
#include "clickhouse_where.hpp"

namespace banso::platform::events {
namespace {

using clickhouse::Request;
using clickhouse::RowWriter;

constexpr std::size_t rows_at_once = 20'000;

bool same_match(const Event& one, const Event& other) {
  return one.account == other.account && one.matched_by == other.matched_by && one.person_key == other.person_key;
}

// Statements have a limit of length, and keys may be long.
constexpr std::size_t rematches_at_once = 200;

using RematchKeys = std::vector<std::string>;  // names of columns

template <class Asked, class Actual>
bool holds(const std::optional<Asked>& asked, const Actual& actual) {
  return !asked || *asked == actual;
}

bool concerns(const Rematch& rematch, const Event& event) {
  return holds(rematch.source, event.source) && holds(rematch.group_key, event.group_key) &&
         holds(rematch.person_key, event.person_key) && holds(rematch.user_id, event.user_id) &&
         holds(rematch.anonymous_id, event.anonymous_id) && holds(rematch.account, event.account) &&
         (!rematch.occurred_from || event.occurred_at >= *rematch.occurred_from) &&
         (!rematch.occurred_before || event.occurred_at < *rematch.occurred_before) &&
         (rematch.matched_by.empty() ||
          std::ranges::find(rematch.matched_by, event.matched_by) != rematch.matched_by.end());
}

Event rematched(const Event& before, std::span<const Rematch> rematches) {
  auto after = before;
  for (const auto& rematch : rematches) {
    if (!concerns(rematch, before)) continue;
    if (rematch.to_account) {
      after.account = *rematch.to_account;
      after.matched_by = rematch.to_matched_by;
    }
    if (rematch.to_person_key) after.person_key = *rematch.to_person_key;
  }
  return after;
}

// Visits the columns that are compared with one value.
template <class Visit>
void each_key(const Rematch& rematch, Visit visit) {
  if (rematch.source) visit("source_id", clickhouse::literal(rematch.source->value));
  if (rematch.group_key) visit("group_key", clickhouse::literal(*rematch.group_key));
  if (rematch.person_key) visit("person_key", clickhouse::literal(*rematch.person_key));
  if (rematch.user_id) visit("user_id", clickhouse::literal(*rematch.user_id));
  if (rematch.anonymous_id) visit("anonymous_id", clickhouse::literal(*rematch.anonymous_id));
  if (rematch.account) visit("account_id", clickhouse::literal(rematch.account->value));
}

RematchKeys keys_of(const Rematch& rematch) {
  RematchKeys columns;
  each_key(rematch, [&](const char* column, const std::string&) { columns.push_back(column); });
  return columns;
}

// "(source_id, user_id) IN ((1,'a'),(1,'b'))"
std::string keys_condition(const RematchKeys& keys, std::span<const Rematch> rematches) {
  const auto tuple = [](const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : ",") + part;
    return parts.size() == 1 ? all : "(" + all + ")";
  };
  std::vector<std::string> wanted;
  for (const auto& rematch : rematches) {
    std::vector<std::string> values;
    each_key(rematch, [&](const char*, const std::string& value) { values.push_back(value); });
    wanted.push_back(tuple(values));
  }
  std::string list;
  for (const auto& each : wanted) list += (list.empty() ? "" : ",") + each;
  return tuple(keys) + " IN (" + list + ")";
}

}  // namespace

struct ClickHouseStore::Correction {
  int shard = 0;  // of the row before
  EventRow before;
  std::optional<Event> after;  // nothing: removed
};

std::int64_t ClickHouseStore::rematch_all(std::span<const Rematch> rematches) {
  std::int64_t changed = 0;
  while (!rematches.empty()) {
    const auto keys = keys_of(rematches.front());
    std::size_t alike = 1;
    while (!keys.empty() && alike < std::min(rematches_at_once, rematches.size()) &&
           keys_of(rematches[alike]) == keys) {
      ++alike;
    }
    const auto some = rematches.first(alike);
    rematches = rematches.subspan(alike);
    // The keys narrow down the rows; what else is asked is looked at row by row.
    Where which;
    if (!keys.empty()) which.sql += " AND " + keys_condition(keys, some);
    changed += correct(which, [some](const Event& before) -> std::optional<Event> { return rematched(before, some); });
  }
  return changed;
}

std::int64_t ClickHouseStore::remove_import(core::ImportId import) {
  Where which;
  which.add("import_id = ?", {import.value});
  return correct(which, [](const Event&) { return std::nullopt; });
}

std::int64_t ClickHouseStore::erase_person(core::AccountId account, const std::string& person_key) {
  Where which;
  which.add("account_id = ? AND person_key = ?", {account.value, person_key});
  const auto removed = correct(which, [](const Event&) { return std::nullopt; });
  if (removed == 0) return 0;
  // The rows are out of every read; what is left of them on the disks is rewritten in the background. Rows of that
  // person that come later have higher versions and stay.
  const auto sql =
      clickhouse::with_values("ALTER TABLE {event} DELETE WHERE removed = 0 AND version <= ?", {numbers_.reserve()}) +
      which.sql;
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    if (account && shard != shard_for(account)) continue;
    cluster_.run(cluster_.statement(shard, sql));
  }
  return removed;
}

std::int64_t ClickHouseStore::correct(const Where& which,
                                      const std::function<std::optional<Event>(const Event&)>& after) {
  const std::lock_guard one_at_a_time(correcting_);
  std::vector<Correction> corrections;
  std::int64_t corrected = 0;
  const auto flush = [&] {
    if (!corrections.empty()) apply(corrections);
    corrected += static_cast<std::int64_t>(corrections.size());
    corrections.clear();
  };
  for (int shard = 0; shard < cluster_.shards(); ++shard) {
    if (!has_candidates(shard, which)) continue;
    stream_rows(cluster_, request(shard, event_row_columns, which, ""), read_event_row, [&](EventRow&& row) {
      auto event = after(row.event);
      if (event && same_match(*event, row.event)) return;
      corrections.push_back({shard, std::move(row), std::move(event)});
      if (corrections.size() == rows_at_once) flush();
    });
  }
  flush();
  return corrected;
}

// Mostly there is nothing to correct, which a plain look at a few columns shows faster than reading whole rows.
bool ClickHouseStore::has_candidates(int shard, const Where& which) {
  auto request = cluster_.long_read(shard, "SELECT toInt64(count()) FROM {event} WHERE removed = 0" + which.sql);
  request.tables = which.tables;
  return clickhouse::RowReader(cluster_.run(request)).number<std::int64_t>() > 0;
}

void ClickHouseStore::apply(std::span<const Correction> corrections) {
  const std::lock_guard lock(writing_);
  for (const auto& correction : corrections) numbers_.observe(static_cast<std::int64_t>(correction.before.version));
  const auto batch_no = numbers_.reserve();
  const auto version = static_cast<std::uint64_t>(batch_no);
  const auto shards = static_cast<std::size_t>(cluster_.shards());
  std::vector<RowWriter> rows(shards), releases(shards);
  std::set<AccountDay> touched;
  for (const auto& [shard, before, after] : corrections) {
    const auto day = core::day_of(before.event.occurred_at, day_offset_minutes_);
    touched.insert({before.event.account, day});
    if (after) {
      write_event_row(rows[static_cast<std::size_t>(shard_for(*after))],
                      {*after, before.message_key, version, before.event_no});
      touched.insert({after->account, day});
    }
    if (!after || after->account != before.event.account || shard_for(*after) != shard) {
      write_removal(rows[static_cast<std::size_t>(shard)], before.event.account, before.event.occurred_at,
                    before.event.source, before.message_key, version);
    }
    if (!after && !before.event.message_id.empty()) {
      auto& release = releases[static_cast<std::size_t>(cluster_.shard_of(number_of_key(before.message_key)))];
      release.add_fixed(before.message_key).add(batch_no).add(std::uint8_t{1}).add(std::uint16_t{0});
      release.add(std::int64_t{0}).add(std::uint8_t{0}).add(std::int64_t{0});
      release.add(before.event.import ? std::int32_t{0} : core::day_of(core::now()).days);
    }
  }
  std::vector<Request> requests;
  add_touched(requests, batch_no, touched);
  add_inserts(requests, "event", rows);
  add_inserts(requests, "message", releases);
  unreported_.insert(touched.begin(), touched.end());  // until the log says so
  cluster_.run(requests);
  write_to_log(batch_no, true, false);
}

}  // namespace banso::platform::events
