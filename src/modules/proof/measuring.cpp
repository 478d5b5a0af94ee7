#include "measuring.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace banso::proof {
namespace {

constexpr int usage_window_days = 28;
constexpr int trend_days = 28;
constexpr std::size_t accounts_per_chunk = 1000;
constexpr int months_per_year = 12;
// A renewal is often signed some days after it was due.
constexpr int until_settled_days = 14;

// Positions of the starts by day, so that a chunk lies within few days, then by account.
std::vector<std::size_t> in_order(std::span<const Start> starts) {
  std::vector<std::size_t> order(starts.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) {
    return std::pair(starts[a].day, starts[a].account) < std::pair(starts[b].day, starts[b].account);
  });
  return order;
}

std::vector<core::AccountId> accounts_of(std::span<const Start> starts, std::span<const std::size_t> positions) {
  std::vector<core::AccountId> accounts;
  for (const auto position : positions) accounts.push_back(starts[position].account);
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  return accounts;
}

// Visits the positions in chunks of so many.
template <class Visit>
void in_chunks(std::span<const std::size_t> positions, Visit visit) {
  for (std::size_t first = 0; first < positions.size(); first += accounts_per_chunk) {
    visit(positions.subspan(first, std::min(accounts_per_chunk, positions.size() - first)));
  }
}

std::unordered_set<std::int32_t> active_features(usage::Service& usage) {
  std::unordered_set<std::int32_t> found;
  for (const auto& feature : usage.features()) {
    if (feature.is_active && !feature.ignored) found.insert(static_cast<std::int32_t>(feature.id.value));
  }
  return found;
}

// Distinct people in the window before each day of a chunk.
class PeopleCounter {
 public:
  PeopleCounter(std::span<const Start> starts, std::span<const std::size_t> positions,
                const std::unordered_set<std::int32_t>& features)
      : starts_(starts), positions_(positions), features_(features), people_(positions.size()) {
    for (std::size_t i = 0; i < positions.size(); ++i) {
      places_[starts[positions[i]].account.value].push_back(i);
      from_ = std::min(from_, starts[positions[i]].day - usage_window_days);
      to_ = std::max(to_, starts[positions[i]].day - 1);
    }
  }

  void read(usage::Service& usage, const std::vector<core::AccountId>& accounts) {
    usage.read_usage_days({accounts, from_, to_}, [&](const usage::UsageDays& days) { take(days); });
  }
  double count(std::size_t place) const { return static_cast<double>(people_[place].size()); }

 private:
  void take(const usage::UsageDays& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (days.person_numbers[i] == 0 || !features_.contains(days.feature_ids[i])) continue;
      const auto places = places_.find(days.account_ids[i]);
      if (places == places_.end()) continue;
      for (const auto place : places->second) {
        const auto end = starts_[positions_[place]].day;
        if (days.days[i] < end.days && days.days[i] >= (end - usage_window_days).days) {
          people_[place].insert(days.person_numbers[i]);
        }
      }
    }
  }

  std::span<const Start> starts_;
  std::span<const std::size_t> positions_;
  const std::unordered_set<std::int32_t>& features_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> places_;
  std::vector<std::unordered_set<std::int32_t>> people_;
  core::Day from_{std::numeric_limits<std::int32_t>::max()};
  core::Day to_{std::numeric_limits<std::int32_t>::min()};
};

// The first day of use that was ever reported of each account.
std::unordered_map<std::int64_t, core::Day> first_use(usage::Service& usage,
                                                      const std::vector<core::AccountId>& accounts, core::Day today) {
  std::unordered_map<std::int64_t, core::Day> found;
  for (const auto& outline : usage.usage_outline(accounts, today + 1)) {
    const auto [place, is_new] = found.try_emplace(outline.account.value, outline.first_day);
    if (!is_new) place->second = std::min(place->second, outline.first_day);
  }
  return found;
}

std::vector<health::AccountDay> questions_of(std::span<const Start> starts, int days_earlier) {
  std::vector<health::AccountDay> questions;
  for (const auto& start : starts) questions.push_back({start.account, start.day - days_earlier});
  return questions;
}

// All renewals that lie in the reach of any of the starts, by account.
std::map<core::AccountId, std::vector<renewals::Due>> renewals_after(renewals::Service& renewals,
                                                                     std::span<const Start> starts, int horizon_days) {
  std::map<core::AccountId, std::vector<renewals::Due>> due;
  if (starts.empty()) return due;
  const auto [first, last] =
      std::minmax_element(starts.begin(), starts.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  if (auto all = renewals.due_between(first->day, last->day + std::max(horizon_days, renewal_reach_days))) {
    for (const auto& each : *all) due[each.key.account].push_back(each);
  }
  return due;
}

// The day of the first one after the start that lies in its reach.
std::optional<core::Day> next_renewal(std::span<const renewals::Due> due, core::Day start, int horizon_days) {
  std::optional<core::Day> next;
  for (const auto& each : due) {
    const auto day = each.key.due;
    if (day <= start || day > start + std::max(horizon_days, renewal_reach_days)) continue;
    if (!next || day < *next) next = day;
  }
  return next;
}

}  // namespace

