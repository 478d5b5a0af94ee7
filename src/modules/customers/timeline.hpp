// The timeline of an account: what happened with it, from all kinds of records.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pages.hpp"
#include "readers.hpp"

namespace banso::customers {

// Every kind an entry can have, those of other modules included: the words of the API.
inline constexpr std::array<std::string_view, 11> timeline_kinds{
    "meeting", "call", "mail", "note", "ticket", "survey", "attendance", "contract", "level", "phase", "change"};

// The module's own entries of the wanted kinds, in no particular order.
std::vector<TimelineEntry> read_timeline(Session& session, core::AccountId account, const Moment& moment,
                                         const std::function<bool(std::string_view)>& wanted, const UserNames& users,
                                         int offset_minutes);

}  // namespace banso::customers
