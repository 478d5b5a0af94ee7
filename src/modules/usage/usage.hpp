// Usage: what the vendor's product reports about its users. Intake of events (Segment's HTTP API, and batches from
// imports), the catalogue of features, and the daily facts that measures are computed from.
//
// The way of an event:  intake or append_events → matched to an account and a person → event store (raw, durable)
//                       → refresh: daily facts of the touched account-days in the mart → on_usage_changed listeners.
//
// Threading: a Service is shared between threads. Listeners run on the thread that refreshed; they must be quick.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/batch.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/paging.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/journal/journal.hpp"
#include "platform/records/records.hpp"
#include "platform/records/version_log.hpp"

namespace banso::usage {

// A feature's id is small (1, 2, 3, ...), so that columns of facts can hold it in 32 bits.
using FeatureId = core::Id<struct FeatureTag>;

// ---------------------------------------------------------------------------------------------------------------------
// What usage asks of its neighbours; the app ties these to the modules customers and revenue.

struct ContactReference {
  core::ContactId id;
  core::AccountId account;
  std::string name;
  std::string email;  // empty if it has none
};

class AccountDirectory {
 public:
  virtual ~AccountDirectory() = default;
  virtual std::map<std::string, core::AccountId> by_external_ids(std::span<const std::string> external_ids) = 0;
  // Only where exactly one account has it; several say nothing. Addresses and domains come in lower case.
  virtual std::optional<core::AccountId> by_email_domain(std::string_view domain) = 0;
  virtual std::optional<core::AccountId> by_contact_email(std::string_view email) = 0;
  virtual bool exists(core::AccountId account) = 0;
  // Names for display; accounts that do not exist (any more) are left out.
  virtual std::map<core::AccountId, std::string> names(std::span<const core::AccountId> /*accounts*/) { return {}; }
  virtual void each_contact(const std::vector<core::AccountId>& accounts,  // empty: all
                            const std::function<void(const ContactReference&)>& visit) = 0;
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<platform::events::EventStore> events;
  std::shared_ptr<platform::duckdb::Database> mart;
  std::shared_ptr<AccountDirectory> accounts;
  // Licensed seats of an account on a day; nothing where no contract says so. May be empty.
  std::function<std::optional<std::int64_t>(core::AccountId, core::Day)> seats;
  // The day that pages speak of where no as_of is given. Empty: today.
  std::function<core::Day()> book_day;
  // This process among those that share the records database: each counts what it took in on rows of its own.
  int node_number = 0;
  // Where events are made durable before the store has them. Null (nodes of a cluster): callers wait for the store.
  std::shared_ptr<platform::journal::Journal> journal;
  // What came in and is not stored yet may take so much memory; more is refused (unavailable).
  std::int64_t intake_limit_bytes = 192 << 20;
  // Where uploaded files of events lie until they are read.
  std::filesystem::path uploads_folder = "uploads";
};

// ---------------------------------------------------------------------------------------------------------------------
// Appending in bulk: imports and the demo.

// One row of an event log. An account is named by `account_id`, or by `account` = its external id.
struct EventInput {
  core::AccountId account_id;
  std::string account;
  std::string user;  // the person's key, unique within the account; empty: nobody in particular
  std::string name;  // "report_exported"; required
  platform::events::EventKind kind = platform::events::EventKind::track;  // track, page or screen
  core::Instant occurred_at;
  std::optional<core::Instant> known_at;  // overrides core::KnownBy for this row
  std::string message_id;                 // empty: never a duplicate
  std::string properties;                 // a JSON object, at most 32 KB; or empty
};

// Who a user is, for imports and the demo (over HTTP, `identify` says it). Ties the user to a contact by e-mail.
struct PersonInput {
  core::AccountId account_id;
  std::string user;
  std::string email;
  std::string name;
};

// ---------------------------------------------------------------------------------------------------------------------
// Sources and the catalogue of features.

struct Source {
  core::SourceId id;
  std::string name;
  bool disabled = false;
  std::string key_hint;  // the first characters of the write key; the key itself is shown once and kept as a hash
  core::Instant created_at;
  // Volumes, as the event store counts them.
  std::int64_t events = 0;
  std::int64_t unmatched = 0;
  std::optional<core::Instant> last_received_at;
  std::optional<std::int64_t> silent_after_minutes;  // nothing: learned from its rhythm; 0: never
  // More than this on average is refused for the moment (429), by each node on its own. Nothing: no limit.
  std::optional<std::int64_t> most_events_per_second;
};

struct SourceChange {  // absent: leave
  std::optional<std::string> name;
  std::optional<bool> disabled;
  std::optional<std::optional<std::int64_t>> silent_after_minutes;    // inside nothing: learned; 0: never
  std::optional<std::optional<std::int64_t>> most_events_per_second;  // inside nothing: no limit
};

struct SourceWithKey {
  Source source;
  std::string write_key;
};

struct Feature {
  FeatureId id;
  std::string key;  // stable: the first event name that made it, lower case; "page:pricing"
  core::Text name;
  std::string module;                              // the part of the product it belongs to; empty: none
  bool is_active = true;                           // using it means that a person is active
  bool ignored = false;                            // left out of every figure
  std::vector<platform::events::EventType> types;  // the event names grouped under it
  // Volumes.
  std::int64_t events = 0;
  std::optional<core::Instant> first_at;
  std::optional<core::Instant> last_at;
};

struct FeatureChange {  // absent: leave
  std::optional<core::Text> name;
  std::optional<std::string> module;
  std::optional<bool> is_active;
  std::optional<bool> ignored;
  std::optional<std::vector<platform::events::EventType>> types;  // moved here from the features that had them
  // Taken out of this feature: each becomes the feature it was by itself again. A feature keeps at least one.
  std::optional<std::vector<platform::events::EventType>> separated_types;
};

// What the events of a feature carry, discovered by itself.
struct FeatureProperty {
  std::string name;         // a path with dots where objects lie within objects: "plan.tier"
  std::string type;         // "string", "number", "boolean", "array", "object", "null"; "mixed" where several occur
  std::int64_t events = 0;  // that carried it; estimated once samples are taken
  std::vector<std::string> examples;  // a few values, shortened; none of properties that look like secrets or addresses
  core::Instant first_at;             // when such events happened
  core::Instant last_at;
};

struct FeatureProperties {
  std::vector<FeatureProperty> items;  // most events first
  bool is_estimated = false;           // a type came so often that only samples of its events were looked into
  std::int64_t observed_events = 0;    // of the feature's types, since properties are discovered
  std::int64_t more = 0;               // values under further names, beyond as many as are kept for a type
};

struct FeatureAccount {
  core::AccountId account;
  std::string name;  // empty where the account is gone
  std::int64_t events = 0;
  std::int64_t users = 0;  // distinct in the days asked for
};

// How a feature is used over all accounts.
struct FeatureUsageReport {
  std::vector<core::Day> days;
  std::vector<std::int64_t> events;      // per day
  std::vector<std::int64_t> users;       // distinct persons per day; exact, for a person belongs to one account
  std::vector<FeatureAccount> accounts;  // most events first, at most 20
};

// ---------------------------------------------------------------------------------------------------------------------
// What came in, per source: for the intake page, the live feed and the metrics.

struct IntakeCounts {
  std::int64_t accepted = 0;    // acknowledged and new
  std::int64_t duplicates = 0;  // acknowledged; the same message was there
  std::int64_t late = 0;        // of the accepted: happened more than a day before receipt
  std::int64_t refused = 0;
  std::int64_t quarantined = 0;  // of the refused: kept, so that they can be mended
};

struct IntakeMinute {
  core::Instant at;  // its beginning
  IntakeCounts counts;
};

// Whether a source has gone quiet for longer than it ever does.
struct Silence {
  // After so much quiet a source is silent. Nothing: never, or not known yet (less than a day of history).
  std::optional<std::int64_t> expected_gap_minutes;
  std::optional<core::Instant> silent_since;  // when its last event came; nothing: it is not silent
};

struct SourceIntake {
  core::SourceId id;
  std::string name;
  bool disabled = false;
  std::optional<std::int64_t> silent_after_minutes;  // as set: nothing = learned by itself, 0 = never
  Silence silence;
  IntakeCounts counts;              // since the source was made
  std::int64_t quarantine_now = 0;  // waiting to be mended
  std::int64_t unmatched_now = 0;   // stored, but of no account yet
  std::optional<core::Instant> last_received_at;
  std::map<std::string, std::int64_t> refused_by_reason;
  std::vector<IntakeMinute> minutes;  // the last 60, oldest first
};

struct IntakeReport {
  std::vector<SourceIntake> sources;
  std::int64_t unknown_key_refusals = 0;
};

// What came in over HTTP and waits for the store, and how long it takes until it is there.
struct IntakeStatus {
  std::int64_t waiting_events = 0;
  bool is_behind = false;  // so much waits that the store is the bottleneck: derived figures are late anyway
  std::int64_t waiting_bytes = 0;
  std::int64_t limit_bytes = 0;
  std::optional<double> lag_ms_p50;  // receipt to store, of the latest bodies
  std::optional<double> lag_ms_p99;
};

struct SourceSilence {
  core::SourceId source;
  std::string name;
  bool is_silent = false;  // false: it speaks again
  std::optional<core::Instant> last_received_at;
  std::int64_t expected_gap_minutes = 0;
};
using SilenceListener = std::function<void(const SourceSilence&)>;

// ---------------------------------------------------------------------------------------------------------------------
// Daily facts, for the book of the health module.

struct UsageDayQuery {
  std::vector<core::AccountId> accounts;  // empty: all
  std::optional<core::Day> from;          // inclusive
  std::optional<core::Day> to;            // inclusive
};

// A piece of the daily facts in columns, ordered by account, day and person; valid during the visitor's call.
// Several entries may have the same (account, day, person, feature): their events add up. Ignored features are left
// out. An entry counts at `as_of` if both its day and its known_day are not after as_of.
struct UsageDays {
  std::span<const std::int64_t> account_ids;
  std::span<const std::int32_t> days;            // days since 1970-01-01
  std::span<const std::int32_t> person_numbers;  // of Person::number; 0: nobody (an event without a user)
  std::span<const std::int32_t> feature_ids;     // FeatureId::value
  std::span<const std::int32_t> events;
  std::span<const std::int32_t> known_days;
  std::size_t size() const { return days.size(); }
};
using UsageDayVisitor = std::function<void(const UsageDays&)>;

// The use of one feature by an account before some day: the first and the last of its days.
struct UsageOutline {
  core::AccountId account;
  FeatureId feature;
  core::Day first_day;
  core::Day last_day;
};

struct Person {
  std::int32_t number = 0;  // unique over all accounts; stays while the mart is not rebuilt
  core::AccountId account;
  std::string user_key;
  std::string name;         // from identify or the contact; empty if unknown
  std::string email;        // likewise
  core::ContactId contact;  // the contact of that account with the same e-mail; none if unknown
};

struct ChangedAccount {
  core::AccountId account;
  core::Day first_day;  // the earliest day whose facts changed: late events change history
};

// What a refresh changed.
struct UsageChange {
  std::vector<ChangedAccount> accounts;  // sorted by account, each once
  // The earliest receipt among the events behind it; nothing where the change is none of events (the catalogue).
  std::optional<core::Instant> received_since;
};
using UsageListener = std::function<void(const UsageChange&)>;

// ---------------------------------------------------------------------------------------------------------------------

class Service {
 public:
  // Makes the tables of the mart if they are missing. The records database must be migrated.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // The kind of job "bulk_upload", which reads uploaded files of events. Before jobs.start(); `jobs` must live as long.
  virtual void register_jobs(platform::jobs::Jobs& jobs) = 0;

