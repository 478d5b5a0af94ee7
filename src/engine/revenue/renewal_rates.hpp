// What came due and what was renewed, account by account: the rows behind Figures::renewals.
#pragma once

#include "ledger.hpp"

namespace banso::engine::revenue {

struct RenewalDue {
  AccountIndex account = 0;
  Day due;  // the first day without the ended terms
  std::int64_t due_minor = 0, renewed_minor = 0;
  std::int64_t continued_minor = 0;  // what goes on, uncapped: above due_minor it is growth at the renewal
};

// Of the terms that end in `months`, by account, then day.
std::vector<RenewalDue> renewals_due(const Ledger& ledger, MonthRange months,
                                     std::string_view dimension = everything_dimension, std::uint32_t value = 0);

}  // namespace banso::engine::revenue
