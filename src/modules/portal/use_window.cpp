#include "use_window.hpp"

namespace banso::portal {

std::map<std::int32_t, usage::Feature> counted_features(usage::Service& usage) {
  std::map<std::int32_t, usage::Feature> features;
  for (auto& feature : usage.features()) {
    const auto id = static_cast<std::int32_t>(feature.id.value);
    if (!feature.ignored) features.emplace(id, std::move(feature));
  }
  return features;
}

void each_use(usage::Service& usage, const UseWindow& window, const std::map<std::int32_t, usage::Feature>& features,
              const std::function<void(const DayOfUse&)>& visit) {
  usage::UsageDayQuery query;
  query.accounts = {window.account};
  query.from = window.first();
  query.to = window.as_of;
  usage.read_usage_days(query, [&](const usage::UsageDays& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      const core::Day day{days.days[i]};
      const bool is_in = days.account_ids[i] == window.account.value && day >= window.first() && day <= window.as_of;
      const bool is_known = !window.known_on || core::Day{days.known_days[i]} <= *window.known_on;
      if (!is_in || !is_known || days.events[i] <= 0 || !features.contains(days.feature_ids[i])) continue;
      visit({day, days.person_numbers[i], days.feature_ids[i]});
    }
  });
}

}  // namespace banso::portal
