// What made an account's revenue change on one day. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::retention {

json::array render_changed_rows(const Reading& reading, const ledger::Ledger& book, const ledger::Change& change);

}  // namespace banso::retention
