#include "usage_summary.hpp"

#include <algorithm>
#include <set>

namespace banso::renewals {
namespace {

// Facts come ordered by account: one account at a time is gathered.
class Gatherer {
 public:
  Gatherer(core::Day day, std::set<std::int32_t> active_features, UsageSummaries& into)
      : day_(day), active_features_(std::move(active_features)), into_(into) {}
  ~Gatherer() { finish(); }

  void add(const usage::UsageDays& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (days.account_ids[i] != account_) {
        finish();
        account_ = days.account_ids[i];
      }
      if (days.person_numbers[i] == 0 || !active_features_.contains(days.feature_ids[i])) continue;
      const core::Day day{days.days[i]};
      if (day > day_) continue;
      if (day > day_ - usage_window_days) {
        now_.insert(days.person_numbers[i]);
        by_feature_[days.feature_ids[i]].insert(days.person_numbers[i]);
      } else if (day <= day_ - growth_days && day > day_ - growth_days - usage_window_days) {
        earlier_.insert(days.person_numbers[i]);
      }
    }
  }

 private:
  static std::int64_t count(const std::set<std::int32_t>& people) { return static_cast<std::int64_t>(people.size()); }

  void finish() {
    if (account_ != 0) {
      auto& summary = into_[core::AccountId{account_}];
      summary.active_people = count(now_);
      summary.active_people_earlier = count(earlier_);
      summary.people_by_feature.clear();
      for (const auto& [feature, people] : by_feature_) summary.people_by_feature[feature] = count(people);
    }
    now_.clear();
    earlier_.clear();
    by_feature_.clear();
  }

  const core::Day day_;
  const std::set<std::int32_t> active_features_;
  UsageSummaries& into_;
  std::int64_t account_ = 0;
  std::set<std::int32_t> now_, earlier_;
  std::map<std::int32_t, std::set<std::int32_t>> by_feature_;
};

}  // namespace

void UsageReader::changed(std::span<const core::AccountId> accounts) {
  const std::lock_guard lock(mutex_);
  dirty_.insert(accounts.begin(), accounts.end());
}

void UsageReader::read(core::Day day, const std::vector<core::AccountId>& accounts, UsageSummaries& into) {
  std::set<std::int32_t> active;
  for (const auto& feature : usage_->features()) {
    if (feature.is_active && !feature.ignored) active.insert(feature.id.value);
  }
  Gatherer gatherer(day, std::move(active), into);
  usage::UsageDayQuery query;
  query.accounts = accounts;
  query.from = day - growth_days - usage_window_days;
  query.to = day;
  usage_->read_usage_days(query, [&](const usage::UsageDays& days) { gatherer.add(days); });
}

std::shared_ptr<const UsageSummaries> UsageReader::get(core::Day day) {
  const std::lock_guard lock(mutex_);
  if (day_ == day && dirty_.empty()) return summaries_;
  auto summaries = std::make_shared<UsageSummaries>();
  if (day_ == day) {
    *summaries = *summaries_;
    for (const auto account : dirty_) summaries->erase(account);
    read(day, {dirty_.begin(), dirty_.end()}, *summaries);
  } else {
    read(day, {}, *summaries);
  }
  dirty_.clear();
  day_ = day;
  summaries_ = std::move(summaries);
  return summaries_;
}

}  // namespace banso::renewals
