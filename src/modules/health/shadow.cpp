#include "shadow.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "render.hpp"
#include "shadow_comparison.hpp"
#include "shadow_draft.hpp"

namespace banso::health {
namespace {

constexpr std::size_t most_running = 3;
// Drafts change without telling, on any node.
constexpr auto look_for_drafts_every = std::chrono::seconds(2);
// A chunk takes some seconds at most on one core.
constexpr std::size_t chunk_accounts = 500;
constexpr double rest_per_work = 3.0;
constexpr double longest_rest_seconds = 20, shortest_rest_seconds = 0.2;
// Peers are kept by the release of the definitions; a draft has none, but an evaluator of its own.
constexpr std::int64_t draft_release = -1;

Dependencies on_one_core(Dependencies dependencies) {
  dependencies.threads = 1;
  return dependencies;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double rest_after(double seconds_worked) {
  return std::clamp(rest_per_work * seconds_worked, shortest_rest_seconds, longest_rest_seconds);
}

// Accounts whose rows are others than in the book seen before; all where the day or the definitions are others.
std::vector<core::AccountId> changed_accounts(const BookTable& now, const BookTable* seen) {
  const bool is_other = !seen || seen->head().as_of != now.head().as_of || seen->head().set != now.head().set;
  std::vector<core::AccountId> changed;
  for (const auto& row : now.rows()) {
    if (row->scored.values.empty()) continue;  // no evaluation has seen it yet
    if (is_other || seen->find(row->id()) != row) changed.push_back(row->id());
  }
  return changed;
}

}  // namespace

Shadow::Shadow(const Dependencies& dependencies, LiveBook& live)
    : from_(dependencies), live_(live), store_(from_.records, from_.mart) {}

Shadow::~Shadow() {
  stop();
}

void Shadow::start() {
  if (!from_.records) return;
  stopping_ = false;
  thread_ = std::thread([this] { loop(); });
}

void Shadow::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Shadow::note_change() {
  {
    const std::lock_guard lock(mutex_);
    has_changed_ = true;
  }
  changed_.notify_all();
}

// ---- which drafts run

core::Result<> Shadow::turn(const core::Caller& caller, const std::string& scorecard, bool on) {
  if (!from_.records) return core::Error::unavailable({"This needs the server.", "サーバーでのみ利用できます。"});
  if (!on) {
    store_.end(scorecard, "stopped");
  } else {
    const auto draft = draft_of(*from_.definitions, scorecard);
    if (draft.empty()) {
      return core::Error::conflict(
          {fmt::format("The scorecard \"{}\" has no draft. Save one first.", scorecard),
           fmt::format("スコアカード「{}」には下書きがありません。先に下書きを保存してください。", scorecard)});
    }
    BANSO_TRY(read_with(*from_.definitions, draft));
    const auto records = store_.all();
    const auto running = std::count_if(records.begin(), records.end(), [&](const ShadowRecord& record) {
      return !record.ended_at && record.scorecard != scorecard;
    });
    if (running >= static_cast<std::ptrdiff_t>(most_running)) {
      return core::Error::conflict(
          {fmt::format("{} drafts run already. Stop one of them first.", most_running),
           fmt::format("すでに{}件の下書きを試行中です。先にいずれかを停止してください。", most_running)});
    }
    store_.start(scorecard, text_of(draft), caller);
  }
  follow_drafts(false);
  note_change();
  return {};
}

// Without waiting, somebody who works now is left to it: the thread follows the drafts every few seconds.
void Shadow::follow_drafts(bool waits_for_its_turn) {
  std::unique_lock working(working_, std::defer_lock);
  if (waits_for_its_turn) {
    working.lock();
  } else if (!working.try_lock()) {
    return;
  }
  const auto records = store_.all();
  bool has_changed = false;
  for (const auto& record : records) {
    if (record.ended_at) continue;
    const auto draft = draft_of(*from_.definitions, record.scorecard);
    if (draft.empty()) {
      const auto versions = from_.definitions->versions({std::string(scorecard_kind), record.scorecard});
      const bool is_published = !versions.empty() && versions.front().published_at >= record.since;
      store_.end(record.scorecard, is_published ? "published" : "discarded");
      has_changed = true;
    } else if (const auto text = text_of(draft); text != record.draft) {
      store_.restart(record.scorecard, text);
      has_changed = true;
    }
  }
  const auto present = has_changed ? store_.all() : records;
  for (const auto& record : present) follow_draft(record);
  bool is_any_gone = false;
  {
    const std::lock_guard lock(mutex_);
    is_any_gone = std::erase_if(runs_, [&](const auto& entry) {
                    return std::none_of(present.begin(), present.end(), [&](const ShadowRecord& record) {
                      return !record.ended_at && record.scorecard == entry.first;
                    });
                  }) > 0;
  }
  if (has_changed || is_any_gone) store_.forget_others(present);
}

// Puts the draft into the definitions that are published now.
void Shadow::follow_draft(ShadowRecord record) {
  if (record.ended_at) return;
  const auto release = live_.definitions()->release;
  RunPtr before;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = runs_.find(record.scorecard); found != runs_.end()) before = found->second;
  }
  const bool is_same_draft = before && before->record.since == record.since;
  if (is_same_draft && before->release == release) return;
  auto run = std::make_shared<Run>();
  run->release = release;
  if (is_same_draft) {
    const std::lock_guard lock(mutex_);
    run->scores = before->scores;
    run->computed_at = before->computed_at;
    run->seconds_spent = before->seconds_spent;
    run->scored = before->scored;
  } else {
    for (auto& [account, score] : store_.scores(record)) run->scores.emplace(account, std::move(score));
  }
  auto set = read_with(*from_.definitions, draft_of(*from_.definitions, record.scorecard));
  if (set) {
    auto numbered = std::make_shared<DefinitionSet>(**set);
    numbered->release = draft_release;
    run->set = std::move(numbered);
    run->evaluator = std::make_unique<Evaluator>(on_one_core(from_));
  } else {
    run->fault = std::move(set).error();
  }
  run->record = std::move(record);
  const std::lock_guard lock(mutex_);
  runs_[run->record.scorecard] = run;
}

