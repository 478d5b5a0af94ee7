// What the vendor configured: measures, and scorecards made of them. A plain value; once published it is shared
// as const and never changed. Definitions travel as JSON text (definitions_json.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "book.hpp"
#include "core/result.hpp"
#include "core/text.hpp"

namespace banso::engine {

// ---- measures ----

enum class Source {
  usage,
  tickets,
  surveys,
  interactions,
  attendance,
  contacts,
  subscriptions,
  attribute,  // one attribute of the account, as known
  account,    // the account itself: its age
  measures,   // a formula over other measures
};

// What is made of the facts. Which ones a source allows: see allowed_aggregates().
enum class Aggregate {
  // usage, over the window
  people,       // distinct persons, exact
  events,       // sum of events
  days_active,  // distinct days
  features,     // distinct features
  modules,      // distinct modules
  // usage, tickets (opened), surveys, interactions, attendance
  days_since_latest,  // days from the newest fact to the day of evaluation; no window
  count,              // facts in the window (tickets: opened in it; subscriptions: active now)
  closed,             // tickets closed in the window
  // tickets, now
  open,           // open tickets
  open_mean_age,  // mean age of open tickets in days; 0 where none is open
  open_oldest_age,
  // surveys, over the window
  latest,           // score of the newest answer
  mean,             // mean score; also the mean of other measures
  net_promoter,     // share of 9s and 10s less share of 0..6, in points of percent
  satisfied_share,  // share of 4s and 5s (the upper two of the scale), in percent
  // interactions, over the window
  roles,  // how many of the filter's roles took part
  // contacts
  present,  // contacts there now
  active,   // contacts there now who used the product in the window
  left,     // contacts who left in the window
  // subscriptions, now
  seats,  // people licensed: seats added up by product, the largest of them (add-ons count the same people again)
  mrr,    // minor units of the reporting currency
  days_to_renewal,  // to the end of the earliest ending active subscription that nothing already known continues
  // attribute
  value,  // number, money, day (as days since then), yes/no (1/0), choice (scored by choice)
  // account
  age,  // days since the first subscription began, or else since the attribute "created"
  // measures
  ratio,  // first over second
  sum,
  minimum,
  maximum,
  expression,  // as the measure's expression says: "opens / (seats + 1) * 100"
};

// Facts that take part. Empty lists mean "all".
struct Filter {
  std::vector<std::string> features;  // by key
  std::vector<std::string> modules;
  bool active_only = false;           // usage: only features that show use
  std::vector<std::string> kinds;     // surveys: nps csat ces other; interactions: meeting call mail note;
                                      // attendance: content event
  bool urgent_only = false;           // tickets
  std::vector<std::string> roles;     // contacts, interactions: champion executive_sponsor decision_maker admin user
  std::vector<std::string> products;  // subscriptions, and the seats a measure is divided by

  bool operator==(const Filter&) const = default;
};

enum class DivideBy {
  nothing,
  seats,          // people licensed, as the aggregate of that name
  active_people,  // persons active in the same window, whatever the feature
  unfiltered,     // the same aggregate without the filter: a share
  thirty_days,    // the window's length in units of thirty days: a rate per month
};

enum class CompareWith {
  nothing,
  previous_window,  // the window of the same length just before
  last_year,        // the same window 364 days earlier (weekdays match)
};
enum class Change { percent, difference };

enum class Unit { count, people, events, days, features, percent, ratio, score, money };
enum class Better { higher, lower, neither };

// When nothing of the source was ever known of the account.
enum class NoFacts {
  missing,  // the value is missing
  zero,     // the vendor is sure that silence means zero (all customers are connected)
};

struct MeasureDefinition {
  std::string key;  // [a-z0-9_], unique, never reused for another meaning
  core::Text name;
  core::Text description;
  Source source = Source::usage;
  Aggregate aggregate = Aggregate::people;
  Filter filter;
  std::string attribute;        // source attribute: its key
  std::vector<std::string> of;  // source measures: keys of the operands
  std::string expression;       // aggregate expression: over keys of measures (expression.hpp); then `of` is empty
  // Not empty: the value becomes its percentile (0..100, mid-rank) among the accounts that have a value on that day:
  // "book" for all of them, or the key of a text, choice or yes/no attribute for those that share its value then.
  std::string percentile_among;
  int window_days = 0;  // 0: everything up to the day; needed by windowed aggregates that are compared
  DivideBy divide_by = DivideBy::nothing;
  CompareWith compare = CompareWith::nothing;
  Change change = Change::percent;
  Unit unit = Unit::count;  // percent: quotients are given times 100 (66.0 is 66%)
  Better better = Better::higher;
  NoFacts no_facts = NoFacts::missing;
  int stale_after_days = 0;  // 0: never; else missing when the newest fact is older than this
  int minimum_age_days = 0;  // not applicable to accounts younger than this

