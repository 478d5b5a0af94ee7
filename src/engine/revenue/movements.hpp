// Why revenue changed. Within a day (or a month, see Netting) the order is fixed: first the exchange moves the value of
// what is there, then transfers go, then what is left is named by what it did to the account:
//
//   new           the account paid nothing before, and never did (or longer ago than the rules say)
//   reactivation  it paid nothing before, but once did
//   expansion     it paid before and pays more
//   contraction   it pays less, but still pays
//   churn         it pays nothing any more
//   transfer_out, transfer_in   a subscription goes on at another account; never more than both sides are worth,
//                 so that the two cancel out over all accounts
//   currency      only with RateMonth::each_month: on the first day of a month
//
// opening + movements = closing, to the last unit, always.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/text.hpp"
#include "terms.hpp"

namespace banso::engine::revenue {

// `started` is called "new" wherever people or other programs see it.
enum class MovementKind : std::uint8_t {
  started,
  reactivation,
  expansion,
  contraction,
  churn,
  transfer_in,
  transfer_out,
  currency
};
inline constexpr std::size_t movement_kind_count = 8;
using AmountByKind = std::array<std::int64_t, movement_kind_count>;  // what is lost is negative

std::string_view key_of(MovementKind kind);  // "new", "reactivation", ...
std::optional<MovementKind> movement_kind(std::string_view key);
const core::Text& name_of(MovementKind kind);

struct Movement {
  AccountIndex account = 0;
  Day day;
  MovementKind kind = MovementKind::started;
  std::int64_t amount_minor = 0;  // never 0; in the reporting currency
};

// A row that took part in a change: what it was worth a month before and after. 0 = did not count.
struct ChangedRow {
  std::uint32_t row = 0;  // position in Ledger::rows_of(account)
  std::int64_t before_minor = 0, after_minor = 0;
};

// All that happened to an account on one day, with the rows that made it. after - before = sum of amounts = sum over
// rows of after - before.
struct Change {
  AccountIndex account = 0;
  Day day;
  std::int64_t before_minor = 0, after_minor = 0;
  AmountByKind amounts{};
  std::vector<ChangedRow> rows;
};

}  // namespace banso::engine::revenue
