// The panel: what measures said of every account in every week of a period, kept so that scorecards can be tried on it
// at the speed of the hand. Values are those of engine::evaluate_history, bit for bit: in week w only what was known in
// week w counts.
//
// Rows are accounts by weeks, account after account. A value: built once, safe to read from any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/book.hpp"
#include "engine/definitions.hpp"
#include "engine/evaluate.hpp"
#include "engine/fact_values.hpp"

namespace banso::engine::lab {

// Some accounts' rows of one measure. Numbers are kept as float where that loses nothing.
struct MeasureBlock {
  std::vector<float> narrow;
  std::vector<double> wide;          // instead of narrow
  std::vector<ValueState> states;    // empty: all are numbers
  std::vector<std::int32_t> newest;  // days since 1970 of the newest fact; only of measures whose age counts

  double number(std::size_t row) const { return wide.empty() ? static_cast<double>(narrow[row]) : wide[row]; }
  Value value(std::size_t row) const {
    return {number(row), states.empty() ? ValueState::number : states[row], newest.empty() ? no_day : Day{newest[row]}};
  }
  std::size_t memory_bytes() const;
};

struct PanelBlock {
  std::size_t first_account = 0;
  std::size_t accounts = 0;
  std::vector<MeasureBlock> measures;  // as in Definitions::measures
};

class LabPanel {
 public:
  // With measures and scorecards as published when the panel was built.
  const Definitions& definitions() const { return definitions_; }
  std::span<const Day> days() const { return days_; }
  std::size_t weeks() const { return days_.size(); }
  std::size_t accounts() const { return book_.size(); }
  std::size_t rows() const { return accounts() * weeks(); }
  // Attributes, subscriptions and the other small facts of all accounts, in the order of the rows; without usage.
  const Book& book() const { return book_; }
  std::span<const PanelBlock> blocks() const { return blocks_; }
  // Per row: monthly recurring revenue times twelve on the day, as known on it; minor units.
  std::span<const std::int64_t> arr_minor() const { return arr_minor_; }
  // Whether facts' ages were kept of the measure, as items with decay need them.
  bool has_fact_days(std::size_t measure) const { return with_fact_days_[measure] != 0; }
  std::size_t memory_bytes() const;

 private:
  friend class PanelBuilder;
  friend class PanelFile;
  Definitions definitions_;
  std::vector<Day> days_;
  Book book_;
  std::vector<PanelBlock> blocks_;
  std::vector<std::int64_t> arr_minor_;
  std::vector<std::uint8_t> with_fact_days_;  // per measure
};

// Takes chunk after chunk of the accounts, ascending by id across all chunks.
class PanelBuilder {
 public:
  // `scorecards` are further ones (drafts) that the panel must serve besides those of the definitions.
  PanelBuilder(Definitions definitions, std::vector<Day> days, std::span<const Scorecard> scorecards = {});

  // `weeks` are the chunk's assessments by evaluate_history, one per day, under the definitions.
  void add(const Book& chunk, std::span<const Assessments> weeks);
  LabPanel build() &&;

 private:
  struct Chunk {
    Book records;
    std::size_t first_block = 0, end_block = 0;
  };
  LabPanel panel_;
  std::vector<Chunk> chunks_;
  std::size_t accounts_ = 0;

  MeasureBlock pack(std::size_t measure, std::span<const Assessments> weeks, std::size_t first,
                    std::size_t accounts) const;
  void unite_codes();
  void add_revenue();
};

}  // namespace banso::engine::lab