// ---- scoring

void Shadow::catch_up() {
  follow_drafts(true);
  while (step()) {
  }
}

bool Shadow::step() {
  const std::lock_guard working(working_);
  std::vector<RunPtr> runs;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, run] : runs_) runs.push_back(run);
  }
  bool has_more = false;
  for (const auto& run : runs) has_more = step(*run) || has_more;
  return has_more;
}

bool Shadow::step(Run& run) {
  const auto table = live_.evaluated_table();
  if (!table || !run.set) return false;
  if (run.seen != table) look(run, table);
  if (run.waiting.empty() && run.has_counted) return false;
  if (!run.has_peers && !collect_peers(run, *table)) return false;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<core::AccountId> accounts;
  for (auto next = run.waiting.begin(); next != run.waiting.end() && accounts.size() < chunk_accounts; ++next) {
    accounts.push_back(*next);
  }
  score(run, accounts, table->head().as_of);
  if (run.waiting.empty()) count_day(run);
  const std::lock_guard lock(mutex_);
  run.seconds_spent += seconds_since(begin);
  return !run.waiting.empty();
}

void Shadow::look(Run& run, const BookTablePtr& table) {
  auto changed = changed_accounts(*table, run.seen.get());
  const bool is_other_day = !run.seen || run.seen->head().as_of != table->head().as_of;
  if (is_other_day) {
    run.has_peers = false;
    run.evaluator->family_links().note_all_changed();
  } else {
    run.evaluator->family_links().note_changed(changed);
  }
  changed = run.evaluator->with_ancestors(std::move(changed), *run.set);
  const std::lock_guard lock(mutex_);
  run.waiting.insert(changed.begin(), changed.end());
  std::erase_if(run.waiting, [&](core::AccountId account) { return !table->find(account); });
  std::erase_if(run.scores, [&](const auto& entry) { return !table->find(entry.first); });
  run.seen = table;
  run.has_counted = false;
}

// As for the published scores, the peers of a day are those of its first pass over all accounts. False: it was stopped.
bool Shadow::collect_peers(Run& run, const BookTable& table) {
  if (run.set->definitions.needs_peers()) {
    std::vector<core::AccountId> accounts;
    for (const auto& row : table.rows()) accounts.push_back(row->id());
    const core::Day day = table.head().as_of;
    auto begin = std::chrono::steady_clock::now();
    auto peers = run.evaluator->collect_peers(accounts, *run.set, std::span(&day, 1), [&](double, const core::Text&) {
      const bool goes_on = rest(seconds_since(begin));
      begin = std::chrono::steady_clock::now();
      return goes_on;
    });
    if (!peers) return false;
    run.evaluator->keep_peers(draft_release, std::move(peers));
  }
  run.has_peers = true;
  return true;
}

void Shadow::score(Run& run, std::span<const core::AccountId> accounts, core::Day day) {
  if (accounts.empty()) return;
  const auto chunk = run.evaluator->assess(accounts, *run.set, std::span(&day, 1));
  std::vector<std::pair<core::AccountId, ShadowScore>> scores;
  for (const auto& scored : chunk.accounts) {
    scores.emplace_back(scored.account, ShadowScore{scored.score, level_key(*run.set, scored.level)});
  }
  store_.replace(run.record, accounts, scores);
  const std::lock_guard lock(mutex_);
  for (const auto account : accounts) {
    run.waiting.erase(account);
    run.scores.erase(account);
  }
  for (auto& [account, score] : scores) run.scores[account] = std::move(score);
  run.scored += static_cast<std::int64_t>(accounts.size());
  run.computed_at = core::now();
}