  // Refreshes in the background, within a second of what arrived.
  virtual void start() = 0;
  virtual void stop() = 0;

  // Bulk intake: outcomes in the order of the rows; created = stored, unchanged = a duplicate, rejected = see its
  // errors (fields as in EventInput). Bad rows do not stop good ones; the good ones are durable when this returns. Best
  // in batches of some 10,000 rows. Daily facts follow by the background refresh, or call refresh() after the last
  // batch. The Result is an error only when the caller may not write at all (csm and up may).
  virtual core::Result<std::vector<core::RowOutcome>> append_events(const platform::records::Provenance& provenance,
                                                                    std::span<const EventInput> batch,
                                                                    core::BatchOptions options = {}) = 0;
  virtual void upsert_people(std::span<const PersonInput> people) = 0;
  virtual std::int64_t remove_import(core::ImportId import) = 0;  // events removed
  virtual std::int64_t erase_person(core::AccountId account, const std::string& user_key) = 0;

  // Brings the daily facts up to date with the event store; calls the listeners; returns the accounts that changed.
  // Safe to call at any time, from any thread; doing it twice changes nothing.
  virtual std::vector<core::AccountId> refresh() = 0;
  virtual void rebuild_daily_facts() = 0;  // from nothing
  virtual void on_usage_changed(UsageListener listener) = 0;

