// The event store: raw, append-only product usage. A port; adapters are DuckDB in a file (this folder) and, for those
// who outgrow one machine, a ClickHouse cluster. Every adapter passes the suite in conformance_test.cpp.
//
// What is stored is what arrived plus two resolved columns, account_id and person_key, which rematch() may correct
// later (a person is tied to an account, an anonymous visitor logs in); what they were resolved from is kept beside
// them, so every match can be undone. Nothing else of a row ever changes.
//
// Two times: occurred_at (when it happened) and received_at (since when Banso counts as knowing it). Days are calendar
// days of occurred_at in the workspace's time zone (Settings::day_offset_minutes). A user-day's known_day is the day of
// received_at, in the same zone.
//
// Identity: (source, message_id) counts once, no matter how often it is appended, also within one batch. An adapter may
// forget what it stored more than 8 days ago, but not towards events of imports: those count once for ever. An empty
// message_id says that the caller vouches for uniqueness itself.
// A person is (account_id, person_key): two accounts may both have a user "2".
//
// Threading: all functions may be called from any thread. Reads see whole appends only. Failures of the disk or the
// database are exceptions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/paging.hpp"
#include "core/time.hpp"

namespace banso::platform::events {

// Stored as these numbers: never renumber.
enum class EventKind : std::uint8_t { track = 0, page = 1, screen = 2, identify = 3, group = 4, alias = 5 };

// identify, group and alias say who somebody is; they are kept, but they are not usage.
constexpr bool is_usage(EventKind kind) {
  return kind <= EventKind::screen;
}
std::string_view to_string(EventKind kind);  // "track", "page", ...

// How account_id of a row was found. Stored as these numbers: never renumber.
enum class MatchedBy : std::uint8_t {
  nothing = 0,       // account_id is 0: waits to be matched
  given = 1,         // the caller named the account (imports)
  group_id = 2,      // groupId of the call or of its context
  group_call = 3,    // an earlier or later `group` call of the same person
  contact = 4,       // the person's e-mail address is a contact's
  email_domain = 5,  // the domain of the person's e-mail address is an account's
  hand = 6,          // a user of Banso assigned it
};

// What a thing done is called: a page "Home" and a tracked event "Home" are two things.
struct EventType {
  EventKind kind = EventKind::track;
  std::string name;
  auto operator<=>(const EventType&) const = default;
};

struct Event {
  core::SourceId source;
  std::string message_id;  // empty: not deduplicated
  core::Instant occurred_at;
  core::Instant received_at;
  core::AccountId account;  // none: not matched yet
  MatchedBy matched_by = MatchedBy::nothing;
  std::string group_key;     // the account as the sender named it; empty if it did not
  std::string person_key;    // as resolved; empty: nobody (a machine), counts as an event but not as a user
  std::string user_id;       // as sent; empty if none
  std::string anonymous_id;  // as sent; empty if none
  EventKind kind = EventKind::track;
  std::string name;
  std::string properties;  // a JSON object, or empty
  core::ImportId import;   // none: came over HTTP
};

struct StoredEvent {
  std::int64_t event_no = 0;  // increasing in the order of storing
  Event event;
};

struct AppendOutcome {
  std::int64_t stored = 0;
  std::vector<std::uint32_t> duplicates;  // positions in the batch that were stored before (or earlier in the batch)
};

struct AccountDay {
  core::AccountId account;
  core::Day day;
  auto operator<=>(const AccountDay&) const = default;
};

// What changed in (since, until]; positions grow with every write. Begin with position 0.
struct Changes {
  std::int64_t until = 0;  // to ask with the next time
  // Rows were added whose account-days are not in `rewritten`: user_days_added() tells them.
  bool has_added = false;
  // Account-days whose rows must be read anew with user_days_of(): rows were changed or removed, or the store cannot
  // tell what is new. Sorted, each once; account 0 stands for "not matched".
  std::vector<AccountDay> rewritten;
};

// Which rows a read considers. Empty members do not restrict. Days are inclusive.
struct Selection {
  std::vector<core::AccountId> accounts;
  std::optional<core::Day> from;
  std::optional<core::Day> to;
  std::optional<core::Instant> known_until;  // "as known on": received_at not after this
};

// A piece of the user-day table, in columns; valid during the call of the visitor. One entry per (account, day, person,
// kind, name, known_day).
struct UserDays {
  std::span<const std::int64_t> account_ids;
  std::span<const std::int32_t> days;
  std::span<const std::string_view> person_keys;
  std::span<const EventKind> kinds;
  std::span<const std::string_view> names;
  std::span<const std::int64_t> events;
  std::span<const std::int32_t> known_days;
  std::span<const std::int64_t> received_at_us;  // the earliest receipt among the rows of the entry
  std::size_t size() const { return days.size(); }
};
using UserDayVisitor = std::function<void(const UserDays&)>;

struct DailyCount {
  core::AccountId account;
  core::Day day;
  EventType type;
  std::int64_t events = 0;
  std::int64_t users = 0;  // distinct persons, exact
};

struct TimelineQuery {
  core::AccountId account;
  std::optional<std::string> person_key;
  std::vector<EventType> types;  // empty: all
  std::optional<core::Day> from;
  std::optional<core::Day> to;
  std::optional<core::Instant> known_until;
  core::PageRequest page;
};

struct PeopleQuery {
  core::AccountId account;
  core::Day window_from;           // the window that *_in_window speak of, inclusive
  core::Day window_to;             // also the last day that is looked at at all
  std::vector<EventType> ignored;  // besides identify, group and alias, which never count
  std::optional<core::Instant> known_until;
  core::PageRequest page;
};

struct Person {
  std::string person_key;
  std::int64_t events_in_window = 0;
  std::int64_t days_active_in_window = 0;
  std::int64_t types_in_window = 0;
  core::Instant first_seen_at;
  core::Instant last_seen_at;
};

struct TypeVolume {
  EventType type;
  std::int64_t events = 0;
  core::Instant first_at;
  core::Instant last_at;
};

struct SourceVolume {
  core::SourceId source;
  std::int64_t events = 0;
  std::int64_t unmatched = 0;
  core::Instant last_received_at;
};

struct Totals {
  std::int64_t events = 0;
  std::int64_t unmatched = 0;
  std::optional<core::Instant> first_occurred_at;
  std::optional<core::Instant> last_occurred_at;
  std::optional<core::Instant> last_received_at;
};

// Events that belong to no account yet, by what the sender called the account, or by person where it named none.
struct Unmatched {
  core::SourceId source;
  std::string group_key;   // empty: the sender named no account
  std::string person_key;  // only where group_key is empty
  std::int64_t events = 0;
  std::int64_t people = 0;
  core::Instant first_at;
  core::Instant last_at;
};

// Which rows to match anew, and to what.
struct Rematch {
  // Which: all that are set must hold.
  std::optional<core::SourceId> source;
  std::optional<std::string> group_key;
  std::optional<std::string> person_key;
  std::optional<std::string> user_id;  // "": those that came without one
  std::optional<std::string> anonymous_id;
  std::optional<core::AccountId> account;        // as resolved so far
  std::optional<core::Instant> occurred_from;    // inclusive
  std::optional<core::Instant> occurred_before;  // exclusive
  std::vector<MatchedBy> matched_by;             // empty: however they were matched
  // To what: what is set is written.
  std::optional<core::AccountId> to_account;
  MatchedBy to_matched_by = MatchedBy::nothing;  // goes with to_account
  std::optional<std::string> to_person_key;
};

struct Settings {
  int day_offset_minutes = 0;          // the workspace's time zone, minutes ahead of UTC
  std::string memory_limit = "384MB";  // of the database; filters of messages and buffers come to it
  int threads = 2;
};

class EventStore {
 public:
  virtual ~EventStore() = default;

