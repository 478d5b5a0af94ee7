#include "store.hpp"

#include <fmt/format.h>

namespace banso::segments {
namespace {

using platform::records::Row;
using platform::records::Session;
using platform::records::Values;

Cause cause_of(std::string_view word) {
  for (const auto cause : {Cause::first, Cause::definition, Cause::retired, Cause::gone}) {
    if (word == word_of(cause)) return cause;
  }
  return Cause::change;
}

bool enter(Session& session, const MembershipChange& change) {
  const auto last = session.query_one(
      "SELECT spell, left_at_us FROM segment_membership WHERE segment = :1 AND account_id = :2 "
      "ORDER BY spell DESC LIMIT 1",
      {change.segment, change.account});
  if (last && (last->is_null(1) || last->instant(1) > change.at)) return false;
  const std::int64_t spell = last ? last->integer(0) + 1 : 1;
  return session.execute(
             "INSERT INTO segment_membership (id, segment, account_id, spell, entered_day, entered_at_us, "
             "entered_cause, entered_why_en, entered_why_ja) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9) "
             "ON CONFLICT (segment, account_id, spell) DO NOTHING",
             {platform::records::new_id(), change.segment, change.account, spell, change.day, change.at,
              word_of(change.cause), change.reason.en, change.reason.ja}) == 1;
}

bool leave(Session& session, const MembershipChange& change) {
  return session.execute(
             "UPDATE segment_membership SET left_day = :1, left_at_us = :2, left_cause = :3, left_why_en = :4, "
             "left_why_ja = :5 WHERE segment = :6 AND account_id = :7 AND left_at_us IS NULL AND entered_at_us <= :8",
             {change.day, change.at, word_of(change.cause), change.reason.en, change.reason.ja, change.segment,
              change.account, change.at}) == 1;
}

std::int64_t keep_untold(Session& session, const MembershipChange& change) {
  const auto id = platform::records::new_id();
  session.execute(
      "INSERT INTO segment_untold (id, segment, account_id, has_entered, on_day, at_us, cause, why_en, why_ja) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)",
      {id, change.segment, change.account, change.has_entered, change.day, change.at, word_of(change.cause),
       change.reason.en, change.reason.ja});
  return id;
}

}  // namespace

std::string_view word_of(Cause cause) {
  static constexpr std::string_view words[] = {"first", "change", "definition", "retired", "gone"};
  return words[static_cast<std::size_t>(cause)];
}

std::vector<core::AccountId> Store::members(const std::string& segment) {
  return database_->read([&](Session& session) {
    std::vector<core::AccountId> members;
    session.each(
        "SELECT account_id FROM segment_membership WHERE segment = :1 AND left_at_us IS NULL ORDER BY account_id",
        {segment}, [&](const Row& row) { members.push_back(row.id<core::AccountId>(0)); });
    return members;
  });
}

std::optional<std::string> Store::evaluated_condition(const std::string& segment) {
  return database_->read([&](Session& session) -> std::optional<std::string> {
    const auto row = session.query_one("SELECT condition FROM segment_state WHERE segment = :1", {segment});
    return row ? std::optional(row->text(0)) : std::nullopt;
  });
}

void Store::each_stay(const std::function<void(std::string_view, core::AccountId, std::optional<core::Day>,
                                               std::optional<core::Day>)>& visit) {
  database_->read([&](Session& session) {
    session.each("SELECT segment, account_id, entered_day, left_day, entered_cause FROM segment_membership", {},
                 [&](const Row& row) {
                   const auto cause = cause_of(row.text(4));
                   const bool began_before = cause == Cause::first || cause == Cause::definition;
                   visit(row.text(0), row.id<core::AccountId>(1),
                         began_before ? std::nullopt : std::optional(row.day(2)), row.maybe_day(3));
                 });
  });
}

void Store::set_evaluated(const std::string& segment, const std::string& condition, core::Instant at) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO segment_state (segment, condition, evaluated_at_us) VALUES (:1, :2, :3) "
        "ON CONFLICT (segment) DO UPDATE SET condition = excluded.condition, evaluated_at_us = "
        "excluded.evaluated_at_us",
        {segment, condition, at});
  });
}

void Store::forget_evaluated(const std::string& segment) {
  database_->write(
      [&](Session& session) { session.execute("DELETE FROM segment_state WHERE segment = :1", {segment}); });
}

std::vector<std::string> Store::evaluated_segments() {
  return database_->read([&](Session& session) {
    std::vector<std::string> segments;
    for (const auto& row : session.query("SELECT segment FROM segment_state ORDER BY segment")) {
      segments.push_back(row.text(0));
    }
    return segments;
  });
}

