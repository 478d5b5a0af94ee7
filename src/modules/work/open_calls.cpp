#include "open_calls.hpp"

#include <algorithm>

namespace banso::work {
namespace {

constexpr int near_span_days = 400;
// Calls without money rank as if this share of a usual customer's ARR were at stake.
constexpr std::int64_t floor_divisor = 20;

bool ranks_before(const RankedCall& a, const RankedCall& b) {
  const bool a_rests = a.call->status == CallStatus::snoozed, b_rests = b.call->status == CallStatus::snoozed;
  if (a_rests != b_rests) return b_rests;
  if (a_rests && a.call->snoozed_until != b.call->snoozed_until) {
    // Those that wait for a condition alone come last.
    const core::Day never{std::numeric_limits<std::int32_t>::max()};
    return a.call->snoozed_until.value_or(never) < b.call->snoozed_until.value_or(never);
  }
  if (a.points != b.points) return a.points > b.points;
  if (a.call->due != b.call->due) return a.call->due < b.call->due;
  return a.call->id < b.call->id;
}

std::int64_t floor_of(const health::BookView& book) {
  std::vector<std::int64_t> amounts;
  for (std::size_t row = 0; row < book.size(); ++row) {
    if (const auto arr = book.arr_minor(row); arr > 0) amounts.push_back(arr);
  }
  if (amounts.empty()) return 1;
  const auto middle = amounts.begin() + static_cast<std::ptrdiff_t>(amounts.size() / 2);
  std::nth_element(amounts.begin(), middle, amounts.end());
  return std::max<std::int64_t>(*middle / floor_divisor, 1);
}

std::optional<double> badness_of(const health::BookView& book, const std::string& level) {
  const auto* field = book.fields().find("level");
  if (!field || field->choices.size() < 2) return std::nullopt;
  const auto found = std::find_if(field->choices.begin(), field->choices.end(),
                                  [&](const auto& choice) { return choice.value == level; });
  if (found == field->choices.end()) return std::nullopt;
  return static_cast<double>(found - field->choices.begin()) / static_cast<double>(field->choices.size() - 1);
}

template <class T>
std::optional<T> maybe(const health::CellValue& value) {
  const auto* found = std::get_if<T>(&value);
  return found ? std::optional(*found) : std::nullopt;
}

}  // namespace

DaysLeft::DaysLeft(const core::BusinessCalendar& calendar, core::Day today) : calendar_(calendar), today_(today) {
  near_.reserve(2 * near_span_days + 1);
  for (int days = -near_span_days; days <= near_span_days; ++days) near_.push_back(count(today + days));
}

int DaysLeft::count(core::Day due) const {
  const int between = calendar_.between(today_, due);
  return due < today_ ? std::min(between, -1) : between;
}

int DaysLeft::until(core::Day due) const {
  const int days = due - today_ + near_span_days;
  if (days >= 0 && days < static_cast<int>(near_.size())) return near_[static_cast<std::size_t>(days)];
  return count(due);
}

RankInput Ranking::input_of(const RankedCall& ranked) const {
  return {ranked.call->kind,
          ranked.call->severity,
          ranked.call->value_at_stake_minor,
          ranked.business_days_left,
          today(),
          ranked.account->standing,
          floor_minor};
}

AccountFacts facts_of(const health::BookView& book, core::AccountId account) {
  AccountFacts facts;
  const auto row = book.find(account);
  if (!row) return facts;
  facts.name = book.name(*row);
  facts.name_key = customers::search_key(facts.name);
  facts.level = maybe<std::string>(book.value(*row, "level")).value_or("");
  facts.score = maybe<double>(book.value(*row, "score"));
  facts.standing = {book.arr_minor(*row), maybe<core::Day>(book.value(*row, "renewal_day")),
                    badness_of(book, facts.level), maybe<double>(book.value(*row, "score_change_28d"))};
  return facts;
}

EntryPtr entry_of(const Call& call) {
  auto entry = std::make_shared<Entry>();
  entry->id = call.id;
  entry->account = call.account;
  entry->kind = call.kind;
  entry->severity = call.severity;
  entry->status = call.status;
  entry->role = call.role;
  entry->assignee = call.assignee;
  entry->responsible = call.responsible;
  entry->stands_in_for = call.stands_in_for;
  entry->due = call.due;
  entry->opened_at = call.opened_at;
  entry->value_at_stake_minor = call.value_at_stake_minor;
  entry->hours_estimate = call.hours_estimate;
  entry->reason = call.reason;
  entry->playbook = call.playbook;
  entry->title_key = customers::search_key(call.title.en + "\n" + call.title.ja);
  entry->snoozed_until = call.snoozed_until;
  entry->snooze_condition_json = call.snooze_condition_json;
  entry->revision = call.revision;
  return entry;
}

void OpenCalls::assign(std::vector<EntryPtr> calls) {
  const std::lock_guard lock(mutex_);
  calls_.clear();
  by_account_.clear();
  for (auto& call : calls) replace(std::move(call));
  changed_ = {true, {}};
}

void OpenCalls::replace(EntryPtr entry) {
  const auto id = entry->id.value;
  changed_.calls.insert(id);
  auto& known = calls_[id];
  if (!known) by_account_[entry->account.value].push_back(id);
  known = std::move(entry);
}

void OpenCalls::remove(CallId call) {
  const auto found = calls_.find(call.value);
  if (found == calls_.end()) return;
  const auto of_account = by_account_.find(found->second->account.value);
  std::erase(of_account->second, call.value);
  if (of_account->second.empty()) by_account_.erase(of_account);
  calls_.erase(found);
  changed_.calls.insert(call.value);
}

void OpenCalls::put(std::span<const Call> calls) {
  const std::lock_guard lock(mutex_);
  for (const auto& call : calls) {
    const auto known = calls_.find(call.id.value);
    if (known != calls_.end() && known->second->revision > call.revision) continue;
    if (call.closed_at) {
      remove(call.id);
    } else {
      replace(entry_of(call));
    }
  }
}

void OpenCalls::set_responsible(std::span<const Call> calls) {
  const std::lock_guard lock(mutex_);
  for (const auto& call : calls) {
    const auto known = calls_.find(call.id.value);
    if (known == calls_.end()) continue;
    auto entry = std::make_shared<Entry>(*known->second);
    entry->responsible = call.responsible;
    entry->stands_in_for = call.stands_in_for;
    replace(std::move(entry));
  }
}

EntryPtr OpenCalls::find(CallId call) const {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call.value);
  return found == calls_.end() ? nullptr : found->second;
}

