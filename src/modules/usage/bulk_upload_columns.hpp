// Tables of events (CSV, Parquet): which column means what, and how a row becomes a call of Segment's API.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "platform/json/json.hpp"

namespace banso::usage {

// Columns are found by name: event, type, user_id, anonymous_id, group_id, timestamp, message_id, email, name (of the
// person), and properties.<name>. A mapping says it of others: {"Kunde": "group_id", "notes": "ignore"}.
class UploadColumns {
 public:
  // An error names the column that means nothing, or what is missing.
  // `cells_are_text`: what a property's value is must be told by how it looks, see property_value().
  static core::Result<UploadColumns> of(std::span<const std::string> headings,
                                        const std::map<std::string, std::string>& mapping, bool cells_are_text);

  // One cell a column; null is absent. The call as a JSON text.
  std::string call_of(std::span<platform::json::value> cells) const;

 private:
  struct Column {
    std::string field;     // one of the names above; empty: left out
    std::string property;  // where the field is a property
  };
  std::vector<Column> columns_;
  bool cells_are_text_ = false;
};

// What a cell of text means as a value of a property: numbers and true/false as JSON writes them, else the text itself.
platform::json::value property_value(std::string_view cell);

}  // namespace banso::usage
