// Records whose every change is kept: the current row in a table of the module, each state in the version log.
//
// A change can only be known after the state it changes. So where the time asked for lies before the newest version's,
// the change counts as known now; nothing counts as known before it is recorded in the future.
//
// Threading: everything here belongs to one session, like the session itself.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/batch.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"
#include "platform/records/version_log.hpp"
#include "platform/records/version_scan.hpp"
#include "platform/versioned/fields.hpp"

namespace banso::platform::versioned {

namespace detail {

template <class R, class Visit>
void visit_columns(R& record, Visit&& visit) {
  std::remove_const_t<R>::fields(record, visit);
  if constexpr (requires { std::remove_const_t<R>::derived(record, visit); }) {
    std::remove_const_t<R>::derived(record, visit);
  }
}

template <class R>
std::vector<std::string> column_names() {
  std::vector<std::string> names{"id", "known_at_us"};
  R record;
  visit_columns(record, [&](std::string_view name, auto&) { names.emplace_back(name); });
  return names;
}

std::string select_text(std::string_view table, const std::vector<std::string>& columns);
std::string insert_text(std::string_view table, const std::vector<std::string>& columns);
std::string update_text(std::string_view table,
                        const std::vector<std::string>& columns);  // the id is the last parameter
std::string delete_text(std::string_view table);

template <class R>
struct Sql {
  std::string select = select_text(R::table, column_names<R>());
  std::string insert = insert_text(R::table, column_names<R>());
  std::string update = update_text(R::table, column_names<R>());
  std::string remove = delete_text(R::table);

