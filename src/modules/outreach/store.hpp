// The module's tables of mails: orders, their states, what happened to them. Internal to the module.
#pragma once

#include "outreach.hpp"

namespace banso::outreach {

struct MailRecord {
  MailId id;
  std::string unique_key, kind, definition;
  std::int64_t version = 0;
  Purpose purpose = Purpose::service;
  core::AccountId account;
  core::ContactId contact;
  std::string address;
  core::Language language = core::Language::ja;
  core::UserId sender;
  std::string source, values_json, ordered_by;
  std::optional<core::Instant> not_after;  // of a notice
  MailId invitation;                       // of a reminder: the mail that invited
  State state = State::queued;
  std::string reason;
  core::Text words;
  core::Instant ordered_at, next_at;
  std::int64_t attempts = 0;
  std::optional<core::Instant> first_failed_at;
  std::string message_id, subject, text, html;
  std::optional<core::Instant> sent_at, opened_at, clicked_at, replied_at, bounced_at, answered_at, unsubscribed_at;

  bool is_reminder() const { return static_cast<bool>(invitation); }
};

struct MailFilter {
  std::optional<std::string> state, reason, kind, definition, source_prefix, purpose, search;
  std::optional<core::AccountId> account;
  std::optional<core::ContactId> contact;
  std::optional<core::Instant> ordered_from, ordered_until;
  std::vector<core::AccountId> named_accounts;  // whose name matches `search`
};

struct MailEvent {
  core::Instant at;
  std::string event;
  core::Text words;
  std::string by;
};

struct Counts {
  std::int64_t sent = 0, queued = 0, refused = 0, bounced = 0, opened = 0, clicked = 0, replied = 0, unsubscribed = 0;
};

// When a mail to an address was or will be handed over.
struct Traffic {
  std::vector<core::Instant> sent, planned;
};

// What is known of an untold happening.
struct Untold {
  std::vector<std::int64_t> ids;
  std::vector<MailChange> changes;
};

// Functions that take a session are parts of a caller's transaction; the others are one of their own.
namespace store {

using platform::records::Session;

std::optional<MailRecord> find(Session& session, MailId id);
std::optional<MailRecord> find(Session& session, std::string_view unique_key);
void insert(Session& session, const MailRecord& mail);
// False where the mail is no longer in `from`: somebody was faster. The words of a notice go with its end.
bool move(Session& session, const MailRecord& mail, State from);
void add_event(Session& session, MailId mail, core::Instant at, std::string_view event, const core::Text& words,
               std::string_view by = {});
// Remembers it for the listeners.
void add_untold(Session& session, MailId mail, Happening happening, core::Instant at, const core::Text& words = {},
                std::optional<double> score = {});

Traffic traffic(Session& session, const std::string& address, core::Instant since, MailId except);
std::vector<core::Instant> survey_invitations(Session& session, core::ContactId contact, core::Instant since);
std::vector<core::Instant> csat_invitations(Session& session, core::AccountId account, core::Instant since,
                                            std::span<const std::string> csat_surveys);

// The next queued mail that is due, marked as being handed over by `claimant` until then.
std::optional<MailRecord> next_due(Session& session, core::Instant now);
bool claim(Session& session, MailId id, const std::string& claimant, core::Instant until);
// Mails that a claimant that is gone was handing over. `process`: the present claimant; others of its node are gone.
std::vector<MailId> abandoned(Session& session, const std::string& node, const std::string& process, core::Instant now);

std::vector<MailRecord> list(Session& session, const MailFilter& filter, core::PageRequest page);
void each(Session& session, const MailFilter& filter, const std::function<void(const MailRecord&)>& visit);
std::map<std::string, std::int64_t> counts_by_state(Session& session, MailFilter filter);
std::map<std::pair<std::string, std::string>, Counts> counts_by_definition(Session& session);
std::vector<MailEvent> events(Session& session, MailId mail);
std::vector<MailRecord> without_timeline(Session& session, int most);
void set_on_timeline(Session& session, MailId mail);
std::int64_t waiting(Session& session, core::Instant now);

Untold untold(Session& session, int most);
void mark_told(Session& session, std::span<const std::int64_t> ids);

void set_links(Session& session, MailId mail, std::span<const std::string> urls);
std::optional<std::string> link(Session& session, MailId mail, std::int64_t number);
// Sets one of opened_at_us, clicked_at_us, ... where it is not set. True where it was.
bool mark_first(Session& session, MailId mail, std::string_view column, core::Instant at);

}  // namespace store
}  // namespace banso::outreach
