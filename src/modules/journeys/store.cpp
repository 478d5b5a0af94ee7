#include "store.hpp"

#include <array>

namespace banso::journeys {
namespace {

using platform::records::new_id;
using platform::records::Row;
using platform::records::Session;

constexpr std::array<std::string_view, 4> event_words{"reached", "lapsed", "confirmed", "taken_back"};

MilestoneEventKind kind_of(std::string_view word) {
  for (std::size_t i = 0; i < event_words.size(); ++i) {
    if (event_words[i] == word) return static_cast<MilestoneEventKind>(i);
  }
  return MilestoneEventKind::reached;
}

KeptProgress progress_from(const Row& row) {
  return {row.id<core::AccountId>(0), row.text(1), row.integer(2), row.text(3)};
}

// Whether the row was still as `before` says.
bool replace_progress(Session& session, const Move& move) {
  const auto account = move.before.account;
  if (move.after.journey.empty()) {
    return session.execute("DELETE FROM journey_progress WHERE account_id = :1 AND revision = :2",
                           {account, move.before.revision}) == 1;
  }
  if (move.before.revision == 0) {
    return session.execute(
               "INSERT INTO journey_progress (account_id, journey, revision, body, touched_at_us) VALUES (:1, :2, 1, "
               ":3, :4) ON CONFLICT (account_id) DO NOTHING",
               {account, move.after.journey, move.after.body, core::now()}) == 1;
  }
  return session.execute(
             "UPDATE journey_progress SET journey = :1, revision = :2, body = :3, touched_at_us = :4 "
             "WHERE account_id = :5 AND revision = :6",
             {move.after.journey, move.before.revision + 1, move.after.body, core::now(), account,
              move.before.revision}) == 1;
}

void end_stay(Session& session, const Move& move, core::Instant at) {
  session.execute("UPDATE journey_stay SET left_day = :1, left_at_us = :2 WHERE account_id = :3 AND left_day IS NULL",
                  {move.day, at, move.before.account});
}

void begin_stay(Session& session, const Move& move, core::Instant at) {
  const auto last = session.query_one("SELECT CAST(MAX(spell) AS BIGINT) FROM journey_stay WHERE account_id = :1",
                                      {move.before.account});
  const std::int64_t spell = last && !last->is_null(0) ? last->integer(0) + 1 : 1;
  session.execute(
      "INSERT INTO journey_stay (id, account_id, journey, spell, stage, basis, entered_day, entered_at_us, is_first) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)",
      {new_id(), move.before.account, move.after.journey, spell, move.stage, move.basis, move.day, at,
       move.is_first_look});
}

void add_events(Session& session, const Move& move) {
  for (const auto& event : move.events) {
    session.execute(
        "INSERT INTO journey_milestone_event (id, account_id, journey, milestone, kind, on_day, at_us, user_id, "
        "actor_name, contact_id, words) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)",
        {new_id(), move.before.account, event.journey, event.milestone, word_of(event.kind), event.day, event.at,
         event.user, event.actor, event.contact, event.words});
  }
}

void open_review(Session& session, const Move& move) {
  session.execute(
      "INSERT INTO journey_review (id, account_id, journey, from_stage, to_stage, opened_day, note) "
      "VALUES (:1, :2, :3, :4, :5, :6, '')",
      {new_id(), move.before.account, move.after.journey, move.from_stage, move.stage, move.day});
}

void add_earlier_stay(Session& session, const Backfill& backfill, std::size_t index, std::int64_t first_spell,
                      core::Day until, bool is_last_open) {
  const auto& stay = backfill.stays[index];
  const auto left = is_last_open ? std::nullopt : std::optional(until);
  const auto at = core::start_of(stay.entered);
  session.execute(
      "INSERT INTO journey_stay (id, account_id, journey, spell, stage, basis, entered_day, entered_at_us, is_first, "
      "left_day, left_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)",
      {new_id(), backfill.before.account, backfill.before.journey, first_spell + static_cast<std::int64_t>(index),
       stay.stage, stay.basis, stay.entered, at, backfill.began_before && index == 0, left,
       left ? std::optional(core::start_of(*left)) : std::nullopt});
}

struct FirstLook {
  std::int64_t id = 0;
  std::string stage;
  core::Day entered;
  std::optional<core::Day> left;
};

// Nothing where nobody's first look found the account there, or the past does not reach further back than it.
std::optional<FirstLook> first_look(Session& session, const Backfill& backfill) {
  const auto row = session.query_one(
      "SELECT id, stage, entered_day, left_day FROM journey_stay WHERE account_id = :1 AND journey = :2 AND "
      "is_first = 1 ORDER BY spell LIMIT 1",
      {backfill.before.account, backfill.before.journey});
  if (!row || backfill.stays.empty() || backfill.stays.front().entered >= row->day(2)) return std::nullopt;
  return FirstLook{row->integer(0), row->text(1), row->day(2), row->maybe_day(3)};
}

// The stay that the first look found is joined with the last one of the past, or follows it.
void put_before(Session& session, const Backfill& backfill, const FirstLook& found) {
  const bool is_same_stage = backfill.stays.back().stage == found.stage;
  // Before all others of the account: it may have been on another journey when this one was first looked at.
  const auto earliest = session.query_one("SELECT CAST(MIN(spell) AS BIGINT) FROM journey_stay WHERE account_id = :1",
                                          {backfill.before.account});
  const auto first_spell = earliest->integer(0) - static_cast<std::int64_t>(backfill.stays.size());
  for (std::size_t i = 0; i < backfill.stays.size(); ++i) {
    const bool is_last = i + 1 == backfill.stays.size();
    const auto until = !is_last        ? backfill.stays[i + 1].entered
                       : is_same_stage ? found.left.value_or(found.entered)
                                       : found.entered;
    add_earlier_stay(session, backfill, i, first_spell, until, is_last && is_same_stage && !found.left);
  }
  if (is_same_stage) {
    session.execute("DELETE FROM journey_stay WHERE id = :1", {found.id});
  } else {
    session.execute("UPDATE journey_stay SET is_first = 0 WHERE id = :1", {found.id});
  }
}

constexpr std::string_view feeling_columns =
    "journey, stage, contact_id, feeling, words, said_day, at_us, actor_name, user_id FROM journey_feeling ";

Feeling feeling_from(const Row& row) {
  return {row.text(0),
          row.text(1),
          row.id<core::ContactId>(2),
          static_cast<int>(row.integer(3)),
          row.text(4),
          row.day(5),
          row.instant(6),
          row.text(7),
          row.id<core::UserId>(8)};
}

constexpr std::string_view review_columns =
    "id, account_id, journey, from_stage, to_stage, opened_day, done_at_us, done_by_name, note FROM journey_review ";

Review review_from(const Row& row) {
  return {row.integer(0),       row.id<core::AccountId>(1),     row.text(2), row.text(3), row.text(4), row.day(5),
          row.maybe_instant(6), row.maybe_text(7).value_or(""), row.text(8)};
}

constexpr std::string_view stay_columns =
    "account_id, journey, stage, basis, entered_day, is_first, left_day FROM journey_stay ";

Stay stay_from(const Row& row) {
  return {row.id<core::AccountId>(0), row.text(1), row.text(2), row.text(3), row.day(4), row.yes(5), row.maybe_day(6)};
}

template <class Record, class From>
std::vector<Record> all(platform::records::Database& database, const std::string& sql,
                        const platform::records::Values& values, From from) {
  return database.read([&](Session& session) {
    std::vector<Record> found;
    session.each(sql, values, [&](const Row& row) { found.push_back(from(row)); });
    return found;
  });
}

}  // namespace

std::string_view word_of(MilestoneEventKind kind) {
  return event_words[static_cast<std::size_t>(kind)];
}

void Store::each_progress(const std::function<void(const KeptProgress&)>& visit) {
  database_->read([&](Session& session) {
    session.each("SELECT account_id, journey, revision, body FROM journey_progress", {},
                 [&](const Row& row) { visit(progress_from(row)); });
  });
}

std::optional<KeptProgress> Store::progress(core::AccountId account) {
  return database_->read([&](Session& session) -> std::optional<KeptProgress> {
    const auto row = session.query_one(
        "SELECT account_id, journey, revision, body FROM journey_progress WHERE account_id = :1", {account});
    return row ? std::optional(progress_from(*row)) : std::nullopt;
  });
}

std::vector<std::pair<core::AccountId, std::int64_t>> Store::touched_since(core::Instant since) {
  return database_->read([&](Session& session) {
    std::vector<std::pair<core::AccountId, std::int64_t>> found;
    session.each("SELECT account_id, revision FROM journey_progress WHERE touched_at_us > :1", {since},
                 [&](const Row& row) { found.emplace_back(row.id<core::AccountId>(0), row.integer(1)); });
    return found;
  });
}

bool Store::was_looked_at(const std::string& journey) {
  return database_->read([&](Session& session) {
    return session.query_one("SELECT 1 FROM journey_stay WHERE journey = :1 LIMIT 1", {journey}).has_value();
  });
}

std::vector<bool> Store::record(std::span<const Move> moves) {
  return database_->write([&](Session& session) {
    const auto at = core::now();
    std::vector<bool> took_effect;
    for (const auto& move : moves) {
      took_effect.push_back(replace_progress(session, move));
      if (!took_effect.back()) continue;
      if (move.has_new_stay || move.after.journey.empty()) end_stay(session, move, at);
      if (move.has_new_stay) begin_stay(session, move, at);
      add_events(session, move);
      if (move.needs_review) open_review(session, move);
    }
    return took_effect;
  });
}

std::vector<bool> Store::backfill(std::span<const Backfill> backfills) {
  return database_->write([&](Session& session) {
    std::vector<bool> took_effect;
    for (const auto& backfill : backfills) {
      Move move;
      move.before = backfill.before;
      move.after = {backfill.before.account, backfill.before.journey, 0, backfill.body};
      const auto found = first_look(session, backfill);
      took_effect.push_back(found && replace_progress(session, move));
      if (took_effect.back()) put_before(session, backfill, *found);
    }
    return took_effect;
  });
}

void Store::add_feeling(core::AccountId account, const Feeling& feeling, const core::Caller& caller) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO journey_feeling (id, account_id, journey, stage, contact_id, feeling, words, said_day, at_us, "
        "user_id, actor_name) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)",
        {new_id(), account, feeling.journey, feeling.stage, feeling.contact, feeling.feeling, feeling.words,
         feeling.day, feeling.at, caller.user, caller.name});
  });
}

