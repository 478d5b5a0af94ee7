// The judgement by segment: the same ranking among the accounts of each value of an attribute, as known in each week.
#pragma once

#include "judgement.hpp"

namespace banso::engine::lab {

inline constexpr std::size_t most_segments = 12;  // the largest

std::vector<SegmentJudgement> judge_segments(const LabPanel& panel, const ScoredPanel& scored,
                                             const JudgedOutcome& outcome, const AttributeColumn& attribute,
                                             const ParallelFor& parallel_for);

}  // namespace banso::engine::lab
