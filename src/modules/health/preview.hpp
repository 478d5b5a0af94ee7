// What a draft would do: levels before and after, and who changes level.
#pragma once

#include "live_book.hpp"
#include "render.hpp"

namespace banso::health {

// `replaced` are the drafts, by name; everything else stays as published. Evaluates all accounts at the book day.
core::Result<json::object> preview(LiveBook& live, definitions::Service& service, const definitions::Bodies& replaced);

}  // namespace banso::health