core::Result<core::AccountId> Store::finish_review(std::int64_t id, const core::Caller& caller,
                                                   const std::string& note) {
  return database_->write([&](Session& session) -> core::Result<core::AccountId> {
    const auto row = session.query_one("SELECT account_id, done_at_us FROM journey_review WHERE id = :1", {id});
    if (!row) {
      return core::Error::not_found(
          {"There is no such handover to review.", "指定された引き継ぎレビューはありません。"});
    }
    if (!row->is_null(1)) {
      return core::Error::conflict(
          {"Somebody has reviewed this handover already.", "この引き継ぎはすでにレビュー済みです。"});
    }
    session.execute(
        "UPDATE journey_review SET done_at_us = :1, done_by = :2, done_by_name = :3, note = :4 "
        "WHERE id = :5",
        {core::now(), caller.user, caller.name, note, id});
    return row->id<core::AccountId>(0);
  });
}

void Store::each_stay(const std::optional<std::string>& journey, const std::function<void(const Stay&)>& visit) {
  database_->read([&](Session& session) {
    const std::string sql = "SELECT " + std::string(stay_columns);
    const auto row_of = [&](const Row& row) { visit(stay_from(row)); };
    if (journey) {
      session.each(sql + "WHERE journey = :1 ORDER BY account_id, spell", {*journey}, row_of);
    } else {
      session.each(sql + "ORDER BY account_id, spell", {}, row_of);
    }
  });
}

