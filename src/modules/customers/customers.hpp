// Records of customers: accounts and their hierarchy, attributes, contacts, tickets, interactions, survey answers,
// attendance, and the timeline made of them. The module's only public header.
//
// Every write leaves a version behind (platform/records/version_log.hpp), so everything can be read as known on an
// earlier day. Days are the workspace's; "as of D" means as known at the end of D, facts that happened after D left
// out.
//
// Threading: a Service is shared by all threads. Errors: core::Result; the database's own failures are exceptions.
// Roles: read_only reads; csm writes records; leader defines attributes; admin deletes accounts.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/batch.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/paging.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"
#include "platform/records/version_log.hpp"

namespace banso::customers {

using platform::records::Provenance;

// ---------------------------------------------------------------------------------------------- custom attributes

enum class AttributeType { text, number, date, yes_no, choice, money };
std::string_view to_word(AttributeType type);  // "yes_no", ... as in the API
std::optional<AttributeType> attribute_type_from(std::string_view word);

// A choice is held by its value (a std::string), like a text.
using AttributeValue = std::variant<std::string, double, core::Day, bool, core::Money>;
using Attributes = std::vector<std::pair<std::string, AttributeValue>>;  // by key, sorted

struct Choice {
  std::string value;
  core::Text label;
};

struct AttributeDefinition {
  std::string key;  // lower-case letters, digits and _; starts with a letter; never changes
  core::Text name;
  AttributeType type = AttributeType::text;
  std::vector<Choice> choices;  // for type choice
  std::string currency;         // for type money: what a bare number means
  std::int64_t used_by = 0;     // accounts that have a value (filled when listed)
  std::string managed_by{};     // the module that keeps it ("org"): read-only for people and imports; empty: theirs
};

// What a module says of a managed attribute; nothing clears it.
struct ManagedValue {
  core::AccountId account;
  std::string key;
  std::optional<AttributeValue> value;
};

// What a row says about an attribute: text as people write it (parsed by the attribute's type: "1,250", "はい",
// "2026/4/1"), or a typed value.
struct AttributeInput {
  std::string key;
  core::Patch<std::variant<std::string, AttributeValue>> value;
  static AttributeInput raw(std::string key, std::string text);
  static AttributeInput typed(std::string key, AttributeValue value);
  static AttributeInput clear(std::string key);
};

// ---------------------------------------------------------------------------------------------- inputs of batches
// One struct per row of a spreadsheet. An account is named by `account_id`, or by `account` = its external id.
// `known_at` overrides core::KnownBy for this row. A record cannot change before its newest version: a known_at
// earlier than that counts as now. So write the changes of one record oldest first.

struct AccountInput {
  core::AccountId id;             // names an existing account; else external_id does
  std::string external_id;        // the key of the upsert; required for new accounts of a batch
  core::Patch<std::string> name;  // required for new accounts
  core::Patch<std::string> reading;
  core::Patch<std::vector<std::string>> domains;  // "example.co.jp"
  core::Patch<std::string> parent;                // external id; may come later in the same file, or in another one
  core::Patch<core::AccountId> parent_id;
  core::Patch<std::string> phase;
  core::Patch<std::string> owner;  // e-mail or name of a user; kept as a bare name while no such user exists
  core::Patch<core::UserId> owner_id;
  core::Patch<std::string> industry, size, region, country, plan;
  core::Patch<core::Day> created_day;  // customer since; also when KnownBy::happening counts the account as known
  std::vector<AttributeInput> attributes;
  std::optional<core::Instant> known_at;
};

enum class ContactRole : std::uint8_t { champion = 1, executive_sponsor = 2, decision_maker = 4, admin = 8, user = 16 };
using ContactRoles = std::uint8_t;                                    // bits of ContactRole
std::optional<ContactRole> contact_role_from(std::string_view word);  // also the usual English and Japanese words

enum class Consent { unknown, given, withdrawn };

// One person on one account; a person on two accounts comes in two rows. Matched by external id, else by e-mail, else
// by name on that account.
struct ContactInput {
  core::ContactId id;
  core::AccountId account_id;
  std::string account;  // external id of the account; may be empty for a change to the person alone
  std::string external_id;
  core::Patch<std::string> name, reading, email, language;  // language: "ja", "en", ...
  core::Patch<std::string> title, department;               // on this account
  core::Patch<ContactRoles> roles;                          // on this account
  core::Patch<core::Day> first_day, left_day;               // on this account; left_day = first day no longer there
  core::Patch<Consent> consent;
  core::Patch<std::string> consent_proof;
  core::Patch<core::Instant> consent_at;
  std::optional<core::Instant> known_at;
};

enum class TicketStatus { open, pending, closed };
enum class TicketPriority { low, normal, high, urgent };

// With KnownBy::happening a new closed ticket leaves two versions: open since opened_at, closed since closed_at.
struct TicketInput {
  core::AccountId account_id;
  std::string account;
  std::string external_id;  // required
  core::Patch<std::string> subject, category;
  core::Patch<std::string> requester;  // e-mail, external id or name of a contact, or any name
  core::Patch<TicketStatus> status;    // absent: closed where closed_at is given
  core::Patch<TicketPriority> priority;
  core::Patch<core::Instant> opened_at, closed_at;  // opened_at is required for new tickets
  std::optional<core::Instant> known_at;
};

enum class InteractionKind { meeting, call, mail, note };

struct InteractionInput {
  core::InteractionId id;
  core::AccountId account_id;
  std::string account;
  std::string external_id;  // empty: account, kind, time and subject together are the key
  core::Patch<InteractionKind> kind;
  core::Patch<core::Instant> occurred_at;
  core::Patch<std::string> subject, body;
  core::Patch<std::vector<std::string>>
      participants;  // e-mails, external ids or names of contacts; others kept as names
  core::Patch<std::vector<core::ContactId>> contact_ids;
  core::Patch<std::string> author;  // who wrote or held it; absent: the caller
  std::optional<core::Instant> known_at;
};

enum class SurveyKind { nps, csat, ces, other };

struct SurveyAnswerInput {
  core::AccountId account_id;
  std::string account;
  std::string external_id;  // empty: account, contact, kind and time together are the key
  core::Patch<SurveyKind> kind;
  core::Patch<double> score, scale_max;  // scale_max absent: nps 10, csat 5, ces 7, other 10
  core::Patch<std::string> comment;
  core::Patch<std::string> contact;  // e-mail, external id or name
  core::Patch<core::Instant> answered_at;
  std::optional<core::Instant> known_at;
};

enum class AttendanceKind { content, event, community };

struct AttendanceInput {
  core::AccountId account_id;
  std::string account;
  std::string external_id;  // empty: account, contact, kind, title and day together are the key
  core::Patch<AttendanceKind> kind;
  core::Patch<std::string> title;
  core::Patch<std::string> contact;
  core::Patch<core::Day> day;
  std::optional<core::Instant> known_at;
};

// ---------------------------------------------------------------------------------------------- facts, in bulk
// What the health module reads. Every fact is one *version* of a record with the days on which the end of the day knew
// it so: visible as of D when known.from <= D < known.until. A reader runs a handful of SQL statements in all, streams,
// and visits the versions of one record oldest first; the order of records is not specified.

struct KnownSpan {
  core::Day from;
  core::Day until = still;  // exclusive
  static constexpr core::Day still{std::numeric_limits<std::int32_t>::max()};
  bool on(core::Day day) const { return from <= day && day < until; }
};

// Which accounts a reader goes over: all, or those listed (any number).
struct Selection {
  std::optional<std::vector<core::AccountId>> accounts;
  static Selection all() { return {}; }
  static Selection of(std::vector<core::AccountId> ids) { return {std::move(ids)}; }
};

struct AccountFact {
  core::AccountId account;
  KnownSpan known;
  std::string external_id, name, phase, owner_name, industry, size, region, country, plan;
  core::UserId owner;
  core::AccountId parent;
  std::optional<core::Day> created_day;
  Attributes attributes;
};

struct ContactFact {
  core::ContactId contact;
  core::AccountId account;
  KnownSpan known;
  std::string name, email;  // as of today; email in lower case
  ContactRoles roles = 0;
  std::optional<core::Day> first_day, left_day;
  std::string title{}, department{};   // on this account
  std::string reading{}, language{};   // of the person, as of today; language: "ja", "en", ... or empty
  Consent consent = Consent::unknown;  // to mail, as of today
  std::optional<core::Instant> consent_at{};
  std::string consent_proof{};
};

struct TicketFact {
  core::TicketId ticket;
  core::AccountId account;
  KnownSpan known;
  core::Day opened_day;
  std::optional<core::Day> closed_day;
  TicketStatus status = TicketStatus::open;
  TicketPriority priority = TicketPriority::normal;
  std::string category;
  std::string external_id, subject;
  core::ContactId requester;
  std::string requester_name;  // as it was given, where no such contact is known
};

struct InteractionFact {
  core::InteractionId interaction;
  core::AccountId account;
  KnownSpan known;
  InteractionKind kind = InteractionKind::note;
  core::Day day;
  std::vector<core::ContactId> contacts;
  std::string external_id, subject, body;
  std::vector<std::string> other_participants;  // as they were given, where no such contact is known
  std::string author;
};

struct SurveyFact {
  core::SurveyAnswerId answer;
  core::AccountId account;
  KnownSpan known;
  SurveyKind kind = SurveyKind::other;
  double score = 0, scale_max = 10;
  core::ContactId contact;
  core::Day day;
  std::string external_id, comment;
  std::string contact_name;  // as it was given, where no such contact is known
};

struct AttendanceFact {
  core::AttendanceId attendance;
  core::AccountId account;
  KnownSpan known;
  AttendanceKind kind = AttendanceKind::content;
  std::string title;
  core::ContactId contact;
  core::Day day;
  std::string external_id;
  std::string contact_name;  // as it was given, where no such contact is known
};

// One living account as it is now: what a list of the book shows and searches.
struct BookRow {
  core::AccountId id;
  std::string external_id, name, reading;
  std::string search_key;  // search_key() of name, reading, external id and domains: look for search_key(query) in it
  std::string sort_key;    // reading first, else name
  std::string phase, owner_name, industry, size, region, country, plan;
  core::UserId owner;  // owner_name is the user's name where there is one
  core::AccountId parent;
  std::optional<core::Day> created_day;
  Attributes attributes;
  std::vector<std::string> domains;
};

// NFKC, case folded, katakana as hiragana, runs of white space as one blank: "ヤマダ　ﾃｯｸ" and "やまだ テック" are
// equal.
std::string search_key(std::string_view text);

// ---------------------------------------------------------------------------------------------- the service

// What the module needs to know of others; wired by the application, so that there is no edge to identity.
struct Surroundings {
  std::function<std::optional<std::string>(core::UserId)> user_name;       // for display
  std::function<std::optional<core::UserId>(std::string_view)> find_user;  // by e-mail or name
  std::function<int()> utc_offset_minutes = [] { return 540; };            // of the workspace's clock
  std::function<core::Day()> book_day;                                     // absent: today
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
};

struct UndoReport {
  std::int64_t restored = 0;  // versions taken back
  // Records that somebody changed after the import: left as they are.
  struct Conflict {
    std::string entity;
    std::int64_t entity_id = 0;
    core::Text reason;
  };
  std::vector<Conflict> conflicts;