  // Tries again to match events that belong to no account; returns how many found theirs. accounts_changed() says that
  // it may be worth it (accounts, domains or contacts were added): cheap, the background thread does the rest.
  virtual std::int64_t rematch_unmatched() = 0;
  virtual void accounts_changed() = 0;
  // By hand: all events of what the sender called `group_key` belong to that account, also those to come.
  virtual core::Result<std::int64_t> assign_group(core::SourceId source, const std::string& group_key,
                                                  core::AccountId account, const core::Caller& caller) = 0;

  // Daily facts and who the persons are.
  virtual void read_usage_days(const UsageDayQuery& query, const UsageDayVisitor& visit) = 0;
  // What there was before `before`, in brief: by account; a feature may come several times. Ignored ones are left out.
  virtual std::vector<UsageOutline> usage_outline(const std::vector<core::AccountId>& accounts, core::Day before) = 0;
  virtual std::vector<Person> persons(
      const std::vector<core::AccountId>& accounts) = 0;  // empty: all; by account, number
  virtual std::optional<core::Day> last_activity_day(core::AccountId account, core::Day as_of) = 0;

  // The catalogue. Everybody signed in reads it; leaders change it.
  virtual std::vector<Feature> features() = 0;
  virtual core::Result<Feature> change_feature(FeatureId id, const FeatureChange& change,
                                               const core::Caller& caller) = 0;
  // Names events before or after they arrive, e.g. from an event_type table: creates the feature where it is new.
  virtual core::Result<Feature> define_feature(const platform::events::EventType& type, const FeatureChange& change,
                                               const core::Caller& caller) = 0;

