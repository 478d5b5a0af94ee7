// Which account lies under which parent, and since when that is known: kept in memory for scorecards that roll up, so
// that one account's family is found without reading all accounts.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "engine/families.hpp"
#include "modules/customers/customers.hpp"

namespace banso::health {

// At one moment; immutable.
struct FamilyTree {
  std::vector<engine::FamilyLink> links;                              // all versions, ascending by child
  std::vector<std::pair<core::AccountId, core::AccountId>> children;  // parent and child at any time, ascending

  // Those of the accounts that ever had children, and everybody who ever was below them; ascending.
  std::vector<core::AccountId> families_below(std::span<const core::AccountId> accounts) const;
  // Everybody who ever was above one of them; ascending.
  std::vector<core::AccountId> ancestors(std::span<const core::AccountId> accounts) const;
  bool has_children(core::AccountId account) const;
  // With one of the accounts at either end; ascending by child.
  std::vector<engine::FamilyLink> links_around(std::span<const core::AccountId> accounts) const;
  std::span<const engine::FamilyLink> links_of(core::AccountId child) const;
};
using FamilyTreePtr = std::shared_ptr<const FamilyTree>;

// Threading: all members may be called from any thread.
class FamilyLinks {
 public:
  explicit FamilyLinks(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}

  // Their records may have changed: they are read again when the tree is asked for next.
  void note_changed(std::span<const core::AccountId> accounts);
  // Everything is read again.
  void note_all_changed();
  FamilyTreePtr tree();

 private:
  using Versions = std::vector<engine::FamilyLink>;

  const std::shared_ptr<customers::Service> customers_;
  std::mutex mutex_;  // of what follows
  bool is_read_ = false;
  std::set<core::AccountId> changed_;
  std::map<core::AccountId, Versions> by_child_;
  FamilyTreePtr tree_;

  void read(const customers::Selection& selection);
};

}  // namespace banso::health
