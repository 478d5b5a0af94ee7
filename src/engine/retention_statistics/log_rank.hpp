// Do groups of customers leave at different speeds, or could chance alone make such a difference?
#pragma once

#include <span>
#include <vector>

#include "lifetimes.hpp"

namespace banso::engine::retention_statistics {

struct LogRankGroup {
  std::size_t customers = 0;
  std::int64_t observed = 0;  // ends
  double expected = 0;        // ends, were all groups alike
};

struct LogRank {
  std::vector<LogRankGroup> groups;
  double chi_square = 0;
  int degrees_of_freedom = 0;  // groups in which an end could be expected, less one; 0: nothing to compare
  double p_value = 1;
};

// Mantel's log-rank test (R's survdiff with rho = 0), also for customers who entered late. Groups 0..groups-1.
LogRank log_rank(std::span<const Lifetime> lifetimes, std::size_t groups);

}  // namespace banso::engine::retention_statistics