  static const Sql& get() {
    static const Sql sql;
    return sql;
  }
};

template <class R>
records::Values cells_of(const R& record) {
  records::Values cells;
  cells.reserve(32);
  cells.emplace_back(record.id);
  cells.emplace_back(record.known_at);
  visit_columns(record, [&](std::string_view, const auto& field) { cells.push_back(to_cell(field)); });
  return cells;
}

template <class R>
R from_row(const records::Row& row) {
  R record;
  record.id = row.integer(0);
  record.known_at = row.instant(1);
  std::size_t column = 2;
  R::fields(record, [&](std::string_view, auto& field) { from_cell(row, column++, field); });
  return record;
}

template <class R>
core::AccountId account_of(const R& record) {
  if constexpr (requires { record.account_id(); }) {
    return record.account_id();
  } else {
    return record.account;
  }
}

template <class R>
R from_version(const records::Version& version) {
  R record = from_body<R>(*version.body);
  record.id = version.entity_id;
  record.known_at = version.known_at;
  return record;
}

// A record may keep tables beside its own in step: `static void on_row(Session&, const R* before, const R* after)`.
template <class R>
void tell_row(records::Session& session, const R* before, const R* after) {
  if constexpr (requires { R::on_row(session, before, after); }) R::on_row(session, before, after);
}

template <class R>
void insert_row(records::Session& session, const R& record) {
  session.execute(Sql<R>::get().insert, cells_of(record));
  tell_row<R>(session, nullptr, &record);
}

template <class R>
void update_row(records::Session& session, const R& before, const R& after) {
  auto cells = cells_of(after);
  std::rotate(cells.begin(), cells.begin() + 1, cells.end());  // the id goes last
  session.execute(Sql<R>::get().update, cells);
  tell_row<R>(session, &before, &after);
}

template <class R>
void remove_row(records::Session& session, const R& record) {
  session.execute(Sql<R>::get().remove, {record.id});
  tell_row<R>(session, &record, nullptr);
}

}  // namespace detail

// ---- reading the present ----

// Visits the rows for which `rest` holds: " WHERE subject = :1 ORDER BY id". A visitor that takes the raw row, too,
// finds the derived columns at its end.
template <class R, class Visit>
void each_row(records::Session& session, std::string_view rest, const records::Values& parameters, Visit&& visit) {
  session.each(detail::Sql<R>::get().select + std::string(rest), parameters, [&](const records::Row& row) {
    if constexpr (std::is_invocable_v<Visit, R&&, const records::Row&>) {
      visit(detail::from_row<R>(row), row);
    } else {
      visit(detail::from_row<R>(row));
    }
  });
}

template <class R>
std::vector<R> load(records::Session& session, std::string_view rest, const records::Values& parameters = {}) {
  std::vector<R> found;
  each_row<R>(session, rest, parameters, [&](R&& record) { found.push_back(std::move(record)); });
  return found;
}

// The rows whose `column` has one of the values, in a few statements.
template <class R, class Key, class Visit>
void each_row_with(records::Session& session, std::string_view column, std::span<const Key> keys, Visit&& visit) {
  for (std::size_t begin = 0; begin < keys.size(); begin += records::largest_list) {
    const auto part = keys.subspan(begin, std::min(records::largest_list, keys.size() - begin));
    const auto size = records::padded_list_size(part.size());
    records::Values parameters;
    for (std::size_t i = 0; i < size; ++i) parameters.emplace_back(part[std::min(i, part.size() - 1)]);
    each_row<R>(session, " WHERE " + std::string(column) + " IN (" + records::placeholders(1, size) + ")", parameters,
                visit);
  }
}

template <class R>
std::optional<R> get(records::Session& session, std::int64_t id) {
  auto found = load<R>(session, " WHERE id = :1", {id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// ---- reading the past ----

template <class R>
std::optional<R> get_known_at(records::Session& session, std::int64_t id, core::Instant known_at) {
  const auto version = records::version_known_at(session, R::entity, id, known_at);
  if (!version || !version->body) return std::nullopt;
  return detail::from_version<R>(*version);
}

// All records of the kind on an account, as known at that time.
template <class R>
std::vector<R> load_known_at(records::Session& session, core::AccountId account, core::Instant known_at) {
  std::vector<R> found;
  for (const auto& version : records::versions_known_at(session, R::entity, account, known_at)) {
    found.push_back(detail::from_version<R>(version));
  }
  return found;
}

// One version of a record and the time during which it was what was known.
template <class R>
struct Span {
  R record;
  core::Instant from;
  std::optional<core::Instant> until;
};

// Every version of every record of the kind; of one record oldest first. Holds one record at a time.
template <class R, class Visit>
void each_span(records::Session& session, std::optional<std::span<const core::AccountId>> accounts, Visit&& visit) {
  std::optional<Span<R>> pending;
  const auto finish = [&](std::optional<core::Instant> until) {
    if (!pending) return;
    pending->until = until;
    // A version replaced at the very moment it became known was never what was known.
    if (!until || *until > pending->from) visit(std::as_const(*pending));
    pending.reset();
  };
  records::each_version(session, R::entity, accounts, [&](const records::ScannedVersion& version) {
    const bool same = pending && pending->record.id == version.entity_id;
    finish(same ? std::optional(version.known_at) : std::nullopt);
    if (!version.body) return;
    pending.emplace(Span<R>{from_body<R>(*version.body), version.known_at, std::nullopt});
    pending->record.id = version.entity_id;
    pending->record.known_at = version.known_at;
  });
  finish(std::nullopt);
}

// ---- writing ----

// Writes the records of one batch, all by the same person and for the same reason.
class Writer {
 public:
  Writer(records::Session& session, records::Provenance provenance, core::BatchOptions options);

  // When a fact counts as known: as the row says, else by the options, else now. Never in the future.
  core::Instant known_at(std::optional<core::Instant> said, std::optional<core::Instant> happened) const;
  core::Instant now() const { return now_; }
  bool dry_run() const { return options_.dry_run; }
  bool backdates() const { return options_.known_by == core::KnownBy::happening; }
  records::Session& session() { return session_; }

  // Gives the record its id; in a dry run a negative one.
  template <class R>
  void create(R& record, core::Instant known_at) {
    record.id = dry_run() ? --imagined_ : records::new_id();
    record.known_at = known_at;
    if (dry_run()) return;
    detail::insert_row(session_, record);
    append(R::entity, record.id, detail::account_of(record), known_at, body_of(record));
  }

  template <class R>
  void change(const R& before, R& after, core::Instant known_at) {
    after.known_at = known_at >= before.known_at ? known_at : std::max(now_, before.known_at);
    if (dry_run()) return;
    detail::update_row(session_, before, after);
    append(R::entity, after.id, detail::account_of(after), after.known_at, body_of(after));
  }

  template <class R>
  void remove(const R& record) {
    if (dry_run()) return;
    detail::remove_row(session_, record);
    append(R::entity, record.id, detail::account_of(record), std::max(now_, record.known_at), std::nullopt);
  }

 private:
  void append(std::string_view entity, std::int64_t id, core::AccountId account, core::Instant known_at,
              const std::optional<std::string>& body);

  records::Session& session_;
  records::Provenance provenance_;
  core::BatchOptions options_;
  core::Instant now_;
  std::int64_t imagined_ = 0;  // ids of a dry run
};

// ---- taking back ----

enum class Undo { restored, already_undone, changed_since };

// What the version log says about taking back one record of an import.
struct UndoPlan {
  Undo verdict = Undo::already_undone;
  std::optional<std::string> body;  // the state to go back to; nothing = it did not exist
  core::AccountId account;
  std::vector<core::Instant> known_at;  // when the withdrawal counts as known, oldest first
  std::int64_t versions = 0;            // how many of the import's versions are taken back
};
UndoPlan plan_undo(records::Session& session, std::string_view entity, std::int64_t id, core::ImportId import,
                   core::Instant now);
void append_undo(records::Session& session, std::string_view entity, std::int64_t id, const UndoPlan& plan,
                 const records::Provenance& provenance, core::ImportId import);

// Takes one record back to what it was before the import. Facts that the import backdated are withdrawn from their own
// date on; what was known while the import stood stays known at that time.
template <class R>
UndoPlan undo(records::Session& session, std::int64_t id, core::ImportId import,
              const records::Provenance& provenance) {
  auto plan = plan_undo(session, R::entity, id, import, core::now());
  if (plan.verdict != Undo::restored) return plan;
  const auto present = get<R>(session, id);
  if (plan.body) {
    R restored = from_body<R>(*plan.body);
    restored.id = id;
    restored.known_at = plan.known_at.back();
    if (present) {
      detail::update_row(session, *present, restored);
    } else {
      detail::insert_row(session, restored);
    }
  } else if (present) {
    detail::remove_row(session, *present);
  }
  append_undo(session, R::entity, id, plan, provenance, import);
  return plan;
}

// What became of the records of one kind.
struct UndoTally {
  std::int64_t restored = 0;                // versions taken back
  std::vector<core::AccountId> accounts;    // whose records were restored
  std::vector<std::int64_t> changed_since;  // ids of records that were left alone
};

// Takes many records back, newest first, a few hundred to a transaction. Safe to repeat after an interruption.
template <class R>
UndoTally undo_all(records::Database& database, std::vector<std::int64_t> ids, core::ImportId import,
                   const records::Provenance& provenance) {
  constexpr std::size_t records_per_transaction = 500;
  std::sort(ids.rbegin(), ids.rend());
  UndoTally tally;
  for (std::size_t begin = 0; begin < ids.size(); begin += records_per_transaction) {
    database.write([&](records::Session& session) {
      for (std::size_t i = begin; i < std::min(ids.size(), begin + records_per_transaction); ++i) {
        const auto plan = undo<R>(session, ids[i], import, provenance);
        if (plan.verdict == Undo::restored) {
          tally.restored += plan.versions;
          if (plan.account) tally.accounts.push_back(plan.account);
        } else if (plan.verdict == Undo::changed_since) {
          tally.changed_since.push_back(ids[i]);
        }
      }
    });
  }
  return tally;
}

}  // namespace banso::platform::versioned
