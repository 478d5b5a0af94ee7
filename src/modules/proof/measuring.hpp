// What was measured of accounts before a day and after it: the raw material of every comparison. Internal to the
// module.
//
// What lies after a horizon that is not over yet is not asked for; a renewal that lies beyond it may be. Reads in bulk:
// chunks of accounts, no statement for each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "proof.hpp"

namespace banso::proof {

// An account from a day on.
struct Start {
  core::AccountId account;
  core::Day day;
  auto operator<=>(const Start&) const = default;
};

// At one end of the horizon.
struct State {
  std::optional<double> health;
  std::string level;   // key; empty: none
  int level_rank = 0;  // 0: the best one
  // Distinct people with active use within the 28 days before; nothing where no use of the account was ever reported.
  std::optional<double> active_people;
  std::int64_t arr_minor = 0;  // of contracts that run on the day, trials left out
};

// Where the account's next renewal lies, seen from the start.
enum class RenewalAhead { none, within_horizon, within_reach };

struct Before {
  State state;
  std::optional<double> health_trend;  // points over the 28 days before
  std::optional<int> age_days;         // since the customer came
  RenewalAhead renewal = RenewalAhead::none;
};

// Health and use are read where the horizon ends. Renewals and ARR are read later where the next renewal lies beyond
// it: what is done 120 days before a renewal cannot be judged after 84.
struct After {
  State state;
  core::Day money_day;                    // on which renewals and ARR are read
  std::optional<std::int64_t> arr_minor;  // on that day; nothing where it lies ahead
  std::optional<bool> renewed;  // what fell due until then; nothing where nothing was decided, or it lies ahead
};

// How far renewals and ARR reach, in days after the start.
inline constexpr int renewal_reach_days = 180;

class Measuring {
 public:
  Measuring(const Dependencies& from, int horizon_days) : from_(from), horizon_days_(horizon_days) {}

  // In the order of the starts.
  std::vector<Before> before(std::span<const Start> starts) const;
  std::vector<After> after(std::span<const Start> starts) const;

 private:
  std::vector<State> states(std::span<const Start> days) const;
  void read_money(std::span<const Start> starts, std::span<After> into) const;

  const Dependencies& from_;
  const int horizon_days_;
};

// ARR on a day by the newest version of every contract.
struct AccountDayArr {
  Start at;
  std::int64_t arr_minor = 0;
};
void fill_arr(revenue::Service& revenue, std::span<AccountDayArr> questions);

}  // namespace banso::proof
