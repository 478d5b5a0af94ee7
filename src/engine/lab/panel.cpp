#include "panel.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/book_assembly.hpp"

namespace banso::engine::lab {
namespace {

constexpr std::size_t accounts_per_block = 64;
constexpr int months_per_year = 12;

template <class T>
std::size_t bytes(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

// The same accounts without usage: nearly all bytes of a book are there.
Book records_of(std::span<const Book* const> books) {
  std::vector<BookPart> parts;
  for (const auto* book : books) {
    for (std::size_t account = 0; account < book->size(); ++account) parts.push_back({book, account, nullptr});
  }
  return assemble({}, parts);
}

void note_decaying(const Definitions& definitions, const Scorecard& scorecard, std::vector<std::uint8_t>& measures) {
  for (const auto& item : flatten(scorecard).items) {
    const auto measure = definitions.measure_index(item.definition->measure);
    if (measure && item.definition->decay) measures[*measure] = 1;
  }
}

std::int64_t arr_on(const Book& book, std::size_t account, Day day) {
  std::int64_t mrr_minor = 0;
  for (const auto& row : book.subscriptions().of(account)) {
    if (row.start > day) break;
    if (row.known.at(day) && row.active_on(day)) mrr_minor += row.mrr_minor;
  }
  return mrr_minor * months_per_year;
}

}  // namespace

std::size_t MeasureBlock::memory_bytes() const {
  return bytes(narrow) + bytes(wide) + bytes(states) + bytes(newest);
}

std::size_t LabPanel::memory_bytes() const {
  std::size_t total = book_.memory_bytes() + bytes(arr_minor_);
  for (const auto& block : blocks_) {
    for (const auto& measure : block.measures) total += sizeof(MeasureBlock) + measure.memory_bytes();
  }
  return total;
}

PanelBuilder::PanelBuilder(Definitions definitions, std::vector<Day> days, std::span<const Scorecard> scorecards) {
  panel_.definitions_ = std::move(definitions);
  panel_.days_ = std::move(days);
  panel_.with_fact_days_.assign(panel_.definitions_.measures.size(), 0);
  for (const auto& scorecard : panel_.definitions_.scorecards) {
    note_decaying(panel_.definitions_, scorecard, panel_.with_fact_days_);
  }
  for (const auto& scorecard : scorecards) note_decaying(panel_.definitions_, scorecard, panel_.with_fact_days_);
}

MeasureBlock PanelBuilder::pack(std::size_t measure, std::span<const Assessments> weeks, std::size_t first,
                                std::size_t accounts) const {
  MeasureBlock block;
  const std::size_t rows = accounts * weeks.size();
  block.wide.resize(rows);
  block.states.resize(rows);
  if (panel_.with_fact_days_[measure]) block.newest.resize(rows);
  bool is_narrow = true, is_all_numbers = true;
  for (std::size_t week = 0; week < weeks.size(); ++week) {
    const auto& column = weeks[week].measures[measure];
    for (std::size_t account = 0; account < accounts; ++account) {
      const std::size_t row = account * weeks.size() + week;
      const auto state = column.states[first + account];
      const double number = is_number(state) ? column.values[first + account] : 0;
      block.wide[row] = number;
      block.states[row] = state;
      is_narrow = is_narrow && static_cast<double>(static_cast<float>(number)) == number;
      is_all_numbers = is_all_numbers && is_number(state);
      if (!block.newest.empty()) block.newest[row] = column.newest_days[first + account].days;
    }
  }
  if (is_narrow) {
    block.narrow.assign(block.wide.begin(), block.wide.end());
    block.wide = std::vector<double>();  // not {}, which would keep the memory
  }
  if (is_all_numbers) block.states = std::vector<ValueState>();
  return block;
}

void PanelBuilder::add(const Book& chunk, std::span<const Assessments> weeks) {
  if (weeks.size() != panel_.weeks()) throw std::invalid_argument("a chunk of the panel has other weeks");
  if (chunk.size() == 0) return;
  if (!chunks_.empty() && chunks_.back().records.account_ids().back() >= chunk.account_ids().front()) {
    throw std::invalid_argument("accounts of the panel must ascend");
  }
  const Book* only = &chunk;
  Chunk added{records_of({&only, 1}), panel_.blocks_.size(), 0};
  for (std::size_t first = 0; first < chunk.size(); first += accounts_per_block) {
    PanelBlock block{accounts_ + first, std::min(accounts_per_block, chunk.size() - first), {}};
    for (std::size_t measure = 0; measure < panel_.definitions_.measures.size(); ++measure) {
      block.measures.push_back(pack(measure, weeks, first, block.accounts));
    }
    panel_.blocks_.push_back(std::move(block));
  }
  accounts_ += chunk.size();
  added.end_block = panel_.blocks_.size();
  chunks_.push_back(std::move(added));
}

// Values of text and choice attributes are codes in the dictionary of the chunk they came from.
void PanelBuilder::unite_codes() {
  const auto& measures = panel_.definitions_.measures;
  for (std::size_t measure = 0; measure < measures.size(); ++measure) {
    if (measures[measure].source != Source::attribute) continue;
    const auto* united = panel_.book_.attribute(measures[measure].attribute);
    if (united == nullptr || united->dictionary.empty()) continue;
    for (const auto& chunk : chunks_) {
      const auto* own = chunk.records.attribute(measures[measure].attribute);
      if (own == nullptr) continue;
      std::vector<float> codes;
      for (const auto& text : own->dictionary) {
        const auto found = std::lower_bound(united->dictionary.begin(), united->dictionary.end(), text);
        codes.push_back(static_cast<float>(found - united->dictionary.begin()));
      }
      for (std::size_t index = chunk.first_block; index < chunk.end_block; ++index) {
        auto& block = panel_.blocks_[index].measures[measure];
        for (std::size_t row = 0; row < block.narrow.size(); ++row) {
          if (block.states.empty() || is_number(block.states[row])) {
            block.narrow[row] = codes[static_cast<std::size_t>(block.narrow[row])];
          }
        }
      }
    }
  }
}

void PanelBuilder::add_revenue() {
  panel_.arr_minor_.reserve(panel_.rows());
  for (std::size_t account = 0; account < panel_.accounts(); ++account) {
    for (const auto day : panel_.days_) panel_.arr_minor_.push_back(arr_on(panel_.book_, account, day));
  }
}

LabPanel PanelBuilder::build() && {
  std::vector<const Book*> books;
  for (const auto& chunk : chunks_) books.push_back(&chunk.records);
  panel_.book_ = records_of(books);
  unite_codes();
  add_revenue();
  return std::move(panel_);
}

}  // namespace banso::engine::lab
