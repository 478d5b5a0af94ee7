#include "live_book.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::health {
namespace {

constexpr auto look_every = std::chrono::milliseconds(250);
constexpr std::int64_t quiet_us = 300'000;           // changes come in bursts: wait for the end of one ...
constexpr std::int64_t longest_wait_us = 1'000'000;  // ... but not for long
constexpr std::size_t refresh_chunk_accounts = 500;
constexpr std::size_t past_tables_kept = 4;
// Above this, one pass over everything is cheaper than many small ones.
constexpr std::size_t full_above_accounts = 2000;
constexpr auto wait_for_first_table = std::chrono::seconds(20);

std::int64_t now_us() {
  return core::now().microseconds;
}

}  // namespace

LiveBook::LiveBook(Dependencies dependencies, std::function<void(std::string_view)> request_full)
    : from_(std::move(dependencies)), request_full_(std::move(request_full)), evaluator_(from_), mart_(from_.mart) {}

LiveBook::~LiveBook() {
  stop();
}

void LiveBook::start() {
  stopping_ = false;
  // In a thread of its own, so that a large book does not delay the server; a page that is early waits for it.
  loading_ = std::thread([this] {
    try {
      load_from_mart();
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("the last evaluation cannot be loaded: {}", failure.what()));
      request_full_("the last evaluation could not be loaded");
    }
  });
  thread_ = std::thread([this] { loop(); });
}

void LiveBook::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (loading_.joinable()) loading_.join();
  if (thread_.joinable()) thread_.join();
}

DefinitionSetPtr LiveBook::definitions() {
  static const std::vector<std::string> kinds{std::string(measure_kind), std::string(scorecard_kind)};
  const auto newest = from_.definitions->releases(kinds, 1);
  {
    const std::lock_guard lock(mutex_);
    if (set_ && set_->release == (newest.empty() ? 0 : newest.front().number)) return set_;
  }
  auto set = read_published(*from_.definitions);
  const std::lock_guard lock(mutex_);
  // One object per release, so that equal sets are the same pointer.
  if (set_ && set_->release == set->release) return set_;
  return set_ = std::move(set);
}

std::optional<Evaluation> LiveBook::evaluation() const {
  const std::lock_guard lock(mutex_);
  return evaluation_;
}

EvaluationStatus LiveBook::status() const {
  EvaluationStatus status;
  status.running = running_;
  status.progress = progress_;
  const std::lock_guard lock(mutex_);
  status.as_of = evaluation_ ? evaluation_->as_of : from_.surroundings.book_day();
  if (evaluation_) {
    status.computed_at = evaluation_->computed_at;
    status.accounts = evaluation_->accounts;
    status.seconds = evaluation_->seconds;
    status.release = evaluation_->release;
  }
  return status;
}

BookTable::Head LiveBook::head(const DefinitionSetPtr& set, core::Day as_of, const Freshness& freshness,
                               std::span<const AccountRowPtr> rows) const {
  BookTable::Head head{
      as_of, core::now(), set, from_.surroundings.reporting_currency(), from_.customers->attribute_definitions(),
      {},    freshness};
  for (const auto& row : rows) {
    const auto& record = row->record;
    if (!record.owner) continue;
    const auto [entry, is_new] = head.owner_names.try_emplace(record.owner.value, record.owner_name);
    if (is_new && from_.surroundings.user_name) {
      if (const auto name = from_.surroundings.user_name(record.owner)) entry->second = *name;
    }
  }
  return head;
}

// ---- the first table, from the last evaluation ----

