// What became of accounts: churned, renewed lower or higher, or an attribute that took a certain value or grew. Taken
// from what is known at the end; scores are judged by it, never made of it.
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
// A number grew (fell) from one of its values to the next, as one more goal that was achieved. The first value is where
// an account begins and no growth; where the value was taken away in between, the next one begins anew. It may happen
// again and again, so every day as a customer is judged.
Outcomes attribute_grew(const Book& book, std::string_view attribute, Day known_on);
Outcomes attribute_fell(const Book& book, std::string_view attribute, Day known_on);

// For every row of the panel: whether the outcome happened within (day, day + lead_days]. Takes no part where the
// account was not present on the day, or the lead time has not passed on known_on.
std::vector<Label> label_rows(const LabPanel& panel, const Outcomes& outcomes, int lead_days,
                              const ParallelFor& parallel_for = serial());

}  // namespace banso::engine::lab
