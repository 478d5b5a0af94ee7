#include "executive_health.hpp"

#include <algorithm>

namespace banso::retention {
namespace {

constexpr std::int64_t months_a_year = 12;
constexpr int active_within_days = 28;

struct LevelSum {
  std::int64_t accounts = 0, arr_minor = 0;
  double scores = 0;
};

// Best first, which the mean score tells; without a score last.
std::vector<std::string> in_order(const std::map<std::string, LevelSum>& sums) {
  std::vector<std::string> levels;
  for (const auto& [level, sum] : sums) levels.push_back(level);
  const auto mean = [&](const std::string& level) {
    const auto& sum = sums.at(level);
    return level.empty() || sum.accounts == 0 ? -1.0 : sum.scores / static_cast<double>(sum.accounts);
  };
  std::sort(levels.begin(), levels.end(), [&](const auto& a, const auto& b) { return mean(a) > mean(b); });
  return levels;
}

json::object indicator(const char* key, core::Text name, const char* unit, const std::optional<double>& value) {
  return {{"key", key}, {"name", render(name)}, {"unit", unit}, {"value", render(value)}};
}

}  // namespace

void add_health(const Context& context, const Reading& reading, const std::vector<std::int64_t>& mrr,
                json::object& body) {
  json::array items, indicators;
  const auto book = context.from.health ? context.from.health->evaluated_book() : nullptr;
  if (book) {
    std::map<std::string, LevelSum> sums;
    std::int64_t paying = 0, active = 0;
    double people = 0;
    for (ledger::AccountIndex account = 0; account < mrr.size(); ++account) {
      if (mrr[account] <= 0) continue;
      const auto row = book->find(reading.roster().ids[account]);
      if (!row) continue;
      ++paying;
      const auto level = book->value(*row, "level");
      const auto* key = std::get_if<std::string>(&level);
      auto& sum = sums[key ? *key : std::string()];
      ++sum.accounts;
      sum.arr_minor += mrr[account] * months_a_year;
      const auto score = book->value(*row, "score");
      if (const auto* points = std::get_if<double>(&score)) sum.scores += *points;
      const auto last = book->value(*row, "last_activity_day");
      const auto* day = std::get_if<core::Day>(&last);
      active += day && book->as_of() - *day < active_within_days;
      const auto users = book->value(*row, "active_users_28d");
      if (const auto* count = std::get_if<double>(&users)) people += *count;
    }
    for (const auto& level : in_order(sums)) {
      const auto& sum = sums.at(level);
      const core::Text no_score{"No score", "スコアなし"};
      items.push_back(json::object{{"level", level},
                                   {"name", render(level.empty() ? no_score : book->choice_name("level", level))},
                                   {"accounts", sum.accounts},
                                   {"arr", sum.arr_minor}});
    }
    indicators.push_back(indicator(
        "active_accounts_28d", {"Paying accounts that used the product in 28 days", "28日間に利用のあった契約中の顧客"},
        "share", ledger::Ratio{active, paying}.value()));
    indicators.push_back(
        indicator("active_users_28d", {"People active in 28 days", "28日間の利用者数"}, "count", people));
  }
  body["health"] = std::move(items);
  body["indicators"] = std::move(indicators);
}

}  // namespace banso::retention
