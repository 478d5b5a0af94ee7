// The kernel: evaluate(book, definitions, as_of) -> assessments. Pure: no I/O, no clock, no globals; the same input
// gives the same output on any number of threads. There is no other scoring path anywhere.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "assessment.hpp"
#include "book.hpp"
#include "definitions.hpp"
#include "whole_book.hpp"

namespace banso::engine {

// Calls body(0) .. body(count - 1), in any order, possibly at once, and returns when all are done. The caller brings
// the threads; serial() brings none.
using ParallelFor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;
ParallelFor serial();

// Sees only what happened on or before as_of and was known on it. Definitions must be valid (validate()); invalid ones
// are a programmer's error (std::invalid_argument).
//
// `whole` is what measures among peers and roll-ups need to know of all accounts, collected with the same definitions.
// Without it such measures are missing (no_peers) and parents keep their own scores.
Assessments evaluate(const Book& book, const Definitions& definitions, Day as_of,
                     const ParallelFor& parallel_for = serial(), const WholeBook& whole = {});

// The same for each of the days, which must ascend: equal to evaluating day by day, but usage is read once however many
// days are asked, so that a whole history costs time linear in user-days. Memory: about 13 bytes per account, measure
// and day plus 12 per account, scorecard item and day; cut large books into chunks of accounts.
std::vector<Assessments> evaluate_history(const Book& book, const Definitions& definitions, std::span<const Day> days,
                                          const ParallelFor& parallel_for = serial(), const WholeBook& whole = {});

// The first pass of measures among peers, over one chunk: evaluates only these and what they are made of. Not settled:
// merge the chunks, then settle. Between the days, those of the day before count.
PeerDistributions collect_peers(const Book& book, const Definitions& definitions, std::span<const Day> days,
                                const ParallelFor& parallel_for = serial());

// The first pass of roll-ups, over one chunk: own scores of the accounts in a family. `own` are assessments of the book
// by evaluate_history without families, one per day; `links`, ascending by child, are all there are. Not settled.
FamilyScores collect_families(const Book& book, std::span<const Assessments> own, std::span<const FamilyLink> links);

// Position of a measure in ScorecardColumn::items; `group` is the group's position in order of reading, as in
// ScorecardColumn::groups.
std::size_t item_index(const Scorecard& scorecard, std::size_t group, std::size_t item_in_group);

// The days whose facts a measure's value on as_of rests on, both inclusive: for walking down to rows. From no_day where
// it looks back without limit.
struct DayRange {
  Day first;
  Day last;
};
DayRange fact_days(const MeasureDefinition& measure, Day as_of);

}  // namespace banso::engine
