// An import as it is kept: what file, what was seen in it, how it is mapped, how far it got.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "importing.hpp"
#include "kinds.hpp"
#include "platform/json/json.hpp"
#include "profile.hpp"

namespace banso::integrations {

enum class ImportState {
  mapping,  // waiting for a person: to map, check, or start
  dry_run,  // being checked
  importing,
  done,
  failed,     // stopped by an error; what was written stays and can be undone
  cancelled,  // likewise, by a person
  undone,
};

std::string_view name_of(ImportState state);
ImportState import_state_from(std::string_view name);

struct ImportRecord {
  core::ImportId id;
  Kind kind = Kind::accounts;
  std::string file_name;
  std::filesystem::path file;
  std::vector<std::filesystem::path> look_up_folders;  // on the shell only
  std::string file_hash;
  ImportState state = ImportState::mapping;
  FileProfile profile;
  platform::json::object mapping;
  Counts counts;         // of the last run or dry run
  bool checked = false;  // `counts` are those of a dry run with this mapping
  Checkpoint checkpoint;
  std::int64_t job_id = 0;
  core::Text error;  // of a failed import
  core::UserId created_by;
  std::string created_by_name;
  core::Instant created_at;

  bool undo_possible() const {
    return state == ImportState::done || state == ImportState::failed || state == ImportState::cancelled;
  }
};

platform::json::object to_json(const Counts& counts);
Counts counts_from_json(const platform::json::object& body);
platform::json::object to_json(const FileProfile& profile);
FileProfile profile_from_json(const platform::json::object& body);

}  // namespace banso::integrations
