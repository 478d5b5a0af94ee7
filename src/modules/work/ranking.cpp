#include "ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/money_in_words.hpp"

namespace banso::work {
namespace {

constexpr int near_business_days = 10;
constexpr double due_today_factor = 1.5, overdue_step = 0.1, most_overdue_factor = 2.5;
constexpr int renewal_horizon_days = 180;
constexpr double worst_level_factor = 1.5, large_move_factor = 1.5, large_move_points = 20;
constexpr double noticeable_move_points = 3;
constexpr std::size_t most_reasons = 3;

// From 1 to `top` as `share` goes from 0 to 1; flat outside.
double between_one_and(double top, double share) {
  return 1 + (top - 1) * std::clamp(share, 0.0, 1.0);
}

double severity_factor(Severity severity) {
  static constexpr std::array factors{0.5, 1.0, 2.0, 4.0};
  return factors[static_cast<std::size_t>(severity)];
}

double due_factor(int business_days_left) {
  if (business_days_left >= 0) {
    return between_one_and(due_today_factor, 1.0 - static_cast<double>(business_days_left) / near_business_days);
  }
  return std::min(due_today_factor - overdue_step * business_days_left, most_overdue_factor);
}

std::optional<int> days_to_renewal(const RankInput& input) {
  const auto& day = input.account.renewal_day;
  if (!day || *day < input.today) return std::nullopt;
  return *day - input.today;
}

double renewal_factor(const RankInput& input) {
  const auto days = days_to_renewal(input);
  return days ? between_one_and(2, 1.0 - static_cast<double>(*days) / renewal_horizon_days) : 1;
}

bool answers_to_trouble(CallKind kind) {
  return kind == CallKind::risk || kind == CallKind::renewal || kind == CallKind::lifecycle ||
         kind == CallKind::objective;
}

// The move that makes a call of that kind urgent, as a positive number; 0 where it goes the other way.
double telling_move(const RankInput& input) {
  const double change = input.account.score_change_28d.value_or(0);
  if (answers_to_trouble(input.kind)) return std::max(0.0, -change);
  return input.kind == CallKind::opportunity ? std::max(0.0, change) : 0;
}

double level_factor(const RankInput& input) {
  return answers_to_trouble(input.kind) ? between_one_and(worst_level_factor, input.account.level_badness.value_or(0))
                                        : 1;
}

double move_factor(const RankInput& input) {
  return between_one_and(large_move_factor, telling_move(input) / large_move_points);
}

std::int64_t value_of(const RankInput& input) {
  return input.value_at_stake_minor.value_or(input.account.arr_minor);
}

struct Reason {
  double factor;
  core::Text words;
};

void add_due(const RankInput& input, std::vector<Reason>& reasons) {
  const int left = input.business_days_left;
  const double factor = due_factor(left);
  if (left == 0) {
    reasons.push_back({factor, {"due today", "本日が期限"}});
  } else if (left < 0) {
    reasons.push_back({factor,
                       {fmt::format("{} business day{} overdue", -left, left == -1 ? "" : "s"),
                        fmt::format("期限を{}営業日超過", -left)}});
  } else if (left <= 2) {
    reasons.push_back(
        {factor,
         {fmt::format("due in {} business day{}", left, left == 1 ? "" : "s"), fmt::format("期限まで{}営業日", left)}});
  }
}

void add_renewal(const RankInput& input, std::vector<Reason>& reasons) {
  const auto days = days_to_renewal(input);
  if (!days || *days > renewal_horizon_days) return;
  const double factor = renewal_factor(input);
  if (*days == 0) {
    reasons.push_back({factor, {"renewal today", "本日更新日"}});
  } else {
    reasons.push_back(
        {factor,
         {fmt::format("renewal in {} day{}", *days, *days == 1 ? "" : "s"), fmt::format("更新まで{}日", *days)}});
  }
}

void add_health(const RankInput& input, std::vector<Reason>& reasons) {
  const double move = telling_move(input);
  const auto points = static_cast<int>(std::lround(move));
  if (move >= noticeable_move_points && input.kind == CallKind::opportunity) {
    reasons.push_back({move_factor(input),
                       {fmt::format("health rose {} points in 4 weeks", points),
                        fmt::format("ヘルススコアが4週間で{}点上昇", points)}});
  } else if (move >= noticeable_move_points) {
    reasons.push_back({move_factor(input),
                       {fmt::format("health fell {} points in 4 weeks", points),
                        fmt::format("ヘルススコアが4週間で{}点低下", points)}});
  }
  const double badness = input.account.level_badness.value_or(0);
  if (answers_to_trouble(input.kind) && badness > 0.99) {
    reasons.push_back({level_factor(input), {"at the lowest health level", "ヘルスが最も低いレベル"}});
  } else if (answers_to_trouble(input.kind) && badness >= 0.7) {
    reasons.push_back({level_factor(input), {"at a low health level", "ヘルスが低いレベル"}});
  }
}

}  // namespace

Urgency urgency_of(const RankInput& input) {
  return {severity_factor(input.severity), due_factor(input.business_days_left), renewal_factor(input),
          level_factor(input) * move_factor(input)};
}

double points_of(const RankInput& input) {
  return static_cast<double>(std::max(value_of(input), input.floor_minor)) * urgency_of(input).all();
}

core::Text ranked_because(const RankInput& input, const std::string& currency) {
  std::vector<Reason> reasons;
  if (input.severity >= Severity::high) {
    const bool is_critical = input.severity == Severity::critical;
    reasons.push_back({severity_factor(input.severity),
                       is_critical ? core::Text{"critical", "緊急"} : core::Text{"high severity", "緊急度が高い"}});
  }
  add_due(input, reasons);
  add_renewal(input, reasons);
  add_health(input, reasons);
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return a.factor > b.factor; });
  if (reasons.size() > most_reasons) reasons.resize(most_reasons);

  const std::int64_t value = value_of(input);
  const auto money = core::money_in_words({value, currency});
  core::Text words{"no ARR yet", "ARRなし"};
  if (value > 0 && input.value_at_stake_minor) {
    words = {"at stake: " + money.en, "影響額" + money.ja};
  } else if (value > 0) {
    words = {"ARR " + money.en, "ARR " + money.ja};
  }
  for (const auto& reason : reasons) {
    words.en += ", " + reason.words.en;
    words.ja += "、" + reason.words.ja;
  }
  return words;
}

}  // namespace banso::work
