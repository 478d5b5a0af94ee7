// Reading plans.
#include "store.hpp"

#include "platform/json/json.hpp"

namespace banso::plans {
namespace {

using platform::records::Row;
using platform::records::Values;

constexpr std::int64_t for_ever = INT64_MAX;

constexpr std::string_view plan_columns =
    "SELECT id, account_id, state, version, template_key, template_version, template_day, offered_version, stage_seen, "
    "created_at_us, touched_at_us, revision FROM plan ";

PlanRow plan_from(const Row& row) {
  return {row.id<PlanId>(0), row.id<core::AccountId>(1),
          row.text(2),       row.integer(3),
          row.text(4),       row.integer(5),
          row.day(6),        row.integer(7),
          row.text(8),       row.instant(9),
          row.instant(10),   row.integer(11)};
}

constexpr std::string_view version_columns =
    "SELECT version, body, at_us, user_id, contact_id, actor_name, cause, why FROM plan_version ";

VersionRow version_from(const Row& row) {
  return {row.integer(0), row.text(1),
          row.instant(2), {row.id<core::UserId>(3), row.id<core::ContactId>(4), row.text(5)},
          row.text(6),    row.text(7)};
}

constexpr std::string_view event_columns =
    "SELECT id, plan_id, account_id, happening, item, words_en, words_ja, user_id, contact_id, actor_name, asked, "
    "version, at_us FROM plan_event ";

EventRow event_from(const Row& row) {
  EventRow event;
  event.id = row.integer(0);
  event.plan = row.id<PlanId>(1);
  event.account = row.id<core::AccountId>(2);
  event.happening = row.text(3);
  event.item = row.text(4);
  event.words = {row.text(5), row.text(6)};
  event.by = {row.id<core::UserId>(7), row.id<core::ContactId>(8), row.text(9)};
  const auto asked = boost::json::parse(row.text(10));
  for (const auto& contact : asked.as_array()) event.asked.push_back({contact.as_int64()});
  event.version = row.integer(11);
  event.at = row.instant(12);
  return event;
}

constexpr std::string_view review_columns =
    "SELECT id, plan_id, account_id, why_en, why_ja, opened_day, done_at_us, done_by, note FROM plan_review ";

ReviewRow review_from(const Row& row) {
  return {row.integer(0), row.id<PlanId>(1),    row.id<core::AccountId>(2), {row.text(3), row.text(4)},
          row.day(5),     row.maybe_instant(6), row.maybe_text(7),          row.text(8)};
}

constexpr std::string_view achievement_columns =
    "SELECT plan_id, account_id, goal, achieved_day, at_us, win_at_us, story, evidence, is_shared, written_by, "
    "written_at_us FROM plan_achievement ";

AchievementRow achievement_from(const Row& row) {
  return {row.id<PlanId>(0), row.id<core::AccountId>(1), row.text(2),          row.day(3),
          row.instant(4),    row.maybe_instant(5),       row.text(6),          row.text(7),
          row.yes(8),        row.maybe_text(9),          row.maybe_instant(10)};
}

template <class Record, class From>
std::vector<Record> all(Session& session, const std::string& sql, const Values& values, From from) {
  std::vector<Record> found;
  session.each(sql, values, [&](const Row& row) { found.push_back(from(row)); });
  return found;
}

// What was written by us can be read by us.
document::Document parsed(const std::string& body) {
  return document::document_from_json(body).value();
}

void read_talk(Session& session, PlanFile& file, core::Instant until) {
  file.confirmations = all<ConfirmationRow>(
      session,
      "SELECT version, goal, contact_id, verdict, words, at_us, how, noted_by FROM plan_confirmation "
      "WHERE plan_id = :1 AND at_us <= :2 ORDER BY at_us, id",
      {file.row.id, until}, [](const Row& row) {
        return ConfirmationRow{row.integer(0), row.text(1), row.id<core::ContactId>(2), row.text(3), row.text(4),
                               row.instant(5), row.text(6), row.maybe_text(7)};
      });
  file.comments = all<CommentRow>(session,
                                  "SELECT id, item, author, contact_id, is_internal, words, at_us FROM plan_comment "
                                  "WHERE plan_id = :1 AND at_us <= :2 ORDER BY at_us, id",
                                  {file.row.id, until}, [](const Row& row) {
                                    return CommentRow{row.integer(0), row.text(1), row.text(2),   !row.is_null(3),
                                                      row.yes(4),     row.text(5), row.instant(6)};
                                  });
}

void read_rest(Session& session, PlanFile& file, core::Instant until, core::Day last_day) {
  file.readings = all<ReadingRow>(session,
                                  "SELECT goal, on_day, value, source, author, at_us FROM plan_reading "
                                  "WHERE plan_id = :1 AND at_us <= :2 AND on_day <= :3 ORDER BY goal, on_day, at_us",
                                  {file.row.id, until, last_day}, [](const Row& row) {
                                    return ReadingRow{row.text(0), row.day(1),  row.number(2),
                                                      row.text(3), row.text(4), row.instant(5)};
                                  });
  file.reviews =
      all<ReviewRow>(session, std::string(review_columns) + "WHERE plan_id = :1 AND at_us <= :2 ORDER BY at_us, id",
                     {file.row.id, until}, review_from);
  for (auto& review : file.reviews) {
    if (review.done_at && *review.done_at > until) {
      review.done_at.reset();
      review.done_by.reset();
      review.note.clear();
    }
  }
  file.achievements = all<AchievementRow>(
      session, std::string(achievement_columns) + "WHERE plan_id = :1 AND at_us <= :2 ORDER BY goal",
      {file.row.id, until}, achievement_from);
  for (auto& achievement : file.achievements) {
    if (!achievement.written_at || *achievement.written_at <= until) continue;
    achievement.story.clear();  // only what was written last is kept
    achievement.is_shared = false;
    achievement.written_by.reset();
    achievement.written_at.reset();
  }
}

}  // namespace

std::optional<PlanFile> Store::read(PlanId plan, std::optional<core::Instant> until_or_now,
                                    std::optional<core::Day> day) {
  const core::Instant until = until_or_now.value_or(core::Instant{for_ever});
  return database_->read([&](Session& session) -> std::optional<PlanFile> {
    const auto row = session.query_one(std::string(plan_columns) + "WHERE id = :1", {plan});
    if (!row) return std::nullopt;
    const auto newest = session.query_one(
        std::string(version_columns) + "WHERE plan_id = :1 AND at_us <= :2 ORDER BY version DESC LIMIT 1",
        {plan, until});
    if (!newest) return std::nullopt;
    PlanFile file;
    file.row = plan_from(*row);
    file.newest = version_from(*newest);
    file.plan = parsed(file.newest.body);
    for (auto& event : events(session, plan)) {
      if (event.at > until) continue;
      if (event.happening == "sent" && !file.sent.contains(event.version)) {
        if (auto sent = document_of(session, plan, event.version)) file.sent.emplace(event.version, std::move(*sent));
      }
      file.events.push_back(std::move(event));
    }
    read_talk(session, file, until);
    constexpr core::Day last_of_all{INT32_MAX};
    read_rest(session, file, until, day.value_or(last_of_all));
    return file;
  });
}

std::vector<std::pair<PlanId, std::int64_t>> Store::touched_since(core::Instant since) {
  return database_->read([&](Session& session) {
    std::vector<std::pair<PlanId, std::int64_t>> found;
    session.each("SELECT id, revision FROM plan WHERE touched_at_us >= :1", {since},
                 [&](const Row& row) { found.emplace_back(row.id<PlanId>(0), row.integer(1)); });
    return found;
  });
}

std::vector<PlanId> Store::plans_of(core::AccountId account) {
  return database_->read([&](Session& session) {
    return all<PlanId>(session, "SELECT id FROM plan WHERE account_id = :1 ORDER BY created_at_us DESC, id DESC",
                       {account}, [](const Row& row) { return row.id<PlanId>(0); });
  });
}

std::optional<PlanId> Store::living_plan(core::AccountId account) {
  return database_->read([&](Session& session) -> std::optional<PlanId> {
    const auto row = session.query_one("SELECT plan_id FROM plan_living WHERE account_id = :1", {account});
    return row ? std::optional(row->id<PlanId>(0)) : std::nullopt;
  });
}

std::vector<VersionRow> Store::versions(PlanId plan) {
  return database_->read([&](Session& session) {
    return all<VersionRow>(session, std::string(version_columns) + "WHERE plan_id = :1 ORDER BY version DESC", {plan},
                           version_from);
  });
}

std::optional<VersionRow> Store::version(PlanId plan, std::int64_t version) {
  return database_->read([&](Session& session) -> std::optional<VersionRow> {
    const auto row =
        session.query_one(std::string(version_columns) + "WHERE plan_id = :1 AND version = :2", {plan, version});
    return row ? std::optional(version_from(*row)) : std::nullopt;
  });
}

std::vector<EventRow> Store::events(Session& session, PlanId plan) {
  return all<EventRow>(session, std::string(event_columns) + "WHERE plan_id = :1 ORDER BY at_us, id", {plan},
                       event_from);
}

std::optional<PlanRow> Store::lock(Session& session, PlanId plan, core::Instant now) {
  const auto changed =
      session.execute("UPDATE plan SET revision = revision + 1, touched_at_us = :1 WHERE id = :2", {now, plan});
  if (changed == 0) return std::nullopt;
  return plan_from(*session.query_one(std::string(plan_columns) + "WHERE id = :1", {plan}));
}

std::optional<document::Document> Store::document_of(Session& session, PlanId plan, std::int64_t version) {
  const auto row =
      session.query_one("SELECT body FROM plan_version WHERE plan_id = :1 AND version = :2", {plan, version});
  return row ? std::optional(parsed(row->text(0))) : std::nullopt;
}

document::Document Store::newest(Session& session, const PlanRow& row) {
  return document_of(session, row.id, row.version).value();
}

std::vector<EventRow> Store::untold(core::Instant before, int most) {
  return database_->read([&](Session& session) {
    return all<EventRow>(
        session, std::string(event_columns) + "WHERE untold_since_us <= :1 ORDER BY untold_since_us, id LIMIT :2",
        {before, most}, event_from);
  });
}

std::vector<ReviewRow> Store::reviews_without_call(int most) {
  return database_->read([&](Session& session) {
    return all<ReviewRow>(
        session, std::string(review_columns) + "WHERE called_at_us IS NULL AND done_at_us IS NULL ORDER BY id LIMIT :1",
        {most}, review_from);
  });
}

std::vector<AchievementRow> Store::without_win(int most) {
  return database_->read([&](Session& session) {
    return all<AchievementRow>(
        session, std::string(achievement_columns) + "WHERE win_at_us IS NULL ORDER BY plan_id, goal LIMIT :1", {most},
        achievement_from);
  });
}

}  // namespace banso::plans