  // What cuts events into days: minutes ahead of UTC. Changing it changes the day of events at once; who keeps daily
  // facts makes them anew.
  virtual int day_offset_minutes() const = 0;
  virtual void set_day_offset_minutes(int minutes) = 0;

  // Writes. Durable when they return; all or nothing; what they did shows in changes_since().
  virtual AppendOutcome append(std::span<const Event> batch) = 0;
  // Rows changed. As if one after the other, but those that follow each other with the same members set share one pass
  // over the rows; of such, no two may set the same row to something different.
  virtual std::int64_t rematch_all(std::span<const Rematch> rematches) = 0;
  std::int64_t rematch(const Rematch& rematch) { return rematch_all({&rematch, 1}); }
  virtual std::int64_t remove_import(core::ImportId import) = 0;                                  // rows removed
  virtual std::int64_t erase_person(core::AccountId account, const std::string& person_key) = 0;  // rows removed

  // The position now: changes_since(position()) is empty until something changes.
  virtual std::int64_t position() = 0;
  virtual Changes changes_since(std::int64_t position) = 0;
  // The user-days of the rows added in (since, until], both from changes_since(): to be added to those that the
  // follower has. Usage of accounts only, ordered by account and day; pairs that Changes::rewritten names may be among
  // them and must be passed over. Entries carry the earliest receipt of their rows.
  virtual void user_days_added(std::int64_t since, std::int64_t until, const UserDayVisitor& visit) = 0;
  // All user-days of these account-days, as of that position: what is added later is told by the next changes_since().
  virtual void user_days_of(std::span<const AccountDay> pairs, std::int64_t until, const UserDayVisitor& visit) = 0;

