// Subscriptions that go on at another account: how much of them moves. Internal to the ledger.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "recurring.hpp"
#include "terms.hpp"

namespace banso::engine::revenue {

// One end of a transfer, as one of the two accounts sees it.
struct TransferShare {
  AccountIndex source = 0;  // the account that it comes from, on both ends
  SubscriptionNumber subscription = no_subscription;
  Day day;  // the term's start where it arrives, its end where it leaves
  bool arrives = false;
  std::int64_t minor = 0;  // above 0; the same on both ends
};

class Transfers {
 public:
  using RowsOf = std::function<std::span<const Term>(AccountIndex)>;

  // Takes note that `target` has terms continuing some of `source`, or has none any more.
  void link(AccountIndex source, AccountIndex target);
  void unlink(AccountIndex source, AccountIndex target);

  // Works out anew what leaves `source`. An amount is never more than the subscription was worth at its end, nor more
  // than what continues it is at its start; where several continue it, the earliest has the first share.
  void resolve(AccountIndex source, const RowsOf& rows_of, const Recurring& recurring);

  std::span<const TransferShare> of(AccountIndex account) const;
  bool empty() const { return targets_.empty(); }
  std::vector<AccountIndex> sources() const;
  std::vector<AccountIndex> targets_of(AccountIndex source) const;

 private:
  void forget(AccountIndex source);

  std::map<AccountIndex, std::set<AccountIndex>> targets_;
  std::map<AccountIndex, std::vector<TransferShare>> shares_;      // by account
  std::map<AccountIndex, std::set<AccountIndex>> with_shares_of_;  // by source: who holds shares
};

// The accounts that `rows` continue subscriptions of.
std::set<AccountIndex> sources_of(std::span<const Term> rows);

}  // namespace banso::engine::revenue