void fill_arr(revenue::Service& revenue, std::span<AccountDayArr> questions) {
  std::vector<std::size_t> order(questions.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return questions[a].at < questions[b].at; });
  in_chunks(order, [&](std::span<const std::size_t> positions) {
    std::unordered_map<std::int64_t, std::vector<std::size_t>> places;
    std::vector<core::AccountId> accounts;
    for (const auto position : positions) {
      auto& mine = places[questions[position].at.account.value];
      if (mine.empty()) accounts.push_back(questions[position].at.account);
      mine.push_back(position);
    }
    revenue.each_subscription(customers::Selection::of(accounts), [&](const revenue::SubscriptionFact& fact) {
      if (fact.known.until != customers::KnownSpan::still || fact.is_trial || !fact.mrr_minor) return;
      for (const auto place : places[fact.account.value]) {
        if (fact.active_on(questions[place].at.day)) questions[place].arr_minor += *fact.mrr_minor * months_per_year;
      }
    });
  });
}

std::vector<State> Measuring::states(std::span<const Start> days) const {
  std::vector<State> found(days.size());
  const auto scores = from_.health->past_scores(questions_of(days, 0));
  std::vector<AccountDayArr> arr;
  for (std::size_t i = 0; i < days.size(); ++i) {
    found[i].health = scores[i].score;
    found[i].level = scores[i].level;
    found[i].level_rank = scores[i].rank;
    arr.push_back({days[i], 0});
  }
  fill_arr(*from_.revenue, arr);
  for (std::size_t i = 0; i < days.size(); ++i) found[i].arr_minor = arr[i].arr_minor;

  const auto features = active_features(*from_.usage);
  const auto today = from_.surroundings.book_day();
  const auto order = in_order(days);
  in_chunks(order, [&](std::span<const std::size_t> positions) {
    const auto accounts = accounts_of(days, positions);
    const auto first = first_use(*from_.usage, accounts, today);
    PeopleCounter people(days, positions, features);
    people.read(*from_.usage, accounts);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const auto since = first.find(days[positions[i]].account.value);
      if (since == first.end() || since->second >= days[positions[i]].day) continue;
      found[positions[i]].active_people = people.count(i);
    }
  });
  return found;
}

std::vector<Before> Measuring::before(std::span<const Start> starts) const {
  auto now = states(starts);
  const auto earlier = from_.health->past_scores(questions_of(starts, trend_days));
  std::unordered_map<std::int64_t, core::Day> created;
  const auto order = in_order(starts);
  in_chunks(order, [&](std::span<const std::size_t> positions) {
    from_.customers->each_account(customers::Selection::of(accounts_of(starts, positions)),
                                  [&](const customers::AccountFact& fact) {
                                    if (fact.created_day) created[fact.account.value] = *fact.created_day;
                                  });
  });
  const auto due = renewals_after(*from_.renewals, starts, horizon_days_);
  std::vector<Before> found(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    found[i].state = std::move(now[i]);
    if (found[i].state.health && earlier[i].score) found[i].health_trend = *found[i].state.health - *earlier[i].score;
    if (const auto since = created.find(starts[i].account.value); since != created.end()) {
      found[i].age_days = starts[i].day - since->second;
    }
    if (const auto days = due.find(starts[i].account); days != due.end()) {
      const auto next = next_renewal(days->second, starts[i].day, horizon_days_);
      if (next) {
        found[i].renewal =
            *next <= starts[i].day + horizon_days_ ? RenewalAhead::within_horizon : RenewalAhead::within_reach;
      }
    }
  }
  return found;
}

std::vector<After> Measuring::after(std::span<const Start> starts) const {
  std::vector<After> found(starts.size());
  std::vector<Start> ends;
  for (const auto& start : starts) ends.push_back({start.account, start.day + horizon_days_});
  auto then = states(ends);
  for (std::size_t i = 0; i < starts.size(); ++i) found[i].state = std::move(then[i]);
  read_money(starts, found);
  return found;
}

void Measuring::read_money(std::span<const Start> starts, std::span<After> into) const {
  const auto today = from_.surroundings.book_day();
  const auto due = renewals_after(*from_.renewals, starts, horizon_days_);
  std::vector<AccountDayArr> arr;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto days = due.find(starts[i].account);
    const auto mine = days == due.end() ? std::span<const renewals::Due>() : std::span(days->second);
    const auto next = next_renewal(mine, starts[i].day, horizon_days_);
    auto& after = into[i];
    after.money_day = starts[i].day + horizon_days_;
    if (next && *next > after.money_day) after.money_day = *next + until_settled_days;
    if (after.money_day > today) continue;
    arr.push_back({{starts[i].account, after.money_day}, 0});
    places.push_back(i);
    for (const auto& each : mine) {
      if (each.key.due <= starts[i].day || each.key.due > after.money_day) continue;
      if (each.outcome == renewals::Outcome::open) continue;
      // One that was lost outweighs others that were kept.
      after.renewed = after.renewed.value_or(true) && each.outcome != renewals::Outcome::churned;
    }
  }
  fill_arr(*from_.revenue, arr);
  for (std::size_t i = 0; i < places.size(); ++i) into[places[i]].arr_minor = arr[i].arr_minor;
}

}  // namespace banso::proof
