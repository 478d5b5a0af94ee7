// Rows of the lab: one per account and week, account after account, as many weeks for each account.
#pragma once

#include <cstdint>
#include <span>

#include "engine/assessment.hpp"

namespace banso::engine::lab {

// Scores and points in ten-thousandths (engine::Points).
inline constexpr std::int32_t most_points = 100 * Points::scale;
inline constexpr std::int32_t no_points = -1;  // no score on that day, or an item that does not count

// What became of the account within the lead time after the row's day.
enum class Label : std::uint8_t {
  without,  // the outcome did not happen
  with,     // it did
  no_part,  // not judged: the account is gone or not there yet, or the lead time has not passed
};

// What a row is ranked by: scores, points, or any number from 0 to `most`; no_points takes no part.
struct RankedRows {
  std::size_t weeks = 1;
  std::span<const std::int32_t> values;
  std::span<const Label> labels;
  std::int32_t most = most_points;

  std::size_t accounts() const { return weeks == 0 ? 0 : values.size() / weeks; }
  bool takes_part(std::size_t row) const { return values[row] >= 0 && labels[row] != Label::no_part; }
};

// Neighbouring rows with the same label; not those without a part.
struct LabelRun {
  std::size_t begin, end;
  Label label;
};

template <class Visit>
void each_label_run(std::span<const Label> labels, std::size_t begin, std::size_t end, Visit visit) {
  for (LabelRun run{begin, begin, {}}; run.end < end; run.begin = run.end) {
    run.label = labels[run.begin];
    while (run.end < end && labels[run.end] == run.label) ++run.end;
    if (run.label != Label::no_part) visit(run);
  }
}

// Which end of the ranking announces the outcome.
enum class Predicts { low, high };

}  // namespace banso::engine::lab
