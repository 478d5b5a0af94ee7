// The frame of an upsert: find the record a row means, apply the row to it, write what changed.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/batch.hpp"
#include "platform/versioned/row_check.hpp"
#include "platform/versioned/versioned.hpp"

namespace banso::platform::versioned {

// Without repetitions, as lists of keys in a statement should be.
template <class T>
void keep_distinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// The records that the rows of a batch may mean, by their derived column `match_key`; grows with what the batch itself
// creates.
template <class R>
class Matches {
 public:
  void load(records::Session& session, std::vector<std::string> keys) {
    keep_distinct(keys);
    std::erase(keys, std::string());
    each_row_with<R>(session, "match_key", std::span<const std::string>(keys),
                     [&](R&& record, const records::Row& row) {
                       by_key_.emplace(row.text(row.size() - 1), std::move(record));  // match_key is the last column
                     });
  }

  const R* find(const std::string& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }
  void keep(const std::string& key, const R& record) { by_key_.insert_or_assign(key, record); }

 private:
  std::unordered_map<std::string, R> by_key_;
};

// What a row of a file is recognised by when it comes again: its external id, else what makes it what it is.
std::string match_key(const std::string& external_id, std::string_view natural_key);

inline core::RowOutcome rejected(RowCheck& check) {
  return {core::RowResult::rejected, 0, std::move(check.errors())};
}

// The outcome of a single row, for those who sent only one.
core::Result<std::int64_t> only(std::vector<core::RowOutcome> outcomes);

// Writes `record` if it differs from `present` (null: it is new), and notes its account in `touched`.
template <class R>
core::RowOutcome write_record(Writer& writer, const R* present, R& record, core::Instant known_at,
                              std::vector<core::AccountId>& touched) {
  // Ids of a dry run are negative, and nobody's business.
  const auto shown = [&] { return std::max<std::int64_t>(record.id, 0); };
  if (present != nullptr && record == *present) return {core::RowResult::unchanged, shown(), {}};
  if (present == nullptr) {
    writer.create(record, known_at);
    touched.push_back(detail::account_of(record));  // a new account has its id only now
    return {core::RowResult::created, shown(), {}};
  }
  touched.push_back(detail::account_of(record));
  writer.change(*present, record, known_at);
  return {core::RowResult::updated, shown(), {}};
}

}  // namespace banso::platform::versioned
