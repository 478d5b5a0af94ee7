// The tables of intake statistics in the records database.
#pragma once

#include <cstdint>
#include <map>

#include "statistics.hpp"

namespace banso::usage::statistics_store {

using platform::records::Session;

// The number under which calls with an unknown key are counted.
inline constexpr core::SourceId unknown_key_source{0};

enum class Of { this_node, other_nodes };

// What one node counted, or all others together; minutes and hours from the given ones on.
IntakeSnapshot read(Session& session, int node, Of of, std::int64_t from_minute, std::int64_t from_hour);

void put_totals(Session& session, int node, core::SourceId source, const SourceStatistics& statistics);
void put_minute(Session& session, int node, core::SourceId source, std::int64_t minute, const IntakeCounts& counts);
void put_hour(Session& session, int node, core::SourceId source, std::int64_t hour, std::int64_t accepted);
// Of all nodes, also those that are gone.
void remove_before(Session& session, std::int64_t minute, std::int64_t hour);

}  // namespace banso::usage::statistics_store
