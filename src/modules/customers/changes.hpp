// The feed of changes on an account: what each version changed, in words that a person can read.
#pragma once

#include <vector>

#include "pages.hpp"
#include "readers.hpp"

namespace banso::customers {

// One page of the changes known by `until`, newest first.
core::Page<ChangeLine> read_changes(Session& session, core::AccountId account, core::Instant until,
                                    core::PageRequest page, const UserNames& users);

}  // namespace banso::customers
