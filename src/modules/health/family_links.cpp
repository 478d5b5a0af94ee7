#include "family_links.hpp"

#include <algorithm>

namespace banso::health {

namespace {

using core::AccountId;

template <class Next>
std::vector<AccountId> reached_from(std::span<const AccountId> accounts, Next next) {
  std::vector<AccountId> found;
  std::set<AccountId> seen;
  const auto follow = [&](AccountId account) {
    next(account, [&](AccountId other) {
      if (seen.insert(other).second) found.push_back(other);
    });
  };
  for (const auto account : accounts) follow(account);
  for (std::size_t i = 0; i < found.size(); ++i) follow(found[i]);
  std::sort(found.begin(), found.end());
  return found;
}

// A link that began and ended on the same day leaves no version behind, but its parent's score rests on it until that
// is scored again: it stays as one that never holds.
void keep_former_parents(const std::vector<engine::FamilyLink>& former, std::vector<engine::FamilyLink>& versions) {
  for (const auto& link : former) {
    const auto has_parent = [&](const engine::FamilyLink& each) { return each.parent == link.parent; };
    if (std::any_of(versions.begin(), versions.end(), has_parent)) continue;
    versions.push_back({link.child, link.parent, {link.known.from, link.known.from}});
  }
}

}  // namespace

bool FamilyTree::has_children(AccountId account) const {
  const auto found = std::lower_bound(children.begin(), children.end(), std::pair{account, AccountId{}});
  return found != children.end() && found->first == account;
}

std::vector<AccountId> FamilyTree::families_below(std::span<const AccountId> accounts) const {
  auto found = reached_from(accounts, [&](AccountId account, auto visit) {
    auto child = std::lower_bound(children.begin(), children.end(), std::pair{account, AccountId{}});
    for (; child != children.end() && child->first == account; ++child) visit(child->second);
  });
  std::copy_if(accounts.begin(), accounts.end(), std::back_inserter(found),
               [&](AccountId account) { return has_children(account); });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::span<const engine::FamilyLink> FamilyTree::links_of(AccountId child) const {
  const auto [first, last] = std::equal_range(links.begin(), links.end(), engine::FamilyLink{child, {}, {}},
                                              [](const auto& a, const auto& b) { return a.child < b.child; });
  return {first, last};
}

std::vector<AccountId> FamilyTree::ancestors(std::span<const AccountId> accounts) const {
  return reached_from(accounts, [&](AccountId account, auto visit) {
    for (const auto& link : links_of(account)) visit(link.parent);
  });
}

std::vector<engine::FamilyLink> FamilyTree::links_around(std::span<const AccountId> accounts) const {
  std::set<AccountId> ends(accounts.begin(), accounts.end());
  for (const auto account : accounts) {
    auto child = std::lower_bound(children.begin(), children.end(), std::pair{account, AccountId{}});
    for (; child != children.end() && child->first == account; ++child) ends.insert(child->second);
  }
  std::vector<engine::FamilyLink> found;
  for (const auto child : ends) {
    const auto upwards = links_of(child);
    found.insert(found.end(), upwards.begin(), upwards.end());
  }
  return found;
}

void FamilyLinks::note_changed(std::span<const AccountId> accounts) {
  const std::lock_guard lock(mutex_);
  if (!is_read_) return;
  changed_.insert(accounts.begin(), accounts.end());
}

void FamilyLinks::note_all_changed() {
  const std::lock_guard lock(mutex_);
  is_read_ = false;
}

void FamilyLinks::read(const customers::Selection& selection) {
  customers_->each_account(selection, [&](const customers::AccountFact& fact) {
    if (!fact.parent) return;
    const auto until = fact.known.until == customers::KnownSpan::still ? engine::forever : fact.known.until;
    auto& versions = by_child_[fact.account];
    // A version that changed something else than the parent goes on with the same link.
    if (!versions.empty() && versions.back().parent == fact.parent && versions.back().known.until == fact.known.from) {
      versions.back().known.until = until;
    } else {
      versions.push_back({fact.account, fact.parent, {fact.known.from, until}});
    }
  });
}

FamilyTreePtr FamilyLinks::tree() {
  const std::lock_guard lock(mutex_);
  if (tree_ && is_read_ && changed_.empty()) return tree_;
  if (is_read_) {
    std::map<AccountId, Versions> former;
    for (const auto account : changed_) {
      if (auto known = by_child_.extract(account)) former.insert(std::move(known));
    }
    read(customers::Selection::of({changed_.begin(), changed_.end()}));
    for (const auto& [child, versions] : former) keep_former_parents(versions, by_child_[child]);
  } else {
    by_child_.clear();
    read(customers::Selection::all());
  }
  is_read_ = true;
  changed_.clear();
  auto tree = std::make_shared<FamilyTree>();
  for (const auto& [child, versions] : by_child_) {
    for (const auto& link : versions) {
      tree->links.push_back(link);
      tree->children.emplace_back(link.parent, child);
    }
  }
  std::sort(tree->children.begin(), tree->children.end());
  tree->children.erase(std::unique(tree->children.begin(), tree->children.end()), tree->children.end());
  return tree_ = std::move(tree);
}

}  // namespace banso::health
