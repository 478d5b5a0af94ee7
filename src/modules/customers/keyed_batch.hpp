// Upserts of facts whose rows may come without an external id: what the row says (account, kind, time, person) is then
// the key. A policy says how a row becomes a record:
//
//   struct Policy {
//     using Record = ...; using Input = ...;
//     static void people(const Input&, std::vector<std::string>& texts);   // whom the row names
//     static void apply(const Input&, bool is_new, const PersonReferences&, Record&, RowCheck&, const BatchContext&);
//     static core::Instant happened(const Record&, const BatchContext&);
//   };
#pragma once

#include "batch.hpp"

namespace banso::customers {

template <class Policy>
class KeyedBatch {
  using Record = typename Policy::Record;
  using Input = typename Policy::Input;

 public:
  KeyedBatch(BatchContext& batch, std::span<const Input> inputs)
      : batch_(batch), inputs_(inputs), accounts_(batch.session(), inputs), people_(batch.session(), texts(inputs)) {
    std::vector<std::string> keys;
    for (const auto& input : inputs) keys.push_back(key_of(input));
    matches_.load(batch.session(), keys);
  }

  Outcomes run() {
    Outcomes outcomes;
    outcomes.reserve(inputs_.size());
    for (const auto& input : inputs_) outcomes.push_back(write(input));
    return outcomes;
  }

 private:
  static std::vector<std::string> texts(std::span<const Input> inputs) {
    std::vector<std::string> all;
    for (const auto& input : inputs) Policy::people(input, all);
    return all;
  }

  // Empty where the row is too wrong to have a key; writing it will say so.
  std::string key_of(const Input& input) {
    RowCheck check;
    Record fresh;
    prepare(input, true, fresh, check);
    return check.ok() || !fresh.external_id.empty() ? fresh.match_key() : std::string();
  }

  void prepare(const Input& input, bool is_new, Record& record, RowCheck& check) {
    const bool names_account = input.account_id || !input.account.empty();
    if (is_new || names_account) record.account = accounts_.find(input.account_id, input.account, check);
    if (check.text_is_sound("external_id", input.external_id, short_text_bytes) && is_new) {
      record.external_id = trimmed(input.external_id);
    }
    Policy::apply(input, is_new, people_, record, check, batch_);
  }

  core::RowOutcome write(const Input& input) {
    const auto key = key_of(input);
    const auto* found = key.empty() ? nullptr : matches_.find(key);
    const std::optional<Record> present = found ? std::optional(*found) : std::nullopt;
    RowCheck check;
    Record record = present.value_or(Record{});
    prepare(input, !present, record, check);
    if (!check.ok()) return rejected(check);
    const auto known_at = batch_.writer.known_at(input.known_at, Policy::happened(record, batch_));
    auto outcome = write_record(batch_, present ? &*present : nullptr, record, known_at);
    matches_.keep(key, record);
    return outcome;
  }

  BatchContext& batch_;
  std::span<const Input> inputs_;
  AccountReferences accounts_;
  PersonReferences people_;
  Matches<Record> matches_;
};

}  // namespace banso::customers
