// Accounts that changed are scored on the current day, round after round: gathered briefly, longest waiting first,
// published to the pages batch by batch, and written to the mart behind.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "live_book.hpp"
#include "platform/log/log.hpp"

namespace banso::health {
namespace {

// Changes come in bursts: a short wait makes one round of many. Under load the last round was wait enough.
constexpr std::int64_t gathering_us = 60'000;
constexpr auto look_every = std::chrono::milliseconds(250);
// A batch takes some 100 ms, so that nobody waits long behind others.
constexpr std::size_t most_batch_accounts = 2000;
constexpr std::size_t fewest_batch_accounts = 1;
// Above this, one pass over everything is cheaper than many small ones; of changes that only such a pass covers faster
// (records and history: current scores from usage are always taken in rounds).
constexpr std::size_t full_above_accounts = 2000;
// Writing behind takes at most this share of the time.
constexpr std::int64_t mart_every_us = 3'000'000;
constexpr std::int64_t mart_pause_factor = 10;
constexpr std::size_t most_listed_accounts = 500;
// While events come faster than they are stored, scores are late anyway: after a round the processors are left to the
// store for so many times as long.
constexpr std::int64_t pause_factor_behind = 3;
constexpr std::int64_t longest_pause_behind_us = 2'000'000;
// Events that a restart or an import brings in were not received just now.
constexpr std::int64_t longest_lag_us = 600'000'000;

std::int64_t now_us() {
  return core::now().microseconds;
}

// Covered faster by a full evaluation, if there are many.
bool is_slow(const Mark& mark, core::Day as_of) {
  return mark.has_records || reaches_earlier_weeks(mark.first_day, as_of);
}

// In which the last full evaluation saw nothing, and of which facts came since.
bool has_new_source(const Freshness& freshness) {
  return std::any_of(freshness.begin(), freshness.end(), [](const SourceFreshness& source) {
    return source.rows == 0 && source.newest_day != engine::no_day;
  });
}

}  // namespace

// ---- marks ----

void LiveBook::mark(std::span<const core::AccountId> accounts, const Mark& mark) {
  if (accounts.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    for (const auto account : accounts) dirty_.add(account, mark);
  }
  note_unscored();
  changed_.notify_all();
}

void LiveBook::mark_dirty(std::span<const core::AccountId> accounts) {
  evaluator_.family_links().note_changed(accounts);
  mark(accounts, {engine::no_day, engine::no_day, true, core::now(), {}, 0, {}});
}

void LiveBook::mark_records(std::span<const core::AccountId> accounts) {
  evaluator_.family_links().note_changed(accounts);
  mark(accounts, {engine::no_day, {}, true, core::now(), {}, 0, {}});
}

void LiveBook::mark_usage(const usage::UsageChange& change) {
  if (change.accounts.empty()) return;
  const auto now = core::now();
  {
    const std::lock_guard lock(mutex_);
    for (const auto& changed : change.accounts) {
      // The catalogue says what counts: all that is held of the account may mean something else now.
      const auto usage_from = change.received_since ? changed.first_day : engine::no_day;
      dirty_.add(changed.account, {changed.first_day, usage_from, false, now, change.received_since, 0, {}});
    }
  }
  note_unscored();
  changed_.notify_all();
}

// The lists live in memory; that there is something in them must survive a crash.
void LiveBook::note_unscored() {
  const std::lock_guard lock(unscored_mutex_);
  if (!is_unscored_noted_) mart_.note_unscored(true);
  is_unscored_noted_ = true;
}

void LiveBook::clear_unscored_if_clean() {
  const std::lock_guard lock(unscored_mutex_);
  {
    const std::lock_guard inner(mutex_);
    if (!dirty_.empty() || !late_.empty() || !unwritten_.empty() || in_flight_ > 0) return;
  }
  if (is_unscored_noted_) mart_.note_unscored(false);
  is_unscored_noted_ = false;
}

// ---- a round ----

// Of another day or other definitions than the published ones, or than the starter definitions would be by now.
bool LiveBook::full_is_due(const Evaluation& last) {
  return last.as_of != from_.surroundings.book_day() || last.release != definitions()->release ||
         (has_new_source(last.freshness) && only_starter_published()) || has_outgrown_starter(*table_now());
}

// False where nobody can run one, or the last one failed just now.
bool LiveBook::ask_for_full(std::string_view reason) {
  if (running_) return true;
  return now_us() >= full_not_before_us_ && request_full_(reason);
}

// Whether so much waits that a full evaluation will do it, and somebody is there to run one.
bool LiveBook::leave_to_full() {
  std::size_t slow = 0, all = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!evaluation_) return false;
    const auto as_of = evaluation_->as_of;
    const auto counts = [as_of](const Mark& mark) { return is_slow(mark, as_of); };
    slow = dirty_.count_if(counts) + late_.size();
    all = static_cast<std::size_t>(evaluation_->accounts);
  }
  return slow > full_above_accounts && slow > all / 4 && ask_for_full("much changed");
}