  // One kind of record more.
  void add(std::string_view entity, std::int64_t restored_versions, std::span<const std::int64_t> changed_since);
};

// One line of an account's timeline.
struct TimelineEntry {
  std::string kind;  // meeting, call, mail, note, ticket, survey, attendance, contract, level, change, phase
  std::int64_t id = 0;
  core::Instant at;
  bool whole_day = false;  // only the day of `at` is meant
  core::Text title;
  std::string body;
  std::string who;
  std::string detail;  // a JSON object
};

// What a page is asked for: as known at the end of `as_of`; nothing = everything known, up to the workspace's book day.
struct View {
  std::optional<core::Day> as_of;
};

// Another module's entries for the timeline (revenue: contracts). All entries of the account visible in that view.
using TimelineSource =
    std::function<std::vector<TimelineEntry>(core::AccountId, core::Instant known_at, core::Day day)>;

struct BulkSet {
  std::vector<core::AccountId> ids;
  core::Patch<core::UserId> owner_id;
  core::Patch<std::string> phase;
  std::vector<AttributeInput> attributes;
};
struct BulkOutcome {
  std::int64_t changed = 0;
  core::ImportId batch;  // undo_import(batch) takes it back
};

// Told after a commit which accounts have changed, so that they can be scored again. Called on the writing thread.
using ChangeListener = std::function<void(std::span<const core::AccountId>)>;

class Service {
 public:
  static std::shared_ptr<Service> make(std::shared_ptr<platform::records::Database> database,
                                       Surroundings surroundings);
  virtual ~Service() = default;

