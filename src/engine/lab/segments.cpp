#include "segments.hpp"

#include <algorithm>

namespace banso::engine::lab {
namespace {

// Rows of one segment: whole accounts that are in it in some week, other weeks blotted out.
struct SegmentRows {
  std::vector<std::int32_t> values;
  std::vector<Label> labels;
  std::size_t accounts = 0, accounts_with = 0;
};

void add_account(const ScoredPanel& scored, const std::vector<Label>& labels, std::span<const std::int32_t> codes,
                 std::size_t first_row, std::int32_t code, SegmentRows& rows) {
  bool is_judged = false, has_outcome = false;
  for (std::size_t week = 0; week < codes.size(); ++week) {
    const bool is_in = codes[week] == code;
    rows.values.push_back(is_in ? scored.scores[first_row + week] : no_points);
    rows.labels.push_back(labels[first_row + week]);
    const bool takes_part = rows.values.back() >= 0 && rows.labels.back() != Label::no_part;
    is_judged = is_judged || takes_part;
    has_outcome = has_outcome || (takes_part && rows.labels.back() == Label::with);
  }
  rows.accounts += is_judged;
  rows.accounts_with += has_outcome;
}

}  // namespace

std::vector<SegmentJudgement> judge_segments(const LabPanel& panel, const ScoredPanel& scored,
                                             const JudgedOutcome& outcome, const AttributeColumn& attribute,
                                             const ParallelFor& parallel_for) {
  const auto& labels = *outcome.labels;
  const auto none = static_cast<std::int32_t>(attribute.dictionary.size());  // the last: no value
  std::vector<std::int32_t> codes(panel.rows());
  parallel_for(panel.blocks().size(), [&](std::size_t index) {
    const auto& block = panel.blocks()[index];
    for (std::size_t account = block.first_account; account < block.first_account + block.accounts; ++account) {
      for (std::size_t week = 0; week < panel.weeks(); ++week) {
        const auto value = attribute.value_at(account, panel.days()[week]);
        codes[account * panel.weeks() + week] = value ? static_cast<std::int32_t>(*value) : none;
      }
    }
  });
  std::vector<std::size_t> sizes(attribute.dictionary.size() + 1);
  for (std::size_t row = 0; row < panel.rows(); ++row) {
    if (labels[row] != Label::no_part && scored.scores[row] >= 0) ++sizes[static_cast<std::size_t>(codes[row])];
  }
  std::vector<std::int32_t> largest;
  for (std::int32_t code = 0; code <= none; ++code) {
    if (sizes[static_cast<std::size_t>(code)] > 0) largest.push_back(code);
  }
  std::stable_sort(largest.begin(), largest.end(), [&](std::int32_t a, std::int32_t b) {
    return sizes[static_cast<std::size_t>(a)] > sizes[static_cast<std::size_t>(b)];
  });
  if (largest.size() > most_segments) largest.resize(most_segments);
  std::vector<SegmentJudgement> judged(largest.size());
  parallel_for(largest.size(), [&](std::size_t segment) {
    const auto code = largest[segment];
    SegmentRows rows;
    for (std::size_t account = 0; account < panel.accounts(); ++account) {
      const std::span of_account(codes.data() + account * panel.weeks(), panel.weeks());
      if (std::find(of_account.begin(), of_account.end(), code) == of_account.end()) continue;
      add_account(scored, labels, of_account, account * panel.weeks(), code, rows);
    }
    const RankedRows ranked{panel.weeks(), rows.values, rows.labels};
    judged[segment] = {code == none ? std::string() : attribute.dictionary[static_cast<std::size_t>(code)],
                       rows.accounts, rows.accounts_with,
                       trusted(clustered_auc(ranked, count_values(ranked), outcome.predicts()), rows.accounts_with)};
  });
  return judged;
}

}  // namespace banso::engine::lab