std::vector<EntryPtr> OpenCalls::entries() const {
  const std::lock_guard lock(mutex_);
  std::vector<EntryPtr> entries;
  entries.reserve(calls_.size());
  for (const auto& [id, entry] : calls_) entries.push_back(entry);
  return entries;
}

std::vector<EntryPtr> OpenCalls::of_accounts(const std::unordered_set<std::int64_t>& accounts) const {
  const std::lock_guard lock(mutex_);
  std::vector<EntryPtr> entries;
  for (const auto account : accounts) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) continue;
    for (const auto id : found->second) entries.push_back(calls_.at(id));
  }
  return entries;
}

// Which calls a new state of the book moves.
void OpenCalls::look_at_book(Changes& changes) {
  auto book = from_.health->evaluated_book();
  if (book == book_) return;
  const auto rows = book && book_ ? book->changed_since(*book_) : std::nullopt;
  if (!rows) {
    facts_.clear();
    changes.all = true;
  } else {
    const std::lock_guard lock(mutex_);
    for (const auto row : *rows) {
      const auto account = book->id(row).value;
      facts_.erase(account);
      const auto found = by_account_.find(account);
      if (found != by_account_.end()) changes.calls.insert(found->second.begin(), found->second.end());
    }
  }
  book_ = std::move(book);
}

AccountFactsPtr OpenCalls::facts(core::AccountId account) {
  auto& known = facts_[account.value];
  if (!known) known = std::make_shared<const AccountFacts>(book_ ? facts_of(*book_, account) : AccountFacts());
  return known;
}

RankedCall OpenCalls::rank(const EntryPtr& call, const Ranking& ranking) {
  RankedCall ranked{call, facts(call->account), 0, ranking.days_left.until(call->due)};
  ranked.points = points_of(ranking.input_of(ranked));
  return ranked;
}

RankingPtr OpenCalls::ranking() {
  const std::lock_guard ranking_lock(ranking_mutex_);
  Changes changes;
  look_at_book(changes);
  const auto today = from_.surroundings.book_day();
  const auto calendar = from_.surroundings.calendar();
  const auto currency = from_.surroundings.reporting_currency();
  const bool is_same_day = ranking_ && ranking_->today() == today && ranking_->currency == currency &&
                           ranking_->days_left.calendar().days_off() == calendar.days_off() &&
                           ranking_->days_left.calendar().holidays() == calendar.holidays();
  if (!is_same_day) changes.all = true;
  std::vector<EntryPtr> moved;  // present state of what changed; of everything where all did
  {
    const std::lock_guard lock(mutex_);
    changes.all = changes.all || changed_.all;
    changes.calls.merge(changed_.calls);
    changed_ = {};
    if (changes.all) {
      for (const auto& [id, entry] : calls_) moved.push_back(entry);
    } else {
      for (const auto id : changes.calls) {
        if (const auto found = calls_.find(id); found != calls_.end()) moved.push_back(found->second);
      }
    }
  }
  if (!changes.all && changes.calls.empty()) return ranking_;

  auto next = std::make_shared<Ranking>();
  next->days_left = is_same_day ? ranking_->days_left : DaysLeft(calendar, today);
  next->currency = currency;
  next->floor_minor = changes.all ? (book_ ? floor_of(*book_) : 1) : ranking_->floor_minor;
  std::vector<RankedCall> fresh;
  fresh.reserve(moved.size());
  for (const auto& entry : moved) fresh.push_back(rank(entry, *next));
  std::sort(fresh.begin(), fresh.end(), ranks_before);
  if (changes.all) {
    next->calls = std::move(fresh);
  } else {
    next->calls.reserve(ranking_->calls.size() + fresh.size());
    auto place = fresh.begin();
    for (const auto& before : ranking_->calls) {
      if (changes.calls.contains(before.call->id.value)) continue;
      while (place != fresh.end() && ranks_before(*place, before)) next->calls.push_back(*place++);
      next->calls.push_back(before);
    }
    next->calls.insert(next->calls.end(), place, fresh.end());
  }
  next->active = static_cast<std::size_t>(
      std::partition_point(next->calls.begin(), next->calls.end(),
                           [](const RankedCall& ranked) { return ranked.call->status != CallStatus::snoozed; }) -
      next->calls.begin());
  ranking_ = std::move(next);
  return ranking_;
}

}  // namespace banso::work
