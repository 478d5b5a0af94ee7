// The module's tables: uploads and imports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/paging.hpp"
#include "import_record.hpp"
#include "platform/records/records.hpp"

namespace banso::integrations::store {

using platform::records::Session;

struct Upload {
  std::int64_t id = 0;
  std::string name;
  std::int64_t size_bytes = 0;
  core::UserId owner;
  core::Instant created_at;
};

void insert_upload(Session& session, const Upload& upload);
std::optional<Upload> find_upload(Session& session, std::int64_t id);
void add_part(Session& session, std::int64_t upload_id, std::int64_t part);  // again: nothing changes
std::int64_t parts_of(Session& session, std::int64_t upload_id);
void delete_upload(Session& session, std::int64_t id);
std::vector<Upload> uploads_before(Session& session, core::Instant time);

void insert_import(Session& session, const ImportRecord& record);
void update_import(Session& session, const ImportRecord& record);  // everything that can change, but its job
void set_job(Session& session, core::ImportId id, std::int64_t job_id);
std::optional<ImportRecord> find_import(Session& session, core::ImportId id);
core::Page<ImportRecord> list_imports(Session& session, core::PageRequest page);  // newest first

}  // namespace banso::integrations::store
