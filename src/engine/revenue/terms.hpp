// What the ledger is made of: one term is one subscription as it is believed. Terms come in any order; nothing computed
// from them depends on it.
//
// A term earns from `start` up to, not including, `end`. Accounts, products and plans are numbered from 0 by the
// caller.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "months.hpp"
#include "rates.hpp"

namespace banso::engine::revenue {

using AccountIndex = std::uint32_t;
using ProductIndex = std::uint32_t;
using PlanIndex = std::uint32_t;
using SubscriptionNumber = std::int64_t;

inline constexpr SubscriptionNumber no_subscription = 0;

// Which subscription of which other account a term continues.
struct TransferSource {
  AccountIndex account = 0;
  SubscriptionNumber subscription = no_subscription;

  explicit operator bool() const { return subscription != no_subscription; }
  auto operator<=>(const TransferSource&) const = default;
};

struct Term {
  AccountIndex account = 0;
  SubscriptionNumber subscription = no_subscription;  // above 0; leads back to the record
  ProductIndex product = 0;
  PlanIndex plan = 0;
  Day start;
  Day end = forever;                // exclusive
  std::int64_t amount_minor = 0;    // per billing period, in minor units of `currency`, after the discount
  std::int64_t discount_minor = 0;  // per billing period, taken off already: the list price is amount + discount
  CurrencyIndex currency = reporting;
  std::uint16_t billing_period_months = 1;  // at least 1
  bool is_trial = false;
  Day past_due_from = forever;  // unpaid since; forever: paid
  Day cancelled_on = forever;   // notice was given; forever: it was not
  TransferSource transferred_from;
  // The days on whose ends this version was believed: on day D where known_from <= D < known_until.
  Day known_from{std::numeric_limits<std::int32_t>::min()};
  Day known_until = forever;

  bool known_on(Day day) const { return known_from <= day && day < known_until; }
  auto operator<=>(const Term&) const = default;
};

}  // namespace banso::engine::revenue
