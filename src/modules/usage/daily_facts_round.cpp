#include "daily_facts_round.hpp"

#include <algorithm>

namespace banso::usage {

namespace duckdb = platform::duckdb;
namespace events = platform::events;

void ChangeCollector::add(core::AccountId account, core::Day day) {
  const auto [entry, is_new] = first_days_.try_emplace(account, day);
  if (!is_new) entry->second = std::min(entry->second, day);
}

void ChangeCollector::received(core::Instant at) {
  if (!received_since_ || at < *received_since_) received_since_ = at;
}

UsageChange ChangeCollector::take() const {
  UsageChange change;
  for (const auto& [account, day] : first_days_) change.accounts.push_back({account, day});
  std::ranges::sort(change.accounts, {}, &ChangedAccount::account);
  change.received_since = received_since_;
  return change;
}

void make_run_table(duckdb::Connection& connection, std::int64_t run) {
  connection.execute("CREATE TABLE " + run_table(run) +
                     " (account_id BIGINT NOT NULL, day INTEGER NOT NULL, person_number INTEGER NOT NULL, "
                     "type_number INTEGER NOT NULL, events INTEGER NOT NULL, known_day INTEGER NOT NULL)");
}

void delete_pairs(duckdb::Connection& connection, const std::string& table, std::span<const events::AccountDay> pairs) {
  if (pairs.empty()) return;
  std::vector<std::int64_t> accounts, days;
  for (const auto& pair : pairs) {
    accounts.push_back(pair.account.value);
    days.push_back(pair.day.days);
  }
  // The bounds let whole row groups be skipped, which the pairs alone would not.
  const auto [first_account, last_account] = std::ranges::minmax(accounts);
  const auto [first_day, last_day] = std::ranges::minmax(days);
  connection.execute("DELETE FROM " + table +
                         " WHERE account_id BETWEEN $1 AND $2 AND day BETWEEN $3 AND $4 AND (account_id, day) IN "
                         "(SELECT unnest($5), CAST(unnest($6) AS INTEGER))",
                     {first_account, last_account, first_day, last_day, accounts, days});
}

DailyFacts::Round::Round(DailyFacts& facts)
    : facts_(facts),
      days_(facts.recent_writer_, "day_" + std::to_string(facts.tables_.generations.back())),
      persons_(facts.recent_writer_, "person_" + std::to_string(facts.tables_.generations.back())) {}

DailyFacts::Round::Round(DailyFacts& facts, duckdb::Connection& connection, const std::string& table)
    : facts_(facts), days_(connection, table), persons_(connection, "usage_person"), is_ordered_(true) {}

void DailyFacts::Round::append(const events::UserDays& piece) {
  if (rows_of_piece_.empty()) return;
  if (is_ordered_ && last_account_id_ != piece.account_ids[rows_of_piece_.front()]) numbers_of_round_.clear();
  last_account_id_ = piece.account_ids[rows_of_piece_.back()];
  hashes_.clear();
  for (const auto row : rows_of_piece_) {
    const auto& key = piece.person_keys[row];
    hashes_.push_back(key.empty() ? 0 : person_hash({piece.account_ids[row]}, key));
  }
  if (!facts_.numbers_.is_complete()) look_up_missing();
  for (std::size_t index = 0; index < rows_of_piece_.size(); ++index) {
    const auto row = rows_of_piece_[index];
    days_.add(piece.account_ids[row]).add(static_cast<std::int64_t>(piece.days[row]));
    days_.add(static_cast<std::int64_t>(number_of(piece, row, hashes_[index])));
    days_.add(static_cast<std::int64_t>(facts_.number_of_type(piece.kinds[row], piece.names[row])));
    days_.add(piece.events[row]).add(static_cast<std::int64_t>(piece.known_days[row])).end_row();
  }
  rows_ += static_cast<std::int64_t>(rows_of_piece_.size());
}

void DailyFacts::Round::look_up_missing() {
  std::vector<std::int64_t> missing;
  for (const auto hash : hashes_) {
    if (hash == 0) continue;
    if (const auto number = facts_.numbers_.find(hash)) {
      numbers_of_round_.emplace(hash, number);
    } else if (!numbers_of_round_.contains(hash)) {
      missing.push_back(hash);
    }
  }
  if (missing.empty()) return;
  FactSnapshot snapshot(facts_.tables_);
  auto rows = snapshot.connection().query(
      "SELECT key_hash, person_number FROM " + snapshot.persons() + " WHERE key_hash IN (SELECT unnest($1))",
      {missing});
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto hash = rows.column(0).int64s()[row];
      const auto number = rows.column(1).int32s()[row];
      numbers_of_round_.emplace(hash, number);
      facts_.numbers_.put(hash, number);
    }
  }
}

std::int32_t DailyFacts::Round::number_of(const events::UserDays& piece, std::size_t row, std::int64_t hash) {
  if (piece.person_keys[row].empty()) return 0;
  if (const auto known = facts_.numbers_.find(hash)) return known;
  if (const auto known = numbers_of_round_.find(hash); known != numbers_of_round_.end()) return known->second;
  const auto number = facts_.next_person_number_++;
  facts_.numbers_.put(hash, number);
  if (facts_.numbers_.may_drop()) numbers_of_round_.emplace(hash, number);
  persons_.add(static_cast<std::int64_t>(number)).add(piece.account_ids[row]);
  persons_.add(piece.person_keys[row]).add(hash).end_row();
  return number;
}

std::int64_t DailyFacts::Round::finish() {
  days_.close();
  persons_.close();
  return rows_;
}

}  // namespace banso::usage
