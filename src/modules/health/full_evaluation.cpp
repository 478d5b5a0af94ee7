// The full evaluation: all accounts, all weeks; and the starter definitions it rests on where nobody chose others.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "live_book.hpp"

namespace banso::health {
namespace {

constexpr int longest_history_days = 3650;
constexpr std::int64_t pause_after_failure_us = 30'000'000;
const core::Caller starter_author = core::Caller::system("Banso");
const core::Text starter_why{"Chosen from the data at hand. Change whatever you know better.",
                             "お手元のデータから自動で選びました。自由に変更できます。"};

core::Text progress_text(std::size_t done, std::size_t all) {
  return {fmt::format("{} of {} accounts evaluated", done, all), fmt::format("{} / {} 社を評価しました", done, all)};
}

core::Error stopped_by_hand() {
  return core::Error::conflict({"The evaluation was stopped. The last whole one stays in place.",
                                "評価を中止しました。前回の結果をそのまま使います。"});
}

std::vector<LevelCount> count_levels(const BookTable& table) {
  std::vector<LevelCount> counts;
  if (const auto* scorecard = table.head().set->scorecard()) {
    for (const auto& level : scorecard->levels) counts.push_back({level.key, level.name, 0, 0});
  }
  counts.push_back({"", {"No score", "スコアなし"}, 0, 0});
  for (const auto& row : table.rows()) {
    const auto level = row->scored.level;
    auto& count = level == engine::no_level ? counts.back() : counts[static_cast<std::size_t>(level)];
    ++count.accounts;
    count.arr_minor += row->arr_minor;
  }
  return counts;
}

// A source that fell silent is no reason: its measures have no say without data, and it may only be late.
bool has_gained_a_source(const Freshness& present, const Freshness& before) {
  for (std::size_t i = 0; i < fact_source_count; ++i) {
    if (present[i].rows > 0 && before[i].rows == 0) return true;
  }
  return false;
}

// A source does not come all at once: of a few accounts it says too little to score by, of many it does. Attributes and
// age only stand in where there are no facts.
bool weighs_a_new_source(const engine::Definitions& chosen, const engine::Definitions& published) {
  const auto present = engine::weighed_sources(published);
  const auto wanted = engine::weighed_sources(chosen);
  return std::any_of(wanted.begin(), wanted.end(), [&](engine::Source source) {
    return source != engine::Source::attribute && source != engine::Source::account && !present.contains(source);
  });
}

}  // namespace

bool LiveBook::only_starter_published() const {
  const std::vector<std::string> kinds{std::string(measure_kind), std::string(scorecard_kind)};
  const auto releases = from_.definitions->releases(kinds, 100);
  return std::all_of(releases.begin(), releases.end(),
                     [](const definitions::Release& release) { return release.author_name == starter_author.name; });
}

std::optional<StarterChoice> LiveBook::choose_starter(const ShowProgress& show) {
  const auto source = evaluator_.loader();
  const auto accounts = source.accounts_on(source.book_day());
  std::optional<engine::BookSummary> summary;
  Freshness freshness{};
  evaluator_.each_book(accounts, [&](LoadedBook& loaded, std::size_t done) {
    add(freshness, freshness_of(loaded.book, source.book_day()));
    auto part = engine::summarise(loaded.book, source.book_day());
    summary = summary ? engine::merge(std::move(*summary), part) : std::move(part);
    return show(static_cast<double>(done) / static_cast<double>(accounts.size()),
                {"Choosing measures that fit the data", "データに合う指標を選んでいます"});
  });
  if (!summary) return std::nullopt;
  return StarterChoice{engine::starter_definitions(*summary), freshness};
}

// Until a person changes them, the starter definitions follow the data: somebody who imports accounts first and events
// an hour later must not be left with a score that knows nothing of usage.
core::Result<bool> LiveBook::publish_starter_where_due(const Evaluation* last, const ShowProgress& show) {
  if (!only_starter_published()) return false;
  const auto published = definitions();
  const bool has_starter = last && published->release != 0;
  const double share_of_all = has_starter ? 0 : 0.3;  // mostly they stay, and nothing of the evaluation is done yet
  const auto chosen =
      choose_starter([&](double share, const core::Text& message) { return show(share * share_of_all, message); });
  if (!chosen) return false;
  if (has_starter && !has_gained_a_source(chosen->freshness, last->freshness) &&
      !weighs_a_new_source(chosen->definitions, published->definitions)) {
    return false;
  }
  BANSO_TRY(from_.definitions->publish_all(starter_author, to_bodies(chosen->definitions), starter_why));
  return true;
}

// Whether starter definitions that were chosen while hardly anybody used the product would weigh usage by now.
bool LiveBook::has_outgrown_starter(const BookTable& table) const {
  const auto& set = *table.head().set;
  if (engine::weighed_sources(set.definitions).contains(engine::Source::usage)) return false;
  const auto with_usage = std::count_if(table.rows().begin(), table.rows().end(),
                                        [](const AccountRowPtr& row) { return row->last_activity_day.has_value(); });
  return engine::is_common(static_cast<std::size_t>(with_usage), table.size()) && only_starter_published();
}

// Marks that the evaluation will cover, because it reads everything after this. What only changes current scores stays
// with the rounds, which go on meanwhile; they note what they score, for what they knew may be newer than what is read.
std::vector<Marked> LiveBook::begin_full() {
  const std::lock_guard between_rounds(round_mutex_);
  const std::lock_guard lock(mutex_);
  scored_during_full_.emplace();
  ++in_flight_;
  const bool rounds_go_on = table_ && evaluation_;
  auto covered = dirty_.take_if([&](const Mark& mark) {
    return !rounds_go_on || mark.has_records || reaches_earlier_weeks(mark.first_day, evaluation_->as_of);
  });
  // No round will hear of these changes: what is held in memory of the accounts is out of date from now on.
  scorer_.facts().forget(covered);
  auto late = late_.take_if([](const Mark&) { return true; });
  std::move(late.begin(), late.end(), std::back_inserter(covered));
  return covered;
}

void LiveBook::end_full(std::vector<Marked> covered, bool succeeded) {
  const std::lock_guard lock(mutex_);
  --in_flight_;
  if (succeeded) {
    dirty_.put_back(scored_during_full_->take_if([](const Mark&) { return true; }));
  } else {
    full_not_before_us_ = core::now().microseconds + pause_after_failure_us;
    dirty_.put_back(std::move(covered));
  }
  scored_during_full_.reset();
}

core::Result<EvaluationReport> LiveBook::evaluate_all(const ShowProgress& show) {
  const std::lock_guard one_at_a_time(full_mutex_);
  struct Running {
    std::atomic<bool>& flag;
    explicit Running(std::atomic<bool>& running) : flag(running) { flag = true; }
    ~Running() { flag = false; }
  } const running(running_);
  auto covered = begin_full();
  try {
    auto report = evaluate_all_accounts(show);
    end_full(std::move(covered), report.has_value());
    if (report) clear_unscored_if_clean();
    return report;
  } catch (...) {
    end_full(std::move(covered), false);
    throw;
  }
}

core::Result<EvaluationReport> LiveBook::evaluate_all_accounts(const ShowProgress& show) {
  const auto started = std::chrono::steady_clock::now();
  {
    // What the shell noted before this is read now; a mark that is set later is noted by whoever sets it.
    const std::lock_guard lock(unscored_mutex_);
    is_unscored_noted_ = is_unscored_noted_ || mart_.has_unscored();
  }
  // Right after a start, events may be stored whose daily facts are not: without them nobody would have a score.
  from_.usage->refresh();
  const auto last = mart_.newest();
  EvaluationReport report;
  BANSO_TRY_ASSIGN(report.made_starter_definitions, publish_starter_where_due(last ? &*last : nullptr, show));
  const double already = report.made_starter_definitions ? 0.3 : 0.0;

  const auto set = definitions();
  const auto source = evaluator_.loader();
  const core::Day as_of = source.book_day();
  const auto accounts = source.accounts_on(as_of);
  const core::Day first = std::max(source.first_known_day().value_or(as_of), as_of - longest_history_days);
  const auto days = weekly_days(first, as_of);
  const double collecting = !set->definitions.needs_peers() && !set->definitions.rolls_up() ? 0 : (1 - already) / 3;
  const auto whole = evaluator_.collect(accounts, *set, days, [&](double share, const core::Text& message) {
    progress_ = already + collecting * share;
    return show(progress_, message);
  });
  if (!whole) return stopped_by_hand();
  Evaluation evaluation;
  {
    const std::lock_guard writing(writing_mutex_);
    evaluation = mart_.begin(*set, as_of, days.front());
  }
  std::vector<AccountRowPtr> rows;
  bool stopped = false;
  evaluator_.each_chunk(accounts, *set, days, *whole, [&](AssessedChunk& chunk, std::size_t done) {
    mart_.append(evaluation, *set, chunk.accounts, chunk.loaded.book, chunk.weeks);
    add(evaluation.freshness, freshness_of(chunk.loaded.book, as_of));
    auto part = evaluator_.rows(chunk, *set, as_of);
    rows.insert(rows.end(), part.begin(), part.end());
    const double share = static_cast<double>(done) / static_cast<double>(accounts.size());
    progress_ = already + collecting + (1 - already - collecting) * share;
    stopped = !show(progress_, progress_text(done, accounts.size()));
    return !stopped;
  });
  if (stopped) return stopped_by_hand();
  evaluation.accounts = static_cast<std::int64_t>(rows.size());
  evaluation.computed_at = core::now();
  evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  auto table_head = head(set, as_of, evaluation.freshness, rows);
  const auto table = std::make_shared<const BookTable>(std::move(table_head), std::move(rows));
  publish_full(table, evaluation, whole->peers);
  report.as_of = as_of;
  report.release = set->release;
  report.accounts = evaluation.accounts;
  report.weeks = static_cast<std::int64_t>(days.size());
  report.seconds = evaluation.seconds;
  report.levels = count_levels(*table);
  return report;
}

void LiveBook::publish_full(const BookTablePtr& table, const Evaluation& evaluation, PeersPtr peers) {
  {
    const std::lock_guard one_at_a_time(round_mutex_);
    const std::lock_guard writing(writing_mutex_);
    mart_.finish(evaluation);
    evaluator_.keep_peers(evaluation.release, std::move(peers));
    publish(table, evaluation);
    {
      const std::lock_guard lock(mutex_);
      unwritten_.clear();  // of the evaluation before; what the rounds scored meanwhile is scored again
    }
    mart_.drop_beyond_kept();  // only now does nobody begin to read the one before
  }
  {
    const std::lock_guard lock(past_mutex_);
    past_.clear();
  }
  BookChange everything{{}, true, evaluation.computed_at};
  tell(everything);
}

}  // namespace banso::health
