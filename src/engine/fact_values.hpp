// Values from the small facts of one account (everything but usage) on one day. Internal to the engine.
#pragma once

#include <optional>

#include "assessment.hpp"
#include "book.hpp"
#include "plan.hpp"

namespace banso::engine {

struct Value {
  double number = 0;
  ValueState state = ValueState::number;
  Day newest = no_day;

  static Value missing(ValueState state, Day newest = no_day) { return {0, state, newest}; }
};

// What a window looks at: days after `begin` up to and including `end`, as known on `as_of`.
struct Window {
  Day begin;
  Day end;
  Day as_of;
};
Window window_of(int window_days, Day as_of, int lag_days);

// Tickets, surveys, interactions, attendance, subscriptions, attributes and contacts present.
Value fact_value(const Book& book, const MeasurePlan& measure, std::size_t account, const Window& window);

// People licensed on a day: seats of the active subscriptions added up by product (of the mask; empty: all), and of
// these the largest, because add-ons count the same people again.
std::int64_t seats_on(const Book& book, const std::vector<std::uint8_t>& products, std::size_t account, Day day,
                      Day as_of);

// Days since the first subscription began, or else since the attribute "created"; nothing where neither is known.
std::optional<int> age_days(const Book& book, const Plan& plan, std::size_t account, Day as_of);

}  // namespace banso::engine
