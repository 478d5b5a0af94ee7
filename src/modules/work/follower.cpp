#include "follower.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "platform/records/change_follower.hpp"

namespace banso::work {
namespace {

// A transaction may commit this long after it made the ids of its rows.
constexpr std::int64_t overlap_us = records::ChangeFollower::longest_transaction_us;
// What another node recorded just now it is about to tell itself.
constexpr std::int64_t left_over_after_us = 60 * core::microseconds_per_second;
constexpr auto left_over_every = std::chrono::seconds(60);
// Absences and roles change unheard.
constexpr auto reassign_every = std::chrono::seconds(30);
constexpr std::size_t told_at_once = 1000;

const core::Text day_has_come{"The day it was snoozed until has come", "スヌーズの期日になりました"};
const core::Text condition_holds{"The condition it was snoozed for holds", "スヌーズの解除条件を満たしました"};

}  // namespace

void Follower::accounts_changed(std::span<const core::AccountId> accounts) {
  const std::lock_guard lock(accounts_mutex_);
  changed_accounts_.insert(accounts.begin(), accounts.end());
}

void Follower::load() {
  const std::lock_guard lock(mutex_);
  read_open_calls();
}

void Follower::read_open_calls() {
  follows_from_ = records::first_id_at({core::now().microseconds - overlap_us});
  std::vector<EntryPtr> entries;
  desk_.store().each_open([&](const Call& call) { entries.push_back(entry_of(call)); });
  desk_.open_calls().assign(std::move(entries));
  is_loaded_ = true;
}

void Follower::look() {
  const std::lock_guard lock(mutex_);
  if (!is_loaded_) read_open_calls();
  take_in_other_nodes();
  reassign();
  wake_by_day();
  wake_by_condition();
  tell_new();
  tell_left_over();
}

void Follower::take_in_other_nodes() {
  // One process has the whole of a SQLite file.
  if (desk_.store().database().dialect() == records::Dialect::sqlite) return;
  const auto now = core::now();
  std::set<CallId> changed;
  for (const auto& [row, call] : desk_.store().changed_since(follows_from_)) {
    if (seen_.try_emplace(row, now).second) changed.insert(call);
  }
  follows_from_ = records::first_id_at({now.microseconds - overlap_us});
  std::erase_if(seen_, [&](const auto& seen) { return seen.first < follows_from_; });
  const std::vector<CallId> ids(changed.begin(), changed.end());
  std::vector<Call> others;
  for (auto& call : desk_.store().find(ids)) {
    const auto known = desk_.open_calls().find(call.id);
    if (known ? known->revision < call.revision : !call.closed_at) others.push_back(std::move(call));
  }
  if (!others.empty()) desk_.took_in(others);
}

void Follower::reassign() {
  std::set<core::AccountId> changed;
  {
    const std::lock_guard lock(accounts_mutex_);
    changed.swap(changed_accounts_);
  }
  const auto now = std::chrono::steady_clock::now();
  if (assigned_on_ != desk_.today() || now - assigned_at_ > reassign_every) {
    desk_.reassign({});
    assigned_on_ = desk_.today();
    assigned_at_ = now;
  } else if (!changed.empty()) {
    desk_.reassign(std::vector<core::AccountId>(changed.begin(), changed.end()));
  }
}

void Follower::wake_by_day() {
  const auto today = desk_.today();
  std::vector<CallId> due;
  const auto ranking = desk_.open_calls().ranking();
  for (std::size_t i = ranking->active; i < ranking->calls.size(); ++i) {
    const auto& until = ranking->calls[i].call->snoozed_until;
    if (!until || *until > today) break;  // ordered by that day
    due.push_back(ranking->calls[i].call->id);
  }
  wake(due, day_has_come.en + " / " + day_has_come.ja);
}

void Follower::wake_by_condition() {
  const auto book = desk_.from().health->evaluated_book();
  if (!book) return;
  const auto rows = tested_ ? book->changed_since(*tested_) : std::nullopt;
  std::optional<std::set<std::uint32_t>> changed;  // nothing: any row
  if (rows) changed.emplace(rows->begin(), rows->end());
  std::map<std::string, std::vector<std::pair<std::uint32_t, CallId>>> by_condition;
  std::set<CallId> waiting;
  const auto ranking = desk_.open_calls().ranking();
  for (std::size_t i = ranking->active; i < ranking->calls.size(); ++i) {
    const auto& call = *ranking->calls[i].call;
    if (call.snooze_condition_json.empty()) continue;
    const auto row = book->find(call.account);
    if (!row) continue;
    waiting.insert(call.id);
    const auto number = static_cast<std::uint32_t>(*row);
    // Tested before on the same data: nothing can have changed.
    if (changed && !changed->contains(number) && tested_calls_.contains(call.id)) continue;
    by_condition[call.snooze_condition_json].emplace_back(number, call.id);
  }
  std::vector<CallId> met;
  for (const auto& [condition_json, calls] : by_condition) {
    const auto condition = engine::compile_condition(condition_json, book->fields());
    if (!condition) continue;  // a field it asks for is gone: the call waits for its day, and is seen in the account
    std::vector<std::uint32_t> asked;
    for (const auto& [row, call] : calls) asked.push_back(row);
    const auto holds = book->run(*condition, asked);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (holds.test(i)) met.push_back(calls[i].second);
    }
  }
  wake(met, condition_holds.en + " / " + condition_holds.ja);
  tested_ = book;
  tested_calls_ = std::move(waiting);
}

