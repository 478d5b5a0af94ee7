#include "duckdb_store.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>

#include "duckdb_where.hpp"

namespace banso::platform::events {
namespace {

constexpr const char* tables = R"sql(
CREATE TABLE IF NOT EXISTS event (
  event_no BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  message_hash BIGINT NOT NULL,  -- 0: not deduplicated
  message_id VARCHAR NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  received_at TIMESTAMP NOT NULL,
  account_id BIGINT NOT NULL,    -- 0: not matched
  matched_by TINYINT NOT NULL,
  group_key VARCHAR NOT NULL,
  person_key VARCHAR NOT NULL,
  user_id VARCHAR NOT NULL,
  anonymous_id VARCHAR NOT NULL,
  kind TINYINT NOT NULL,
  name VARCHAR NOT NULL,
  properties VARCHAR NOT NULL,
  import_id BIGINT NOT NULL
);
-- Account-days whose stored rows were changed or removed; what was added shows by event_no.
CREATE TABLE IF NOT EXISTS touched (
  position BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  day INTEGER NOT NULL
);
)sql";

using MessageKey = std::pair<std::int64_t, std::string>;

}  // namespace

DuckDbStore::DuckDbStore(std::shared_ptr<duckdb::Database> database, const Settings& settings)
    : database_(std::move(database)), day_offset_minutes_(settings.day_offset_minutes), writer_(database_->connect()) {
  // Each checkpoint packs the open row group anew; at the default of 16 MB a bulk load spends half its time on that.
  // What lies in the log is replayed at the next opening, in about a second, only after a crash.
  writer_.execute("SET checkpoint_threshold = '128MB'");
  writer_.execute(tables);
  next_no_ = position(writer_) + 1;
  load_filter();
}

void DuckDbStore::load_filter() {
  filter_.reserve(
      static_cast<std::size_t>(*writer_.query_integer("SELECT count(*) FROM event WHERE message_hash <> 0")));
  auto rows = writer_.stream("SELECT message_hash FROM event WHERE message_hash <> 0");
  while (rows.next()) {
    for (const auto hash : rows.column(0).int64s()) filter_.insert(hash);
  }
}

// ------------------------------------------------------------------------------------------------------------ append

AppendOutcome DuckDbStore::append(std::span<const Event> batch) {
  if (batch.empty()) return {};
  std::vector<std::int64_t> hashes;
  hashes.reserve(batch.size());
  for (const auto& event : batch) {
    hashes.push_back(event.message_id.empty() ? 0 : message_hash(event.source.value, event.message_id));
  }
  const std::lock_guard lock(writing_);
  const auto suspects = insert_into_filter(batch, hashes);
  auto duplicates = suspects.empty() ? suspects : confirm_duplicates(batch, hashes, suspects);
  if (duplicates.size() < batch.size()) write_rows(batch, hashes, duplicates);
  return {static_cast<std::int64_t>(batch.size() - duplicates.size()), std::move(duplicates)};
}

// Rows whose hash was there already. Should the write fail later, their hashes stay in the filter: then a repetition is
// merely confirmed as new.
std::vector<std::uint32_t> DuckDbStore::insert_into_filter(std::span<const Event> batch,
                                                           std::span<const std::int64_t> hashes) {
  std::vector<std::uint32_t> suspects;
  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    if (hashes[index] != 0 && !filter_.insert(hashes[index])) suspects.push_back(index);
  }
  return suspects;
}

std::vector<std::uint32_t> DuckDbStore::confirm_duplicates(std::span<const Event> batch,
                                                           std::span<const std::int64_t> hashes,
                                                           std::span<const std::uint32_t> suspects) {
  std::unordered_set<std::int64_t> suspect_hashes;
  for (const auto index : suspects) suspect_hashes.insert(hashes[index]);

  std::set<MessageKey> seen;
  auto rows = writer_.query("SELECT source_id, message_id FROM event WHERE message_hash IN (SELECT unnest($1))",
                            {std::vector<std::int64_t>(suspect_hashes.begin(), suspect_hashes.end())});
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      seen.emplace(rows.column(0).int64s()[row], rows.column(1).text(row));
    }
  }

  std::vector<std::uint32_t> duplicates;
  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    if (hashes[index] == 0 || !suspect_hashes.contains(hashes[index])) continue;
    if (!seen.emplace(batch[index].source.value, batch[index].message_id).second) duplicates.push_back(index);
  }
  return duplicates;
}

void DuckDbStore::write_rows(std::span<const Event> batch, std::span<const std::int64_t> hashes,
                             std::span<const std::uint32_t> duplicates) {
  duckdb::Transaction transaction(writer_);
  duckdb::Appender appender(writer_, "event");
  auto number = next_no_;
  auto duplicate = duplicates.begin();
  for (std::uint32_t index = 0; index < batch.size(); ++index) {
    if (duplicate != duplicates.end() && *duplicate == index) {
      ++duplicate;
      continue;
    }
    const auto& event = batch[index];
    appender.add(number++).add(event.source).add(hashes[index]).add(event.message_id);
    appender.add(event.occurred_at).add(event.received_at);
    appender.add(event.account).add(static_cast<int>(event.matched_by)).add(event.group_key);
    appender.add(event.person_key).add(event.user_id).add(event.anonymous_id);
    appender.add(static_cast<int>(event.kind)).add(event.name).add(event.properties).add(event.import);
    appender.end_row();
  }
  appender.close();
  transaction.commit();
  next_no_ = number;
}

