// Scores of earlier weeks, of accounts where something was learned that lies that far back: events that come late,
// imports, corrected records. Runs behind the rounds, so that the past never delays the present.
#include <algorithm>

#include <fmt/format.h>

#include "live_book.hpp"
#include "platform/log/log.hpp"

namespace banso::health {
namespace {

constexpr auto look_every = std::chrono::milliseconds(250);
// The past waits while events come faster than they are stored, but not for ever.
constexpr std::int64_t longest_wait_for_intake_us = 600'000'000;
// Their whole past is read at once: a few MiB.
constexpr std::size_t batch_accounts = 50;

std::vector<core::AccountId> ids_of(std::span<const Marked> marked) {
  std::vector<core::AccountId> accounts;
  for (const auto& each : marked) accounts.push_back(each.account);
  std::sort(accounts.begin(), accounts.end());
  return accounts;
}

core::Day earliest(std::span<const Marked> marked) {
  core::Day first = engine::forever;
  for (const auto& each : marked) first = std::min(first, each.mark.first_day);
  return first;
}

// The newest row of the account, with the weeks before the last one as they were found now.
AccountRowPtr with_weeks(const AccountRow& row, const ScoredAccount& found, std::size_t weeks,
                         const DefinitionSet& set) {
  ScoredAccount scored = row.scored;
  for (std::size_t i = sparkline_weeks - std::min(sparkline_weeks, weeks); i + 1 < sparkline_weeks; ++i) {
    scored.weekly[i] = found.weekly[i];
    scored.weekly_levels[i] = found.weekly_levels[i];
  }
  return scored_anew(row, std::move(scored), set);
}

}  // namespace

// One batch. False: nothing to do now.
bool LiveBook::run_history() {
  if (running_ || leave_to_full()) return false;  // a full evaluation covers it
  const bool is_intake_behind = from_.usage->intake_status().is_behind;
  std::vector<Marked> marked;
  {
    const std::lock_guard lock(mutex_);
    const auto waits_since = late_.next_due();
    if (!evaluation_ || !waits_since) return false;
    if (is_intake_behind && core::now().microseconds - waits_since->microseconds < longest_wait_for_intake_us) {
      return false;
    }
    marked = late_.take(batch_accounts, core::now());
    if (marked.empty()) return false;
    ++in_flight_;
  }
  bool succeeded = false;
  try {
    succeeded = rescore_history(marked);
    if (succeeded) refresh_past_tables(marked);
  } catch (const std::exception& failure) {
    platform::log::error(
        fmt::format("scoring the past of {} accounts failed, it is tried again: {}", marked.size(), failure.what()));
  }
  const std::lock_guard lock(mutex_);
  --in_flight_;
  if (!succeeded) late_.put_back_failed(std::move(marked), core::now());
  return succeeded;
}

// False where another evaluation took over meanwhile.
bool LiveBook::rescore_history(std::span<const Marked> marked) {
  const auto last = evaluation();
  const auto first = std::max(last->first_day, earliest(marked));
  auto days = weekly_days(last->first_day, last->as_of);
  std::erase_if(days, [&](core::Day day) { return day < first; });
  if (days.size() < 2) return true;  // of the last week only, which the rounds score
  const auto set = table_now()->head().set;
  const auto accounts = evaluator_.with_ancestors(ids_of(marked), *set);
  const auto chunk = evaluator_.assess(accounts, *set, days);
  core::Instant computed_at;
  {
    const std::lock_guard one_at_a_time(round_mutex_);
    const auto table = table_now();
    auto evaluation = this->evaluation();
    if (evaluation->number != last->number) return false;
    std::vector<AccountRowPtr> rows;
    for (const auto& scored : chunk.accounts) {
      if (const auto row = table->find(scored.account)) {
        rows.push_back(with_weeks(*row, scored, days.size(), *set));
      }
    }
    auto head = table->head();
    head.computed_at = computed_at = core::now();
    publish(table->with(std::move(head), std::move(rows), {}), *evaluation);
  }
  {
    const std::lock_guard writing(writing_mutex_);
    if (evaluation()->number != last->number) return false;
    mart_.replace_history(*last, *set, accounts, chunk.accounts, chunk.loaded.book,
                          std::span(chunk.weeks).first(days.size() - 1));
  }
  tell(accounts, computed_at);
  return true;
}

void LiveBook::refresh_past_tables(std::span<const Marked> marked) {
  const std::lock_guard lock(past_mutex_);
  const auto first = earliest(marked);
  for (auto& table : past_) {
    const core::Day as_of = table->head().as_of;
    if (as_of < first) continue;
    const auto& set = table->head().set;
    const auto accounts = evaluator_.with_ancestors(ids_of(marked), *set);
    const auto days = weekly_days(as_of - 7 * static_cast<int>(sparkline_weeks - 1), as_of);
    const auto chunk = evaluator_.assess(accounts, *set, days);
    table = table->with(table->head(), evaluator_.rows(chunk, *set, as_of), chunk.gone);
  }
}

void LiveBook::history_loop() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      changed_.wait_for(lock, look_every);
      if (stopping_) return;
    }
    try {
      while (!stopping_ && run_history()) {
      }
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("scoring earlier weeks failed, it is tried again: {}", failure.what()));
    }
  }
}

}  // namespace banso::health
