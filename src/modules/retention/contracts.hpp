// The contracts of all accounts as terms of the ledger, every version that was ever known, and the accounts they belong
// to. Knows nothing of rules.
#pragma once

#include <set>
#include <span>

#include "engine/revenue/ledger.hpp"
#include "retention.hpp"
#include "roster.hpp"
#include "rule_sets.hpp"

namespace banso::retention {

// Threading: none of its own; see ledgers.hpp.
class Contracts {
 public:
  explicit Contracts(const Dependencies& from) : from_(&from) {}

  // Everything anew.
  void load();
  // These accounts anew.
  void reload(std::span<const core::AccountId> accounts);

  void reload_segments();

  const Roster& roster() const { return roster_; }
  const ledger::Rates& rates() const { return rates_; }
  std::span<const ledger::Term> versions(ledger::AccountIndex account) const { return versions_[account]; }
  std::size_t size() const { return size_; }  // versions of contracts, about
  // As it came from outside; empty where it has none.
  const std::string& external_id(ledger::SubscriptionNumber subscription) const;
  // The version of a row of a ledger, as it is recorded: ledgers know no future ends.
  const ledger::Term* recorded(ledger::AccountIndex account, const ledger::Term& row) const;

  // What was believed on `as_of` (nothing: what is believed now) and has happened by the end of `day`.
  struct View {
    core::Day day;
    std::optional<core::Day> as_of;
    std::set<ledger::ProductIndex> without;  // products left out
  };
  std::vector<ledger::Term> believed(ledger::AccountIndex account, const View& view,
                                     const ledger::RevenueRules& rules) const;
  ledger::LedgerInput input(const View& view, const ledger::RevenueRules& rules) const;
  ledger::MonthRange months(core::Day day) const;
  // The accounts whose contracts or attributes were read again since all were, in that order; grows until the next
  // load() makes another generation.
  std::uint64_t generation() const { return generation_; }
  const std::vector<ledger::AccountIndex>& reloaded() const { return reloaded_; }

 private:
  void load_accounts(const customers::Selection& selection);
  void load_contracts(const customers::Selection& selection);
  void load_segments();
  void make_dimensions();
  void add_memberships(const std::vector<customers::AccountFact>& versions);
  void resolve_transfers();

  const Dependencies* from_;
  std::uint64_t generation_ = 0;
  std::size_t size_ = 0;
  std::vector<ledger::AccountIndex> reloaded_;
  Roster roster_;
  ledger::Rates rates_{"JPY"};
  std::vector<std::vector<ledger::Term>> versions_;  // by account
  struct Reference {
    ledger::AccountIndex account = 0;
    ledger::SubscriptionNumber subscription = 0;
  };
  std::unordered_map<std::string, Reference> by_external_id_;
  std::unordered_map<ledger::SubscriptionNumber, std::string> external_ids_;
  std::unordered_map<ledger::SubscriptionNumber, std::string> transferred_from_;  // external ids
};

// The same term without what has not happened by the end of `day`; nothing where it has not begun.
std::optional<ledger::Term> happened_by(ledger::Term term, core::Day day, const ledger::RevenueRules& rules);

// A term out of a contract of that account; numbers products, plans and currencies that are new. Without its source.
ledger::Term term_of(const revenue::SubscriptionFact& fact, ledger::AccountIndex account, Names& products, Names& plans,
                     ledger::Rates& rates);

ledger::Rates load_rates(revenue::Service& revenue);

}  // namespace banso::retention
