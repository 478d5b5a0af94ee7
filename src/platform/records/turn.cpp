#include "platform/records/turn.hpp"

namespace banso::platform::records {

void take_turn(Session& session, std::int64_t number) {
  // SQLite has one writer at a time anyway.
  if (session.dialect() == Dialect::sqlite) return;
  session.query("SELECT CAST(pg_advisory_xact_lock(:1) AS TEXT)", {number});
}

}  // namespace banso::platform::records
