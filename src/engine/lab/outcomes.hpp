// What became of accounts: churned, renewed lower or higher, or an attribute that took a certain value. Taken from what
// is known at the end; scores are judged by it, never made of it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/book.hpp"
#include "engine/evaluate.hpp"
#include "panel.hpp"
#include "rows.hpp"

namespace banso::engine::lab {

// A contract that begins at most so many days after the last one ended continues it.
inline constexpr int continued_within_days = 30;

struct DayPeriod {
  Day from;
  Day until = forever;  // exclusive
  auto operator<=>(const DayPeriod&) const = default;
};

struct Outcomes {
  PerAccount<Day> days;           // on which it happened, ascending
  PerAccount<DayPeriod> present;  // when it could happen: the account was a customer
  Day known_on;                   // what happened later is not known

  // Accounts with at least one.
  std::size_t accounts() const;
};

// The account's last contract ended and none continued it, up to known_on.
Outcomes churned(const Book& book, Day known_on);
// Monthly recurring revenue became lower (higher) while the account stayed.
Outcomes contracted(const Book& book, Day known_on);
Outcomes expanded(const Book& book, Day known_on);
// A text, choice or yes/no attribute took the value ("yes" and "no" for yes/no). Days on which it has it already are
// not judged. Without contracts in the book every day counts as present.
Outcomes attribute_became(const Book& book, std::string_view attribute, std::string_view choice, Day known_on);

// For every row of the panel: whether the outcome happened within (day, day + lead_days]. Takes no part where the
// account was not present on the day, or the lead time has not passed on known_on.
std::vector<Label> label_rows(const LabPanel& panel, const Outcomes& outcomes, int lead_days,
                              const ParallelFor& parallel_for = serial());

}  // namespace banso::engine::lab
