#include "store.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "notices.hpp"

namespace banso::outreach {
namespace {

using platform::records::Row;
using platform::records::Session;
using platform::records::Value;
using platform::records::Values;

constexpr std::string_view columns =
    "id, unique_key, kind, definition, definition_version, purpose, account_id, contact_id, address, language, "
    "sender_id, source, ordered_values, ordered_by, invitation_id, state, reason, words_en, words_ja, ordered_at_us, "
    "next_at_us, attempts, first_failed_at_us, message_id, subject, text_body, html_body, sent_at_us, opened_at_us, "
    "clicked_at_us, replied_at_us, bounced_at_us, answered_at_us, unsubscribed_at_us, not_after_at_us";

MailRecord read(const Row& row) {
  MailRecord mail;
  std::size_t at = 0;
  mail.id = row.id<MailId>(at++);
  mail.unique_key = row.text(at++);
  mail.kind = row.text(at++);
  mail.definition = row.text(at++);
  mail.version = row.integer(at++);
  mail.purpose = purpose_from(row.text(at++)).value_or(Purpose::service);
  mail.account = row.id<core::AccountId>(at++);
  mail.contact = row.id<core::ContactId>(at++);
  mail.address = row.text(at++);
  mail.language = core::language_from_tag(row.text(at++));
  mail.sender = row.id<core::UserId>(at++);
  mail.source = row.text(at++);
  mail.values_json = row.text(at++);
  mail.ordered_by = row.text(at++);
  mail.invitation = row.id<MailId>(at++);
  mail.state = state_from(row.text(at++)).value_or(State::unclear);
  mail.reason = row.text(at++);
  mail.words.en = row.text(at++);
  mail.words.ja = row.text(at++);
  mail.ordered_at = row.instant(at++);
  mail.next_at = row.instant(at++);
  mail.attempts = row.integer(at++);
  mail.first_failed_at = row.maybe_instant(at++);
  mail.message_id = row.text(at++);
  mail.subject = row.text(at++);
  mail.text = row.text(at++);
  mail.html = row.text(at++);
  for (auto* instant : {&mail.sent_at, &mail.opened_at, &mail.clicked_at, &mail.replied_at, &mail.bounced_at,
                        &mail.answered_at, &mail.unsubscribed_at}) {
    *instant = row.maybe_instant(at++);
  }
  mail.not_after = row.maybe_instant(at++);
  return mail;
}

// "%" and "_" of a prefix are themselves.
std::string like(std::string_view text, bool anywhere) {
  std::string pattern = anywhere ? "%" : "";
  for (const char sign : text) {
    if (sign == '%' || sign == '_' || sign == '\\') pattern += '\\';
    pattern += sign;
  }
  return pattern + '%';
}

struct Where {
  std::string sql = "1 = 1";
  Values values;

