// The corrections of the DuckDB store: matching rows anew, removing them. They go through every table, settled or not,
// in one transaction.
#include <utility>

#include "duckdb_store.hpp"
#include "duckdb_where.hpp"

namespace banso::platform::events {
namespace {

// What is asked for lies in a table beside the events, one row a rematch, so that one statement carries out many.
constexpr const char* asked_table = "asked";

}  // namespace

// The SQL of all rematches in which the same members are set.
struct DuckDbStore::RematchForm {
  std::string condition;    // over a row of events and one of `asked`
  std::string assignments;  // empty: nothing is set
  bool sets_account = false;

  explicit RematchForm(const Rematch& rematch) : sets_account(rematch.to_account.has_value()) {
    where(rematch.source.has_value(), "source_id = of_source");
    where(rematch.group_key.has_value(), "group_key = of_group");
    where(rematch.person_key.has_value(), "person_key = of_person");
    where(rematch.user_id.has_value(), "user_id = of_user");
    where(rematch.anonymous_id.has_value(), "anonymous_id = of_anonymous");
    where(rematch.account.has_value(), "account_id = of_account");
    where(rematch.occurred_from.has_value(), "occurred_at >= of_from");
    where(rematch.occurred_before.has_value(), "occurred_at < of_before");
    where(!rematch.matched_by.empty(), "matched_by IN (" + numbers_of(rematch.matched_by) + ")");
    const bool sets_person = rematch.to_person_key.has_value();
    // Rows that are so already are left alone.
    std::string differs;
    if (sets_account) differs = "account_id <> to_account OR matched_by <> to_matched_by";
    if (sets_person) differs += std::string(sets_account ? " OR " : "") + "person_key <> to_person";
    where(sets_account || sets_person, "(" + differs + ")");
    if (sets_account) assignments = "account_id = to_account, matched_by = to_matched_by";
    if (sets_person) assignments += std::string(sets_account ? ", " : "") + "person_key = to_person";
  }
  bool operator==(const RematchForm&) const = default;

 private:
  void where(bool is_set, const std::string& text) {
    if (is_set) condition += (condition.empty() ? "" : " AND ") + text;
  }
  static std::string numbers_of(const std::vector<MatchedBy>& ways) {
    std::string list;
    for (const auto how : ways) list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(how));
    return list;
  }
};

struct DuckDbStore::Correction {
  AccountDays touched;
  VolumeSum moved;
  std::int64_t rows = 0;
};

std::int64_t DuckDbStore::rematch_all(std::span<const Rematch> rematches) {
  const std::lock_guard layout_lock(layout_);
  const std::lock_guard lock(writing_);
  ensure_working();
  duckdb::Transaction transaction(*writer_);
  Correction correction;
  while (!rematches.empty()) {
    const RematchForm form(rematches.front());
    std::size_t alike = 1;
    while (alike < rematches.size() && RematchForm(rematches[alike]) == form) ++alike;
    if (!form.assignments.empty()) {
      ask_for(rematches.first(alike));
      rematch_alike(form, correction);
    }
    rematches = rematches.subspan(alike);
  }
  if (correction.rows == 0) return 0;
  mark_touched(correction.touched);
  transaction.commit();
  volumes_.add(correction.moved);
  position_ = last_touched_ = next_no_++;
  return correction.rows;
}

void DuckDbStore::ask_for(std::span<const Rematch> rematches) {
  writer_->execute(std::string("CREATE OR REPLACE TEMP TABLE ") + asked_table +
                   " (of_source BIGINT, of_group VARCHAR, of_person VARCHAR, of_user VARCHAR, of_anonymous VARCHAR, "
                   "of_account BIGINT, of_from TIMESTAMP, of_before TIMESTAMP, to_account BIGINT, "
                   "to_matched_by INTEGER, to_person VARCHAR)");
  duckdb::Appender rows(*writer_, asked_table);
  for (const auto& rematch : rematches) {
    rows.add(rematch.source.value_or(core::SourceId{})).add(rematch.group_key.value_or(""));
    rows.add(rematch.person_key.value_or("")).add(rematch.user_id.value_or(""));
    rows.add(rematch.anonymous_id.value_or("")).add(rematch.account.value_or(core::AccountId{}));
    rows.add(rematch.occurred_from.value_or(core::Instant{})).add(rematch.occurred_before.value_or(core::Instant{}));
    rows.add(rematch.to_account.value_or(core::AccountId{})).add(static_cast<int>(rematch.to_matched_by));
    rows.add(rematch.to_person_key.value_or("")).end_row();
  }
  rows.close();
}

void DuckDbStore::rematch_alike(const RematchForm& form, Correction& correction) {
  for (const auto& table : layout::tables(tail_numbers())) {
    const auto from = table + ", " + asked_table;
    Where which;
    which.add(form.condition);
    auto days = account_days_of(from, which);
    if (days.empty()) continue;  // the usual answer of most tables: found with one look at few columns
    correction.touched.merge(days);
    if (form.sets_account) {
      correction.touched.merge(account_days_of(from, which, "to_account"));
      const auto moved = unmatched_moved(from, form);
      if (table == layout::main_table) keep_settled_volumes(moved);
      correction.moved.add(moved);
    }
    correction.rows +=
        writer_->execute("UPDATE " + table + " SET " + form.assignments + " FROM " + asked_table + which.sql);
  }
}

DuckDbStore::AccountDays DuckDbStore::account_days_of(const std::string& from, const Where& which,
                                                      const std::string& account) {
  AccountDays days;
  auto rows = writer_->query("SELECT DISTINCT " + account + ", " + day_sql("occurred_at") + " FROM " + from + which.sql,
                             which.values);
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      days.insert(AccountDay{{rows.column(0).int64s()[row]}, {rows.column(1).int32s()[row]}});
    }
  }
  return days;
}

// How many rows cease to be unmatched, as a negative number, or become so.
VolumeSum DuckDbStore::unmatched_moved(const std::string& from, const RematchForm& form) {
  VolumeSum moved;
  for (const bool finds : {true, false}) {
    Where concerned;
    concerned.add(form.condition);
    concerned.add(finds ? "account_id = 0 AND to_account <> 0" : "account_id <> 0 AND to_account = 0");
    auto rows = writer_->query(layout::volumes_sql(" FROM " + from + concerned.sql));
    while (rows.next()) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto integer = [&](std::size_t column) { return rows.column(column).integer(row); };
        moved.add({integer(0)}, static_cast<EventKind>(integer(1)), rows.column(2).text(row),
                  {0, finds ? -integer(3) : integer(3), {integer(5)}, {integer(6)}, {integer(7)}});
      }
    }
  }
  return moved;
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
