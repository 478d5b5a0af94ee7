#include "families.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>

namespace banso::engine {

namespace {

__extension__ using Wide = __int128;  // ARR times score of a family goes beyond 64 bits

// Half away from zero, as Points::from; both are at least 0.
Points mean(Wide weighted, Wide total) {
  return {static_cast<std::int32_t>((2 * weighted + total) / (2 * total))};
}

}  // namespace

// ---- one day ----

void FamilyDay::remove(core::AccountId account) {
  std::erase_if(members_, [&](const FamilyMember& member) { return member.account == account; });
  is_settled_ = false;
}

void FamilyDay::settle() {
  if (is_settled_) return;
  std::stable_sort(members_.begin(), members_.end(),
                   [](const FamilyMember& a, const FamilyMember& b) { return a.account < b.account; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const bool is_last = i + 1 == members_.size() || members_[i + 1].account != members_[i].account;
    if (is_last) members_[kept++] = members_[i];
  }
  members_.resize(kept);
  by_parent_.clear();
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (members_[i].parent) by_parent_.push_back(static_cast<std::uint32_t>(i));
  }
  std::stable_sort(by_parent_.begin(), by_parent_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return members_[a].parent < members_[b].parent; });
  is_settled_ = true;
}

const FamilyMember* FamilyDay::find(core::AccountId account) const {
  if (!is_settled_) throw std::logic_error("families were asked before they were settled");
  const auto found =
      std::lower_bound(members_.begin(), members_.end(), account,
                       [](const FamilyMember& member, core::AccountId id) { return member.account < id; });
  return found != members_.end() && found->account == account ? &*found : nullptr;
}

std::span<const std::uint32_t> FamilyDay::children_of(core::AccountId account) const {
  if (!is_settled_) throw std::logic_error("families were asked before they were settled");
  const auto parent = [&](std::uint32_t position) { return members_[position].parent; };
  const auto first =
      std::lower_bound(by_parent_.begin(), by_parent_.end(), account,
                       [&](std::uint32_t position, core::AccountId id) { return parent(position) < id; });
  const auto last = std::upper_bound(first, by_parent_.end(), account,
                                     [&](core::AccountId id, std::uint32_t position) { return id < parent(position); });
  return {first, last};
}

std::vector<core::AccountId> FamilyDay::descendants(core::AccountId account) const {
  std::vector<core::AccountId> found{account};
  std::unordered_set<core::AccountId> seen{account};
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const auto position : children_of(found[next])) {
      const auto child = members_[position].account;
      if (seen.insert(child).second) found.push_back(child);
    }
  }
  found.erase(found.begin());
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<core::AccountId> FamilyDay::ancestors(core::AccountId account) const {
  std::vector<core::AccountId> found;
  const auto* member = find(account);
  while (member != nullptr && member->parent) {
    const auto parent = member->parent;
    if (parent == account || std::find(found.begin(), found.end(), parent) != found.end()) break;
    found.push_back(parent);
    member = find(parent);
  }
  return found;
}

std::optional<RolledUp> FamilyDay::roll_up(core::AccountId account) const {
  if (children_of(account).empty()) return std::nullopt;
  std::vector<const FamilyMember*> family;
  Wide total_arr = 0;
  const auto* own = find(account);
  const bool own_counts = own != nullptr && own->counts();
  if (own_counts) total_arr += own->arr_minor;
  for (const auto id : descendants(account)) {
    const auto* member = find(id);
    if (!member->counts()) continue;
    family.push_back(member);
    total_arr += member->arr_minor;
  }
  if (family.empty()) return std::nullopt;
  // Each contribution is the difference of two rounded running sums, so that together they give the rounded whole.
  RolledUp rolled;
  Wide weighted = 0;
  const auto add = [&](const FamilyMember& member) {
    weighted += static_cast<Wide>(member.arr_minor) * member.score.ten_thousandths;
    const Points up_to_here = mean(weighted, total_arr);
    const Points contribution = up_to_here - rolled.score;
    rolled.score = up_to_here;
    return contribution;
  };
  const auto share = [&](const FamilyMember& member) {
    return static_cast<double>(member.arr_minor) / static_cast<double>(total_arr);
  };
  if (own_counts) {
    rolled.own = add(*own);
    rolled.own_share = share(*own);
  }
  for (const auto* child : family) {
    rolled.children.push_back({child->account, child->score, child->arr_minor, share(*child), add(*child)});
  }
  return rolled;
}

// ---- days ----

const FamilyDay* FamilyScores::on(Day day) const {
  const auto found = std::lower_bound(days_.begin(), days_.end(), day);
  return found != days_.end() && *found == day ? &by_day_[static_cast<std::size_t>(found - days_.begin())] : nullptr;
}

void FamilyScores::merge(const FamilyScores& other) {
  if (empty()) *this = FamilyScores(other.days_);
  if (other.empty()) return;
  if (days_ != other.days_) throw std::invalid_argument("families of different days cannot be merged");
  for (std::size_t day = 0; day < days_.size(); ++day) {
    for (const auto& member : other.by_day_[day].members()) by_day_[day].add(member);
  }
}

void FamilyScores::settle() {
  for (auto& day : by_day_) day.settle();
}

std::size_t FamilyScores::memory_bytes() const {
  std::size_t total = 0;
  for (const auto& day : by_day_) total += sizeof(day) + day.members().size_bytes();
  return total;
}

}  // namespace banso::engine
