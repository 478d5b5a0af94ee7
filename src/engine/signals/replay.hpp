// A rule run over history, week by week, with the state machine that runs live: what it would have done had it always
// been there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/condition.hpp"
#include "firing.hpp"

namespace banso::engine::signals {

// What the conditions say of a block of accounts in one week: one bit per account of the block.
struct BlockWeek {
  const Selection& exists;     // known at all: who is not yet there is nowhere
  const Selection& concerned;  // in scope
  const Selection& enters;
  const Selection& leaves;
};

struct ReplayedFiring {
  std::uint32_t account = 0;
  std::uint32_t week = 0;
  std::optional<std::uint32_t> left_week{};  // in which it was found to have left
};

// The firings of one block of accounts. Takes its weeks in order.
class BlockReplay {
 public:
  BlockReplay(std::size_t first_account, std::size_t accounts, std::span<const core::Day> days, const Timing& timing);

  void take(std::size_t week, const BlockWeek& seen);

  const std::vector<ReplayedFiring>& firings() const { return firings_; }           // by week, then account
  const std::vector<std::uint32_t>& in_condition() const { return in_condition_; }  // accounts, per week
  // Whether the rule concerned the account in the week.
  bool was_concerned(std::size_t account_in_block, std::size_t week) const {
    return concerned_[week].test(account_in_block);
  }

 private:
  std::size_t first_account_;
  std::span<const core::Day> days_;
  Timing timing_;
  std::vector<FiringState> states_;
  std::vector<std::optional<std::size_t>> open_firing_;  // per account: of the present stay
  std::vector<ReplayedFiring> firings_;
  std::vector<std::uint32_t> in_condition_;
  std::vector<Selection> concerned_;
};

}  // namespace banso::engine::signals