// The day's line is that of the last moment at which everything was scored.
void Shadow::count_day(Run& run) {
  ShadowDay day;
  {
    const std::lock_guard lock(mutex_);
    day = compare(*run.seen, run.scores).day;
  }
  store_.put(run.record, day);
  const std::lock_guard lock(mutex_);
  run.has_counted = true;
}

// ---- the thread

// Nobody rests where no thread was started.
bool Shadow::rest(double seconds_worked) {
  if (!thread_.joinable()) return true;
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, std::chrono::duration<double>(rest_after(seconds_worked)),
                            [this] { return stopping_; });
}

void Shadow::loop() {
  auto drafts_due = std::chrono::steady_clock::now();
  auto pause = std::chrono::duration<double>(0);
  bool has_more = false;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    // Rest first, then wait for something to do: a change during the rest counts.
    changed_.wait_for(lock, pause, [this] { return stopping_; });
    if (!has_more) changed_.wait_for(lock, look_for_drafts_every, [this] { return has_changed_ || stopping_; });
    if (stopping_) return;
    has_changed_ = false;
    lock.unlock();
    const auto begin = std::chrono::steady_clock::now();
    try {
      if (begin >= drafts_due) {
        follow_drafts(true);
        drafts_due = std::chrono::steady_clock::now() + look_for_drafts_every;
      }
      has_more = step();
    } catch (const std::exception& failure) {
      has_more = false;
      platform::log::error(fmt::format("scoring drafts failed, it is tried again: {}", failure.what()));
    }
    pause = std::chrono::duration<double>(rest_after(seconds_since(begin)));
    lock.lock();
  }
}

// ---- what it shows

json::array Shadow::status() {
  follow_drafts(false);
  const auto table = live_.evaluated_table();
  json::array items;
  for (const auto& record : store_.all()) {
    RunPtr run;
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = runs_.find(record.scorecard); found != runs_.end()) run = found->second;
    }
    items.push_back(render(record, record.ended_at ? nullptr : run.get(), table));
  }
  return items;
}

json::object Shadow::render(const ShadowRecord& record, const Run* run, const BookTablePtr& table) const {
  json::object shown{{"scorecard", record.scorecard},
                     {"state", "ended"},
                     {"since", record.ended_at ? json::value(nullptr) : json::from(record.since)},
                     {"started_at", json::from(record.started_at)},
                     {"started_by", record.started_by},
                     {"restarts", record.restarts},
                     {"ended_at", json::from(record.ended_at)},
                     {"ended_because", record.ended_because ? json::value(*record.ended_because) : nullptr},
                     {"error", nullptr},
                     {"progress", nullptr},
                     {"computed_at", nullptr},
                     {"accounts", 0},
                     {"differing", 0},
                     {"mean_difference", nullptr},
                     {"levels", json::array{}},
                     {"moved", json::array{}},
                     {"moved_total", 0},
                     {"currency", from_.surroundings.reporting_currency()},
                     {"days", render_days(store_.days(record))},
                     {"cost", nullptr}};
  if (record.ended_at) return shown;
  shown["state"] = "catching_up";
  if (!run) return shown;
  std::unique_lock lock(mutex_);
  if (run->fault) {
    shown["state"] = "faulty";
    shown["error"] = health::render(run->fault->message);
    return shown;
  }
  if (!table) return shown;
  auto comparison = compare(*table, run->scores);
  const bool is_behind = run->seen == nullptr || !run->waiting.empty() || !run->has_counted;
  shown["state"] = is_behind ? "catching_up" : "running";
  if (is_behind && table->size() > 0) {
    const auto waiting = run->seen ? run->waiting.size() : table->size();
    shown["progress"] = 1 - std::min(1.0, static_cast<double>(waiting) / static_cast<double>(table->size()));
  }
  const auto mean = comparison.day.mean_difference();
  shown["computed_at"] = json::from(run->computed_at);
  shown["accounts"] = comparison.day.accounts;
  shown["differing"] = comparison.day.differing;
  shown["mean_difference"] = mean ? render_number(*mean) : json::value(nullptr);
  shown["levels"] = render_levels(comparison, table->head().set->scorecard(), run->set->scorecard());
  shown["moved"] = render_moved(comparison, *table->head().set);
  shown["moved_total"] = comparison.moved.size();
  shown["cost"] = json::object{{"accounts_scored", run->scored}, {"seconds", render_number(run->seconds_spent)}};
  lock.unlock();
  shown["days"] = render_days(store_.days(record));  // counted by now, where it is said to run
  return shown;
}

}  // namespace banso::health
