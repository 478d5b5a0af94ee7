#include "fault_book.hpp"

#include <fmt/format.h>

#include "core/hash.hpp"

namespace banso::retention {
namespace {

// As recorded: what will overlap next month can be mended now.
std::vector<ledger::Term> present_terms(const Contracts& contracts, ledger::AccountIndex account) {
  std::vector<ledger::Term> terms;
  for (const auto& version : contracts.versions(account)) {
    if (version.known_until == ledger::forever) terms.push_back(version);
  }
  return terms;
}

}  // namespace

std::string id_of(const Reading& reading, const ledger::Fault& fault) {
  auto hash = core::mix_bits(static_cast<std::uint64_t>(fault.code) + 1);
  const auto add = [&](std::int64_t value) { hash = core::mix_bits(hash ^ static_cast<std::uint64_t>(value)); };
  add(reading.roster().ids[fault.account].value);
  add(fault.day.days);
  for (const auto subscription : fault.subscriptions) add(subscription);
  return fmt::format("{:016x}", hash);
}

void FaultBook::look_at(const Reading& reading, ledger::AccountIndex account) {
  const auto& contracts = reading.contracts();
  auto& found = by_account_[account];
  found.clear();
  if (reading.roster().deleted_from[account] != ledger::forever) return;
  auto terms = present_terms(contracts, account);
  if (terms.empty()) return;
  std::set<ledger::AccountIndex> sources;
  for (const auto& term : terms) {
    if (term.transferred_from && term.transferred_from.account != account)
      sources.insert(term.transferred_from.account);
  }
  for (const auto source : sources) {
    const auto more = present_terms(contracts, source);
    terms.insert(terms.end(), more.begin(), more.end());
  }
  for (auto& fault : ledger::find_faults(terms, contracts.rates(), reading.rules().rules)) {
    if (fault.account == account) found.push_back(std::move(fault));
  }
}

std::vector<FoundFault> FaultBook::find(const Reading& reading) {
  const std::lock_guard lock(mutex_);
  const auto& contracts = reading.contracts();
  const auto& reloaded = contracts.reloaded();
  if (generation_ != contracts.generation()) {
    generation_ = contracts.generation();
    by_account_.assign(reading.roster().ids.size(), {});
    for (ledger::AccountIndex account = 0; account < by_account_.size(); ++account) look_at(reading, account);
  } else {
    by_account_.resize(reading.roster().ids.size());
    for (std::size_t i = looked_at_; i < reloaded.size(); ++i) look_at(reading, reloaded[i]);
  }
  looked_at_ = reloaded.size();
  std::vector<FoundFault> all;
  for (const auto& of_account : by_account_) {
    for (const auto& fault : of_account) all.push_back({id_of(reading, fault), fault});
  }
  return all;
}

}  // namespace banso::retention