void Follower::wake(std::span<const CallId> calls, const std::string& why) {
  if (calls.empty()) return;
  const Deed deed{{}, desk_.now(), desk_.today(), 0};
  const auto woken = desk_.store().edit(calls, deed, [&](records::Session& session, Call& call) {
    auto edited = waking_step(why)(session, call);
    if (edited && *edited && call.responsible) {
      const core::Text text{fmt::format("“{}” is back", beginning_of(call.title.en)),
                            fmt::format("スヌーズ中の「{}」が戻りました", beginning_of(call.title.ja))};
      Store::add_notices(session, notices_for({&call.responsible, 1}, "woken", call, deed, text));
    }
    return edited;
  });
  if (woken) desk_.committed(*woken);
}

void Follower::tell_new() {
  const auto ids = desk_.take_untold();
  if (ids.empty() || !has_listeners()) return;
  for (std::size_t begin = 0; begin < ids.size(); begin += told_at_once) {
    tell(desk_.store().history_rows(std::span(ids).subspan(begin, std::min(told_at_once, ids.size() - begin))));
  }
}

void Follower::tell_left_over() {
  const auto now = std::chrono::steady_clock::now();
  if (!has_listeners() || (has_told_left_over_ && now - told_left_over_at_ < left_over_every)) return;
  // What this process left when it was killed nobody else tells, where nobody else is there.
  const bool is_alone = desk_.store().database().dialect() == records::Dialect::sqlite;
  const auto age_us = is_alone && !has_told_left_over_ ? 0 : left_over_after_us;
  const auto before = records::first_id_at({core::now().microseconds - age_us});
  while (true) {
    const auto rows = desk_.store().untold_before(before, static_cast<std::int64_t>(told_at_once));
    if (rows.empty()) break;
    tell(rows);
  }
  has_told_left_over_ = true;
  told_left_over_at_ = now;
}

void Follower::tell(std::span<const HistoryRow> rows) {
  std::vector<CallId> call_ids;
  for (const auto& row : rows) {
    if (!row.task) call_ids.push_back(row.call);
  }
  std::map<CallId, Call> calls;
  for (auto& call : desk_.store().find(call_ids)) calls.emplace(call.id, std::move(call));
  std::vector<CallChange> call_changes;
  std::vector<TaskChange> task_changes;
  std::vector<std::int64_t> told;
  for (const auto& row : rows) {
    told.push_back(row.id);
    if (row.task) {
      const auto event = task_event_from(row.event);
      auto task = desk_.store().find(row.task);
      if (event && task) task_changes.push_back({*event, row.at, row.by, std::move(*task)});
      continue;
    }
    const auto event = call_event_from(row.event);
    const auto call = calls.find(row.call);
    if (event && call != calls.end()) call_changes.push_back({*event, row.at, row.by, call->second});
  }
  const auto hear = [](const auto& listeners, const auto& changes) {
    if (changes.empty()) return;
    for (const auto& listener : listeners) {
      try {
        listener(changes);
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("a listener of calls and tasks failed: {}", failure.what()));
      }
    }
  };
  hear(call_listeners_, call_changes);
  hear(task_listeners_, task_changes);
  desk_.store().mark_told(told);
}

}  // namespace banso::work
