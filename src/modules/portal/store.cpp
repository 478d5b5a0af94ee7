#include "store.hpp"

#include <fmt/format.h>

#include "secrets.hpp"

namespace banso::portal::store {
namespace {

using platform::records::Row;
using platform::records::Values;

// A row of a database should not be as large as a file.
constexpr std::size_t part_bytes = 192 << 10;

constexpr std::string_view person_columns =
    "id, account_id, contact_id, language, invited_at_us, invited_by, invitation_mail_id, disabled, first_seen_at_us, "
    "last_seen_at_us";

Person read_person(const Row& row) {
  return {row.integer(0),
          row.id<core::AccountId>(1),
          row.id<core::ContactId>(2),
          row.text(3),
          row.instant(4),
          row.text(5),
          row.id<outreach::MailId>(6),
          row.yes(7),
          row.maybe_instant(8),
          row.maybe_instant(9)};
}

Link read_link(const Row& row) {
  return {row.integer(0), row.text(1), row.text(2), row.instant(3), row.instant(4)};
}

constexpr std::string_view document_columns =
    "id, account_id, name, content_type, bytes, shared_at_us, shared_by, downloads";

Document read_document(const Row& row) {
  return {
      row.integer(0), row.id<core::AccountId>(1), row.text(2), row.text(3), row.integer(4), row.instant(5), row.text(6),
      row.integer(7)};
}

}  // namespace

std::optional<Person> find_person(Session& session, core::AccountId account, core::ContactId contact) {
  const auto row = session.query_one(
      fmt::format("SELECT {} FROM portal_person WHERE account_id = :1 AND contact_id = :2", person_columns),
      {account, contact});
  return row ? std::optional(read_person(*row)) : std::nullopt;
}

std::optional<Person> find_person(Session& session, std::int64_t id) {
  const auto row = session.query_one(fmt::format("SELECT {} FROM portal_person WHERE id = :1", person_columns), {id});
  return row ? std::optional(read_person(*row)) : std::nullopt;
}

std::vector<Person> people(Session& session, core::AccountId account) {
  std::vector<Person> found;
  for (const auto& row : session.query(
           fmt::format("SELECT {} FROM portal_person WHERE account_id = :1 ORDER BY id", person_columns), {account})) {
    found.push_back(read_person(row));
  }
  return found;
}

void insert(Session& session, const Person& person) {
  session.execute(
      "INSERT INTO portal_person (id, account_id, contact_id, language, invited_at_us, invited_by, invitation_mail_id, "
      "disabled) VALUES (:1, :2, :3, :4, :5, :6, :7, :8)",
      {person.id, person.account, person.contact, person.language, person.invited_at, person.invited_by,
       person.invitation, person.is_disabled});
}

void update(Session& session, const Person& person) {
  session.execute(
      "UPDATE portal_person SET language = :1, invited_at_us = :2, invited_by = :3, invitation_mail_id = :4, disabled "
      "= "
      ":5, first_seen_at_us = :6, last_seen_at_us = :7 WHERE id = :8",
      {person.language, person.invited_at, person.invited_by, person.invitation, person.is_disabled,
       person.first_seen_at, person.last_seen_at, person.id});
}

void insert(Session& session, const std::string& hash, const Link& link) {
  session.execute(
      "INSERT INTO portal_link (hash, person_id, cause, address, made_at_us, until_at_us) VALUES (:1, :2, :3, :4, :5, "
      ":6)",
      {hash, link.person, link.cause, link.address, link.made_at, link.until});
}

std::optional<Link> open_link(Session& session, std::int64_t person, std::string_view cause, core::Instant now) {
  const auto row = session.query_one(
      "SELECT person_id, cause, address, made_at_us, until_at_us FROM portal_link WHERE person_id = :1 AND cause = :2 "
      "AND used_at_us IS NULL AND until_at_us > :3 ORDER BY until_at_us DESC LIMIT 1",
      {person, cause, now});
  return row ? std::optional(read_link(*row)) : std::nullopt;
}

bool has_link(Session& session, std::int64_t person, std::string_view cause) {
  return session.query_one("SELECT 1 FROM portal_link WHERE person_id = :1 AND cause = :2 LIMIT 1", {person, cause})
      .has_value();
}

void end_links(Session& session, std::int64_t person, std::string_view cause) {
  session.execute("DELETE FROM portal_link WHERE person_id = :1 AND cause = :2 AND used_at_us IS NULL",
                  {person, cause});
}

std::optional<Link> take_link(Session& session, const std::string& hash, core::Instant now) {
  const bool is_taken = session.execute(
                            "UPDATE portal_link SET used_at_us = :1 WHERE hash = :2 AND used_at_us IS NULL AND "
                            "until_at_us > :3",
                            {now, hash, now}) == 1;
  if (!is_taken) return std::nullopt;
  return read_link(*session.query_one(
      "SELECT person_id, cause, address, made_at_us, until_at_us FROM portal_link WHERE hash = :1", {hash}));
}

void insert(Session& session, const std::string& hash, const Visit& visit) {
  session.execute(
      "INSERT INTO portal_session (hash, account_id, contact_id, address, began_at_us, until_at_us, seen_at_us, "
      "viewed_by) VALUES (:1, :2, :3, :4, :5, :6, :7, :8)",
      {hash, visit.account, visit.contact, visit.address, visit.began_at, visit.until, visit.seen_at, visit.viewed_by});
}

std::optional<Visit> find_visit(Session& session, const std::string& hash, core::Instant now) {
  const auto row = session.query_one(
      "SELECT account_id, contact_id, address, began_at_us, until_at_us, seen_at_us, viewed_by FROM portal_session "
      "WHERE hash = :1 AND until_at_us > :2",
      {hash, now});
  if (!row) return std::nullopt;
  return Visit{row->id<core::AccountId>(0),
               row->id<core::ContactId>(1),
               row->text(2),
               row->instant(3),
               row->instant(4),
               row->instant(5),
               row->id<core::UserId>(6)};
}

void move_visit(Session& session, const std::string& hash, core::AccountId account, core::ContactId contact) {
  session.execute("UPDATE portal_session SET account_id = :1, contact_id = :2 WHERE hash = :3",
                  {account, contact, hash});
}

void touch_visit(Session& session, const std::string& hash, core::Instant now) {
  session.execute("UPDATE portal_session SET seen_at_us = :1 WHERE hash = :2", {now, hash});
}

void end_visit(Session& session, const std::string& hash) {
  session.execute("DELETE FROM portal_session WHERE hash = :1", {hash});
}

void end_visits(Session& session, core::AccountId account, core::ContactId contact) {
  session.execute("DELETE FROM portal_session WHERE account_id = :1 AND contact_id = :2 AND viewed_by = 0",
                  {account, contact});
}

void forget_old(Session& session, core::Instant now) {
  const core::Instant yesterday{now.microseconds - core::microseconds_per_day};
  session.execute("DELETE FROM portal_session WHERE until_at_us < :1", {now});
  session.execute("DELETE FROM portal_request WHERE at_us < :1", {yesterday});
  // Links of plans tell for which version somebody was written to already.
  session.execute("DELETE FROM portal_link WHERE until_at_us < :1 AND cause IN ('log_in', 'invitation')", {yesterday});
}

std::int64_t requests_since(Session& session, const std::string& subject, core::Instant since) {
  return session.query_one("SELECT COUNT(*) FROM portal_request WHERE subject = :1 AND at_us > :2", {subject, since})
      ->integer(0);
}

void add_request(Session& session, const std::string& subject, core::Instant at, bool waits) {
  session.execute("INSERT INTO portal_request (id, subject, at_us, waits) VALUES (:1, :2, :3, :4)",
                  {platform::records::new_id(), subject, at, waits});
}

std::vector<Waiting> waiting_requests(Session& session, core::Instant since, int most) {
  std::vector<Waiting> found;
  for (const auto& row :
       session.query("SELECT id, subject FROM portal_request WHERE waits = 1 AND at_us > :1 ORDER BY id LIMIT :2",
                     {since, most})) {
    found.push_back({row.integer(0), row.text(1)});
  }
  return found;
}

bool take_request(Session& session, std::int64_t id) {
  return session.execute("UPDATE portal_request SET waits = 0 WHERE id = :1 AND waits = 1", {id}) == 1;
}

void add(Session& session, const Event& event) {
  session.execute(
      "INSERT INTO portal_event (id, at_us, account_id, contact_id, event, by_id, by_name, words) VALUES (:1, :2, :3, "
      ":4, :5, :6, :7, :8)",
      {platform::records::new_id(), event.at, event.account, event.contact, event.event, event.by, event.by_name,
       event.words});
}

core::Page<Event> events(Session& session, std::optional<core::AccountId> account, core::PageRequest page) {
  const std::string where = account ? "account_id = :1" : ":1 = 0";
  const core::AccountId asked = account.value_or(core::AccountId{});
  core::Page<Event> found;
  found.total =
      session.query_one(fmt::format("SELECT COUNT(*) FROM portal_event WHERE {}", where), {asked})->integer(0);
  for (const auto& row :
       session.query(fmt::format("SELECT at_us, account_id, contact_id, event, by_id, by_name, words FROM portal_event "
                                 "WHERE {} ORDER BY id DESC LIMIT :2 OFFSET :3",
                                 where),
                     {asked, page.limit, page.offset})) {
    found.items.push_back({row.instant(0), row.id<core::AccountId>(1), row.id<core::ContactId>(2), row.text(3),
                           row.id<core::UserId>(4), row.text(5), row.text(6)});
  }
  return found;
}

std::optional<Consent> consent(Session& session, core::AccountId account) {
  const auto row =
      session.query_one("SELECT given, by_name, at_us FROM portal_consent WHERE account_id = :1", {account});
  return row ? std::optional(Consent{row->yes(0), row->text(1), row->instant(2)}) : std::nullopt;
}

void set_consent(Session& session, core::AccountId account, core::ContactId contact, const Consent& consent) {
  session.execute(
      "INSERT INTO portal_consent (account_id, given, contact_id, by_name, at_us) VALUES (:1, :2, :3, :4, :5) ON "
      "CONFLICT (account_id) DO UPDATE SET given = excluded.given, contact_id = excluded.contact_id, by_name = "
      "excluded.by_name, at_us = excluded.at_us",
      {account, consent.is_given, contact, consent.by, consent.at});
}

void insert(Session& session, const Document& document, std::string_view content) {
  session.execute(
      "INSERT INTO portal_document (id, account_id, name, content_type, bytes, shared_at_us, shared_by, downloads) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, 0)",
      {document.id, document.account, document.name, document.content_type, document.bytes, document.shared_at,
       document.shared_by});
  std::int64_t part = 0;
  for (std::size_t begin = 0; begin < content.size(); begin += part_bytes) {
    session.execute("INSERT INTO portal_document_part (document_id, part, content) VALUES (:1, :2, :3)",
                    {document.id, part++, to_base64(content.substr(begin, part_bytes))});
  }
}

std::optional<Document> find_document(Session& session, std::int64_t id) {
  const auto row =
      session.query_one(fmt::format("SELECT {} FROM portal_document WHERE id = :1", document_columns), {id});
  return row ? std::optional(read_document(*row)) : std::nullopt;
}

std::string content(Session& session, std::int64_t document) {
  std::string content;
  session.each("SELECT content FROM portal_document_part WHERE document_id = :1 ORDER BY part", {document},
               [&](const Row& row) { content += from_base64(row.text(0)); });
  return content;
}

bool remove_document(Session& session, std::int64_t id) {
  session.execute("DELETE FROM portal_document_part WHERE document_id = :1", {id});
  return session.execute("DELETE FROM portal_document WHERE id = :1", {id}) == 1;
}

void count_download(Session& session, std::int64_t id) {
  session.execute("UPDATE portal_document SET downloads = downloads + 1 WHERE id = :1", {id});
}

std::vector<Document> documents(Session& session, std::optional<core::AccountId> account) {
  const std::string where = account ? "account_id IN (0, :1)" : ":1 = 0";
  std::vector<Document> found;
  for (const auto& row : session.query(
           fmt::format("SELECT {} FROM portal_document WHERE {} ORDER BY id DESC LIMIT 1000", document_columns, where),
           {account.value_or(core::AccountId{})})) {
    found.push_back(read_document(row));
  }
  return found;
}

std::optional<std::string> setting(Session& session, std::string_view name) {
  const auto row = session.query_one("SELECT value FROM portal_setting WHERE name = :1", {name});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void set_setting(Session& session, std::string_view name, std::string_view value, const std::string& by,
                 core::Instant at) {
  session.execute(
      "INSERT INTO portal_setting (name, value, changed_by, changed_at_us) VALUES (:1, :2, :3, :4) ON CONFLICT (name) "
      "DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at_us = excluded.changed_at_us",
      {name, value, by, at});
}

}  // namespace banso::portal::store