  bool is_percentile() const { return !percentile_among.empty(); }
  bool operator==(const MeasureDefinition&) const = default;
};
inline constexpr std::string_view among_book = "book";

// ---- scorecards ----

// One end of a band. An absent value is infinity.
struct Bound {
  std::optional<double> value;
  bool inclusive = false;
  bool operator==(const Bound&) const = default;
};

struct Band {
  Bound from;  // inclusive unless said otherwise
  Bound to;    // exclusive unless said otherwise
  double points = 0;
  bool operator==(const Band&) const = default;
};

struct CurvePoint {
  double value = 0;
  double points = 0;
  bool operator==(const CurvePoint&) const = default;
};

struct ChoicePoints {
  std::string choice;
  double points = 0;
  bool operator==(const ChoicePoints&) const = default;
};

// Maps a value to points, 0..100. Bands cover the whole line without overlap; linear interpolates between its points
// (ascending by value) and is flat outside; choices are for text and choice attributes.
struct Curve {
  enum class Kind { bands, linear, choices };
  Kind kind = Kind::linear;
  std::vector<Band> bands;
  std::vector<CurvePoint> linear;
  std::vector<ChoicePoints> choices;
  double other_points = 50;  // choices: for a choice that is not listed
  bool operator==(const Curve&) const = default;
};

// Thresholds may tighten with the customer's age and differ by the phase of its lifecycle. Of the variants that name
// the account's phase and whose age is reached, the first applies; else, of those that name none, the one with the
// largest from_age_days not above the account's age (the last one where the age is unknown).
struct AgedCurve {
  int from_age_days = 0;
  Curve curve;
  std::vector<std::string> phases{};  // empty: any
  bool operator==(const AgedCurve&) const = default;
};

// A condition on one attribute of the account, as known on the day. Without a value `in` does not hold, `notIn` does.
// Values are written as texts; a yes/no attribute has "yes" and "no".
struct AppliesWhen {
  std::string attribute;
  std::vector<std::string> values;
  bool is_excluding = false;  // holds where the attribute is none of the values
  bool operator==(const AppliesWhen&) const = default;
};

// What is known grows old: beyond after_days the points drift from their value to towards_points, by half the distance
// every half_life_days.
struct Decay {
  int after_days = 0;  // of the newest fact the value rests on
  int half_life_days = 30;
  double towards_points = 50;
  bool operator==(const Decay&) const = default;
};

enum class MissingPolicy {
  ignore,   // its weight goes to the others of the group, and a whole missing group's to the other groups
  neutral,  // counts with neutral_points
  bad,      // counts with 0
};

struct ScorecardItem {
  std::string measure;
  double weight = 1;  // any scale, relative within the group; 0 shows the measure without counting it
  MissingPolicy missing = MissingPolicy::ignore;
  double neutral_points = 50;
  std::vector<AgedCurve> curves;              // those without phases ascend by age, their first from 0
  std::optional<AppliesWhen> applies_when{};  // else not applicable: its weight goes the way of a missing measure's
  std::optional<Decay> decay{};
  bool operator==(const ScorecardItem&) const = default;
};

inline constexpr int deepest_group = 4;  // groups within groups

struct ScorecardGroup {
  std::string key;  // adoption, maturity, sentiment, support, relationship or the vendor's own
  core::Text name;
  core::Text description;
  double weight = 1;  // relative to all that lies beside it: items and groups of the same parent
  std::vector<ScorecardItem> items;
  std::vector<ScorecardGroup> groups{};  // within this one; score: the weighted mean of the items and groups that count
  bool operator==(const ScorecardGroup&) const = default;
};

// Where the item's measure has a value and its points are at or below at_most_points, the account's level is no better
// than this one. The score stays what the measures say.
struct ForcedLevel {
  std::string measure;  // one of the scorecard's items; weight 0 is enough
  double at_most_points = 0;
  std::string level;  // key
  bool operator==(const ForcedLevel&) const = default;
};

enum class RollUp {
  none,
  arr_weighted,  // a parent's score is the mean of its own and all its descendants' scores, weighted by ARR:
                 // families.hpp
};

struct Level {
  std::string key;
  core::Text name;
  core::Text meaning;
  double from = 0;  // lowest score of the level, inclusive
  bool operator==(const Level&) const = default;
};

struct Scorecard {
  std::string key;
  core::Text name;
  core::Text description;
  std::vector<ScorecardGroup> groups;
  std::vector<Level> levels;  // best first, the last from 0
  std::vector<ForcedLevel> forced{};
  // Whose own scorecard this is: see Assessments::own_scorecards. Neither said: of nobody in particular.
  std::optional<AppliesWhen> applies_when{};
  std::vector<std::string> phases{};
  int priority = 0;               // the smallest first
  RollUp roll_up = RollUp::none;  // of the accounts whose own scorecard this is