// Takes everything that is due, batch by batch. Returns the accounts scored.
std::int64_t LiveBook::run_round() {
  const bool is_much = leave_to_full();
  std::int64_t scored = 0;
  const core::Instant begin = core::now();
  while (true) {
    const std::lock_guard one_at_a_time(round_mutex_);
    std::vector<Marked> marked;
    BookTablePtr table;
    std::optional<Evaluation> evaluation;
    {
      const std::lock_guard lock(mutex_);
      if (!loaded_ || !table_ || !evaluation_ || !can_rank(*table_->head().set)) return scored;
      std::vector<Marked> left;
      if (is_much) {
        left = dirty_.take_if([as_of = evaluation_->as_of](const Mark& mark) { return is_slow(mark, as_of); });
      }
      marked = dirty_.take(batch_accounts_, begin);
      dirty_.put_back(std::move(left));
      in_flight_ += marked.empty() ? 0 : 1;
      table = table_;
      evaluation = evaluation_;
    }
    if (marked.empty()) return scored;
    const auto count = static_cast<std::int64_t>(marked.size());
    const std::size_t tried = marked.size();
    try {
      score_batch(marked, table, *evaluation);
      scored += count;
      const std::lock_guard lock(mutex_);
      --in_flight_;
      batch_accounts_ = std::min(most_batch_accounts, batch_accounts_ * 2);
    } catch (const std::exception& failure) {
      platform::log::error(
          fmt::format("scoring {} changed accounts failed, they are tried again: {}", tried, failure.what()));
      const std::lock_guard lock(mutex_);
      --in_flight_;
      batch_accounts_ = std::max(fewest_batch_accounts, tried / 4);
      dirty_.put_back_failed(std::move(marked), core::now());
    }
  }
}

// Without peers, accounts would lose the measures that are ranked among them.
bool LiveBook::can_rank(const DefinitionSet& set) const {
  return !set.definitions.needs_peers() || evaluator_.peers_of(set) != nullptr;
}

void LiveBook::score_batch(std::vector<Marked> marked, const BookTablePtr& table, Evaluation evaluation) {
  const bool has_records =
      std::any_of(marked.begin(), marked.end(), [](const Marked& each) { return each.mark.has_records; });
  auto batch = scorer_.score(marked, *table->head().set, evaluation.as_of,
                             [&](core::AccountId account) { return table->find(account); });
  for (std::size_t i = 0; i < fact_source_count; ++i) {
    auto& known = evaluation.freshness[i];
    const auto& fresh = batch.freshness[i];
    // With starter definitions a new source stays one until they were chosen anew, also over a crash.
    if (known.rows == 0 && fresh.rows > 0 && !only_starter_published()) known.rows = fresh.rows;
    // Rows stay those of the last full evaluation: what these accounts had before is not known here.
    known.newest_day = std::max(known.newest_day, fresh.newest_day);
    known.newest_known_day = std::max(known.newest_known_day, fresh.newest_known_day);
  }
  const auto relatives = std::move(batch.relatives);
  auto next = table_with(table, std::move(batch), evaluation, has_records);
  const auto computed_at = next->head().computed_at;
  publish(std::move(next), evaluation);
  note_published(marked, relatives, computed_at);
  if (has_new_source(evaluation.freshness) && only_starter_published()) ask_for_full("a new source of data");
}

BookTablePtr LiveBook::table_with(const BookTablePtr& table, ScoredBatch batch, Evaluation& evaluation,
                                  bool has_records) const {
  BookTable::Head next = table->head();
  next.freshness = evaluation.freshness;
  if (has_records) {
    next.attributes =
        std::make_shared<const std::vector<customers::AttributeDefinition>>(from_.customers->attribute_definitions());
    add_owner_names(batch.rows, next);
  }
  next.computed_at = core::now();
  auto made = table->with(std::move(next), std::move(batch.rows), batch.gone);
  evaluation.accounts = static_cast<std::int64_t>(made->size());
  return made;
}

void LiveBook::note_published(std::span<const Marked> marked, std::span<const core::AccountId> relatives,
                              core::Instant computed_at) {
  std::vector<core::AccountId> accounts(relatives.begin(), relatives.end());
  {
    const std::lock_guard lock(mutex_);
    unwritten_.insert(relatives.begin(), relatives.end());
    for (const auto& [account, mark] : marked) {
      accounts.push_back(account);
      unwritten_.insert(account);
      if (mark.first_day < evaluation_->as_of) late_.add(account, mark);
      if (scored_during_full_) scored_during_full_->add(account, mark);
    }
  }
  for (const auto& [account, mark] : marked) {
    if (!mark.received_at || mark.received_at->microseconds < started_at_us_ ||
        mark.marked_at.microseconds - mark.received_at->microseconds > longest_lag_us) {
      continue;
    }
    lags_.add(*mark.received_at, computed_at);
  }
  tell(accounts, computed_at);
}

