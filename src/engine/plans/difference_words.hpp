// What differs between two forms of an item, in words. Internal to the library.
#pragma once

#include "fields.hpp"

namespace banso::engine::plans {

core::Text name_of_item(const boost::json::object& item);
core::Text words_of_added(ItemKind kind, const boost::json::object& item);
core::Text words_of_removed(ItemKind kind, const boost::json::object& item);
// No kind: the head.
core::Text words_of_change(std::optional<ItemKind> kind, const boost::json::object& before,
                           const boost::json::object& after);

}  // namespace banso::engine::plans
