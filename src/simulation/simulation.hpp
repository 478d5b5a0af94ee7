// A fictional vendor of a groupware product ("Tsudoi") and its customers, simulated: people who come to work, work
// less, leave; contracts that are renewed, grown, cut, ended. What happens to a contract follows, with noise, from what
// lives behind the usage (value, champion, service quality), so that a good health score can be told from a bad one.
//
// Pure and deterministic: the same options give the same rows on every machine. Accounts are independent streams of the
// seed, so any of them can be made alone, in any order, on any thread; memory is that of one account at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/money.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::simulation {

// ---- What to simulate ----

struct Options {
  int account_count = 400;  // 1 .. 1'000'000
  int month_count = 24;     // 3 .. 120: how far back from `until` usage and records reach
  std::uint64_t seed = 1;
  core::Day until;  // exclusive: the last simulated day is the day before
};

// ---- The vendor ----

enum class Module { platform, chat, calendar, files, workflow, video, administration };

struct ModuleInfo {
  Module module;
  std::string key;  // "chat"
  core::Text name;
};

// A kind of usage event as the product sends it. Its index in Vendor::features is UsageCount::feature.
struct Feature {
  std::string event_name;  // "Message Sent"
  core::Text name;
  Module module;
  bool is_active;  // false: the product acted, not the person ("Notification Delivered")
};

struct Product {
  std::string external_id;  // "tsudoi-base"
  core::Text name;
  bool is_add_on;
};

// Somebody of the vendor who looks after accounts.
struct Owner {
  std::string email;
  core::Text name;
  core::Language language;
};

struct Vendor {
  core::Text name;
  std::string time_zone;  // "Asia/Tokyo"
  std::vector<ModuleInfo> modules;
  std::vector<Feature> features;
  std::vector<Product> products;
  std::vector<Owner> owners;
};

const Vendor& vendor();

// ---- The rows of one account ----

enum class Phase { onboarding, adoption, optimisation, offboarding, churned };

struct PhaseChange {
  core::Day day;
  Phase phase;
};

struct Account {
  std::string external_id;          // "A-000123"
  std::string name;                 // in the account's own language
  std::string reading;              // katakana; empty abroad
  std::string domain;               // under .example, so that no mail can reach anybody
  std::string parent_external_id;   // empty: none. A parent always has a lower index than its subsidiaries
  std::vector<PhaseChange> phases;  // by day, at least one
  std::string industry;             // key: "manufacturing"
  int employee_count;
  std::string size_band;  // "1-9", "10-49", "50-249", "250-999", "1000+"
  std::string country;    // ISO 3166: "JP"
  std::string region;     // prefecture in Japanese ("東京都"), city or state abroad
  core::Language language;
  int utc_offset_minutes;    // of its working hours; no daylight saving
  std::string plan;          // today's: "light", "standard", "premium"
  int owner;                 // index in Vendor::owners
  core::Day customer_since;  // first day of the first contract
  // Custom attributes.
  std::string contract_channel;  // "direct", "partner", "marketplace"
  bool security_review_done;
  std::optional<core::Day> went_live_on;
  int site_count;
};

enum class ContactRole { champion, executive_sponsor, decision_maker, administrator, user };

struct Consent {
  core::Day given_on;
  std::string proof;  // how we know
};

struct Contact {
  std::string external_id;  // "A-000123-C01"
  int person;               // index in AccountHistory::persons
  std::string email;
  std::string name;
  std::string reading;     // katakana; empty abroad
  std::string title;       // may be empty
  std::string department;  // empty: not on record
  ContactRole role;
  core::Language language;
  core::Day first_day;
  std::optional<core::Day> left_on;      // left the company or the role
  std::optional<Consent> email_consent;  // none: never asked or refused
};

// Everybody who may use the product. Contacts are among them.
struct Person {
  std::string email;  // the user id in events; unique over all accounts
  std::string name;
  core::Day first_day;
  std::optional<core::Day> left_on;
};

// One agreed stretch of a product at one number of seats. A renewal, a change of seats, an added product is a new row;
// a change of seats in mid-term ends the row before at that day. MRR at a day sums the rows with start <= day < end.
struct Subscription {
  std::string external_id;  // "A-000123-S01"
  std::string product;      // Product::external_id
  std::string plan;
  int seats;                  // >= 1
  core::Money amount;         // per billing period
  int billing_period_months;  // 1 or 12
  core::Day start;
  core::Day end;         // exclusive
  core::Day agreed_end;  // exclusive: as agreed when signed; differs from end after a mid-term change
  bool auto_renewal;
  int notice_days;
  core::Day signed_on;                    // when it became known; never after start
  std::optional<core::Day> cancelled_on;  // when notice was given; nothing follows this row
  std::optional<core::Day> amended_on;    // when it became known that end comes before agreed_end
  std::int64_t discount_minor = 0;        // per billing period, taken off the list price already
};

