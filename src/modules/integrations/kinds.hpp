// What a file can hold: one kind of record per file.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/text.hpp"

namespace banso::integrations {

enum class Kind { accounts, contacts, subscriptions, tickets, interactions, surveys, attendance, events };

inline constexpr std::array<Kind, 8> all_kinds{Kind::accounts,     Kind::contacts, Kind::subscriptions, Kind::tickets,
                                               Kind::interactions, Kind::surveys,  Kind::attendance,    Kind::events};

std::string_view name_of(Kind kind);  // "accounts", as in the API and on the shell
std::optional<Kind> kind_from(std::string_view name);
core::Text title_of(Kind kind);  // "accounts", "顧客企業"

}  // namespace banso::integrations
