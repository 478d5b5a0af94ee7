// What is wrong with the subscriptions as they were entered, and what the ledger makes of it: the list of things to
// mend. Nothing is mended silently.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/text.hpp"
#include "rules.hpp"
#include "terms.hpp"

namespace banso::engine::revenue {

enum class FaultCode : std::uint8_t {
  overlapping_product,  // two terms of one product at once: both count
  gap_of_days,          // a product begins again a few days after it ended: bridged, or churn and return, by the rules
  end_before_start,     // earns nothing
  empty_term,           // ends on the day it starts: earns nothing
  zero_amount,          // not a paying customer
  negative_amount,      // taken off the account's revenue
  currency_without_rate,    // left out
  transfer_without_source,  // the subscription continued is not there, or does not end: no transfer
  backdated                 // entered after its month was closed: shown as a restatement
};
std::string_view key_of(FaultCode code);
const core::Text& name_of(FaultCode code);       // "Overlapping subscriptions of one product"
const core::Text& treatment_of(FaultCode code);  // what the ledger does with it
const core::Text& remedy_of(FaultCode code);     // what the reader should do

struct Fault {
  FaultCode code = FaultCode::empty_term;
  AccountIndex account = 0;
  Day day;                                        // where it begins
  int days = 0;                                   // length of an overlap or gap; forever is 0
  std::vector<SubscriptionNumber> subscriptions;  // oldest first
};

// The longest gap between two terms of one product that is taken for a slip of the pen.
inline constexpr int longest_suspicious_gap_days = 31;

// In the order of accounts, then days. Without `backdated`, which needs closed months: see restatement.hpp.
std::vector<Fault> find_faults(std::span<const Term> terms, const Rates& rates, const RevenueRules& rules);

}  // namespace banso::engine::revenue
