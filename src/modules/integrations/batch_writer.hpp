// What the writers of all kinds share: rows are collected, written together, and their outcomes told apart again.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "record_writer.hpp"

namespace banso::integrations {

template <class Input>
class BatchWriter : public RecordWriter {
 public:
  BatchWriter(const WriteContext& context, Counts& counts, std::function<void(RejectedRow)> reject,
              std::size_t batch_rows)
      : context_(context), counts_(counts), reject_(std::move(reject)), batch_rows_(batch_rows) {}

  core::Result<> add(MappedRow row, const Row& original) override {
    FieldValues values(context_.mapper, context_.rules, row);
    std::vector<Input> inputs;
    if (values.ok()) inputs = convert(values, row);
    Pending pending{row.line, {original.cells.begin(), original.cells.end()}, {}, inputs_.size(), 0};
    if (values.ok()) {
      pending.input_count = inputs.size();
      std::move(inputs.begin(), inputs.end(), std::back_inserter(inputs_));
    } else {
      pending.errors = std::move(row.errors);
    }
    pending_.push_back(std::move(pending));
    return pending_.size() >= batch_rows_ ? flush() : core::Result<>();
  }

  core::Result<> flush() override {
    if (pending_.empty()) return {};
    BANSO_TRY_ASSIGN(const auto outcomes, write(inputs_));
    for (Pending& row : pending_) settle(row, outcomes);
    pending_.clear();
    inputs_.clear();
    return {};
  }

 protected:
  // One row may be several changes, oldest first. Complaints go through `values`.
  virtual std::vector<Input> convert(FieldValues& values, const MappedRow& row) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> write(const std::vector<Input>& inputs) = 0;
  // The heading of what an outcome calls its field.
  virtual std::string column_of(const std::string& field) const {
    const auto fields = fields_of(context_.rules.kind);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].key == field) return context_.mapper.column_of(i);
    }
    return field;
  }

  core::BatchOptions options() const {
    const bool history = context_.mapping.known_at == KnownAt::happened;
    return {history ? core::KnownBy::happening : core::KnownBy::recording, context_.dry_run};
  }

  const WriteContext& context_;

 private:
  struct Pending {
    std::int64_t line;
    std::vector<std::string> cells;
    std::vector<CellError> errors;
    std::size_t first_input;
    std::size_t input_count;
  };

  void settle(Pending& row, const std::vector<core::RowOutcome>& outcomes) {
    core::RowResult result = row.errors.empty() ? core::RowResult::unchanged : core::RowResult::rejected;
    for (std::size_t i = row.first_input; i < row.first_input + row.input_count; ++i) {
      const core::RowOutcome& outcome = outcomes.at(i);
      if (outcome.result == core::RowResult::rejected) {
        for (const core::FieldError& error : outcome.errors) add_error(row, error);
      }
      // Of several changes the one that says most: rejected, created, updated, unchanged.
      const bool says_more = outcome.result == core::RowResult::rejected ||
                             (result != core::RowResult::rejected && outcome.result < result);
      if (says_more) result = outcome.result;
    }
    switch (result) {
      case core::RowResult::created:
        ++counts_.created;
        break;
      case core::RowResult::updated:
        ++counts_.updated;
        break;
      case core::RowResult::unchanged:
        ++counts_.unchanged;
        break;
      case core::RowResult::rejected:
        ++counts_.rejected;
        reject_({row.line, std::move(row.cells), std::move(row.errors)});
        break;
    }
  }

  void add_error(Pending& row, const core::FieldError& error) const {
    const std::string column = column_of(error.field);
    const auto& headings = context_.profile.columns;
    const auto found =
        std::find_if(headings.begin(), headings.end(), [&](const ColumnProfile& c) { return c.heading == column; });
    const auto index = static_cast<std::size_t>(found - headings.begin());
    const std::string value = index < row.cells.size() ? shortened(row.cells[index]) : std::string();
    row.errors.push_back({column, value, error.message});
  }

  Counts& counts_;
  std::function<void(RejectedRow)> reject_;
  std::size_t batch_rows_;
  std::vector<Input> inputs_;
  std::vector<Pending> pending_;
};

}  // namespace banso::integrations