std::vector<Stay> Store::stays(core::AccountId account) {
  return all<Stay>(*database_,
                   "SELECT " + std::string(stay_columns) + "WHERE account_id = :1 ORDER BY entered_day, spell",
                   {account}, stay_from);
}

std::vector<MilestoneEvent> Store::milestone_events(core::AccountId account) {
  return all<MilestoneEvent>(*database_,
                             "SELECT journey, milestone, kind, on_day, at_us, user_id, actor_name, contact_id, words "
                             "FROM journey_milestone_event WHERE account_id = :1 ORDER BY at_us DESC, id DESC",
                             {account}, [](const Row& row) {
                               return MilestoneEvent{row.text(0),          row.text(1),
                                                     kind_of(row.text(2)), row.day(3),
                                                     row.instant(4),       row.id<core::UserId>(5),
                                                     row.text(6),          row.id<core::ContactId>(7),
                                                     row.text(8)};
                             });
}

std::vector<Feeling> Store::feelings(core::AccountId account) {
  return all<Feeling>(
      *database_, "SELECT " + std::string(feeling_columns) + "WHERE account_id = :1 ORDER BY said_day DESC, id DESC",
      {account}, feeling_from);
}

std::vector<Feeling> Store::feelings_of(const std::string& journey, core::Day since) {
  return all<Feeling>(*database_, "SELECT " + std::string(feeling_columns) + "WHERE journey = :1 AND said_day >= :2",
                      {journey, since}, feeling_from);
}

std::vector<Review> Store::reviews(core::AccountId account) {
  return all<Review>(
      *database_, "SELECT " + std::string(review_columns) + "WHERE account_id = :1 ORDER BY opened_day DESC, id DESC",
      {account}, review_from);
}

std::vector<Review> Store::open_reviews() {
  return all<Review>(*database_,
                     "SELECT " + std::string(review_columns) + "WHERE done_at_us IS NULL ORDER BY opened_day, id", {},
                     review_from);
}

}  // namespace banso::journeys