  std::string bind(const Value& value) {
    values.push_back(value);
    return fmt::format(":{}", values.size());
  }
  void equal(std::string_view column, const auto& maybe) {
    if (maybe) sql += fmt::format(" AND {} = {}", column, bind(*maybe));
  }
};

Where where_of(const MailFilter& filter) {
  Where where;
  where.equal("state", filter.state);
  where.equal("reason", filter.reason);
  where.equal("kind", filter.kind);
  where.equal("definition", filter.definition);
  where.equal("purpose", filter.purpose);
  where.equal("account_id", filter.account);
  where.equal("contact_id", filter.contact);
  if (filter.source_prefix) {
    where.sql += fmt::format(" AND source LIKE {} ESCAPE '\\'", where.bind(like(*filter.source_prefix, false)));
  }
  if (filter.ordered_from) where.sql += fmt::format(" AND ordered_at_us >= {}", where.bind(*filter.ordered_from));
  if (filter.ordered_until) where.sql += fmt::format(" AND ordered_at_us < {}", where.bind(*filter.ordered_until));
  if (filter.search) {
    std::string any = fmt::format("subject LIKE {} ESCAPE '\\'", where.bind(like(*filter.search, true)));
    any += fmt::format(" OR address LIKE {} ESCAPE '\\'", where.bind(like(*filter.search, true)));
    for (const auto account : filter.named_accounts) any += fmt::format(" OR account_id = {}", where.bind(account));
    where.sql += fmt::format(" AND ({})", any);
  }
  return where;
}

std::vector<core::Instant> instants(Session& session, std::string_view sql, const Values& values) {
  std::vector<core::Instant> found;
  for (const auto& row : session.query(sql, values)) found.push_back(row.instant(0));
  return found;
}

}  // namespace

namespace store {

std::optional<MailRecord> find(Session& session, MailId id) {
  const auto row = session.query_one(fmt::format("SELECT {} FROM mail WHERE id = :1", columns), {id});
  return row ? std::optional(read(*row)) : std::nullopt;
}

std::optional<MailRecord> find(Session& session, std::string_view unique_key) {
  const auto row = session.query_one(fmt::format("SELECT {} FROM mail WHERE unique_key = :1", columns), {unique_key});
  return row ? std::optional(read(*row)) : std::nullopt;
}

void insert(Session& session, const MailRecord& mail) {
  session.execute(
      "INSERT INTO mail (id, unique_key, kind, definition, definition_version, purpose, account_id, contact_id, "
      "address, language, sender_id, source, ordered_values, ordered_by, invitation_id, state, reason, words_en, "
      "words_ja, ordered_at_us, next_at_us, attempts, claimed_by, message_id, subject, text_body, html_body, "
      "on_timeline, not_after_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :16, "
      ":17, :18, :19, "
      ":20, :21, 0, '', '', :22, '', '', 0, :23)",
      {mail.id,          mail.unique_key,
       mail.kind,        mail.definition,
       mail.version,     word_of(mail.purpose),
       mail.account,     mail.contact,
       mail.address,     core::language_tag(mail.language),
       mail.sender,      mail.source,
       mail.values_json, mail.ordered_by,
       mail.invitation,  word_of(mail.state),
       mail.reason,      mail.words.en,
       mail.words.ja,    mail.ordered_at,
       mail.next_at,     mail.subject,
       mail.not_after});
}

bool move(Session& session, const MailRecord& mail, State from) {
  const bool is_moved =
      session.execute(
          "UPDATE mail SET state = :1, reason = :2, words_en = :3, words_ja = :4, next_at_us = :5, attempts = :6, "
          "first_failed_at_us = :7, message_id = :8, subject = :9, text_body = :10, html_body = :11, sent_at_us = "
          ":12, address = :13, language = :14, bounced_at_us = :15, claimed_by = '', claimed_until_at_us = NULL "
          "WHERE id = :16 AND state = :17",
          {word_of(mail.state), mail.reason, mail.words.en, mail.words.ja, mail.next_at, mail.attempts,
           mail.first_failed_at, mail.message_id, mail.subject, mail.text, mail.html, mail.sent_at, mail.address,
           core::language_tag(mail.language), mail.bounced_at, mail.id, word_of(from)}) == 1;
  if (is_moved && mail.kind == notice_kind && mail.state != State::queued) {
    session.execute("UPDATE mail SET ordered_values = '{}' WHERE id = :1", {mail.id});
  }
  return is_moved;
}

void add_event(Session& session, MailId mail, core::Instant at, std::string_view event, const core::Text& words,
               std::string_view by) {
  session.execute(
      "INSERT INTO mail_event (id, mail_id, at_us, event, words_en, words_ja, by_name) VALUES (:1, :2, :3, :4, :5, :6, "
      ":7)",
      {platform::records::new_id(), mail, at, event, words.en, words.ja, by});
}

void add_untold(Session& session, MailId mail, Happening happening, core::Instant at, const core::Text& words,
                std::optional<double> score) {
  session.execute(
      "INSERT INTO mail_untold (id, mail_id, happening, at_us, score, words_en, words_ja) VALUES (:1, :2, :3, :4, :5, "
      ":6, :7)",
      {platform::records::new_id(), mail, word_of(happening), at, score, words.en, words.ja});
}

Traffic traffic(Session& session, const std::string& address, core::Instant since, MailId except) {
  Traffic traffic;
  traffic.sent = instants(session,
                          "SELECT COALESCE(sent_at_us, next_at_us) FROM mail WHERE address = :1 AND state IN ('sent', "
                          "'sending', 'unclear') AND COALESCE(sent_at_us, next_at_us) > :2 AND id <> :3 AND "
                          "kind <> 'notice'",
                          {address, since, except});
  traffic.planned = instants(session,
                             "SELECT next_at_us FROM mail WHERE address = :1 AND state = 'queued' AND id <> :2 AND "
                             "invitation_id = 0 AND kind <> 'notice'",
                             {address, except});
  return traffic;
}

std::vector<core::Instant> survey_invitations(Session& session, core::ContactId contact, core::Instant since) {
  return instants(session,
                  "SELECT COALESCE(sent_at_us, next_at_us) FROM mail WHERE contact_id = :1 AND kind = 'survey' AND "
                  "invitation_id = 0 AND state IN ('queued', 'sending', 'sent', 'unclear') AND COALESCE(sent_at_us, "
                  "next_at_us) > :2",
                  {contact, since});
}

std::vector<core::Instant> csat_invitations(Session& session, core::AccountId account, core::Instant since,
                                            std::span<const std::string> csat_surveys) {
  std::vector<core::Instant> found;
  for (const auto& survey : csat_surveys) {
    const auto of_survey =
        instants(session,
                 "SELECT COALESCE(sent_at_us, next_at_us) FROM mail WHERE account_id = :1 AND kind = 'survey' AND "
                 "definition = :2 AND invitation_id = 0 AND state IN ('queued', 'sending', 'sent', 'unclear') AND "
                 "COALESCE(sent_at_us, next_at_us) > :3",
                 {account, survey, since});
    found.insert(found.end(), of_survey.begin(), of_survey.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<MailRecord> next_due(Session& session, core::Instant now) {
  // Somebody waits for a notice: it does not stand behind a thousand others.
  auto row = session.query_one(
      fmt::format(
          "SELECT {} FROM mail WHERE kind = 'notice' AND definition = '' AND state = 'queued' AND next_at_us <= "
          ":1 ORDER BY next_at_us, id LIMIT 1",
          columns),
      {now});
  if (!row) {
    row = session.query_one(
        fmt::format("SELECT {} FROM mail WHERE state = 'queued' AND next_at_us <= :1 ORDER BY next_at_us, id LIMIT 1",
                    columns),
        {now});
  }
  return row ? std::optional(read(*row)) : std::nullopt;
}

bool claim(Session& session, MailId id, const std::string& claimant, core::Instant until) {
  return session.execute(
             "UPDATE mail SET state = 'sending', claimed_by = :1, claimed_until_at_us = :2 WHERE id = :3 AND state = "
             "'queued'",
             {claimant, until, id}) == 1;
}

std::vector<MailId> abandoned(Session& session, const std::string& node, const std::string& process,
                              core::Instant now) {
  std::vector<MailId> mails;
  for (const auto& row :
       session.query("SELECT id, claimed_by, claimed_until_at_us FROM mail WHERE state = 'sending'")) {
    const auto claimant = row.text(1);
    const bool of_dead_process = claimant != process && claimant.starts_with(node + "/");
    if (of_dead_process || row.is_null(2) || row.instant(2) < now) mails.push_back(row.id<MailId>(0));
  }
  return mails;
}

std::vector<MailRecord> list(Session& session, const MailFilter& filter, core::PageRequest page) {
  auto where = where_of(filter);
  const auto limit = where.bind(page.limit);
  const auto offset = where.bind(page.offset);
  std::vector<MailRecord> mails;
  for (const auto& row :
       session.query(fmt::format("SELECT {} FROM mail WHERE {} ORDER BY ordered_at_us DESC, id DESC LIMIT {} OFFSET {}",
                                 columns, where.sql, limit, offset),
                     where.values)) {
    mails.push_back(read(row));
  }
  return mails;
}

void each(Session& session, const MailFilter& filter, const std::function<void(const MailRecord&)>& visit) {
  const auto where = where_of(filter);
  session.each(fmt::format("SELECT {} FROM mail WHERE {} ORDER BY ordered_at_us, id", columns, where.sql), where.values,
               [&](const Row& row) { visit(read(row)); });
}

std::map<std::string, std::int64_t> counts_by_state(Session& session, MailFilter filter) {
  filter.state.reset();
  const auto where = where_of(filter);
  std::map<std::string, std::int64_t> counts;
  for (const auto& row : session.query(
           fmt::format("SELECT state, COUNT(*) FROM mail WHERE {} GROUP BY state", where.sql), where.values)) {
    counts[row.text(0)] = row.integer(1);
  }
  return counts;
}

std::map<std::pair<std::string, std::string>, Counts> counts_by_definition(Session& session) {
  std::map<std::pair<std::string, std::string>, Counts> all;
  for (const auto& row : session.query(
           "SELECT kind, definition, state, COUNT(*), COUNT(bounced_at_us), COUNT(opened_at_us), COUNT(clicked_at_us), "
           "COUNT(replied_at_us), COUNT(unsubscribed_at_us) FROM mail GROUP BY kind, definition, state")) {
    auto& counts = all[{row.text(0), row.text(1)}];
    const auto state = row.text(2);
    if (state == "sent") counts.sent += row.integer(3);
    if (state == "queued") counts.queued += row.integer(3);
    if (state == "refused") counts.refused += row.integer(3);
    counts.bounced += row.integer(4);
    counts.opened += row.integer(5);
    counts.clicked += row.integer(6);
    counts.replied += row.integer(7);
    counts.unsubscribed += row.integer(8);
  }
  return all;
}

std::vector<MailEvent> events(Session& session, MailId mail) {
  std::vector<MailEvent> found;
  for (const auto& row : session.query(
           "SELECT at_us, event, words_en, words_ja, by_name FROM mail_event WHERE mail_id = :1 ORDER BY id", {mail})) {
    found.push_back({row.instant(0), row.text(1), {row.text(2), row.text(3)}, row.text(4)});
  }
  return found;
}

std::vector<MailRecord> without_timeline(Session& session, int most) {
  std::vector<MailRecord> mails;
  for (const auto& row : session.query(
           fmt::format("SELECT {} FROM mail WHERE on_timeline = 0 AND state = 'sent' LIMIT :1", columns), {most})) {
    mails.push_back(read(row));
  }
  return mails;
}

void set_on_timeline(Session& session, MailId mail) {
  session.execute("UPDATE mail SET on_timeline = 1 WHERE id = :1", {mail});
}

std::int64_t waiting(Session& session, core::Instant now) {
  return session.query_one("SELECT COUNT(*) FROM mail WHERE state = 'queued' AND next_at_us <= :1", {now})->integer(0);
}

Untold untold(Session& session, int most) {
  Untold found;
  for (const auto& row : session.query(
           "SELECT u.id, u.mail_id, m.account_id, m.contact_id, m.source, m.unique_key, u.happening, u.at_us, u.score, "
           "u.words_en, u.words_ja FROM mail_untold u JOIN mail m ON m.id = u.mail_id ORDER BY u.id LIMIT :1",
           {most})) {
    found.ids.push_back(row.integer(0));
    MailChange change;
    change.mail = row.id<MailId>(1);
    change.account = row.id<core::AccountId>(2);
    change.contact = row.id<core::ContactId>(3);
    change.source = row.text(4);
    change.unique_key = row.text(5);
    for (const auto happening :
         {Happening::sent, Happening::failed, Happening::unclear, Happening::bounced, Happening::opened,
          Happening::clicked, Happening::replied, Happening::unsubscribed, Happening::answered, Happening::refused}) {
      if (row.text(6) == word_of(happening)) change.happening = happening;
    }
    change.at = row.instant(7);
    change.score = row.maybe_number(8);
    change.words = {row.text(9), row.text(10)};
    found.changes.push_back(std::move(change));
  }
  return found;
}

void mark_told(Session& session, std::span<const std::int64_t> ids) {
  for (const auto id : ids) session.execute("DELETE FROM mail_untold WHERE id = :1", {id});
}

void set_links(Session& session, MailId mail, std::span<const std::string> urls) {
  for (std::size_t i = 0; i < urls.size(); ++i) {
    session.execute(
        "INSERT INTO mail_link (mail_id, number, url) VALUES (:1, :2, :3) ON CONFLICT (mail_id, number) DO UPDATE SET "
        "url = excluded.url",
        {mail, static_cast<std::int64_t>(i), urls[i]});
  }
}

std::optional<std::string> link(Session& session, MailId mail, std::int64_t number) {
  const auto row = session.query_one("SELECT url FROM mail_link WHERE mail_id = :1 AND number = :2", {mail, number});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

bool mark_first(Session& session, MailId mail, std::string_view column, core::Instant at) {
  return session.execute(fmt::format("UPDATE mail SET {0} = :1 WHERE id = :2 AND {0} IS NULL", column), {at, mail}) ==
         1;
}

}  // namespace store
}  // namespace banso::outreach