void LiveBook::load_from_mart() {
  const auto set = definitions();
  const auto last = mart_.newest();
  const bool is_fit = last && last->release == set->release;
  std::unordered_map<core::AccountId, ScoredAccount> scored;
  if (is_fit) {
    for (auto& account : mart_.load(*last, *set)) scored.emplace(account.account, std::move(account));
  }
  const core::Day as_of = is_fit ? last->as_of : from_.surroundings.book_day();
  std::unordered_map<core::AccountId, std::vector<revenue::SubscriptionFact>> subscriptions;
  from_.revenue->each_subscription(customers::Selection::all(), [&](const revenue::SubscriptionFact& fact) {
    // Everything known by now counts on the book day: see BookLoader.
    auto version = fact;
    version.known.from = std::min(version.known.from, as_of);
    if (version.known.until == customers::KnownSpan::still) subscriptions[fact.account].push_back(std::move(version));
  });
  const std::string currency = from_.surroundings.reporting_currency();
  std::vector<AccountRowPtr> rows;
  from_.customers->each_book_row(customers::Selection::all(), [&](const customers::BookRow& record) {
    ScoredAccount account;
    account.account = record.id;
    account.weekly.fill(std::numeric_limits<float>::quiet_NaN());
    if (auto found = scored.find(record.id); found != scored.end()) account = std::move(found->second);
    rows.push_back(make_row(record, subscriptions[record.id], std::move(account), *set, as_of, currency));
  });
  auto table_head = head(set, as_of, is_fit ? last->freshness : Freshness{}, rows);
  if (is_fit) table_head.computed_at = last->computed_at;
  const bool has_accounts = !rows.empty();
  auto table = std::make_shared<const BookTable>(std::move(table_head), std::move(rows));
  {
    const std::lock_guard lock(mutex_);
    if (!table_) {  // else a full evaluation was faster
      table_ = std::move(table);
      if (is_fit) evaluation_ = last;
    }
    loaded_ = true;
  }
  changed_.notify_all();
  const bool is_unscored = mart_.has_unscored();
  {
    const std::lock_guard lock(unscored_mutex_);
    is_unscored_noted_ = is_unscored_noted_ || is_unscored;
  }
  if (has_accounts && (is_unscored || !is_fit || last->as_of != from_.surroundings.book_day())) {
    request_full_("the book is out of date");
  }
}

void LiveBook::publish(BookTablePtr table, const Evaluation& evaluation) {
  {
    const std::lock_guard lock(mutex_);
    table_ = std::move(table);
    evaluation_ = evaluation;
    loaded_ = true;
  }
  changed_.notify_all();
}

core::Result<BookTablePtr> LiveBook::table(std::optional<core::Day> as_of) {
  const core::Day book_day = from_.surroundings.book_day();
  if (as_of && *as_of > book_day) {
    return core::Error::invalid_field("as_of",
                                      {fmt::format("Choose a day up to {}.", core::to_string(book_day)),
                                       fmt::format("{}以前の日付を指定してください。", core::to_string(book_day))});
  }
  if (as_of && *as_of != book_day) return past_table(*as_of);
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, wait_for_first_table, [&] { return loaded_ || stopping_.load(); }) || !table_) {
    return core::Error::unavailable({"The book is being loaded. Try again in a moment.",
                                     "顧客一覧を読み込んでいます。しばらくしてからもう一度お試しください。"});
  }
  return table_;
}

// ---- earlier days ----

BookTablePtr LiveBook::past_table(core::Day as_of) {
  const std::lock_guard lock(past_mutex_);
  const auto set = definitions();
  const auto found = std::find_if(past_.begin(), past_.end(), [&](const BookTablePtr& table) {
    return table->head().as_of == as_of && table->head().set == set;
  });
  if (found != past_.end()) {
    past_.splice(past_.begin(), past_, found);
    return past_.front();
  }
  const auto accounts = evaluator_.loader().accounts_on(as_of);
  const auto days = weekly_days(as_of - 7 * static_cast<int>(sparkline_weeks - 1), as_of);
  std::vector<AccountRowPtr> rows;
  Freshness freshness{};
  evaluator_.each_chunk(accounts, *set, days, [&](AssessedChunk& chunk, std::size_t) {
    add(freshness, freshness_of(chunk.loaded.book, as_of));
    auto part = evaluator_.rows(chunk, *set, as_of);
    rows.insert(rows.end(), part.begin(), part.end());
    return !stopping_.load();
  });
  auto table_head = head(set, as_of, freshness, rows);
  past_.push_front(std::make_shared<const BookTable>(std::move(table_head), std::move(rows)));
  if (past_.size() > past_tables_kept) past_.pop_back();
  return past_.front();
}

// What arrives late can change an earlier day, too (history that is imported).
void LiveBook::refresh_past_tables(std::span<const core::AccountId> accounts) {
  const std::lock_guard lock(past_mutex_);
  for (auto& table : past_) {
    const core::Day as_of = table->head().as_of;
    const auto& set = table->head().set;
    const auto days = weekly_days(as_of - 7 * static_cast<int>(sparkline_weeks - 1), as_of);
    const auto chunk = evaluator_.assess(accounts, *set, days);
    table = table->with(table->head(), evaluator_.rows(chunk, *set, as_of), chunk.gone);
  }
}

// ---- accounts that changed ----

