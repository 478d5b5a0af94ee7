#include "rows.hpp"

#include "platform/versioned/upsert.hpp"

namespace banso::customers {
namespace {

std::string match_key_of(const std::string& external_id, core::AccountId account, std::string_view kind,
                         std::int64_t time, std::string_view text) {
  return versioned::match_key(external_id, std::to_string(account.value) + '|' + std::string(kind) + '|' +
                                               std::to_string(time) + '|' + search_key(text));
}

std::string person_key(core::ContactId contact, const std::string& name) {
  return contact ? std::to_string(contact.value) : name;
}

}  // namespace

std::string Account::search_text() const {
  std::string text = name;
  if (!reading.empty()) text += '\n' + reading;
  if (!external_id.empty()) text += '\n' + external_id;
  for (const auto& domain : domains) text += '\n' + domain;
  return search_key(text);
}

std::string Account::sort_text() const {
  return search_key(reading.empty() ? name : reading);
}

void Account::on_row(Session& session, const Account* before, const Account* after) {
  static const std::vector<std::string> none;
  const auto& old_domains = before ? before->domains : none;
  const auto& new_domains = after ? after->domains : none;
  if (old_domains == new_domains) return;
  if (!old_domains.empty()) session.execute("DELETE FROM account_domain WHERE account_id = :1", {before->id});
  for (const auto& domain : new_domains) {
    session.execute("INSERT INTO account_domain (domain, account_id) VALUES (:1, :2) ON CONFLICT DO NOTHING",
                    {domain, after->id});
  }
}

std::string Contact::search_text() const {
  std::string text = name;
  if (!reading.empty()) text += '\n' + reading;
  if (!email.empty()) text += '\n' + email;
  return search_key(text);
}

std::string Ticket::match_key() const {
  return match_key_of(external_id, account, "", opened_at.microseconds, subject);
}

std::string Interaction::match_key() const {
  return match_key_of(external_id, account, to_word(kind), occurred_at.microseconds, subject);
}

std::string SurveyAnswer::match_key() const {
  return match_key_of(external_id, account, to_word(kind), answered_at.microseconds, person_key(contact, contact_name));
}

std::string Attendance::match_key() const {
  return match_key_of(external_id, account, to_word(kind), day.days, person_key(contact, contact_name) + '|' + title);
}

}  // namespace banso::customers
