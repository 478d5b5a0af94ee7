#include "churn_reasons.hpp"

#include <algorithm>
#include <map>

#include "platform/log/log.hpp"

namespace banso::app {
namespace {

constexpr std::int64_t months_per_year = 12;

std::vector<retention::ChurnReason> reasons_between(renewals::Service& renewals, core::Day first, core::Day last) {
  const auto months = renewals.churn_reasons(first, last, std::nullopt);
  if (!months) {
    platform::log::warning("the reasons of churn could not be read: " + months.error().message.en);
    return {};
  }
  std::map<std::string, retention::ChurnReason> by_key;
  std::map<std::string, std::int64_t> arr_minor;
  for (const auto& month : *months) {
    auto& reason = by_key[month.reason];
    reason.key = month.reason;
    reason.name = month.name;
    reason.accounts += month.renewals;
    arr_minor[month.reason] += month.churned_minor + month.contracted_minor;
  }
  std::vector<retention::ChurnReason> reasons;
  for (auto& [key, reason] : by_key) {
    reason.amount_minor = (arr_minor[key] + months_per_year / 2) / months_per_year;
    if (reason.amount_minor > 0) reasons.push_back(std::move(reason));
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return a.amount_minor > b.amount_minor; });
  return reasons;
}

}  // namespace

void connect_churn_reasons(Application& application) {
  application.retention->set_churn_reasons(
      [weak = std::weak_ptr(application.renewals)](core::Day first, core::Day last) {
        const auto renewals = weak.lock();
        return renewals ? reasons_between(*renewals, first, last) : std::vector<retention::ChurnReason>{};
      });
}

}  // namespace banso::app
