// Documents on the level of their fields, for reading, merging and comparing. Internal to the library.
#pragma once

#include <array>
#include <set>

#include <boost/json.hpp>

#include "changes.hpp"
#include "document.hpp"

namespace banso::engine::plans {

using Faults = std::vector<core::FieldError>;

inline constexpr std::array<std::string_view, 4> item_lists{"goals", "milestones", "actions", "risks"};
inline std::string_view list_of(ItemKind kind) {
  return item_lists[static_cast<std::size_t>(kind)];
}

boost::json::object to_object(const Document& document);
Document read_document(const boost::json::object& object, const std::string& path, Faults& faults);
// One item in canonical form with every field, whatever else the document has; faults by path below `path`.
boost::json::object canonical_item(ItemKind kind, const boost::json::object& item, const std::string& path,
                                   Faults& faults);
boost::json::object canonical_head(const boost::json::object& head, const std::string& path, Faults& faults);

core::Error error_of(std::string_view what_en, std::string_view what_ja, Faults faults);

}  // namespace banso::engine::plans