void LiveBook::mark_dirty(std::span<const core::AccountId> accounts) {
  if (accounts.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    last_marked_at_ = core::now();
    if (dirty_.empty()) first_marked_at_ = last_marked_at_;
    dirty_.insert(accounts.begin(), accounts.end());
  }
  // The list lives in memory; that there is one must survive a crash.
  const std::lock_guard lock(unscored_mutex_);
  if (!is_unscored_noted_) mart_.note_unscored(true);
  is_unscored_noted_ = true;
}

void LiveBook::clear_unscored_if_clean() {
  const std::lock_guard lock(unscored_mutex_);
  {
    const std::lock_guard inner(mutex_);
    if (!dirty_.empty()) return;
  }
  if (is_unscored_noted_) mart_.note_unscored(false);
  is_unscored_noted_ = false;
}

std::vector<core::AccountId> LiveBook::take_dirty() {
  const std::lock_guard lock(mutex_);
  std::vector<core::AccountId> taken(dirty_.begin(), dirty_.end());
  dirty_.clear();
  return taken;
}

bool LiveBook::full_is_due(const std::optional<Evaluation>& last, std::size_t dirty_count) {
  if (!last || last->as_of != from_.surroundings.book_day() || last->release != definitions()->release) return true;
  return dirty_count > full_above_accounts && dirty_count > static_cast<std::size_t>(last->accounts) / 4;
}

std::int64_t LiveBook::refresh_dirty() {
  const std::lock_guard one_at_a_time(evaluating_);
  const auto accounts = take_dirty();
  if (accounts.empty()) return 0;
  auto last = evaluation();
  if (full_is_due(last, accounts.size())) {
    request_full_("much changed");
    return 0;
  }
  const auto set = definitions();
  for (std::size_t begin = 0; begin < accounts.size(); begin += refresh_chunk_accounts) {
    const auto part = std::span(accounts).subspan(begin, std::min(refresh_chunk_accounts, accounts.size() - begin));
    refresh_chunk(part, set, *last);
    refresh_past_tables(part);
  }
  clear_unscored_if_clean();
  return static_cast<std::int64_t>(accounts.size());
}

void LiveBook::refresh_chunk(std::span<const core::AccountId> accounts, const DefinitionSetPtr& set,
                             Evaluation& evaluation) {
  const auto days = weekly_days(evaluation.first_day, evaluation.as_of);
  const auto chunk = evaluator_.assess(accounts, *set, days);
  mart_.replace(evaluation, *set, chunk.gone, chunk.accounts, chunk.loaded.book, chunk.weeks);
  const auto fresh = freshness_of(chunk.loaded.book, evaluation.as_of);
  bool has_new_source = false;
  for (std::size_t i = 0; i < fact_source_count; ++i) {
    auto& known = evaluation.freshness[i];
    has_new_source = has_new_source || (known.rows == 0 && fresh[i].rows > 0);
    // Rows stay those of the last full evaluation: what these accounts had before is not known here.
    known.newest_day = std::max(known.newest_day, fresh[i].newest_day);
    known.newest_known_day = std::max(known.newest_known_day, fresh[i].newest_known_day);
  }
  auto rows = evaluator_.rows(chunk, *set, evaluation.as_of);
  BookTablePtr old_table;
  {
    const std::lock_guard lock(mutex_);
    old_table = table_;
  }
  auto table_head = head(set, evaluation.as_of, evaluation.freshness, old_table->rows());
  for (const auto& [id, name] : head(set, evaluation.as_of, {}, rows).owner_names) table_head.owner_names[id] = name;
  auto table = old_table->with(std::move(table_head), std::move(rows), chunk.gone);
  evaluation.accounts = static_cast<std::int64_t>(table->size());
  publish(std::move(table), evaluation);
  if (has_new_source && only_starter_published()) request_full_("a new source of data");
}

void LiveBook::loop() {
  core::Day seen_day = from_.surroundings.book_day();
  while (true) {
    bool is_due = false;
    {
      std::unique_lock lock(mutex_);
      if (changed_.wait_for(lock, look_every, [&] { return stopping_.load(); })) return;
      const std::int64_t now = now_us();
      is_due =
          loaded_ && !dirty_.empty() &&
          (now - last_marked_at_.microseconds >= quiet_us || now - first_marked_at_.microseconds >= longest_wait_us);
    }
    try {
      if (is_due) refresh_dirty();
      if (const core::Day today = from_.surroundings.book_day(); today != seen_day) {
        seen_day = today;
        request_full_("a new day");
      }
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("scoring changed accounts failed: {}", failure.what()));
    }
  }
}

}  // namespace banso::health
