// Writes runs of the past: the real steps, with the clock of then, and nothing done; the mails that they sent then
// stand among those sent. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::playbooks {

core::Result<std::int64_t> write_history(Context& context, const core::Caller& caller, std::span<const PastRun> runs);

}  // namespace banso::playbooks
