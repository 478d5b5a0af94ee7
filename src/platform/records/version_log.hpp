// "Every change is kept": one append-only log of whole-record versions for all modules. A record "as known at T" is its
// newest version whose known_at is not after T; before and after of a change are neighbouring versions. Corrections
// append; nothing here is ever updated. (Erasing a person is the one exception, and leaves a mark.)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::platform::records {

// Where a change comes from and since when the fact counts as known.
struct Provenance {
  core::Caller caller;
  core::ImportId import;                  // none for a change by hand
  std::string why;                        // empty where nobody gave a reason
  std::optional<core::Instant> known_at;  // nothing = now. Set for history brought in later (backfill).

  static Provenance by(core::Caller caller, std::string why = {}) {
    return {std::move(caller), {}, std::move(why), {}};
  }
};

struct Version {
  std::int64_t version_id = 0;
  std::string entity;  // "account", "subscription", ... one word per kind of record
  std::int64_t entity_id = 0;
  core::AccountId account;    // whose page shows this change; none for things like users
  core::Instant known_at;     // since when Banso counts as knowing it
  core::Instant recorded_at;  // when the row was really written
  core::UserId actor;
  std::string actor_name;
  std::string why;
  core::ImportId import;
  std::optional<std::string> body;  // the whole record after the change as JSON; nothing = deleted
};

// Appends a version made by `provenance`. recorded_at is now.
void append_version(Session& session, std::string_view entity, std::int64_t entity_id, core::AccountId account,
                    const Provenance& provenance, const std::optional<std::string>& body);

// The newest version known at that time, or nothing if it was not known yet. A deleted record has no body.
std::optional<Version> version_known_at(Session& session, std::string_view entity, std::int64_t entity_id,
                                        core::Instant known_at);

// All records of a kind on an account, each as known at that time; deleted ones are left out.
std::vector<Version> versions_known_at(Session& session, std::string_view entity, core::AccountId account,
                                       core::Instant known_at);

// Every version of a record, oldest first by (known_at, version_id).
std::vector<Version> versions_of(Session& session, std::string_view entity, std::int64_t entity_id);

// What an import wrote, newest first: walking it undoes the import.
std::vector<Version> versions_of_import(Session& session, core::ImportId import);

// Changes on an account, newest first, known up to `until`.
std::vector<Version> changes_on_account(Session& session, core::AccountId account, core::Instant until, int limit);

}  // namespace banso::platform::records
