// Health: from records and events to scores on screen. Loads the book from customers, revenue and usage, evaluates it
// with the published measures and scorecards (the engine's evaluate() is the only way to a score), keeps assessments in
// the mart, and serves the book, the account's health, and home. The module's only public header.
//
//   records, usage ──► book (chunks of accounts) ──► engine::evaluate_history ──► mart ──► book table in memory ──►
//   pages
//                          ▲ accounts that changed: within a second, only those, from facts kept in memory
//
// Days: a page speaks of the workspace's book day, or of `as_of`. On the book day everything recorded so far counts as
// known; an earlier as_of sees only what was known at the end of that day.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the databases are exceptions. Roles:
// everyone signed in reads; leader and above start an evaluation and change definitions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "engine/condition.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/records.hpp"

namespace banso::engine::lab {
struct Outcomes;
}

namespace banso::health {

// Of levels set by hand.
std::span<const platform::records::Migration> migrations();

// What health needs to know of the workspace; the application ties it to identity.
struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name;  // for owners; empty: as the record says
  std::function<int()> utc_offset_minutes = [] { return 540; };       // of the workspace's clock
};

struct Dependencies {
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<platform::duckdb::Database> mart;
  Surroundings surroundings;
  int threads = 4;                                                 // of the evaluation
  std::shared_ptr<platform::records::Database> records = nullptr;  // for levels set by hand; none: they cannot be set
  std::filesystem::path lab_file{};  // keeps the Health Lab's panel over a restart; empty: it is built again by hand
};

// How far a long evaluation is. Asked between chunks of accounts; returning false stops it, leaving the last whole
// evaluation in place.
using ShowProgress = std::function<bool(double share, const core::Text& message)>;

struct LevelCount {
  std::string level;  // key; empty: no score
  core::Text name;
  std::int64_t accounts = 0;
  std::int64_t arr_minor = 0;
};

struct EvaluationReport {
  core::Day as_of;
  std::int64_t release = 0;  // of the definitions
  std::int64_t accounts = 0;
  std::int64_t weeks = 0;  // of history
  double seconds = 0;
  bool made_starter_definitions = false;
  std::vector<LevelCount> levels;  // best first, "no score" last
};

// What changed in the book that pages see.
struct BookChange {
  std::vector<core::AccountId> accounts;  // whose scores or records changed; empty where there are many
  bool has_many = false;                  // more than fit into a message: read the book again
  core::Instant computed_at;
};
// From the receipt of events to the score that shows them.
struct ScoreLag {
  std::int64_t samples = 0;  // accounts scored because of events, the latest ten thousand at most
  double p50_ms = 0;
  double p99_ms = 0;
  std::int64_t waiting = 0;  // accounts that changed and are not scored yet
};
using BookListener = std::function<void(const BookChange&)>;

// A segment as the book knows it: a condition under a name. Those of a set may speak of each other by the field
// "segments"; one whose condition does not fit the present fields, or that leads back to itself, has no members.
struct SegmentRule {
  std::string key;
  core::Text name;
  std::string condition_json;
};

// What an account has in a field, for people: nothing, a number (money in units), a day, yes or no, a text, segments'
// keys.
using CellValue = std::variant<std::monostate, double, core::Day, bool, std::string, std::vector<std::string>>;

// The book in memory at one moment; immutable. Rows are ascending by id. Safe to share between threads.
class BookView {
 public:
  virtual ~BookView() = default;
  virtual core::Day as_of() const = 0;
  virtual core::Instant computed_at() const = 0;
  virtual const std::string& currency() const = 0;
  virtual std::size_t size() const = 0;
  virtual core::AccountId id(std::size_t row) const = 0;
  virtual const std::string& name(std::size_t row) const = 0;
  virtual std::int64_t arr_minor(std::size_t row) const = 0;
  virtual std::optional<std::size_t> find(core::AccountId account) const = 0;

  // Of all rows, or of these: one bit for each of `rows`, in their order.
  virtual engine::Selection run(const engine::Condition& condition) const = 0;
  virtual engine::Selection run(const engine::Condition& condition, std::span<const std::uint32_t> rows) const = 0;
  virtual const engine::FieldCatalogue& fields() const = 0;
  virtual CellValue value(std::size_t row, std::string_view field) const = 0;
  // The names of a choice field's values, as far as they are known.
  virtual core::Text choice_name(std::string_view field, std::string_view value) const = 0;

  virtual std::span<const SegmentRule> segments() const = 0;
  virtual const core::Error* fault(std::size_t segment) const = 0;  // null: it can be tested
  virtual engine::Selection members(std::size_t segment) const = 0;
  // By segment, one bit for each of `rows`.
  virtual std::vector<engine::Selection> members_among(std::span<const std::uint32_t> rows) const = 0;

  // The rows that `before` did not have, or had otherwise; nothing where the day, the fields or the segments differ, so
  // that every row may have changed its meaning.
  virtual std::optional<std::vector<std::uint32_t>> changed_since(const BookView& before) const = 0;
};
using BookViewPtr = std::shared_ptr<const BookView>;

// A value of the field as people read it; "none" where there is none. Numbers stand alone, for sentences that name what
// they count themselves.
core::Text value_in_words(const BookView& book, std::string_view field, const CellValue& value);
// The same with the unit of a measure: "12%", "3 people" / 「3人」.
core::Text value_with_unit(const BookView& book, std::string_view field, const CellValue& value);