void LiveBook::tell(std::span<const core::AccountId> accounts, core::Instant computed_at) {
  BookChange change{{}, accounts.size() > most_listed_accounts, computed_at};
  if (!change.has_many) change.accounts.assign(accounts.begin(), accounts.end());
  tell(change);
}

void LiveBook::tell(const BookChange& change) {
  std::vector<BookListener> listeners;
  {
    const std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners) {
    try {
      listener(change);
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("a listener of the book failed: {}", failure.what()));
    }
  }
}

// ---- the mart, behind ----

void LiveBook::write_to_mart() {
  const std::lock_guard writing(writing_mutex_);
  std::unordered_set<core::AccountId> accounts;
  BookTablePtr table;
  std::optional<Evaluation> evaluation;
  {
    const std::lock_guard lock(mutex_);
    if (unwritten_.empty() || !evaluation_) return;
    accounts.swap(unwritten_);
    ++in_flight_;
    table = table_;
    evaluation = evaluation_;
  }
  try {
    std::vector<core::AccountId> all(accounts.begin(), accounts.end());
    std::sort(all.begin(), all.end());
    std::vector<const ScoredAccount*> scored;
    for (const auto account : all) {
      // A row without assessment belongs to an account that no evaluation has seen.
      const auto row = table->find(account);
      if (row && !row->scored.values.empty()) scored.push_back(&row->scored);
    }
    mart_.replace_current(*evaluation, all, scored);
    const std::lock_guard lock(mutex_);
    --in_flight_;
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    unwritten_.merge(accounts);
    throw;
  }
}

// ---- the thread ----

std::int64_t LiveBook::refresh_dirty() {
  std::int64_t scored = 0;
  for (std::int64_t more = run_round(); more > 0; more = run_round()) scored += more;
  while (run_history()) {
  }
  write_to_mart();
  clear_unscored_if_clean();
  return scored;
}

// Reads the accounts that were active last, so that their next events need not wait for it.
void LiveBook::warm_up() {
  std::vector<std::pair<core::Day, core::AccountId>> by_activity;
  BookTablePtr table;
  std::optional<Evaluation> evaluation;
  {
    const std::lock_guard lock(mutex_);
    table = table_;
    evaluation = evaluation_;
  }
  if (!table || !evaluation) return;
  for (const auto& row : table->rows()) {
    if (row->last_activity_day) by_activity.emplace_back(*row->last_activity_day, row->id());
  }
  std::sort(by_activity.rbegin(), by_activity.rend());
  constexpr std::size_t at_once = 500;
  for (std::size_t begin = 0; begin < by_activity.size() && !stopping_; begin += at_once) {
    std::vector<core::AccountId> accounts;
    for (auto i = begin; i < std::min(by_activity.size(), begin + at_once); ++i)
      accounts.push_back(by_activity[i].second);
    const std::lock_guard one_at_a_time(round_mutex_);
    if (evaluation->as_of != this->evaluation()->as_of) return;
    if (!scorer_.facts().warm(accounts, evaluation->as_of, *table->head().set)) return;
  }
}

void LiveBook::rounds_loop() {
  core::Day seen_day = from_.surroundings.book_day();
  while (true) {
    bool is_due = false;
    {
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      const auto next = loaded_ ? dirty_.next_due() : std::nullopt;
      const std::int64_t wait_us = next ? next->microseconds + gathering_us - now_us() : 1;
      is_due = next && wait_us <= 0;
      if (!is_due) {
        // Without a predicate: a new mark wakes this thread, which then knows how long to gather.
        changed_.wait_for(lock,
                          next ? std::min<std::chrono::microseconds>(look_every, std::chrono::microseconds(wait_us))
                               : std::chrono::microseconds(look_every));
        if (stopping_) return;
      }
    }
    try {
      const auto begun_us = now_us();
      if (is_due && run_round() == 0) std::this_thread::sleep_for(std::chrono::microseconds(gathering_us));
      if (is_due && from_.usage->intake_status().is_behind) {
        const auto pause_us = std::min(longest_pause_behind_us, pause_factor_behind * (now_us() - begun_us));
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::microseconds(pause_us), [this] { return stopping_.load(); });
      }
      const bool is_mart_due = now_us() >= mart_due_at_.microseconds;
      if (is_mart_due) {
        const auto begin = now_us();
        write_to_mart();
        clear_unscored_if_clean();
        mart_due_at_ = {now_us() + std::max(mart_every_us, mart_pause_factor * (now_us() - begin))};
      }
      if (const core::Day today = from_.surroundings.book_day(); today != seen_day) {
        seen_day = today;
        ask_for_full("a new day");
      } else if (const auto last = evaluation(); is_due && !last) {
        ask_for_full("there is no evaluation yet");
      } else if (is_mart_due && last && full_is_due(*last)) {  // another node may have published, unheard
        ask_for_full("the book is out of date");
      }
    } catch (const std::exception& failure) {
      mart_due_at_ = {now_us() + mart_every_us};
      platform::log::error(fmt::format("keeping the book up to date failed, it is tried again: {}", failure.what()));
    }
  }
}

}  // namespace banso::health
