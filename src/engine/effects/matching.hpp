// Like cases for treated ones, found by what they were like before. Nothing here ever sees an outcome, so that pairs
// cannot be chosen for what came of them.
//
// One to one, without replacement, greedily from the nearest pair on; only within the same stratum and within the
// caliper on every covariate. A covariate that is unknown of one of two cases keeps them apart, of both makes them
// alike. Pure and deterministic: equal distances are settled by position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace banso::engine::effects {

// Row by row; NaN: unknown.
struct Covariates {
  std::size_t columns = 0;
  std::vector<double> values;
  std::vector<std::int64_t> strata;  // one a row: only rows of the same one may be paired

  std::size_t rows() const { return strata.size(); }
  double at(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
};

struct MatchSettings {
  double caliper = 0.5;  // standard deviations, on every covariate
};

struct MatchedPair {
  std::size_t treated = 0;  // rows
  std::size_t candidate = 0;
  double distance = 0;  // root mean square over covariates, in standard deviations
};

// Of one covariate: how far the sides lie apart, in standard deviations of before.
struct CovariateBalance {
  double treated_mean = 0;  // of the paired; NaN where none is known
  double matched_mean = 0;
  double before = 0;  // all treated against all candidates
  double after = 0;   // pairs only
};

struct Matching {
  std::vector<MatchedPair> pairs;         // by treated row
  std::vector<std::size_t> unmatched;     // treated rows, ascending
  std::vector<CovariateBalance> balance;  // by column
};

// How far two sides lie apart as they are: `before` and `after` are the same.
std::vector<CovariateBalance> balance_of(const Covariates& treated, const Covariates& others);

// Both have the same columns.
Matching match(const Covariates& treated, const Covariates& candidates, MatchSettings settings = {});

}  // namespace banso::engine::effects
