#include "people_store.hpp"

#include <cmath>

#include <fmt/format.h>

namespace banso::outreach::store {
namespace {

using platform::records::Row;
using platform::records::Values;

constexpr std::string_view suppression_columns =
    "id, address, reason, since_at_us, by_name, note, mail_id, lifted_at_us, lifted_by, lifted_why";

Suppression read_suppression(const Row& row) {
  return {row.integer(0), row.text(1),       row.text(2),          row.instant(3), row.text(4),
          row.text(5),    row.id<MailId>(6), row.maybe_instant(7), row.text(8),    row.text(9)};
}

std::string containing(const std::string& text) {
  std::string pattern = "%";
  for (const char sign : text) {
    if (sign == '%' || sign == '_' || sign == '\\') pattern += '\\';
    pattern += sign;
  }
  return pattern + '%';
}

}  // namespace

std::optional<Suppression> suppression_of(Session& session, const std::string& address) {
  const auto row = session.query_one(
      fmt::format("SELECT {} FROM mail_suppression WHERE address = :1 AND lifted_at_us IS NULL ORDER BY id LIMIT 1",
                  suppression_columns),
      {address});
  return row ? std::optional(read_suppression(*row)) : std::nullopt;
}

std::optional<Suppression> suppression(Session& session, std::int64_t id) {
  const auto row =
      session.query_one(fmt::format("SELECT {} FROM mail_suppression WHERE id = :1", suppression_columns), {id});
  return row ? std::optional(read_suppression(*row)) : std::nullopt;
}

Suppression suppress(Session& session, Suppression suppression) {
  if (auto present = suppression_of(session, suppression.address)) return *present;
  suppression.id = platform::records::new_id();
  session.execute(
      "INSERT INTO mail_suppression (id, address, reason, since_at_us, by_name, note, mail_id, lifted_by, lifted_why) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, '', '')",
      {suppression.id, suppression.address, suppression.reason, suppression.since, suppression.by, suppression.note,
       suppression.mail});
  return suppression;
}

bool lift(Session& session, std::int64_t id, core::Instant at, const std::string& by, const std::string& why) {
  return session.execute(
             "UPDATE mail_suppression SET lifted_at_us = :1, lifted_by = :2, lifted_why = :3 WHERE id = :4 AND "
             "lifted_at_us IS NULL",
             {at, by, why, id}) == 1;
}

core::Page<Suppression> suppressions(Session& session, const std::string& search, bool with_lifted,
                                     core::PageRequest page) {
  const std::string where =
      fmt::format("address LIKE :1 ESCAPE '\\'{}", with_lifted ? "" : " AND lifted_at_us IS NULL");
  core::Page<Suppression> found;
  found.total =
      session.query_one(fmt::format("SELECT COUNT(*) FROM mail_suppression WHERE {}", where), {containing(search)})
          ->integer(0);
  for (const auto& row :
       session.query(fmt::format("SELECT {} FROM mail_suppression WHERE {} ORDER BY id DESC LIMIT :2 OFFSET :3",
                                 suppression_columns, where),
                     {containing(search), page.limit, page.offset})) {
    found.items.push_back(read_suppression(row));
  }
  return found;
}

std::optional<bool> preference(Session& session, const std::string& address, Purpose topic) {
  const auto row = session.query_one("SELECT allowed FROM mail_preference WHERE address = :1 AND topic = :2",
                                     {address, word_of(topic)});
  return row ? std::optional(row->yes(0)) : std::nullopt;
}

void set_preference(Session& session, const std::string& address, Purpose topic, bool allowed, core::Instant at) {
  session.execute(
      "INSERT INTO mail_preference (address, topic, allowed, at_us) VALUES (:1, :2, :3, :4) ON CONFLICT (address, "
      "topic) DO UPDATE SET allowed = excluded.allowed, at_us = excluded.at_us",
      {address, word_of(topic), allowed, at});
}

void add_consent(Session& session, const ConsentEvent& event) {
  session.execute(
      "INSERT INTO consent_event (id, contact_id, account_id, address, topic, allowed, at_us, recorded_at_us, by_name, "
      "how, text_shown) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)",
      {platform::records::new_id(), event.contact, event.account, event.address, word_of(event.topic), event.allowed,
       event.at, event.recorded_at, event.by, event.how, event.text_shown});
}

core::Page<ConsentEvent> consents(Session& session, const std::string& search, std::optional<core::ContactId> contact,
                                  core::PageRequest page) {
  Values values{containing(search)};
  std::string where = "address LIKE :1 ESCAPE '\\'";
  if (contact) {
    values.emplace_back(*contact);
    where += " AND contact_id = :2";
  }
  core::Page<ConsentEvent> found;
  found.total =
      session.query_one(fmt::format("SELECT COUNT(*) FROM consent_event WHERE {}", where), values)->integer(0);
  const auto count = values.size();
  values.emplace_back(page.limit);
  values.emplace_back(page.offset);
  for (const auto& row : session.query(
           fmt::format(
               "SELECT id, contact_id, account_id, address, topic, allowed, at_us, recorded_at_us, by_name, how, "
               "text_shown FROM consent_event WHERE {} ORDER BY id DESC LIMIT :{} OFFSET :{}",
               where, count + 1, count + 2),
           values)) {
    found.items.push_back({row.integer(0), row.id<core::ContactId>(1), row.id<core::AccountId>(2), row.text(3),
                           purpose_from(row.text(4)).value_or(Purpose::promotion), row.yes(5), row.instant(6),
                           row.instant(7), row.text(8), row.text(9), row.text(10)});
  }
  return found;
}

void add_invitation(Session& session, const Invitation& invitation) {
  session.execute(
      "INSERT INTO survey_invitation (mail_id, survey, survey_version, account_id, contact_id, sent_at_us, "
      "closes_at_us, answer_comment) VALUES (:1, :2, :3, :4, :5, :6, :7, '') ON CONFLICT (mail_id) DO NOTHING",
      {invitation.mail, invitation.survey, invitation.version, invitation.account, invitation.contact,
       invitation.sent_at, invitation.closes_at});
}

std::optional<Invitation> invitation(Session& session, MailId mail) {
  const auto row = session.query_one(
      "SELECT mail_id, survey, survey_version, account_id, contact_id, sent_at_us, closes_at_us, answered_at_us, "
      "score, "
      "answer_comment FROM survey_invitation WHERE mail_id = :1",
      {mail});
  if (!row) return std::nullopt;
  return Invitation{row->id<MailId>(0),          row->text(1),    row->integer(2), row->id<core::AccountId>(3),
                    row->id<core::ContactId>(4), row->instant(5), row->instant(6), row->maybe_instant(7),
                    row->maybe_number(8),        row->text(9)};
}

std::vector<Invitation> waiting_invitations(Session& session, core::AccountId account, core::ContactId contact,
                                            core::Instant now) {
  std::vector<Invitation> found;
  for (const auto& row : session.query(
           "SELECT mail_id FROM survey_invitation WHERE account_id = :1 AND contact_id = :2 AND answered_at_us IS NULL "
           "AND closes_at_us > :3 ORDER BY sent_at_us DESC LIMIT 20",
           {account, contact, now})) {
    if (auto one = invitation(session, row.id<MailId>(0))) found.push_back(std::move(*one));
  }
  return found;
}

void set_answer(Session& session, const Invitation& invitation) {
  session.execute(
      "UPDATE survey_invitation SET answered_at_us = :1, score = :2, answer_comment = :3 WHERE mail_id = :4",
      {invitation.answered_at, invitation.score, invitation.comment, invitation.mail});
}

std::map<std::string, SurveyCounts> survey_counts(Session& session, core::Instant now) {
  std::map<std::string, SurveyCounts> all;
  for (const auto& row : session.query(
           "SELECT survey, COUNT(*), COUNT(answered_at_us), CAST(SUM(CASE WHEN answered_at_us IS NULL AND closes_at_us "
           "> :1 THEN 1 ELSE 0 END) AS BIGINT) FROM survey_invitation GROUP BY survey",
           {now})) {
    auto& counts = all[row.text(0)];
    counts.invited = row.integer(1);
    counts.answered = row.integer(2);
    counts.open = row.integer(3);
  }
  for (const auto& row : session.query(
           "SELECT survey, score, COUNT(*) FROM survey_invitation WHERE score IS NOT NULL GROUP BY survey, score")) {
    all[row.text(0)].by_score[static_cast<int>(std::lround(row.number(1)))] += row.integer(2);
  }
  return all;
}

bool is_received(Session& session, const std::string& key) {
  return session.query_one("SELECT id FROM received_mail WHERE message_key = :1", {key}).has_value();
}

void add_received(Session& session, const ReceivedRow& row) {
  session.execute(
      "INSERT INTO received_mail (id, message_key, received_at_us, from_email, subject, result, account_id, mail_id) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8) ON CONFLICT (message_key) DO NOTHING",
      {platform::records::new_id(), row.key, row.at, row.from, row.subject, row.result, row.account, row.mail});
}

core::Page<ReceivedRow> received(Session& session, const std::optional<std::string>& result, core::PageRequest page) {
  Values values;
  std::string where = "1 = 1";
  if (result) {
    values.emplace_back(*result);
    where = "result = :1";
  }
  core::Page<ReceivedRow> found;
  found.total =
      session.query_one(fmt::format("SELECT COUNT(*) FROM received_mail WHERE {}", where), values)->integer(0);
  const auto count = values.size();
  values.emplace_back(page.limit);
  values.emplace_back(page.offset);
  for (const auto& row : session.query(
           fmt::format("SELECT id, message_key, received_at_us, from_email, subject, result, account_id, mail_id FROM "
                       "received_mail WHERE {} ORDER BY id DESC LIMIT :{} OFFSET :{}",
                       where, count + 1, count + 2),
           values)) {
    found.items.push_back({row.integer(0), row.text(1), row.instant(2), row.text(3), row.text(4), row.text(5),
                           row.id<core::AccountId>(6), row.id<MailId>(7)});
  }
  return found;
}

platform::mail::InboxPlace inbox_place(Session& session, const std::string& mailbox) {
  const auto row = session.query_one("SELECT uid_validity, last_uid FROM inbox_place WHERE mailbox = :1", {mailbox});
  return row ? platform::mail::InboxPlace{row->integer(0), row->integer(1)} : platform::mail::InboxPlace{};
}

void set_inbox_place(Session& session, const std::string& mailbox, const platform::mail::InboxPlace& place) {
  session.execute(
      "INSERT INTO inbox_place (mailbox, uid_validity, last_uid) VALUES (:1, :2, :3) ON CONFLICT (mailbox) DO UPDATE "
      "SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid",
      {mailbox, place.uid_validity, place.last_uid});
}

std::optional<std::string> setting(Session& session, std::string_view name) {
  const auto row = session.query_one("SELECT value FROM outreach_setting WHERE name = :1", {name});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void set_setting(Session& session, std::string_view name, std::string_view value, const std::string& by,
                 core::Instant at) {
  session.execute(
      "INSERT INTO outreach_setting (name, value, changed_by, changed_at_us) VALUES (:1, :2, :3, :4) ON CONFLICT "
      "(name) "
      "DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at_us = excluded.changed_at_us",
      {name, value, by, at});
}

std::string keep_setting(Session& session, std::string_view name, std::string_view value, core::Instant at) {
  session.execute(
      "INSERT INTO outreach_setting (name, value, changed_by, changed_at_us) VALUES (:1, :2, '', :3) ON CONFLICT "
      "(name) "
      "DO NOTHING",
      {name, value, at});
  return setting(session, name).value_or(std::string(value));
}

}  // namespace banso::outreach::store
