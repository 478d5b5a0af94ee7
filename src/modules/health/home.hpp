// The first page of the day: who moved, whose renewal comes, who went silent, and how fresh the data are. A view of the
// book table; computes nothing of its own.
#pragma once

#include "book_table.hpp"
#include "render.hpp"

namespace banso::health {

inline constexpr int renewal_horizon_days = 90;
inline constexpr int silent_after_days = 14;
inline constexpr std::size_t home_list_length = 10;

// `owner`: only that user's accounts.
json::object render_home(const BookTable& table, std::optional<core::UserId> owner);

}  // namespace banso::health
