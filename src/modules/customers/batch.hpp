// The frame of every upsert: find the record a row means, apply the row to it, write what changed.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "check.hpp"
#include "modules/customers/customers.hpp"
#include "references.hpp"
#include "rows.hpp"

namespace banso::customers {

// What every batch works with.
struct BatchContext {
  versioned::Writer& writer;
  const Surroundings& surroundings;
  std::vector<core::AccountId> touched = {};  // accounts with a changed record

  Session& session() { return writer.session(); }
  core::Instant start_of(core::Day day) const { return core::start_of(day, surroundings.utc_offset_minutes()); }
};

// The records that the rows of a batch may mean, by a text key; grows with what the batch itself creates.
template <class R>
class Matches {
 public:
  void load(Session& session, std::string_view column, std::vector<std::string> keys) {
    keep_distinct(keys);
    std::erase(keys, std::string());
    versioned::each_row_with<R>(session, column, std::span<const std::string>(keys),
                                [&](R&& record, const records::Row& row) {
                                  // match_key is the last derived column
                                  by_key_.emplace(row.text(row.size() - 1), std::move(record));
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

inline core::RowOutcome rejected(RowCheck& check) {
  return {core::RowResult::rejected, 0, std::move(check.errors())};
}

inline std::int64_t shown_id(std::int64_t id) {
  return std::max<std::int64_t>(id, 0);
}

// Writes `record` if it differs from `present` (null: it is new).
template <class R>
core::RowOutcome write_record(BatchContext& batch, const R* present, R& record, core::Instant known_at) {
  if (present == nullptr) {
    batch.writer.create(record, known_at);
    batch.touched.push_back(versioned::detail::account_of(record));
    return {core::RowResult::created, shown_id(record.id), {}};
  }
  if (record == *present) return {core::RowResult::unchanged, shown_id(record.id), {}};
  batch.writer.change(*present, record, known_at);
  batch.touched.push_back(versioned::detail::account_of(record));
  return {core::RowResult::updated, shown_id(record.id), {}};
}

using Outcomes = std::vector<core::RowOutcome>;

Outcomes upsert_accounts(BatchContext& batch, std::span<const AccountInput> inputs);
Outcomes upsert_contacts(BatchContext& batch, std::span<const ContactInput> inputs);
Outcomes upsert_tickets(BatchContext& batch, std::span<const TicketInput> inputs);
Outcomes upsert_interactions(BatchContext& batch, std::span<const InteractionInput> inputs);
Outcomes upsert_survey_answers(BatchContext& batch, std::span<const SurveyAnswerInput> inputs);
Outcomes upsert_attendance(BatchContext& batch, std::span<const AttendanceInput> inputs);

}  // namespace banso::customers
