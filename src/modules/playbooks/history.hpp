// Writes runs of the past: the real steps, with the clock of then, and nothing done. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::playbooks {

std::int64_t write_history(Context& context, std::span<const PastRun> runs);

}  // namespace banso::playbooks
