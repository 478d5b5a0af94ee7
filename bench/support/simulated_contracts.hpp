// Contracts of a software vendor over five years: renewals with and without price rises, further products, customers
// who leave and some who return, three currencies, trials, discounts; and five ways to part the accounts.
#pragma once

#include <span>
#include <vector>

#include "engine/revenue/ledger.hpp"

namespace banso::bench {

inline constexpr int contract_months = 60;
inline constexpr engine::revenue::Month first_contract_month{2021 * 12};

// About `terms` of them, always the same; eight to an account. In no order.
engine::revenue::LedgerInput simulated_contracts(std::size_t terms);

// One account's contracts as after an upgrade: its last term ends, another begins.
std::vector<engine::revenue::Term> upgraded(std::span<const engine::revenue::Term> rows);

}  // namespace banso::bench
