#include "live_book.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "release_retention.hpp"

namespace banso::health {
namespace {

constexpr std::size_t past_tables_kept = 4;
constexpr auto wait_for_first_table = std::chrono::seconds(20);
// Of the threads of evaluations, those that keep the book fresh besides.
constexpr int most_live_threads = 2;
constexpr std::size_t first_batch_accounts = 500;

}  // namespace

LiveBook::LiveBook(Dependencies dependencies, RequestFull request_full)
    : from_(std::move(dependencies)),
      request_full_(std::move(request_full)),
      evaluator_(from_),
      mart_(from_.mart, [this] { return releases_kept(from_.records.get()); }),
      batch_accounts_(first_batch_accounts),
      scorer_(from_, evaluator_, std::min(from_.threads, most_live_threads)) {}

LiveBook::~LiveBook() {
  stop();
}

void LiveBook::start() {
  stopping_ = false;
  started_at_us_ = core::now().microseconds;
  evaluator_.expect_peers(true);
  // In a thread of its own, so that a large book does not delay the server; a page that is early waits for it.
  loading_ = std::thread([this] {
    try {
      load_from_mart();
      rebuild_peers();
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("the last evaluation cannot be loaded: {}", failure.what()));
      evaluator_.expect_peers(false);
      request_full_("the last evaluation could not be loaded");
      return;
    }
    try {
      warm_up();
    } catch (const std::exception& failure) {
      platform::log::warning(fmt::format("facts are read when they are needed, not in advance: {}", failure.what()));
    }
  });
  rounds_ = std::thread([this] { rounds_loop(); });
  history_ = std::thread([this] { history_loop(); });
}

void LiveBook::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  const bool was_running = rounds_.joinable();
  for (auto* thread : {&loading_, &rounds_, &history_}) {
    if (thread->joinable()) thread->join();
  }
  if (!was_running) return;
  try {
    // What waits to be scored stays noted for the next start.
    write_to_mart();
    clear_unscored_if_clean();
  } catch (const std::exception& failure) {
    platform::log::error(
        fmt::format("the last scores are not written, the next start finds them again: {}", failure.what()));
  }
}

void LiveBook::on_change(BookListener listener) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(std::move(listener));
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

Evaluation LiveBook::begin_aside(const DefinitionSet& set, core::Day as_of, core::Day first_day) {
  const std::lock_guard writing(writing_mutex_);
  return mart_.begin(set, as_of, first_day, true);
}

void LiveBook::finish_aside(const Evaluation& evaluation) {
  const std::lock_guard writing(writing_mutex_);
  mart_.finish(evaluation);
  mart_.drop_beyond_kept();
}

std::vector<std::int64_t> LiveBook::drop_beyond_kept() {
  const std::lock_guard writing(writing_mutex_);
  return mart_.drop_beyond_kept();
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
  status.waiting = static_cast<std::int64_t>(dirty_.size());
  status.lag = lags_.figures();
  return status;
}

BookTablePtr LiveBook::table_now() const {
  const std::lock_guard lock(mutex_);
  return table_;
}

BookTablePtr LiveBook::evaluated_table() const {
  const std::lock_guard lock(mutex_);
  return evaluation_ ? table_ : nullptr;
}

// A table may have been under way when the segments changed: what is published always has the present ones.
BookTablePtr LiveBook::with_present_segments(BookTablePtr table) const {
  if (table->head().segments == segments_) return table;
  auto changed = table->head();
  changed.segments = segments_;
  return table->with(std::move(changed), {}, {});
}

void LiveBook::set_segments(SegmentSetPtr segments) {
  BookChange everything{{}, true, core::now()};
  {
    const std::lock_guard one_at_a_time(round_mutex_);
    const std::lock_guard lock(mutex_);
    segments_ = std::move(segments);
    if (!table_) return;
    table_ = with_present_segments(table_);
  }
  tell(everything);
}

BookTable::Head LiveBook::head(const DefinitionSetPtr& set, core::Day as_of, const Freshness& freshness,
                               std::span<const AccountRowPtr> rows) const {
  BookTable::Head head{
      as_of,
      core::now(),
      set,
      from_.surroundings.reporting_currency(),
      std::make_shared<const std::vector<customers::AttributeDefinition>>(from_.customers->attribute_definitions()),
      {},
      freshness};
  add_owner_names(rows, head);
  return head;
}

void LiveBook::add_owner_names(std::span<const AccountRowPtr> rows, BookTable::Head& head) const {
  std::set<std::int64_t> named;  // names may have changed since, so each is asked for once
  for (const auto& row : rows) {
    const auto& record = row->record;
    if (!record.owner || !named.insert(record.owner.value).second) continue;
    auto& name = head.owner_names[record.owner.value] = record.owner_name;
    if (from_.surroundings.user_name) name = from_.surroundings.user_name(record.owner).value_or(name);
  }
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
      table_ = with_present_segments(std::move(table));
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

// The peers of the last evaluation lived in the memory of the process before. Until they are here again the rounds
// wait.
void LiveBook::rebuild_peers() {
  const auto last = evaluation();
  const auto set = last ? table_now()->head().set : nullptr;
  if (!set || !set->definitions.needs_peers() || evaluator_.peers_of(*set)) return evaluator_.expect_peers(false);
  const auto accounts = evaluator_.loader().accounts_on(last->as_of);
  const auto whole = evaluator_.collect_peers(accounts, *set, weekly_days(last->first_day, last->as_of),
                                              [&](double, const core::Text&) { return !stopping_; });
  if (whole && !evaluator_.peers_of(*set)) evaluator_.keep_peers(set->release, whole);
  changed_.notify_all();
}

void LiveBook::publish(BookTablePtr table, const Evaluation& evaluation) {
  {
    const std::lock_guard lock(mutex_);
    table_ = with_present_segments(std::move(table));
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
  const auto segments = [&] {
    const std::lock_guard inner(mutex_);
    return segments_;
  }();
  const auto found = std::find_if(past_.begin(), past_.end(), [&](const BookTablePtr& table) {
    return table->head().as_of == as_of && table->head().set == set;
  });
  if (found != past_.end()) {
    past_.splice(past_.begin(), past_, found);
    if (past_.front()->head().segments != segments) {
      auto changed = past_.front()->head();
      changed.segments = segments;
      past_.front() = past_.front()->with(std::move(changed), {}, {});
    }
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
  table_head.segments = segments;
  past_.push_front(std::make_shared<const BookTable>(std::move(table_head), std::move(rows)));
  if (past_.size() > past_tables_kept) past_.pop_back();
  return past_.front();
}

}  // namespace banso::health
