// A mapping: which column of a file fills which field, written down as JSON (docs/guide/import.md). Strict: a key that
// means nothing is an error that names its place, so that a misspelt rule is never a silently missing one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cell_types.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "kinds.hpp"
#include "platform/json/json.hpp"
#include "table.hpp"

namespace banso::integrations {

// {"column": "Churn", "is": "Yes"}: compares trimmed text, exactly.
struct Condition {
  enum class Test { is, is_not, blank, not_blank };
  std::string column;
  Test test = Test::is;
  std::vector<std::string> values;  // any of them
};

struct Lookup {
  std::string file;   // relative to the mapping file, else to the data file
  std::string key;    // column of that file
  std::string value;  // column of that file
};

// Where the text of one field comes from: an origin, and then what is done to it, in the order of the members.
struct Expression {
  enum class Origin { column, constant, concat, multiply, months_before, days_after };
  Origin origin = Origin::column;
  std::string text;  // the column or the constant; of a computed day: the column that holds the count or day
  std::vector<Expression> parts;              // of concat and multiply
  core::Day from;                             // months_before
  int days = 0;                               // days_after
  std::optional<Condition> only_where;        // where it does not hold, the result is blank
  std::map<std::string, std::string> values;  // replaces whole values
  std::optional<std::string> otherwise;       // for values that `values` does not list; absent: they stay
  std::optional<Lookup> lookup;

  static Expression of_column(std::string column);
};

// What becomes a custom attribute. Its heading names it; the type is detected unless given.
struct AttributeRule {
  Expression source;
  std::optional<std::string> type;  // "text", "number", "date", "yes_no", "choice", "money"
  // A day before which the value was not known, for facts of a snapshot that tell the outcome (who churned).
  std::optional<core::Day> known_at;
};

enum class KnownAt {
  happened,  // history that is brought in: known since it happened
  now,
};

struct Mapping {
  std::optional<Kind> kind;  // if given, it must be what the file is imported as
  ReadOptions file;
  std::vector<std::pair<std::string, Expression>> columns;        // by field
  bool all_attributes = false;                                    // "*": every column that fills no field directly
  std::vector<std::string> not_attributes;                        // but not these
  std::vector<std::pair<std::string, AttributeRule>> attributes;  // by heading
  std::optional<Condition> only_where;                            // rows for which it does not hold are skipped
  std::optional<DateOrder> date_order;
  std::optional<std::string> currency;   // of amounts that do not say; absent: the reporting currency
  std::optional<std::string> time_zone;  // of times without an offset; absent: the workspace's clock
  KnownAt known_at = KnownAt::happened;
  // A contract's end was not known from its start, but only when it came (a cancellation, not a term).
  bool end_known_when_it_comes = false;
  bool clear_blanks = false;  // a blank cell empties the field; otherwise it leaves it as it is

  const Expression* source_of(std::string_view field) const;
};

// `files_allowed`: whether look-ups in other files may be used (on the shell, not over the network).
core::Result<Mapping> parse_mapping(const platform::json::object& body, Kind kind, bool files_allowed);

// The mapping that the headings suggest, as JSON.
platform::json::object suggested_mapping(Kind kind, const std::vector<std::string>& headings,
                                         const std::vector<CellType>& types, std::optional<DateOrder> date_order);

}  // namespace banso::integrations
