// Of how many releases of the definitions the evaluated history stays readable: a number that an administrator chooses,
// in the records, so that all nodes keep the same.
#pragma once

#include "core/caller.hpp"
#include "core/result.hpp"
#include "platform/records/records.hpp"

namespace banso::health {

inline constexpr std::int64_t fewest_releases_kept = 1, most_releases_kept = 100;

// MartStore::default_releases_kept where nobody chose, or there are no records.
std::size_t releases_kept(platform::records::Database* records);
core::Result<> choose_releases_kept(platform::records::Database* records, const core::Caller& caller,
                                    std::int64_t releases);

}  // namespace banso::health
