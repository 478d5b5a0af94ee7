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

}  // namespace

struct ClickHouseStore::Correction {
  int shard = 0;  // of the row before
  EventRow before;
  std::optional<Event> after;  // nothing: removed
};

std::int64_t ClickHouseStore::rematch(const Rematch& rematch) {
  if (!rematch.to_account && !rematch.to_person_key) return 0;
  Where which;
  if (rematch.source) which.add("source_id = ?", {rematch.source->value});
  if (rematch.group_key) which.add("group_key = ?", {*rematch.group_key});
  if (rematch.person_key) which.add("person_key = ?", {*rematch.person_key});
  if (rematch.user_id) which.add("user_id = ?", {*rematch.user_id});
  if (rematch.anonymous_id) which.add("anonymous_id = ?", {*rematch.anonymous_id});
  if (rematch.account) which.add("account_id = ?", {rematch.account->value});
  if (rematch.occurred_from) which.add("occurred_at >= ?", {rematch.occurred_from->microseconds});
  if (rematch.occurred_before) which.add("occurred_at < ?", {rematch.occurred_before->microseconds});
  if (!rematch.matched_by.empty()) {
    std::vector<std::int64_t> numbers;
    for (const auto how : rematch.matched_by) numbers.push_back(static_cast<std::int64_t>(how));
    which.add_in("matched_by", numbers);
  }
  return correct(which, [&](const Event& before) -> std::optional<Event> {
    auto after = before;
    if (rematch.to_account) {
      after.account = *rematch.to_account;
      after.matched_by = rematch.to_matched_by;
    }
    if (rematch.to_person_key) after.person_key = *rematch.to_person_key;
    return after;
  });
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
