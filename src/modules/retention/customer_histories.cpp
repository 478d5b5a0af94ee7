#include "customer_histories.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace banso::retention {
namespace {

using ledger::AccountIndex;
using ledger::MovementKind;

// Whether what ended on `day` went on at another account.
bool was_transferred(const ledger::Ledger& book, AccountIndex account, core::Day day) {
  const auto month = ledger::month_of(day);
  for (const auto& change : book.changes_of(account, {month, month})) {
    if (change.day > day || change.after_minor > 0) continue;
    const auto amount = [&](MovementKind kind) { return change.amounts[static_cast<std::size_t>(kind)]; };
    if (amount(MovementKind::transfer_out) < 0 && amount(MovementKind::churn) == 0) return true;
  }
  return false;
}

std::optional<CustomerHistory> history_of(const Reading& reading, AccountIndex account, core::Day last_day) {
  CustomerHistory history;
  history.id = reading.roster().ids[account];
  history.steps = reading.ledger().steps_of(account);
  std::erase_if(history.steps, [&](const auto& step) { return step.day > last_day; });
  const auto pays = [](const ledger::Step& step) { return step.mrr_minor > 0; };
  const auto first = std::ranges::find_if(history.steps, pays);
  if (first == history.steps.end()) return std::nullopt;
  history.begin = first->day;
  const auto last = std::find_if_not(first, history.steps.end(), pays);
  if (last == history.steps.end()) return history;
  history.has_returned = std::any_of(last, history.steps.end(), pays);
  if (was_transferred(reading.ledger(), account, last->day))
    history.moved_on = last->day;
  else
    history.end = last->day;
  return history;
}

// Numbers values in the order in which customers bring them.
class GroupNumbers {
 public:
  explicit GroupNumbers(CustomerGroups& groups) : groups_(groups) {}

  template <class NameOf>
  std::uint32_t number_of(const std::string& value, NameOf name_of) {
    const auto [found, is_new] = numbers_.try_emplace(value, static_cast<std::uint32_t>(groups_.groups.size()));
    if (is_new) groups_.groups.push_back({value, name_of()});
    return found->second;
  }