  // -- batches: one transaction each (a caller passes about 1,000 rows at a time), outcomes in the order of the rows.
  // The Result is an error only when the caller may not write at all.
  virtual core::Result<std::vector<core::RowOutcome>> upsert_accounts(const Provenance&, std::span<const AccountInput>,
                                                                      core::BatchOptions = {}) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> upsert_contacts(const Provenance&, std::span<const ContactInput>,
                                                                      core::BatchOptions = {}) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> upsert_tickets(const Provenance&, std::span<const TicketInput>,
                                                                     core::BatchOptions = {}) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> upsert_interactions(const Provenance&,
                                                                          std::span<const InteractionInput>,
                                                                          core::BatchOptions = {}) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> upsert_survey_answers(const Provenance&,
                                                                            std::span<const SurveyAnswerInput>,
                                                                            core::BatchOptions = {}) = 0;
  virtual core::Result<std::vector<core::RowOutcome>> upsert_attendance(const Provenance&,
                                                                        std::span<const AttendanceInput>,
                                                                        core::BatchOptions = {}) = 0;
  // Takes back what an import (or a bulk change) wrote, newest first. Facts that were backdated disappear from their
  // own date on; what was really known meanwhile stays in the history. Repeating it changes nothing.
  virtual core::Result<UndoReport> undo_import(const Provenance&, core::ImportId) = 0;
  // Parents named by an import that never came: external ids, each with the accounts waiting for it.
  virtual std::vector<std::pair<std::string, std::vector<core::AccountId>>> missing_parents(core::ImportId) = 0;

