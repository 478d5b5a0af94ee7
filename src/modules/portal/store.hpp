// The module's tables. Internal to the module.
#pragma once

#include <vector>

#include "core/paging.hpp"
#include "portal.hpp"

namespace banso::portal {

struct Person {
  std::int64_t id = 0;
  core::AccountId account;
  core::ContactId contact;
  std::string language;  // as the person chose; empty: the contact's
  core::Instant invited_at;
  std::string invited_by;
  outreach::MailId invitation;
  bool is_disabled = false;
  std::optional<core::Instant> first_seen_at, last_seen_at;
};

struct Link {
  std::int64_t person = 0;
  std::string cause;    // "invitation", "log_in", "plan:<id>:<version>"
  std::string address;  // where it was sent to
  core::Instant made_at, until;
};

// Who has come in by a link, or one of us who looks as they would.
struct Visit {
  core::AccountId account;
  core::ContactId contact;
  std::string address;  // proven by the link; empty where one of us looks
  core::Instant began_at, until, seen_at;
  core::UserId viewed_by;
};

struct Event {
  core::Instant at;
  core::AccountId account;
  core::ContactId contact;
  std::string event;
  core::UserId by;  // one of us
  std::string by_name;
  std::string words;
};

struct Consent {
  bool is_given = false;
  std::string by;
  core::Instant at;
};

struct Document {
  std::int64_t id = 0;
  core::AccountId account;  // none: for all
  std::string name, content_type;
  std::int64_t bytes = 0;
  core::Instant shared_at;
  std::string shared_by;
  std::int64_t downloads = 0;
};

struct Waiting {
  std::int64_t id = 0;
  std::string address;
};

// Functions that take a session are parts of a caller's transaction.
namespace store {

using platform::records::Session;

std::optional<Person> find_person(Session& session, core::AccountId account, core::ContactId contact);
std::optional<Person> find_person(Session& session, std::int64_t id);
std::vector<Person> people(Session& session, core::AccountId account);  // by id
void insert(Session& session, const Person& person);
void update(Session& session, const Person& person);  // all but account and contact

void insert(Session& session, const std::string& hash, const Link& link);
// The newest that can still be used.
std::optional<Link> open_link(Session& session, std::int64_t person, std::string_view cause, core::Instant now);
bool has_link(Session& session, std::int64_t person, std::string_view cause);
void end_links(Session& session, std::int64_t person, std::string_view cause);  // that were not used
// Uses it up. Nothing where it is unknown, too old or used: of two at once, one gets it.
std::optional<Link> take_link(Session& session, const std::string& hash, core::Instant now);

void insert(Session& session, const std::string& hash, const Visit& visit);
std::optional<Visit> find_visit(Session& session, const std::string& hash, core::Instant now);
void move_visit(Session& session, const std::string& hash, core::AccountId account, core::ContactId contact);
void touch_visit(Session& session, const std::string& hash, core::Instant now);
void end_visit(Session& session, const std::string& hash);
void end_visits(Session& session, core::AccountId account, core::ContactId contact);
void forget_old(Session& session, core::Instant now);  // links, visits and requests that have ended

std::int64_t requests_since(Session& session, const std::string& subject, core::Instant since);
void add_request(Session& session, const std::string& subject, core::Instant at, bool waits);
std::vector<Waiting> waiting_requests(Session& session, core::Instant since, int most);
bool take_request(Session& session, std::int64_t id);  // false: somebody else has

void add(Session& session, const Event& event);
core::Page<Event> events(Session& session, std::optional<core::AccountId> account, core::PageRequest page);

std::optional<Consent> consent(Session& session, core::AccountId account);
void set_consent(Session& session, core::AccountId account, core::ContactId contact, const Consent& consent);

void insert(Session& session, const Document& document, std::string_view content);
std::optional<Document> find_document(Session& session, std::int64_t id);
std::string content(Session& session, std::int64_t document);
bool remove_document(Session& session, std::int64_t id);
void count_download(Session& session, std::int64_t id);
// Those of the account and those for all; without an account, every one. Newest first.
std::vector<Document> documents(Session& session, std::optional<core::AccountId> account);

std::optional<std::string> setting(Session& session, std::string_view name);
void set_setting(Session& session, std::string_view name, std::string_view value, const std::string& by,
                 core::Instant at);

}  // namespace store
}  // namespace banso::portal