  // Of this node; cheap.
  virtual IntakeStatus intake_status() = 0;

  virtual core::Result<FeatureProperties> feature_properties(FeatureId id) = 0;
  // Days inclusive, at most 400.
  virtual core::Result<FeatureUsageReport> feature_usage(FeatureId id, core::Day from, core::Day to) = 0;

  // What came in, of all nodes; cheap enough to be asked twice a second. Whoever shows it checks for leaders.
  virtual IntakeReport intake_report() = 0;
  // JSON of the live topic "intake": figures and events that changed since the last call; empty if none did. For one
  // caller, who passes it on.
  virtual std::string live_intake() = 0;
  // Called when a source falls silent and when it speaks again, from the background thread.
  virtual void on_source_silent(SilenceListener listener) = 0;

  // Sources. Admins only.
  virtual core::Result<std::vector<Source>> sources(const core::Caller& caller) = 0;
  virtual core::Result<SourceWithKey> create_source(const std::string& name, const core::Caller& caller) = 0;
  virtual core::Result<SourceWithKey> rotate_key(core::SourceId id, const core::Caller& caller) = 0;
  virtual core::Result<Source> change_source(core::SourceId id, const SourceChange& change,
                                             const core::Caller& caller) = 0;

  // Segment's tracking API (/v1/...) and the read API; see api/usage.yaml.
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::usage