Store::Recorded Store::record(std::span<const MembershipChange> changes, bool is_listened_to) {
  return database_->write([&](Session& session) {
    Recorded recorded;
    for (const auto& change : changes) {
      if (!(change.has_entered ? enter(session, change) : leave(session, change))) continue;
      recorded.changes.push_back(change);
      if (is_listened_to) recorded.untold.push_back(keep_untold(session, change));
    }
    return recorded;
  });
}

Store::Recorded Store::untold(core::Instant before) {
  return database_->read([&](Session& session) {
    Recorded found;
    for (const auto& row : session.query("SELECT id, segment, account_id, has_entered, on_day, at_us, cause, why_en, "
                                         "why_ja FROM segment_untold WHERE at_us < :1 ORDER BY id",
                                         {before})) {
      found.untold.push_back(row.integer(0));
      found.changes.push_back({row.text(1),
                               row.id<core::AccountId>(2),
                               row.yes(3),
                               row.day(4),
                               row.instant(5),
                               cause_of(row.text(6)),
                               {row.text(7), row.text(8)}});
    }
    return found;
  });
}

void Store::mark_told(std::span<const std::int64_t> ids) {
  if (ids.empty()) return;
  database_->write([&](Session& session) {
    for (const auto id : ids) session.execute("DELETE FROM segment_untold WHERE id = :1", {id});
  });
}

std::optional<Since> Store::since(const std::string& segment, core::AccountId account) {
  return database_->read([&](Session& session) -> std::optional<Since> {
    const auto row = session.query_one(
        "SELECT entered_day, entered_cause, entered_why_en, entered_why_ja FROM segment_membership "
        "WHERE segment = :1 AND account_id = :2 AND left_at_us IS NULL",
        {segment, account});
    if (!row) return std::nullopt;
    return Since{row->day(0), row->text(1), {row->text(2), row->text(3)}};
  });
}

HistoryPage Store::history(const HistoryQuery& query, core::PageRequest page) {
  Values values;
  std::string where;
  const auto narrow = [&](std::string_view column, platform::records::Value value) {
    values.push_back(std::move(value));
    where += fmt::format(" AND {} = :{}", column, values.size());
  };
  if (query.segment) narrow("segment", *query.segment);
  if (query.account) narrow("account_id", *query.account);
  const std::string events = fmt::format(
      "SELECT segment, account_id, 1 AS has_entered, entered_day AS on_day, entered_at_us AS at_us, entered_cause AS "
      "cause, entered_why_en AS why_en, entered_why_ja AS why_ja, id FROM segment_membership WHERE 1 = 1{0} UNION ALL "
      "SELECT segment, account_id, 0, left_day, left_at_us, left_cause, left_why_en, left_why_ja, id FROM "
      "segment_membership WHERE left_at_us IS NOT NULL{0}",
      where);
  return database_->read([&](Session& session) {
    HistoryPage found;
    const auto count = session.query_one(
        fmt::format("SELECT COUNT(*) + COUNT(left_at_us) FROM segment_membership WHERE 1 = 1{}", where), values);
    found.total = count->integer(0);
    auto with_page = values;
    with_page.emplace_back(page.limit);
    with_page.emplace_back(page.offset);
    const auto sql = fmt::format("{} ORDER BY at_us DESC, id DESC, has_entered LIMIT :{} OFFSET :{}", events,
                                 values.size() + 1, values.size() + 2);
    for (const auto& row : session.query(sql, with_page)) {
      found.events.push_back({row.text(0),
                              row.id<core::AccountId>(1),
                              row.yes(2),
                              row.day(3),
                              row.instant(4),
                              row.text(5),
                              {row.text(6), row.text(7)}});
    }
    return found;
  });
}

std::map<std::string, RecentCounts> Store::recent(core::Day after) {
  return database_->read([&](Session& session) {
    std::map<std::string, RecentCounts> counts;
    for (const auto& row : session.query("SELECT segment, COUNT(*) FROM segment_membership WHERE entered_day > :1 AND "
                                         "entered_cause <> 'first' GROUP BY segment",
                                         {after})) {
      counts[row.text(0)].entered = row.integer(1);
    }
    for (const auto& row : session.query(
             "SELECT segment, COUNT(*) FROM segment_membership WHERE left_day > :1 GROUP BY segment", {after})) {
      counts[row.text(0)].left = row.integer(1);
    }
    return counts;
  });
}

}  // namespace banso::segments
