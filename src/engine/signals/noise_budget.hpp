// Which alerts a person gets this week: as many as the budget allows, the most valuable first; what is left is held
// back until there is room. A critical alert is never held back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace banso::engine::signals {

enum class AlertSeverity : std::uint8_t { low, medium, high, critical };

// What feedback says of a rule's alerts.
struct Feedback {
  std::int64_t useful = 0, not_useful = 0;
};

// How often a rule's alerts are worth it, 0 to 1: feedback, weighed against what was thought before, which counts like
// ten answers. `prior` is the precision of a replay where there was one.
double precision_of(const Feedback& feedback, std::optional<double> prior);

// Value at stake (minor units) times precision times the weight of the severity.
double expected_value(std::int64_t value_at_stake_minor, double precision, AlertSeverity severity);

struct Candidate {
  std::int64_t person = 0;  // 0: nobody's; no budget applies
  AlertSeverity severity = AlertSeverity::medium;
  double expected_value = 0;
  std::int64_t age = 0;  // of equal value, the smaller goes first: what has waited longer
};

// How many alerts a person has had this week.
struct Used {
  std::int64_t person = 0;
  int alerts = 0;
};

// Per candidate, whether it is let through. No limit: all are.
std::vector<bool> within_budget(std::span<const Candidate> candidates, std::span<const Used> used,
                                std::optional<int> alerts_per_person_week);

}  // namespace banso::engine::signals
