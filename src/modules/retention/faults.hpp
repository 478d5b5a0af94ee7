// Things to mend, and those that were accepted. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

// How many are to mend.
std::int64_t open_faults(Context& context, const Reading& reading);

}  // namespace banso::retention
