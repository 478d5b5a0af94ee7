// What churn costs, in plain words for people who do not live in figures.
#pragma once

#include <cstdint>
#include <string>

#include "core/text.hpp"

namespace banso::retention {

struct CostOfChurn {
  std::int64_t per_month_minor = 0;     // MRR lost and fallen a month, on average
  std::int64_t point_of_grr_minor = 0;  // ARR that one percentage point more of yearly GRR keeps
  core::Text text;                      // "The bucket leaks 3.1 million yen a month. ..."
};

// Of `months` months (12, or fewer where the book is young): `lost_minor` is churn and contraction added up, above 0;
// `start_mrr_minor` what was paid at the begin of the window that GRR looks at.
CostOfChurn cost_of_churn(std::int64_t lost_minor, int months, std::int64_t start_mrr_minor,
                          const std::string& currency);

}  // namespace banso::retention
