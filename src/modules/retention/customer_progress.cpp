#include "customer_progress.hpp"

#include <algorithm>
#include <array>

namespace banso::retention {
namespace {

using customers::AccountFact;
using customers::Selection;

bool is_one_of(std::string_view phase, std::span<const std::string_view> words) {
  const std::string key = customers::search_key(phase);
  return std::ranges::any_of(words, [&](std::string_view word) { return customers::search_key(word) == key; });
}

bool is_onboarding(std::string_view phase) {
  static constexpr std::array<std::string_view, 3> words{"onboarding", "オンボーディング", "導入"};
  return is_one_of(phase, words);
}

bool is_end(std::string_view phase) {
  static constexpr std::array<std::string_view, 4> words{"offboarding", "churned", "解約手続き", "解約済み"};
  return is_one_of(phase, words);
}

std::unordered_map<core::AccountId, std::uint32_t> positions_of(const CustomerHistories& histories) {
  std::unordered_map<core::AccountId, std::uint32_t> positions;
  for (std::uint32_t i = 0; i < histories.customers.size(); ++i) positions.emplace(histories.customers[i].id, i);
  return positions;
}

// Versions of an account come oldest first.
void read_onboarding(const Dependencies& from, const CustomerHistories& histories,
                     std::vector<CustomerProgress>& progress) {
  const auto positions = positions_of(histories);
  std::vector<std::optional<core::Day>> began(progress.size());
  from.customers->each_account(Selection::all(), [&](const AccountFact& fact) {
    const auto found = positions.find(fact.account);
    if (found == positions.end() || fact.known.from > histories.until) return;
    CustomerProgress& one = progress[found->second];
    auto& begin = began[found->second];
    if (is_onboarding(fact.phase)) {
      one.was_onboarding = true;
      if (!begin) begin = fact.known.from;
      one.onboarding_days.reset();  // back again: it was not over
    } else if (begin && !one.onboarding_days && !fact.phase.empty() && !is_end(fact.phase)) {
      one.onboarding_days = fact.known.from - *begin;
    }
  });
}

void read_first_use(const Dependencies& from, const CustomerHistories& histories,
                    std::vector<CustomerProgress>& progress) {
  const auto positions = positions_of(histories);
  std::vector<bool> counts;
  for (const auto& feature : from.usage->features()) {
    const auto id = static_cast<std::size_t>(feature.id.value);
    if (id >= counts.size()) counts.resize(id + 1);
    counts[id] = feature.is_active && !feature.ignored;
  }
  const auto outlines = from.usage->usage_outline({}, histories.until + 1);
  if (outlines.empty()) return;
  const auto recorded_from = std::ranges::min(outlines, {}, &usage::UsageOutline::first_day).first_day;
  for (const auto& outline : outlines) {
    const auto found = positions.find(outline.account);
    const auto feature = static_cast<std::size_t>(outline.feature.value);
    if (found == positions.end() || feature >= counts.size() || !counts[feature]) continue;
    progress[found->second].has_used = true;
    const auto begin = histories.customers[found->second].begin;
    if (begin < recorded_from) continue;
    auto& days = progress[found->second].first_use_days;
    const int here = outline.first_day - begin;
    days = days ? std::min(*days, here) : here;
  }
}

// Calls visit(customer, day, person) for what was known by the last day; by account, then day.
template <class Visit>
void each_use(const Dependencies& from, const CustomerHistories& histories, core::Day first, Visit visit) {
  const auto positions = positions_of(histories);
  std::int64_t account = 0;
  auto at = positions.end();
  from.usage->read_usage_days({{}, first, histories.until}, [&](const usage::UsageDays& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (days.account_ids[i] != account) {
        account = days.account_ids[i];
        at = positions.find(core::AccountId{account});
      }
      if (at == positions.end() || days.known_days[i] > histories.until.days || days.events[i] <= 0) continue;
      visit(at->second, core::Day{days.days[i]}, days.person_numbers[i]);
    }
  });
}

std::int64_t distinct(std::vector<std::int32_t>& people) {
  std::ranges::sort(people);
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return static_cast<std::int64_t>(people.size()) - (!people.empty() && people.front() == 0);
}

void read_recent_use(const Dependencies& from, const CustomerHistories& histories,
                     std::vector<CustomerProgress>& progress) {
  std::vector<std::vector<std::int32_t>> people(progress.size());
  each_use(from, histories, histories.until - (active_window_days - 1),
           [&](std::uint32_t customer, core::Day, std::int32_t person) { people[customer].push_back(person); });
  for (std::size_t i = 0; i < progress.size(); ++i) {
    progress[i].is_active = !people[i].empty();
    progress[i].active_people = distinct(people[i]);
  }
}

std::optional<double> median(std::vector<int> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2.0;
}

}  // namespace

std::vector<CustomerProgress> progress_of(const Dependencies& from, const CustomerHistories& histories) {
  std::vector<CustomerProgress> progress(histories.customers.size());
  read_onboarding(from, histories, progress);
  if (from.usage) {
    read_first_use(from, histories, progress);
    read_recent_use(from, histories, progress);
  }
  return progress;
}

ProgressSummary summarise(const CustomerHistories& histories, std::span<const CustomerProgress> progress,
                          std::span<const std::uint32_t> customers) {
  ProgressSummary summary;
  std::vector<int> onboarding, first_use;
  for (const std::uint32_t position : customers) {
    const CustomerProgress& one = progress[position];
    ++summary.customers;
    summary.were_onboarding += one.was_onboarding;
    summary.with_use += one.has_used;
    if (one.onboarding_days) onboarding.push_back(*one.onboarding_days);
    if (one.first_use_days) first_use.push_back(*one.first_use_days);
    if (!histories.customers[position].pays_on(histories.until)) continue;
    ++summary.paying;
    summary.active += one.is_active;
    summary.active_people += one.active_people;
  }
  summary.onboarded = static_cast<std::int64_t>(onboarding.size());
  summary.onboarding_days = median(std::move(onboarding));
  summary.first_use_days = median(std::move(first_use));
  return summary;
}

ObservedUse observe_use(const Dependencies& from, const CustomerHistories& histories,
                        const statistics::Calendar& calendar) {
  ObservedUse use;
  if (!from.usage || histories.customers.empty()) return use;
  const auto first = std::ranges::min(histories.customers, {}, &CustomerHistory::begin).begin;
  std::vector<std::int32_t> people;
  std::uint32_t customer = 0;
  std::int32_t period = 0;
  const auto close = [&] {
    if (people.empty()) return;
    use.observations.push_back(
        {customer, std::max(calendar.first_day(period), histories.customers[customer].begin), distinct(people)});
    people.clear();
  };
  each_use(from, histories, calendar.first_day(calendar.number_of(first)),
           [&](std::uint32_t of, core::Day day, std::int32_t person) {
             if (!use.recorded_from || day < *use.recorded_from) use.recorded_from = day;
             const std::int32_t here = calendar.number_of(day);
             if (of != customer || here != period) {
               close();
               customer = of;
               period = here;
             }
             people.push_back(person);
           });
  close();
  return use;
}

}  // namespace banso::retention