  // The user-days of a selection, ordered by account and day: usage only (is_usage), and of the accounts only (where
  // the selection names none: of all, but not what is unmatched). Streamed: memory stays bounded.
  virtual void user_days(const Selection& selection, const UserDayVisitor& visit) = 0;

  // Events and distinct users per account, day and type, ordered so; of the same rows as user_days().
  virtual std::vector<DailyCount> daily_counts(const Selection& selection) = 0;

  // Raw rows, newest first (occurred_at, then event_no).
  virtual core::Page<StoredEvent> timeline(const TimelineQuery& query) = 0;
  // Most active in the window first, then by last seen.
  virtual core::Page<Person> people(const PeopleQuery& query) = 0;
  // The last ones stored, newest first: to watch what comes in.
  virtual std::vector<StoredEvent> latest(std::optional<core::SourceId> source, int limit) = 0;
  // Most events first.
  virtual core::Page<Unmatched> unmatched(core::PageRequest page) = 0;

  virtual std::vector<TypeVolume> type_volumes() = 0;
  virtual std::vector<SourceVolume> source_volumes() = 0;
  virtual Totals totals(const Selection& selection) = 0;

  // Every row of a selection in the order of storing.
  virtual void export_events(const Selection& selection, const std::function<void(const StoredEvent&)>& visit) = 0;
};

// Events in one DuckDB file. The process that opened it holds it alone.
std::shared_ptr<EventStore> open_duckdb_store(const std::filesystem::path& file, const Settings& settings = {});
// In memory, for tests.
std::shared_ptr<EventStore> duckdb_store_in_memory(const Settings& settings = {});
// Events on a ClickHouse cluster that any number of nodes share:
// "clickhouse:http://host:8123,http://host2:8123?cluster= banso&database=banso", of every shard at least one address.
// Makes its tables. Nodes that are up at the same time have different numbers, 0 to 15. Further options: replicated=1,
// insert_quorum=N, timeout_ms=N (of a write), message_days=N. What "durable" means there is said in
// clickhouse_store.hpp.
std::shared_ptr<EventStore> open_clickhouse_store(const std::string& url, const Settings& settings = {},
                                                  int node_number = 0);

}  // namespace banso::platform::events
