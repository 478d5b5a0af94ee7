// What a condition would hold, before anybody saves it. Internal to the module.
#pragma once

#include <optional>

#include "platform/json/json.hpp"
#include "segments.hpp"

namespace banso::segments {

platform::json::object render(const core::Text& text);
platform::json::object render_money(std::int64_t amount_minor, const std::string& currency);
std::int64_t arr_of(const health::BookView& book, const engine::Selection& members);
// Largest ARR first, then by row.
std::vector<std::uint32_t> rows_by_arr(const health::BookView& book, const engine::Selection& members,
                                       std::size_t most);
// One account as lists of segments show it: id, name, ARR, score and level.
platform::json::object render_account(const health::BookView& book, std::size_t row);

// `key`: the segment that is being edited, where it is known already.
core::Result<platform::json::object> preview(const health::BookView& book, const std::string& condition_json,
                                             const std::optional<std::string>& key);

}  // namespace banso::segments