enum class TicketPriority { low, normal, high, urgent };
enum class TicketStatus { open, pending, closed };

struct Ticket {
  std::string external_id;
  std::string subject;
  std::string category;  // "question", "bug", "performance", "billing", "request"
  TicketPriority priority;
  TicketStatus status;  // at the end of the simulation
  core::Instant opened_at;
  std::optional<core::Instant> first_response_at;
  std::optional<core::Instant> closed_at;
  std::optional<int> csat;  // 1..5
  std::string requester;    // e-mail of a person
};

enum class InteractionKind { meeting, call, mail, note };

struct Interaction {
  std::string external_id;
  InteractionKind kind;
  core::Instant at;
  std::string subject;
  std::string text;
  std::vector<std::string> participants;  // e-mails of contacts
  int owner;                              // index in Vendor::owners
};

enum class SurveyKind { nps, csat };

struct SurveyAnswer {
  std::string external_id;
  SurveyKind kind;
  int score;            // nps 0..10, csat 1..5
  int scale_max;        // 10 or 5
  std::string comment;  // may be empty
  std::string contact;  // Contact::external_id
  core::Day day;
};

enum class AttendanceKind { webinar, event, e_learning };

struct Attendance {
  std::string external_id;
  AttendanceKind kind;
  std::string title;
  std::string contact;  // Contact::external_id
  core::Day day;
};

// How often one person caused one event on one day of the account's own calendar. Sorted by day, person, feature.
struct UsageCount {
  core::Day day;
  std::uint32_t person;   // index in AccountHistory::persons
  std::uint16_t feature;  // index in Vendor::features
  std::uint32_t count;    // >= 1
};

// ---- What really went on: for tests and for judging scores, never for loading ----

enum class Archetype {
  thriving,
  steady,
  outgrowing,          // seats run out
  quiet_loyal,         // little usage, renews all the same
  silent_decline,      // usage fades for months before anybody complains
  champion_loss,       // the champion leaves, the rest may follow
  stalled_onboarding,  // never really starts
};

enum class RenewalResult { renewed, expanded, contracted, churned };
enum class OutcomeReason { none, low_value, poor_service, champion_gone, never_started, budget_cut, merger, growth };

struct RenewalDecision {
  core::Day decided_on;
  core::Day term_end;  // of the term decided about
  RenewalResult result;
  OutcomeReason reason;
};

struct Truth {
  Archetype archetype;
  double fit;                              // 0..1
  std::optional<core::Day> turning_day;    // when decline began or the champion left
  std::vector<RenewalDecision> decisions;  // inside the simulated months
  bool churned;                            // the last decision was to leave, even where the term still runs
};

struct AccountHistory {
  Account account;
  std::vector<Person> persons;
  std::vector<Contact> contacts;
  std::vector<Subscription> subscriptions;
  std::vector<Ticket> tickets;
  std::vector<Interaction> interactions;
  std::vector<SurveyAnswer> survey_answers;
  std::vector<Attendance> attendances;
  std::vector<UsageCount> usage;
  Truth truth;
};

// ---- The simulation ----

// Immutable; every member function may be called from many threads at once.
class Simulation {
 public:
  // Refuses options out of range, naming the field.
  static core::Result<Simulation> create(const Options& options);

  const Options& options() const { return options_; }
  core::Day first_day() const;  // of usage and records; contracts may be older
  int account_count() const { return options_.account_count; }

  // Everything about the account `index` (0 .. account_count() - 1): about two milliseconds for one of the core
  // business, a fifth of one for one of the long tail.
  AccountHistory account(int index) const;

 private:
  explicit Simulation(const Options& options) : options_(options) {}
  Options options_;
};

// Calls `sink` once for each single event of one usage row: instants within the working hours of the account's time
// zone, ascending, all distinct, on the row's day of the account's own calendar. The same row always gives the same
// instants. `row` must be one of `history.usage`.
void spread(const AccountHistory& history, const UsageCount& row, const std::function<void(core::Instant)>& sink);

// Stable keys for storing and for tests: "onboarding", "executive_sponsor", "urgent", "meeting", "e_learning", ...
const char* key(Phase phase);
const char* key(ContactRole role);
const char* key(TicketPriority priority);
const char* key(TicketStatus status);
const char* key(InteractionKind kind);
const char* key(SurveyKind kind);
const char* key(AttendanceKind kind);
const char* key(Archetype archetype);
const char* key(RenewalResult result);
const char* key(OutcomeReason reason);

}  // namespace banso::simulation
