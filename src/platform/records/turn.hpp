// One after the other, on whatever node: for what is decided by counting rows that do not exist yet, where no unique
// key can help.
#pragma once

#include <cstdint>

#include "platform/records/records.hpp"

namespace banso::platform::records {

// Numbers below zero are for whole kinds of work, each named here; all others are ids of what is decided about.
inline constexpr std::int64_t turn_of_releases = -1;  // of definitions: they are numbered one after the other

// Waits until no other transaction has the turn of this number, and keeps it until this transaction ends. Only in
// write(). Take it before reading what is decided upon. Several: in ascending order, or two transactions may wait for
// each other.
void take_turn(Session& session, std::int64_t number);

}  // namespace banso::platform::records
