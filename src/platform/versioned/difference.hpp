// What changed between two neighbouring versions, field by field, for people to read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace banso::platform::versioned {

struct FieldChange {
  std::string field;          // without the storage's suffixes: "closed_at", "start", "attributes.tier"
  boost::json::value before;  // null: was empty
  boost::json::value after;   // null: is empty now
};

// Bodies as the version log keeps them; nothing = the record did not exist. Days and instants come out as ISO text.
std::vector<FieldChange> difference(const std::optional<std::string>& before, const std::optional<std::string>& after);

}  // namespace banso::platform::versioned
