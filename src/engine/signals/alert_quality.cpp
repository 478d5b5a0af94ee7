#include "alert_quality.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace banso::engine::signals {
namespace {

constexpr double z_of_90_percent = 1.6448536269514722;

// The first day after `day` on which it happened; nothing where it did not any more.
std::optional<core::Day> next_after(std::span<const core::Day> happened, core::Day day) {
  const auto found = std::upper_bound(happened.begin(), happened.end(), day);
  return found == happened.end() ? std::nullopt : std::optional(*found);
}

bool was_present(std::span<const lab::DayPeriod> periods, core::Day day) {
  return std::any_of(periods.begin(), periods.end(),
                     [&](const lab::DayPeriod& period) { return period.from <= day && day < period.until; });
}

// By linear interpolation between neighbours; `values` ascend.
double quantile(const std::vector<double>& values, double place) {
  const double at = place * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (values[above] - values[below]) * (at - static_cast<double>(below));
}

}  // namespace

std::optional<Share> share_of(std::int64_t count, std::int64_t of) {
  if (of <= 0) return std::nullopt;
  const double n = static_cast<double>(of), p = static_cast<double>(count) / n;
  const double z2 = z_of_90_percent * z_of_90_percent;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z_of_90_percent / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return Share{p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

void AlertJudge::add(const BlockReplay& block, std::size_t first_account, std::size_t accounts) {
  auto firings = block.firings();
  std::stable_sort(firings.begin(), firings.end(), [](const auto& a, const auto& b) { return a.account < b.account; });
  auto next = firings.begin();
  for (std::size_t in_block = 0; in_block < accounts; ++in_block) {
    const auto account = first_account + in_block;
    const auto begin = next;
    while (next != firings.end() && next->account == account) ++next;
    judge_account(block, account, in_block, {begin, next});
  }
}

void AlertJudge::judge_account(const BlockReplay& block, std::size_t account, std::size_t in_block,
                               std::span<const ReplayedFiring> firings) {
  const auto happened = outcomes_.days.of(account);
  const auto present = outcomes_.present.of(account);
  if (!firings.empty()) ++quality_.accounts_alerted;
  for (const auto& firing : firings) {
    const auto day = days_[firing.week];
    const auto next = next_after(happened, day);
    JudgedAlert alert{firing};
    if (next && *next - day <= horizon_days_) {
      alert.outcome = AlertOutcome::right;
      alert.happened = next;
      ++quality_.right;
    } else if (outcomes_.known_on - day >= horizon_days_) {
      alert.outcome = AlertOutcome::false_alarm;
      ++quality_.false_alarms;
    } else {
      ++quality_.undecided;
    }
    quality_.alerts.push_back(alert);
  }
  for (const auto day : happened) {
    if (day <= days_.front() || day > days_.back() + 7) continue;
    bool was_concerned = false;
    for (std::size_t week = 0; week < days_.size() && days_[week] < day && !was_concerned; ++week) {
      was_concerned = day - days_[week] <= horizon_days_ && block.was_concerned(in_block, week);
    }
    if (!was_concerned) continue;
    Happening happening{static_cast<std::uint32_t>(account), day};
    for (const auto& firing : firings) {
      const auto alerted = days_[firing.week];
      if (alerted < day && day - alerted <= horizon_days_) {
        happening.first_alert = alerted;
        break;
      }
    }
    ++(happening.first_alert ? quality_.caught : quality_.missed);
    quality_.happenings.push_back(happening);
  }
  for (std::size_t week = 0; week < days_.size(); ++week) {
    const auto day = days_[week];
    if (!block.was_concerned(in_block, week) || !was_present(present, day)) continue;
    const auto next = next_after(happened, day);
    const bool is_followed = next && *next - day <= horizon_days_;
    if (!is_followed && outcomes_.known_on - day < horizon_days_) continue;
    ++quality_.weeks_judged;
    quality_.weeks_followed += is_followed ? 1 : 0;
  }
}

AlertQuality AlertJudge::finish() && {
  std::sort(quality_.alerts.begin(), quality_.alerts.end(), [](const auto& a, const auto& b) {
    return std::pair(a.firing.week, a.firing.account) < std::pair(b.firing.week, b.firing.account);
  });
  std::sort(quality_.happenings.begin(), quality_.happenings.end(),
            [](const auto& a, const auto& b) { return std::pair(a.day, a.account) < std::pair(b.day, b.account); });
  std::vector<double> leads;
  for (const auto& happening : quality_.happenings) {
    if (happening.first_alert) leads.push_back(happening.day - *happening.first_alert);
  }
  std::sort(leads.begin(), leads.end());
  if (!leads.empty()) quality_.lead_days = {{quantile(leads, 0.25), quantile(leads, 0.5), quantile(leads, 0.75)}};
  return std::move(quality_);
}

Load load_of(std::span<const PersonWeek> alerts, std::size_t people, std::size_t weeks) {
  Load load;
  if (people == 0 || weeks == 0) return load;
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> counts;
  for (const auto& alert : alerts) {
    const int count = ++counts[{alert.person, alert.week}];
    load.peak = std::max(load.peak, static_cast<double>(count));
  }
  load.mean = static_cast<double>(alerts.size()) / (static_cast<double>(people) * static_cast<double>(weeks));
  return load;
}

}  // namespace banso::engine::signals
