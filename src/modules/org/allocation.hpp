// Who gets which account: round robin, by capacity, or fixed. Pure and deterministic: the same input, the same plan,
// whatever its order. Internal to the module.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/ids.hpp"

namespace banso::org {

// Effort in points; 100 are one person's full workload.
inline constexpr double full_effort = 100;

struct Load {
  std::int64_t accounts = 0;
  std::int64_t arr_minor = 0;
  double effort = 0;
  bool operator==(const Load&) const = default;
};

// Nothing: no limit.
struct Limits {
  std::optional<std::int64_t> accounts{}, arr_minor{};
  std::optional<double> effort{};
  bool operator==(const Limits&) const = default;

  bool any() const { return accounts || arr_minor || effort; }
  // The tighter of both, figure by figure.
  static Limits tighter(const Limits& a, const Limits& b);
};

// The fullest of the limited figures against its limit; nothing without limits. Above 1: too much.
std::optional<double> share_of(const Load& load, const Limits& limits);

struct Placeable {
  core::AccountId account;
  std::int64_t arr_minor = 0;
  double effort = 0;
  core::UserId holder;  // who has it now; none
};

struct Candidate {
  core::UserId user;
  Load load;  // of what stays with them: without those accounts that are to be placed
  Limits limits;
};

enum class Sharing { round_robin, capacity, fixed };

struct Move {
  core::AccountId account;
  core::UserId from, to;
  bool operator==(const Move&) const = default;
};

struct Allocation {
  std::vector<Move> moves;                // only those that change hands, ascending by account
  std::vector<core::AccountId> unplaced;  // for which nobody has room: they stay with whom they are with
  core::UserId last;                      // who was served last, for the next round
};

// round_robin: one after the other in the order of the candidates, beginning behind `last`; whoever has no room is
//   passed over. Accounts in the order of their ids.
// capacity: each account, the heaviest first, to whom it leaves the least full (effort counts against a full workload
//   where somebody has no limit).
// fixed: to the first candidate who has room.
// Nobody is given more than the limits allow; an account that no one can take stays where it is.
Allocation allocate(std::span<const Candidate> candidates, std::vector<Placeable> accounts, Sharing method,
                    core::UserId last = {});

}  // namespace banso::org
