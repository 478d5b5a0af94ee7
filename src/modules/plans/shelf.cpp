#include "shelf.hpp"

#include <algorithm>
#include <utility>

namespace banso::plans {
namespace {

// Transactions that were longer on their way than others, and clocks that differ between nodes.
constexpr std::int64_t overlap_us = 60 * core::microseconds_per_second;

}  // namespace

std::vector<PlanId> Shelf::catch_up() {
  core::Instant since;
  {
    const std::lock_guard lock(mutex_);
    since = seen_until_;
  }
  std::vector<PlanId> changed;
  const auto touched = store_.touched_since({std::max<std::int64_t>(0, since.microseconds - overlap_us)});
  for (const auto& [plan, revision] : touched) {
    const auto known = find(plan);
    if (known && known->row.revision == revision) continue;
    reload(plan);
    changed.push_back(plan);
  }
  return changed;
}

void Shelf::reload(PlanId plan) {
  const auto read = store_.read(plan);
  if (!read) return;
  const auto file = std::make_shared<const PlanFile>(*read);
  const std::lock_guard lock(mutex_);
  auto& kept = files_[plan];
  if (kept && kept->row.revision > file->row.revision) return;  // somebody read a newer one meanwhile
  if (!kept || kept->row.revision != file->row.revision) news_.push_back(plan);
  kept = file;
  seen_until_ = std::max(seen_until_, file->row.touched_at);
  if (file->row.is_living()) {
    living_[file->row.account] = plan;
  } else if (const auto found = living_.find(file->row.account); found != living_.end() && found->second == plan) {
    living_.erase(found);
  }
}

std::vector<PlanId> Shelf::take_news() {
  const std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

PlanFilePtr Shelf::find(PlanId plan) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(plan);
  return found == files_.end() ? nullptr : found->second;
}

PlanFilePtr Shelf::living(core::AccountId account) {
  const std::lock_guard lock(mutex_);
  const auto found = living_.find(account);
  return found == living_.end() ? nullptr : files_.at(found->second);
}

std::vector<PlanFilePtr> Shelf::all() {
  const std::lock_guard lock(mutex_);
  std::vector<PlanFilePtr> files;
  for (const auto& [plan, file] : files_) files.push_back(file);
  return files;
}

}  // namespace banso::plans
