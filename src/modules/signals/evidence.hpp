// What an alert says: the values that speak for it, and its explanation. Internal to the module.
#pragma once

#include "live_rules.hpp"
#include "platform/json/json.hpp"

namespace banso::signals {

struct Written {
  core::Text title, explanation;
  platform::json::array evidence;  // [{"field", "name", "value", "before"}]
};

// Of the account in that row. `before` is the book as it was looked at last, null where that is not known.
Written write_alert(const LiveRule& rule, const health::BookView& now, std::size_t row, const health::BookView* before);

}  // namespace banso::signals
