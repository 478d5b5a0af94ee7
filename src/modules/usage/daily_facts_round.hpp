// The pieces of one round of following, for daily_facts*.cpp.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "daily_facts.hpp"

namespace banso::usage {

// What a refresh changed, gathered piece by piece.
class ChangeCollector {
 public:
  void add(core::AccountId account, core::Day day);
  void received(core::Instant at);
  UsageChange take() const;

 private:
  std::unordered_map<core::AccountId, core::Day> first_days_;
  std::optional<core::Instant> received_since_;
};

void make_run_table(platform::duckdb::Connection& connection, std::int64_t run);
void delete_pairs(platform::duckdb::Connection& connection, const std::string& table,
                  std::span<const platform::events::AccountDay> pairs);

// Numbers the persons and types of user-days and appends them to a table, new persons to another. The caller holds
// DailyFacts::writing_ and a transaction on the connection.
class DailyFacts::Round {
 public:
  explicit Round(DailyFacts& facts);                                                             // to what is recent
  Round(DailyFacts& facts, platform::duckdb::Connection& connection, const std::string& table);  // to a run

  template <class Wanted>
  void add(const platform::events::UserDays& piece, Wanted wanted) {
    rows_of_piece_.clear();
    for (std::size_t row = 0; row < piece.size(); ++row) {
      if (wanted(row)) rows_of_piece_.push_back(row);
    }
    append(piece);
  }
  void add(const platform::events::UserDays& piece) {
    add(piece, [](std::size_t) { return true; });
  }
  std::int64_t finish();  // rows added

 private:
  void append(const platform::events::UserDays& piece);
  // Persons that were dropped from memory, by one look into the tables.
  void look_up_missing();
  std::int32_t number_of(const platform::events::UserDays& piece, std::size_t row, std::int64_t hash);

  DailyFacts& facts_;
  platform::duckdb::Appender days_;
  platform::duckdb::Appender persons_;
  std::int64_t rows_ = 0;
  std::vector<std::size_t> rows_of_piece_;
  std::vector<std::int64_t> hashes_;  // of them; 0: nobody
  // Given or found in this round: memory alone may drop them again.
  std::unordered_map<std::int64_t, std::int32_t> numbers_of_round_;
  // By account: what was given for other accounts need not be remembered.
  bool is_ordered_ = false;
  std::int64_t last_account_id_ = 0;
};

}  // namespace banso::usage