 private:
  CustomerGroups& groups_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

core::Text without_value() {
  return {"(none)", "(なし)"};
}

core::Text named(const std::string& value) {
  return value.empty() ? without_value() : core::Text{value, value};
}

// The contract that a customer began with; of several on that day the one worth most.
const ledger::Term* first_contract(const Reading& reading, AccountIndex account, core::Day begin) {
  const ledger::Term* first = nullptr;
  for (const auto& term : reading.ledger().rows_of(account)) {
    if (term.start > begin || term.end <= begin) continue;
    if (first == nullptr ||
        term.amount_minor * first->billing_period_months > first->amount_minor * term.billing_period_months)
      first = &term;
  }
  return first;
}

using Place = std::pair<AccountIndex, const CustomerHistory*>;

void group_by_contract(const Reading& reading, std::span<const Place> places, bool by_plan, CustomerGroups& groups) {
  GroupNumbers numbers(groups);
  const Names& names = by_plan ? reading.roster().plans : reading.roster().products;
  for (const auto& [account, history] : places) {
    const auto* term = first_contract(reading, account, history->begin);
    const std::string value = term == nullptr ? "" : names.at(by_plan ? term->plan : term->product);
    groups.of_customer.push_back({numbers.number_of(value, [&] { return named(value); })});
  }
}

void group_by_year(std::span<const Place> places, CustomerGroups& groups) {
  GroupNumbers numbers(groups);
  for (const auto& [account, history] : places) {
    const int year = core::year_month_day(history->begin).year;
    const std::string value = std::to_string(year);
    groups.of_customer.push_back({numbers.number_of(value, [&] {
      return core::Text{value, fmt::format("{}年", year)};
    })});
  }
}

void group_by_roster(const Reading& reading, std::span<const Place> places, std::size_t position,
                     CustomerGroups& groups) {
  GroupNumbers numbers(groups);
  const Dimension& dimension = reading.roster().dimensions[position];
  groups.is_overlapping = dimension.is_overlapping;
  for (const auto& [account, history] : places) {
    const auto month = ledger::month_of(history->begin);
    std::vector<std::uint32_t> of_customer;
    for (const auto& membership : reading.roster().memberships[position][account]) {
      if (membership.first_month > month || month >= membership.end_month) continue;
      const std::string& value = dimension.values.at(membership.value);
      of_customer.push_back(numbers.number_of(
          value, [&] { return value.empty() ? without_value() : dimension.name_of(membership.value); }));
    }
    if (of_customer.empty()) of_customer.push_back(numbers.number_of("", without_value));
    groups.of_customer.push_back(std::move(of_customer));
  }
}

std::vector<DimensionName> dimension_names(const Roster& roster) {
  std::vector<DimensionName> names{{std::string(no_dimension), {"All customers", "全顧客"}},
                                   {"product", {"First product", "最初の製品"}},
                                   {"plan", {"First plan", "最初のプラン"}},
                                   {"cohort_year", {"Year of the first contract", "契約開始年"}}};
  for (const Dimension& dimension : roster.dimensions) names.push_back({dimension.key, dimension.name});
  return names;
}

core::Result<> group(const Reading& reading, std::span<const Place> places, std::string_view by,
                     CustomerGroups& groups) {
  groups.key = by;
  groups.of_customer.reserve(places.size());
  if (by == no_dimension) {
    groups.groups.push_back({"", {"All customers", "全顧客"}});
    groups.of_customer.assign(places.size(), {0});
    return {};
  }
  if (by == "product" || by == "plan") {
    group_by_contract(reading, places, by == "plan", groups);
    return {};
  }
  if (by == "cohort_year") {
    group_by_year(places, groups);
    return {};
  }
  const auto position = reading.roster().find_dimension(by);
  if (!position)
    return core::Error::invalid_field("by", {"There is no such way to part customers: choose one of the list.",
                                             "指定された分け方はありません。一覧から選んでください。"});
  group_by_roster(reading, places, *position, groups);
  return {};
}

}  // namespace

std::int64_t CustomerHistory::mrr_on(core::Day day) const {
  const auto after = std::ranges::upper_bound(steps, day, {}, &ledger::Step::day);
  return after == steps.begin() ? 0 : std::prev(after)->mrr_minor;
}

std::vector<std::uint32_t> CustomerHistories::members_of(std::uint32_t group) const {
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < customers.size(); ++i)
    if (std::ranges::find(groups.of_customer[i], group) != groups.of_customer[i].end()) members.push_back(i);
  return members;
}

core::Result<CustomerHistories> customer_histories(const Reading& reading, std::string_view by) {
  CustomerHistories histories;
  histories.until = reading.day();
  histories.book_day = reading.book_day();
  histories.as_of = reading.as_of();
  histories.currency = reading.currency();
  histories.rules = reading.rules();
  histories.dimensions = dimension_names(reading.roster());
  std::vector<AccountIndex> accounts;
  for (AccountIndex account = 0; account < reading.ledger().account_count(); ++account) {
    if (auto history = history_of(reading, account, reading.day())) {
      histories.customers.push_back(std::move(*history));
      accounts.push_back(account);
    }
  }
  std::vector<Place> places;
  for (std::size_t i = 0; i < accounts.size(); ++i) places.emplace_back(accounts[i], &histories.customers[i]);
  BANSO_TRY(group(reading, places, by, histories.groups));
  return histories;
}

statistics::ObservedLifetimes lifetimes_of(const CustomerHistories& histories, std::span<const std::uint32_t> customers,
                                           statistics::AgeUnit unit, std::optional<core::Day> since,
                                           std::uint32_t group) {
  statistics::ObservedLifetimes all;
  std::vector<statistics::CustomerSpan> spans;
  spans.reserve(customers.size());
  for (const std::uint32_t position : customers) {
    const CustomerHistory& history = histories.customers[position];
    const statistics::CustomerSpan span{history.begin, history.end, history.end.has_value(), since, group};
    if (!history.moved_on) {
      spans.push_back(span);
      continue;
    }
    // Out of sight from that day on.
    auto moved = statistics::observe(std::span(&span, 1), std::min(*history.moved_on, histories.until), unit);
    all.lifetimes.insert(all.lifetimes.end(), moved.lifetimes.begin(), moved.lifetimes.end());
    all.left_out.add(moved.left_out);
  }
  auto seen = statistics::observe(spans, histories.until, unit);
  all.lifetimes.insert(all.lifetimes.end(), seen.lifetimes.begin(), seen.lifetimes.end());
  all.left_out.add(seen.left_out);
  return all;
}

}  // namespace banso::retention