  // Whether it says which accounts it is for.
  bool is_for_some() const { return applies_when.has_value() || !phases.empty(); }
  bool operator==(const Scorecard&) const = default;
};

// The key of the scorecard of every account for which no other is made.
inline constexpr std::string_view common_scorecard_key = "health";

// One group or item of a scorecard, its groups taken in order of reading: each before those within it.
inline constexpr std::size_t no_parent = static_cast<std::size_t>(-1);
struct FlatGroup {
  const ScorecardGroup* definition = nullptr;
  std::size_t parent = no_parent;  // position among the flat groups
  std::size_t first_item = 0;      // of its own items, which follow each other
  std::string path;                // "groups[0].groups[1]"
};
struct FlatItem {
  const ScorecardItem* definition = nullptr;
  std::size_t group = 0;
};
// The order of all columns of groups and items. Points into the scorecard.
struct FlatScorecard {
  std::vector<FlatGroup> groups;
  std::vector<FlatItem> items;
};
FlatScorecard flatten(const Scorecard& scorecard);

struct Definitions {
  std::string version;  // set by whoever publishes; every assessment carries it
  std::vector<MeasureDefinition> measures;
  std::vector<Scorecard> scorecards;

  std::optional<std::size_t> measure_index(std::string_view key) const;
  std::optional<std::size_t> scorecard_index(std::string_view key) const;
  // The scorecard of accounts for which no other applies: "health", or else the first. Nothing where there is none.
  std::optional<std::size_t> common_scorecard() const;
  // What evaluations need to know of the whole book: see whole_book.hpp.
  bool needs_peers() const;
  bool rolls_up() const;
  bool operator==(const Definitions&) const = default;
};

// The five levels used where nobody chose otherwise: thriving 80, healthy 65, watch 50, at_risk 35, critical 0.
std::vector<Level> standard_levels();

// The aggregates that make sense for a source, for editors and for validation.
std::vector<Aggregate> allowed_aggregates(Source source);
// Whether the aggregate looks back over window_days.
bool is_windowed(Source source, Aggregate aggregate);

// The measures that a measure is made of, by key: of a formula its operands, of an expression the keys in it.
std::vector<std::string> operands_of(const MeasureDefinition& measure);

// Everything that is wrong, each with its path ("scorecards[0].groups[1].measures[2].curve.bands[1]") and the remedy:
// unknown references, duplicate keys, cycles among formulas, percentiles of percentiles, negative or all-zero weights,
// bands that overlap or leave gaps, windows out of range (0..3650). Success means that evaluate() accepts the
// definitions.
core::Result<void> validate(const Definitions& definitions);

}  // namespace banso::engine
