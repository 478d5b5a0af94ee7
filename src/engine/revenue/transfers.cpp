#include "transfers.hpp"

#include <algorithm>
#include <tuple>

namespace banso::engine::revenue {

namespace {

struct Source {
  const Term* term = nullptr;
  std::int64_t left_minor = 0;  // not yet given to anybody
};

// The subscription's last term that counts and ends.
const Term* last_term(std::span<const Term> rows, SubscriptionNumber subscription, const Recurring& recurring) {
  const Term* last = nullptr;
  for (const auto& row : rows) {
    if (row.subscription == subscription && recurring.at_start(row) && (last == nullptr || last->end < row.end)) {
      last = &row;
    }
  }
  return last == nullptr || last->end == forever ? nullptr : last;
}

std::int64_t worth_on(const Term& term, Day day, const Recurring& recurring) {
  if (recurring.moves_with_exchange(term)) return recurring.in_month(term, month_of(day));
  return recurring.at_start(term).value_or(0);
}

}  // namespace

std::set<AccountIndex> sources_of(std::span<const Term> rows) {
  std::set<AccountIndex> sources;
  for (const auto& row : rows) {
    if (row.transferred_from && row.transferred_from.account != row.account)
      sources.insert(row.transferred_from.account);
  }
  return sources;
}

void Transfers::link(AccountIndex source, AccountIndex target) {
  targets_[source].insert(target);
}

void Transfers::unlink(AccountIndex source, AccountIndex target) {
  const auto found = targets_.find(source);
  if (found == targets_.end()) return;
  found->second.erase(target);
  if (found->second.empty()) targets_.erase(found);
}

void Transfers::forget(AccountIndex source) {
  for (const auto account : with_shares_of_[source]) {
    auto& shares = shares_[account];
    std::erase_if(shares, [&](const TransferShare& share) { return share.source == source; });
    if (shares.empty()) shares_.erase(account);
  }
  with_shares_of_.erase(source);
}

void Transfers::resolve(AccountIndex source, const RowsOf& rows_of, const Recurring& recurring) {
  forget(source);
  std::vector<const Term*> arriving;
  for (const auto target : targets_of(source)) {
    for (const auto& row : rows_of(target)) {
      if (row.transferred_from && row.transferred_from.account == source && recurring.at_start(row)) {
        arriving.push_back(&row);
      }
    }
  }
  std::sort(arriving.begin(), arriving.end(), [](const Term* left, const Term* right) {
    return std::tie(left->start, *left) < std::tie(right->start, *right);
  });
  std::map<SubscriptionNumber, Source> leaving;
  std::set<SubscriptionNumber> arrived;
  for (const Term* term : arriving) {
    const auto subscription = term->transferred_from.subscription;
    const auto [at, is_new] = leaving.try_emplace(subscription);
    if (is_new) {
      at->second.term = last_term(rows_of(source), subscription, recurring);
      if (at->second.term != nullptr)
        at->second.left_minor = worth_on(*at->second.term, at->second.term->end, recurring);
    }
    auto& [from, left_minor] = at->second;
    if (from == nullptr || !arrived.insert(term->subscription).second) continue;
    const auto minor = std::min(left_minor, worth_on(*term, term->start, recurring));
    if (minor <= 0) continue;
    left_minor -= minor;
    shares_[source].push_back({source, from->subscription, from->end, false, minor});
    shares_[term->account].push_back({source, term->subscription, term->start, true, minor});
    with_shares_of_[source].insert({source, term->account});
  }
}

std::span<const TransferShare> Transfers::of(AccountIndex account) const {
  const auto found = shares_.find(account);
  return found == shares_.end() ? std::span<const TransferShare>() : found->second;
}

std::vector<AccountIndex> Transfers::sources() const {
  std::vector<AccountIndex> all;
  for (const auto& [source, targets] : targets_) all.push_back(source);
  return all;
}

std::vector<AccountIndex> Transfers::targets_of(AccountIndex source) const {
  const auto found = targets_.find(source);
  return found == targets_.end() ? std::vector<AccountIndex>()
                                 : std::vector<AccountIndex>(found->second.begin(), found->second.end());
}

}  // namespace banso::engine::revenue
