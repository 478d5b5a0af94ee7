// The corrections of the DuckDB store: matching rows anew, removing them. They go through every table, settled or not,
// in one transaction.
#include <utility>

#include "duckdb_store.hpp"
#include "duckdb_where.hpp"

namespace banso::platform::events {

DuckDbStore::Where DuckDbStore::where(const Rematch& rematch) const {
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

  // Rows that are so already are left alone.
  if (rematch.to_account && rematch.to_person_key) {
    which.add("(account_id <> ? OR matched_by <> ? OR person_key <> ?)",
              {*rematch.to_account, static_cast<int>(rematch.to_matched_by), *rematch.to_person_key});
  } else if (rematch.to_account) {
    which.add("(account_id <> ? OR matched_by <> ?)", {*rematch.to_account, static_cast<int>(rematch.to_matched_by)});
  } else if (rematch.to_person_key) {
    which.add("person_key <> ?", {*rematch.to_person_key});
  }
  return which;
}

std::int64_t DuckDbStore::rematch(const Rematch& rematch) {
  if (!rematch.to_account && !rematch.to_person_key) return 0;
  const auto which = where(rematch);
  const std::lock_guard layout_lock(layout_);
  const std::lock_guard lock(writing_);
  ensure_working();
  duckdb::Transaction transaction(*writer_);
  AccountDays touched;
  VolumeSum moved;
  std::int64_t changed = 0;
  for (const auto& table : layout::tables(tail_numbers())) {
    const auto days = account_days_of(table, which);
    if (days.empty()) continue;  // the usual answer of most tables: found with one look at few columns
    for (const auto& day : days) {
      touched.insert(day);
      if (rematch.to_account) touched.insert(AccountDay{*rematch.to_account, day.day});
    }
    const auto moved_here = unmatched_moved(table, rematch, which);
    if (table == layout::main_table) keep_settled_volumes(moved_here);
    moved.add(moved_here);
    changed += update(table, rematch, which);
  }
  if (changed == 0) return 0;
  mark_touched(touched);
  transaction.commit();
  volumes_.add(moved);
  position_ = last_touched_ = next_no_++;
  return changed;
}

DuckDbStore::AccountDays DuckDbStore::account_days_of(const std::string& table, const Where& which) {
  AccountDays days;
  auto rows = writer_->query("SELECT DISTINCT account_id, " + day_sql("occurred_at") + " FROM " + table + which.sql,
                             which.values);
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      days.insert(AccountDay{{rows.column(0).int64s()[row]}, {rows.column(1).int32s()[row]}});
    }
  }
  return days;
}

// How many rows cease to be unmatched, as a negative number, or become so.
VolumeSum DuckDbStore::unmatched_moved(const std::string& table, const Rematch& rematch, const Where& which) {
  VolumeSum moved;
  if (!rematch.to_account) return moved;
  auto concerned = which;
  concerned.add(*rematch.to_account ? "account_id = 0" : "account_id <> 0");
  const std::int64_t sign = *rematch.to_account ? -1 : 1;
  auto rows = writer_->query(layout::volumes_sql(" FROM " + table + concerned.sql), concerned.values);
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto integer = [&](std::size_t column) { return rows.column(column).integer(row); };
      moved.add({integer(0)}, static_cast<EventKind>(integer(1)), rows.column(2).text(row),
                {0, sign * integer(3), {integer(5)}, {integer(6)}, {integer(7)}});
    }
  }
  return moved;
}

std::int64_t DuckDbStore::update(const std::string& table, const Rematch& rematch, Where which) {
  std::string assignments;
  const auto assign = [&](const char* column, duckdb::Value value) {
    assignments += (assignments.empty() ? "" : ", ") + std::string(column) + " = " + which.bind(std::move(value));
  };
  if (rematch.to_account) {
    assign("account_id", *rematch.to_account);
    assign("matched_by", static_cast<int>(rematch.to_matched_by));
  }
  if (rematch.to_person_key) assign("person_key", *rematch.to_person_key);
  return writer_->execute("UPDATE " + table + " SET " + assignments + which.sql, which.values);
}

void DuckDbStore::mark_touched(const AccountDays& touched) {
  duckdb::Appender appender(*writer_, "touched");
  for (const auto& [account, day] : touched) appender.add(next_no_).add(account).add(std::int64_t{day.days}).end_row();
  appender.close();
}

void DuckDbStore::keep_settled_volumes(const VolumeSum& sum) {
  duckdb::Appender appender(*writer_, "settled_volume");
  sum.each([&](const VolumeKey& key, const Volume& volume) {
    appender.add(key.source).add(static_cast<int>(key.type.kind)).add(key.type.name);
    appender.add(volume.events).add(volume.unmatched);
    appender.add(volume.first_at).add(volume.last_at).add(volume.last_received_at).end_row();
  });
  appender.close();
}

// ------------------------------------------------------------------------------------------------------------ removing

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
  const std::lock_guard layout_lock(layout_);
  const std::lock_guard lock(writing_);
  ensure_working();
  auto messages = messages_of(which);
  duckdb::Transaction transaction(*writer_);
  std::int64_t removed = 0;
  AccountDays touched;
  for (const auto& table : layout::tables(tail_numbers())) {
    auto days = account_days_of(table, which);
    if (days.empty()) continue;
    touched.merge(days);
    removed += writer_->execute("DELETE FROM " + table + which.sql, which.values);
    if (table != layout::main_table) continue;
    // Sums can be made smaller, but the first and last time can not.
    writer_->execute("DELETE FROM settled_volume");
    writer_->execute("INSERT INTO settled_volume " + layout::volumes_sql(" FROM " + table));
  }
  if (removed == 0) return 0;
  mark_touched(touched);
  ledger_->prepare_to_forget();
  try {
    transaction.commit();
  } catch (...) {
    ledger_->forget({});
    throw;
  }
  ledger_->forget(std::move(messages));
  load_volumes();
  position_ = last_touched_ = next_no_++;
  return removed;
}

std::vector<MessageHash> DuckDbStore::messages_of(const Where& which) {
  auto with_id = which;
  with_id.add("message_id <> ''");
  std::vector<MessageHash> messages;
  auto rows = writer_->stream("SELECT source_id, message_id FROM event" + with_id.sql, with_id.values);
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      messages.push_back((*hasher_)(rows.column(0).int64s()[row], rows.column(1).text(row)));
    }
  }
  return messages;
}

}  // namespace banso::platform::events
