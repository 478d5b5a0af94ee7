#include "shown_scores.hpp"

#include <chrono>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

namespace records = platform::records;

// A book that was loaded at the start tells nobody.
constexpr auto look_every = std::chrono::seconds(5);
// Changes come in bursts: looking is cheap, but not for every one of them.
constexpr auto pause_after_look = std::chrono::milliseconds(500);
constexpr std::int64_t keep_every_us = 3'600'000'000;
constexpr std::size_t rows_per_transaction = 500;  // others write records meanwhile
constexpr std::int64_t points_per_tenth = 1000;    // points are counted in ten-thousandths

constexpr std::string_view columns = "book_day, shown_at_us, score_tenths, level, level_basis, release_number";

std::int64_t tenths_of(engine::Points score) {
  const auto half = score.ten_thousandths < 0 ? -points_per_tenth / 2 : points_per_tenth / 2;
  return (score.ten_thousandths + half) / points_per_tenth;
}

ShownScore read_row(const records::Row& row) {
  return {row.day(0), row.instant(1), row.maybe_integer(2), row.maybe_text(3), row.text(4), row.integer(5)};
}

struct NewRow {
  core::AccountId account;
  std::optional<std::int64_t> score_tenths;
  std::string level;
  LevelBasis basis;
};

// Another node of the cluster shows the same book: what it wrote already is not written again.
bool is_written(records::Session& session, const NewRow& wanted) {
  const auto row = session.query_one(
      "SELECT score_tenths, level FROM shown_score WHERE account_id = :1 ORDER BY shown_at_us DESC LIMIT 1",
      {wanted.account});
  return row && row->maybe_integer(0) == wanted.score_tenths && row->maybe_text(1).value_or("") == wanted.level;
}

}  // namespace

ShownScores::ShownScores(const Dependencies& dependencies, LiveBook& live) : from_(dependencies), live_(live) {}

ShownScores::~ShownScores() {
  stop();
}

void ShownScores::start() {
  if (!from_.records) return;
  stopping_ = false;
  thread_ = std::thread([this] { loop(); });
}

void ShownScores::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  try {
    keep_now();
  } catch (const std::exception& failure) {
    platform::log::error(fmt::format("the scores that were shown last are not kept: {}", failure.what()));
  }
}

void ShownScores::note_change() {
  {
    const std::lock_guard lock(mutex_);
    has_changed_ = true;
  }
  changed_.notify_all();
}

void ShownScores::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, look_every, [this] { return has_changed_ || stopping_; });
    if (stopping_) return;
    has_changed_ = false;
    lock.unlock();
    try {
      look();
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("what is shown could not be kept, it is tried again: {}", failure.what()));
    }
    lock.lock();
    changed_.wait_for(lock, pause_after_look, [this] { return stopping_; });
  }
}

void ShownScores::look() {
  const auto table = live_.evaluated_table();
  if (!table) return;
  const std::lock_guard lock(keeping_);
  const auto before = std::exchange(shown_, table);
  const bool is_other = !before || before->head().as_of != table->head().as_of ||
                        before->head().set->release != table->head().set->release;
  if (before && is_other) keep(*before);  // as it was shown last
  if (is_other || core::now().microseconds - kept_at_us_ >= keep_every_us) keep(*table);
}

std::int64_t ShownScores::keep_now() {
  const auto table = live_.evaluated_table();
  if (!table || !from_.records) return 0;
  const std::lock_guard lock(keeping_);
  shown_ = table;
  return keep(*table);
}

std::int64_t ShownScores::keep(const BookTable& table) {
  load_last();
  const auto& head = table.head();
  std::vector<NewRow> rows;
  for (const auto& row : table.rows()) {
    const auto& scored = row->scored;
    if (scored.values.empty()) continue;  // not scored yet
    Seen seen{std::nullopt, level_key(*head.set, scored.level)};
    if (scored.score) seen.score_tenths = tenths_of(*scored.score);
    const auto found = last_.find(row->id());
    if (seen == (found == last_.end() ? Seen{} : found->second)) continue;
    rows.push_back({row->id(), seen.score_tenths, seen.level, scored.level_basis});
  }
  std::int64_t added = 0;
  for (std::size_t begin = 0; begin < rows.size(); begin += rows_per_transaction) {
    const auto part = std::span(rows).subspan(begin, std::min(rows_per_transaction, rows.size() - begin));
    const auto now = core::now();
    from_.records->write([&](records::Session& session) {
      for (const auto& row : part) {
        if (is_written(session, row)) continue;
        session.execute(
            fmt::format("INSERT INTO shown_score (account_id, {}) VALUES (:1, :2, :3, :4, :5, :6, :7) "
                        "ON CONFLICT (account_id, shown_at_us) DO NOTHING",
                        columns),
            {row.account, head.as_of, now, row.score_tenths,
             row.level.empty() ? records::Value() : records::Value(row.level), key_of(row.basis), head.set->release});
        ++added;
      }
    });
    for (const auto& row : part) last_[row.account] = {row.score_tenths, row.level};
  }
  kept_at_us_ = core::now().microseconds;
  return added;
}

void ShownScores::load_last() {
  if (is_loaded_) return;
  from_.records->read([&](records::Session& session) {
    session.each(
        "SELECT shown.account_id, shown.score_tenths, shown.level FROM shown_score shown JOIN (SELECT account_id, "
        "MAX(shown_at_us) AS newest_at_us FROM shown_score GROUP BY account_id) newest ON newest.account_id = "
        "shown.account_id AND newest.newest_at_us = shown.shown_at_us",
        {}, [&](const records::Row& row) {
          last_[row.id<core::AccountId>(0)] = {row.maybe_integer(1), row.maybe_text(2).value_or("")};
        });
  });
  is_loaded_ = true;
}

std::vector<ShownScore> ShownScores::of(core::AccountId account, core::Day from, core::Day to) const {
  std::vector<ShownScore> shown;
  if (!from_.records) return shown;
  from_.records->read([&](records::Session& session) {
    session.each(fmt::format("SELECT {} FROM shown_score WHERE account_id = :1 AND book_day >= :2 AND book_day <= :3 "
                             "ORDER BY shown_at_us",
                             columns),
                 {account, from, to}, [&](const records::Row& row) { shown.push_back(read_row(row)); });
  });
  return shown;
}

std::optional<ShownScore> ShownScores::last_of(core::AccountId account, core::Day day) const {
  if (!from_.records) return std::nullopt;
  return from_.records->read([&](records::Session& session) -> std::optional<ShownScore> {
    const auto row = session.query_one(
        fmt::format(
            "SELECT {} FROM shown_score WHERE account_id = :1 AND book_day <= :2 ORDER BY shown_at_us DESC LIMIT 1",
            columns),
        {account, day});
    return row ? std::optional(read_row(*row)) : std::nullopt;
  });
}

}  // namespace banso::health