  // -- attributes
  virtual std::vector<AttributeDefinition> attributes() = 0;             // reads all accounts, for used_by
  virtual std::vector<AttributeDefinition> attribute_definitions() = 0;  // the same without used_by: cheap
  virtual core::Result<AttributeDefinition> define_attribute(const Provenance&,
                                                             AttributeDefinition) = 0;  // new: leader
  virtual core::Result<AttributeDefinition> change_attribute(const Provenance&,
                                                             AttributeDefinition) = 0;  // not the type
  virtual core::Result<> delete_attribute(const Provenance&, std::string_view key) = 0;
  // The attribute of that heading: found by key or name, or defined (csm may, as imports do). The key is made from the
  // heading; non-latin headings get "attribute_<n>". New choices of a choice attribute are added.
  virtual core::Result<AttributeDefinition> ensure_attribute(const Provenance&, std::string_view heading,
                                                             AttributeType type,
                                                             std::vector<std::string> choices = {}) = 0;

  // -- attributes that a module of the product keeps (`managed_by` = its name). Readers see them among the others.
  // Defines one, or brings its name and choices up to date; conflict where people have an attribute of that key.
  virtual core::Result<AttributeDefinition> define_managed(const Provenance&, AttributeDefinition) = 0;
  // At most about 1,000 values at a time; writes what differs. How many accounts changed.
  virtual core::Result<std::int64_t> set_managed(const Provenance&, std::string_view module,
                                                 std::span<const ManagedValue>) = 0;

  // -- bulk readers
  virtual void each_account(const Selection&, const std::function<void(const AccountFact&)>&) = 0;
  virtual void each_contact(const Selection&, const std::function<void(const ContactFact&)>&) = 0;
  virtual void each_ticket(const Selection&, const std::function<void(const TicketFact&)>&) = 0;
  virtual void each_interaction(const Selection&, const std::function<void(const InteractionFact&)>&) = 0;
  virtual void each_survey_answer(const Selection&, const std::function<void(const SurveyFact&)>&) = 0;
  virtual void each_attendance(const Selection&, const std::function<void(const AttendanceFact&)>&) = 0;
  virtual void each_book_row(const Selection&, const std::function<void(const BookRow&)>&) = 0;

  // -- look-ups for other modules (current records)
  virtual std::map<std::string, core::AccountId> accounts_by_external_id(std::span<const std::string>) = 0;
  virtual std::optional<core::AccountId> account_of_domain(std::string_view domain) = 0;
  // All accounts on which somebody with this e-mail address is a contact.
  virtual std::vector<std::pair<core::AccountId, core::ContactId>> contacts_by_email(std::string_view email) = 0;
  virtual bool exists(core::AccountId) = 0;
  // Those of the given accounts that exist.
  virtual std::vector<core::AccountId> existing(std::span<const core::AccountId>) = 0;
  // Who looks after the selected accounts now; accounts without an owner who is a user are left out.
  virtual std::vector<std::pair<core::AccountId, core::UserId>> owners(const Selection&) = 0;

  // -- single changes, for the API; see routes()
  virtual core::Result<core::AccountId> create_account(const Provenance&, const AccountInput&) = 0;
  virtual core::Result<> change_account(const Provenance&, const AccountInput&) = 0;  // by id
  virtual core::Result<> delete_account(const Provenance&, core::AccountId) = 0;      // hides it, keeps its history
  virtual core::Result<BulkOutcome> set_many(const Provenance&, const BulkSet&) = 0;

  virtual void add_timeline_source(TimelineSource) = 0;  // at start
  virtual void add_change_listener(ChangeListener) = 0;  // at start
  // A module that writes records of an account (revenue) says so here.
  virtual void tell_changed(std::span<const core::AccountId>) = 0;

  // /api/accounts/..., /api/contacts/..., /api/interactions/..., /api/attributes, /api/search
  virtual platform::http::Routes routes() = 0;
};

// Who changes something through the API, and why: `why` of the JSON body, or of the query. Refuses what cannot be kept.
core::Result<Provenance> provenance_of(const platform::http::Request& request);

std::span<const platform::records::Migration> migrations();

}  // namespace banso::customers
