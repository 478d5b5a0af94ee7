// Why an account entered or left, in words: which rules of the condition became true or false, with the values before
// and after. Internal to the module.
#pragma once

#include <optional>
#include <vector>

#include "segments.hpp"

namespace banso::segments {

// Writes the reasons of one segment for one step of the book. The views must outlive it.
class ReasonWriter {
 public:
  // `before` is null where it is not known, as after a start.
  ReasonWriter(const health::SegmentRule& segment, const health::BookView& now, const health::BookView* before);

  // `row` of the book now. Names the rules that turned; where none is known to have, those that decide.
  core::Text why(std::size_t row, bool has_entered) const;

 private:
  struct Rule {
    std::string field;
    core::Text label;
    engine::FieldType type = engine::FieldType::text;
    core::Text needs;         // "50 or more"
    bool is_negated = false;  // inside of an odd number of "not"
    engine::Condition now;
    std::optional<engine::Condition> before;  // nothing where the fields of then cannot say it
  };
  void collect(const std::string& json);
  core::Text statement(const Rule& rule, std::size_t row, std::optional<std::size_t> row_before) const;

  const health::BookView& now_;
  const health::BookView* before_;
  std::vector<Rule> rules_;
};

}  // namespace banso::segments
