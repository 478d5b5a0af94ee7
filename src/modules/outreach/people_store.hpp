// The module's tables of people's will: suppressions, preferences, consent; of surveys, the inbox and settings.
// Internal.
#pragma once

#include "store.hpp"

namespace banso::outreach {

struct Suppression {
  std::int64_t id = 0;
  std::string address, reason;  // bounced, unsubscribed, complaint, by_hand
  core::Instant since;
  std::string by, note;
  MailId mail;
  std::optional<core::Instant> lifted_at;
  std::string lifted_by, lifted_why;
};

struct ConsentEvent {
  std::int64_t id = 0;
  core::ContactId contact;
  core::AccountId account;
  std::string address;
  Purpose topic = Purpose::promotion;
  bool allowed = false;
  core::Instant at, recorded_at;
  std::string by, how, text_shown;
};

struct Invitation {
  MailId mail;
  std::string survey;
  std::int64_t version = 0;
  core::AccountId account;
  core::ContactId contact;
  core::Instant sent_at, closes_at;
  std::optional<core::Instant> answered_at;
  std::optional<double> score;
  std::string comment;
};

struct ReceivedRow {
  std::int64_t id = 0;
  std::string key;
  core::Instant at;
  std::string from, subject, result;  // reply, automatic, bounce, unmatched, unreadable
  core::AccountId account;
  MailId mail;
};

struct SurveyCounts {
  std::int64_t invited = 0, open = 0, answered = 0;
  std::map<int, std::int64_t> by_score;
};

namespace store {

std::optional<Suppression> suppression_of(Session& session, const std::string& address);
std::optional<Suppression> suppression(Session& session, std::int64_t id);
// The one that holds already, or the new one.
Suppression suppress(Session& session, Suppression suppression);
bool lift(Session& session, std::int64_t id, core::Instant at, const std::string& by, const std::string& why);
core::Page<Suppression> suppressions(Session& session, const std::string& search, bool with_lifted,
                                     core::PageRequest page);

// Absent: nothing was said.
std::optional<bool> preference(Session& session, const std::string& address, Purpose topic);
void set_preference(Session& session, const std::string& address, Purpose topic, bool allowed, core::Instant at);
void add_consent(Session& session, const ConsentEvent& event);
core::Page<ConsentEvent> consents(Session& session, const std::string& search, std::optional<core::ContactId> contact,
                                  core::PageRequest page);

void add_invitation(Session& session, const Invitation& invitation);
std::optional<Invitation> invitation(Session& session, MailId mail);
// Not answered and still open, newest first; at most 20.
std::vector<Invitation> waiting_invitations(Session& session, core::AccountId account, core::ContactId contact,
                                            core::Instant now);
void set_answer(Session& session, const Invitation& invitation);
std::map<std::string, SurveyCounts> survey_counts(Session& session, core::Instant now);

bool is_received(Session& session, const std::string& key);
void add_received(Session& session, const ReceivedRow& row);
core::Page<ReceivedRow> received(Session& session, const std::optional<std::string>& result, core::PageRequest page);
platform::mail::InboxPlace inbox_place(Session& session, const std::string& mailbox);
void set_inbox_place(Session& session, const std::string& mailbox, const platform::mail::InboxPlace& place);

std::optional<std::string> setting(Session& session, std::string_view name);
void set_setting(Session& session, std::string_view name, std::string_view value, const std::string& by,
                 core::Instant at);
// Keeps the value that is there already, and returns what is there then.
std::string keep_setting(Session& session, std::string_view name, std::string_view value, core::Instant at);

}  // namespace store
}  // namespace banso::outreach