// Every account in every week of a period, as it was known then: the history that the Health Lab judges scorecards by,
// and that signal rules are replayed over. Immutable, but for what it computes once and keeps. Safe to share between
// threads.
class PanelView {
 public:
  virtual ~PanelView() = default;
  virtual std::span<const core::Day> days() const = 0;  // of the weeks, ascending
  virtual std::size_t accounts() const = 0;
  virtual core::AccountId id(std::size_t account) const = 0;
  virtual core::Day known_on() const = 0;  // what happened later is not known
  // As in the book's field "owner"; empty for none.
  virtual std::string owner(std::size_t account, std::size_t week) const = 0;

  // The fields of the book whose past is kept: conditions over the panel are compiled against these.
  virtual const engine::FieldCatalogue& fields() const = 0;
  // Published segments that cannot be tested in the past: a condition on them finds nobody.
  virtual std::vector<std::string> segments_without_history() const = 0;
  // Accounts are worked on in blocks, several of them at once.
  virtual std::size_t blocks() const = 0;
  virtual std::pair<std::size_t, std::size_t> block(std::size_t index) const = 0;  // first account, number of accounts
  // Tests the conditions for the accounts of a block, week after week: one selection per condition, one bit per account
  // of the block. `exists` says who was known at all.
  using VisitWeek =
      std::function<void(std::size_t week, const engine::Selection& exists, std::span<const engine::Selection> holds)>;
  virtual void run(std::span<const engine::Condition> conditions, std::size_t block, const VisitWeek& visit) const = 0;

  // When accounts' last contracts ended, and when revenue became higher.
  virtual const engine::lab::Outcomes& churned() const = 0;
  virtual const engine::lab::Outcomes& expanded() const = 0;
};
using PanelViewPtr = std::shared_ptr<const PanelView>;

struct PanelStatus {
  PanelViewPtr panel;  // null: there is none
  bool is_building = false;
  double progress = 0;    // of building
  bool is_stale = false;  // the book is newer, or has other measures
  std::optional<core::Text> failure;
};

struct AccountDay {
  core::AccountId account;
  core::Day day;
};

// What an account had on an earlier day, as it was known then.
struct PastScore {
  std::optional<double> score;  // 0 to 100
  std::string level;            // key; empty: none
  int rank = 0;                 // of the level: 0 is the best one
};

struct EvaluateOptions {
  std::optional<core::Day> as_of;                  // nothing: the book day, and the mart is brought up to date
  std::optional<std::string> account_external_id;  // only this one, explained
  bool json = false;
};

class Service {
 public:
  // Makes the tables of the mart that are missing, registers the kinds "measure" and "scorecard" with definitions, and
  // listens to customers and usage for accounts that change.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // The kind of job "evaluate", payload {"reason": "..."}; before jobs.start(). Publishing definitions and start()
  // submit one where the mart is not up to date. `jobs` must live until stop().
  virtual void register_jobs(platform::jobs::Jobs& jobs) = 0;
  // Loads the last evaluation (quickly for a few thousand accounts; in the background for more) and begins to score
  // accounts again as they change.
  virtual void start() = 0;
  virtual void stop() = 0;

  // All facts of these accounts may have changed; cheap, safe from any thread.
  virtual void mark_dirty(std::span<const core::AccountId> accounts) = 0;
  // Scores what was marked now, on this thread; returns how many accounts. What the background threads do by
  // themselves.
  virtual std::int64_t refresh_dirty() = 0;
  // Called after each change of the book in memory, on the thread that made it: a listener must be quick and must not
  // call back. Before start().
  virtual void on_book_changed(BookListener listener) = 0;
  virtual ScoreLag score_lag() const = 0;

  // The book on the book day. Waits while it is loaded; refused where that takes too long.
  virtual core::Result<BookViewPtr> book() = 0;
  // The same without waiting; null before the first evaluation.
  virtual BookViewPtr evaluated_book() = 0;
  // What conditions may speak of by the published definitions; needs no book.
  virtual std::shared_ptr<const engine::FieldCatalogue> condition_fields() = 0;
  // The keys of the levels that accounts had on earlier days, as it was known then, in the order of the questions:
  // those of the week kept for the day (its own or the last one before it). Nothing where history does not reach so
  // far.
  virtual std::vector<std::optional<std::string>> past_levels(std::span<const AccountDay> questions) = 0;
  // The same with scores: for many accounts and weeks at once. Neither score nor level where nothing was known.
  virtual std::vector<PastScore> past_scores(std::span<const AccountDay> questions) = 0;
  // The history of all accounts, as far as it is in memory on this node.
  virtual PanelStatus panel() = 0;
  // Has it put together by a job, where none is at it. Refused where that cannot be done.
  virtual core::Result<> request_panel(const core::Caller& caller) = 0;
  // Puts it together on this thread, for the shell.
  virtual core::Result<PanelViewPtr> make_panel(const ShowProgress& show) = 0;
  // From now on the segments are these: a field and a column of the book. Before start(), or at any time after.
  virtual void set_segments(std::vector<SegmentRule> segments) = 0;

  // All accounts at the book day and every week before it, back to the first knowledge. Publishes starter definitions
  // first where there are none and there is data to choose them from.
  virtual core::Result<EvaluationReport> evaluate_all(const ShowProgress& show) = 0;
  // Chooses starter definitions from the present data again and leaves them as drafts. Returns how many drafts differ
  // from what is published.
  virtual core::Result<std::int64_t> propose_starter_definitions(const core::Caller& caller) = 0;

  // `banso evaluate`: shows progress on `errors`, prints counts per level and the top and bottom accounts (or one
  // account's score, explained) on `out`. Returns the exit code: 0, or 2 where the request cannot be met.
  virtual int run_command(const EvaluateOptions& options, core::Language language, std::ostream& out,
                          std::ostream& errors) = 0;

  // /api/book..., /api/home, /api/accounts/{id}/health..., /api/evaluation, /api/definitions/preview
  virtual platform::http::Routes routes() = 0;
};

}  // namespace banso::health