// --------------------------------------------------------------------------------------------------- rare corrections

std::int64_t DuckDbStore::rematch(const Rematch& rematch) {
  Where which;
  if (rematch.source) which.add("source_id = ?", {*rematch.source});
  if (rematch.group_key) which.add("group_key = ?", {*rematch.group_key});
  if (rematch.person_key) which.add("person_key = ?", {*rematch.person_key});
  if (rematch.user_id) which.add("user_id = ?", {*rematch.user_id});
  if (rematch.anonymous_id) which.add("anonymous_id = ?", {*rematch.anonymous_id});
  if (rematch.account) which.add("account_id = ?", {*rematch.account});
  if (rematch.occurred_from) which.add("occurred_at >= ?", {*rematch.occurred_from});
  if (rematch.occurred_before) which.add("occurred_at < ?", {*rematch.occurred_before});
  if (!rematch.matched_by.empty()) {
    std::vector<std::int64_t> numbers;
    for (const auto how : rematch.matched_by) numbers.push_back(static_cast<std::int64_t>(how));
    which.add("matched_by IN (SELECT unnest(?))", {numbers});
  }

  if (rematch.to_account && rematch.to_person_key) {
    which.add("(account_id <> ? OR matched_by <> ? OR person_key <> ?)",
              {*rematch.to_account, static_cast<int>(rematch.to_matched_by), *rematch.to_person_key});
  } else if (rematch.to_account) {
    which.add("(account_id <> ? OR matched_by <> ?)", {*rematch.to_account, static_cast<int>(rematch.to_matched_by)});
  } else if (rematch.to_person_key) {
    which.add("person_key <> ?", {*rematch.to_person_key});
  } else {
    return 0;
  }

  const std::lock_guard lock(writing_);
  duckdb::Transaction transaction(writer_);
  const auto select =
      "SELECT DISTINCT " + std::to_string(next_no_) + ", account_id, " + day_sql("occurred_at") + " FROM event";
  writer_.execute("INSERT INTO touched " + select + which.sql, which.values);
  if (rematch.to_account) {
    const auto moved = "SELECT DISTINCT " + std::to_string(next_no_) + ", " +
                       std::to_string(rematch.to_account->value) + ", " + day_sql("occurred_at") + " FROM event";
    writer_.execute("INSERT INTO touched " + moved + which.sql, which.values);
  }
  auto update = which;
  std::string assignments;
  const auto assign = [&](const char* column, duckdb::Value value) {
    assignments += (assignments.empty() ? "" : ", ") + std::string(column) + " = " + update.bind(std::move(value));
  };
  if (rematch.to_account) {
    assign("account_id", *rematch.to_account);
    assign("matched_by", static_cast<int>(rematch.to_matched_by));
  }
  if (rematch.to_person_key) assign("person_key", *rematch.to_person_key);
  const auto changed = writer_.execute("UPDATE event SET " + assignments + update.sql, update.values);
  if (changed == 0) return 0;
  transaction.commit();
  ++next_no_;
  return changed;
}

std::int64_t DuckDbStore::remove_import(core::ImportId import) {
  Where which;
  which.add("import_id = ?", {import});
  return remove(which);
}

std::int64_t DuckDbStore::erase_person(core::AccountId account, const std::string& person_key) {
  Where which;
  which.add("account_id = ? AND person_key = ?", {account, person_key});
  return remove(which);
}

std::int64_t DuckDbStore::remove(const Where& which) {
  const std::lock_guard lock(writing_);
  duckdb::Transaction transaction(writer_);
  writer_.execute("INSERT INTO touched SELECT DISTINCT " + std::to_string(next_no_) + ", account_id, " +
                      day_sql("occurred_at") + " FROM event" + which.sql,
                  which.values);
  const auto removed = writer_.execute("DELETE FROM event" + which.sql, which.values);
  if (removed == 0) return 0;
  transaction.commit();
  ++next_no_;
  return removed;
}

// --------------------------------------------------------------------------------------------------------------- open

std::shared_ptr<EventStore> open_duckdb_store(const std::filesystem::path& file, const Settings& settings) {
  const duckdb::Settings duckdb_settings{.memory_limit = settings.memory_limit, .threads = settings.threads};
  return std::make_shared<DuckDbStore>(duckdb::Database::open(file, duckdb_settings), settings);
}

std::shared_ptr<EventStore> duckdb_store_in_memory(const Settings& settings) {
  const duckdb::Settings duckdb_settings{.memory_limit = settings.memory_limit, .threads = settings.threads};
  return std::make_shared<DuckDbStore>(duckdb::Database::in_memory(duckdb_settings), settings);
}

}  // namespace banso::platform::events
