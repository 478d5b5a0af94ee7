// What the book knows of health, weighted by revenue. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

// Adds "health" and "indicators" to the answer: as of the book's own day, of the accounts that pay.
void add_health(const Context& context, const Reading& reading, const std::vector<std::int64_t>& mrr,
                json::object& body);

}  // namespace banso::retention
