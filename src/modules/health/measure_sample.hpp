// How a drafted measure would come out over the book: how many accounts have a value, how the values lie, and the
// values of those with the most ARR. For the editor of measures.
#pragma once

#include "book_table.hpp"
#include "evaluator.hpp"
#include "platform/json/json.hpp"

namespace banso::health {

class MeasureSample {
 public:
  // `index` into the definitions of the set; both and the table outlive this.
  MeasureSample(const DefinitionSet& set, std::size_t index, const BookTable& table)
      : measure_(&set.definitions.measures[index]), index_(index), table_(&table) {}

  void add(const AssessedChunk& chunk);
  // As api/health.yaml's MeasureSample.
  platform::json::object render();

 private:
  struct Account {
    const AccountRow* row;
    bool has_value;
    core::Text text;  // the value with its unit, or why there is none
  };

  core::Text value_text(const engine::Book& book, const engine::Assessments& day, std::size_t account) const;

  const engine::MeasureDefinition* measure_;
  std::size_t index_;
  const BookTable* table_;
  bool is_number_ = true;  // not of attributes that hold words: their codes mean nothing
  std::vector<double> values_;
  std::vector<Account> largest_;                                       // by ARR, as many as are named
  std::map<std::string, std::pair<core::Text, std::size_t>> without_;  // by state: why, and how many accounts
};

}  // namespace banso::health
