// Mails that went out before Banso knew of them. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::outreach {

// Returns how many were written: not those whose key is known, whose template is not published, or whose recipient
// could not have been written to.
std::int64_t write_history(const Context& context, const core::Caller& caller, std::span<const PastMail> mails);

}  // namespace banso::outreach
