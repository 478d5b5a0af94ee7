#include "service.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::integrations {
namespace {

namespace json = platform::json;

core::Error no_such_import() {
  return core::Error::not_found({"There is no such import.", "その取り込みはありません。"});
}

core::Error only_csms() {
  return core::Error::forbidden({"Importing needs the role CSM or higher.", "取り込みには CSM 以上の権限が必要です。"});
}

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  return std::make_shared<ServiceImpl>(std::move(dependencies));
}

ServiceImpl::ServiceImpl(Dependencies dependencies)
    : dependencies_(std::move(dependencies)),
      targets_{dependencies_.customers, dependencies_.revenue, dependencies_.usage, dependencies_.utc_offset_minutes} {
  std::filesystem::create_directories(dependencies_.data_folder / "uploads");
  std::filesystem::create_directories(dependencies_.data_folder / "imports");
  platform::jobs::Jobs& jobs = *dependencies_.jobs;
  jobs.handle("import.run", [this](platform::jobs::Progress& progress) { return run_job(progress, false); });
  jobs.handle("import.dry_run", [this](platform::jobs::Progress& progress) { return run_job(progress, true); });
  jobs.handle("import.undo", [this](platform::jobs::Progress& progress) { return undo_job(progress); });
}

core::Result<ImportRecord> ServiceImpl::new_import(const core::Caller& caller, Kind kind, const std::string& name,
                                                   const std::filesystem::path& file, const ReadOptions& options) {
  ImportRecord record;
  record.id = {platform::records::new_id()};
  record.kind = kind;
  record.file_name = name;
  record.file = file;
  BANSO_TRY_ASSIGN(record.profile, profile_file(file, name, options));
  BANSO_TRY_ASSIGN(record.file_hash, hash_of_file(file));
  record.mapping =
      suggested_mapping(kind, record.profile.headings(), record.profile.types(), record.profile.date_order());
  record.created_by = caller.user;
  record.created_by_name = caller.name;
  record.created_at = core::now();
  return record;
}

core::Result<ImportRecord> ServiceImpl::create_import(const core::Caller& caller, std::int64_t upload_id, Kind kind,
                                                      const ReadOptions& options) {
  if (!caller.at_least(core::Role::csm)) return only_csms();
  const auto upload =
      dependencies_.records->read([&](auto& session) { return store::find_upload(session, upload_id); });
  if (!upload || upload->owner != caller.user) {
    return core::Error::invalid_field("upload_id", {"There is no such upload.", "そのアップロードはありません。"});
  }
  const std::int64_t parts_needed = (upload->size_bytes + upload_part_bytes - 1) / upload_part_bytes;
  const std::int64_t parts =
      dependencies_.records->read([&](auto& session) { return store::parts_of(session, upload_id); });
  if (parts < parts_needed) {
    return core::Error::invalid_field(
        "upload_id",
        {fmt::format("Only {} of {} parts have arrived. Send the others first.", parts, parts_needed),
         fmt::format("{1} 個中 {0} 個のパートしか届いていません。残りを送信してください。", parts, parts_needed)});
  }
  BANSO_TRY_ASSIGN(const ImportRecord record, new_import(caller, kind, upload->name, upload_file(upload_id), options));
  return dependencies_.records->write([&](auto& session) -> core::Result<ImportRecord> {
    store::insert_import(session, record);
    store::delete_upload(session, upload_id);  // the file now belongs to the import
    return record;
  });
}

core::Result<ImportRecord> ServiceImpl::change_mapping(const core::Caller& caller, core::ImportId id,
                                                       json::object mapping) {
  if (!caller.at_least(core::Role::csm)) return only_csms();
  BANSO_TRY_ASSIGN(ImportRecord record, get(id));
  if (is_at_work(record)) {
    return core::Error::conflict({"This import is at work. Wait for it, or cancel it first.",
                                  "この取り込みは実行中です。完了を待つか、中止してください。"});
  }
  if (record.state != ImportState::mapping && record.state != ImportState::cancelled &&
      record.state != ImportState::failed) {
    return core::Error::conflict({"The mapping cannot be changed any more.", "このマッピングはもう変更できません。"});
  }
  BANSO_TRY_ASSIGN(const Mapping parsed, parse_mapping(mapping, record.kind, false));
  if (mapping.contains("file")) {
    BANSO_TRY_ASSIGN(record.profile, profile_file(record.file, record.file_name, parsed.file));
  }
  // Nothing but how to read the file: its headings may be others now, so the mapping begins anew.
  if (mapping.contains("file") && mapping.size() == 1) {
    record.mapping =
        suggested_mapping(record.kind, record.profile.headings(), record.profile.types(), record.profile.date_order());
    record.checked = false;
    record.checkpoint = {};
    save(record);
    return record;
  }
  // Names columns that the file does not have? Better said now than at the start.
  BANSO_TRY(RowMapper::compile(parsed, record.kind, record.profile.headings(), {}));
  record.mapping = std::move(mapping);
  record.checked = false;
  record.checkpoint = {};  // rows read so far were mapped otherwise
  save(record);
  return record;
}

core::Result<ImportRecord> ServiceImpl::get(core::ImportId id) {
  auto record = dependencies_.records->read([&](auto& session) { return store::find_import(session, id); });
  if (!record) return no_such_import();
  return std::move(*record);
}

core::Page<ImportRecord> ServiceImpl::list(core::PageRequest page) {
  return dependencies_.records->read([&](auto& session) { return store::list_imports(session, page); });
}

void ServiceImpl::save(const ImportRecord& record) {
  dependencies_.records->write([&](auto& session) { store::update_import(session, record); });
}

core::Result<std::int64_t> ServiceImpl::start(const core::Caller& caller, core::ImportId id, std::string_view job,
                                              bool undo) {
  if (!caller.at_least(core::Role::csm)) return only_csms();
  BANSO_TRY_ASSIGN(ImportRecord record, get(id));
  if (is_at_work(record)) {
    return core::Error::conflict({"This import is at work already.", "この取り込みは実行中です。"});
  }
  if (undo) {
    if (!caller.at_least(core::Role::leader) && record.created_by != caller.user) {
      return core::Error::forbidden({"Only a leader or the one who imported can undo an import.",
                                     "取り消しができるのは、リーダーか取り込みを行った本人だけです。"});
    }
    if (!record.undo_possible()) {
      return core::Error::conflict({"There is nothing to undo.", "取り消す内容がありません。"});
    }
  } else if (record.state == ImportState::done || record.state == ImportState::undone) {
    return core::Error::conflict(
        {"This import is finished. Upload the file again to import it again.",
         "この取り込みは完了しています。もう一度取り込むには、ファイルを再度アップロードしてください。"});
  }
  if (!undo) {
    BANSO_TRY_ASSIGN(const Mapping mapping, effective_mapping(record));
    BANSO_TRY(RowMapper::compile(mapping, record.kind, record.profile.headings(), record.look_up_folders));
  }
  const auto payload = json::serialize(json::object{{"import_id", id.value}});
  const std::int64_t job_id =
      dependencies_.jobs->submit(job, payload, caller, platform::jobs::Where::this_node);  // the file is here
  dependencies_.records->write([&](auto& session) { store::set_job(session, id, job_id); });
  return job_id;
}

bool ServiceImpl::is_at_work(const ImportRecord& record) {
  if (record.job_id == 0) return false;
  const auto job = dependencies_.jobs->get(record.job_id);
  using platform::jobs::State;
  return job && (job->state == State::waiting || job->state == State::running);
}

core::Result<std::int64_t> ServiceImpl::start_dry_run(const core::Caller& caller, core::ImportId id) {
  return start(caller, id, "import.dry_run", false);
}
core::Result<std::int64_t> ServiceImpl::start_run(const core::Caller& caller, core::ImportId id) {
  return start(caller, id, "import.run", false);
}
core::Result<std::int64_t> ServiceImpl::start_undo(const core::Caller& caller, core::ImportId id) {
  return start(caller, id, "import.undo", true);
}

core::Result<core::Page<ServiceImpl::RejectedCell>> ServiceImpl::errors(core::ImportId id, core::PageRequest page) {
  BANSO_TRY(get(id));
  core::Page<RejectedCell> answer;
  each_reject(rejects_file(id), [&](const RejectedRow& row) {
    for (const CellError& error : row.errors) {
      const bool shown = answer.total >= page.offset && answer.total < page.offset + page.limit;
      if (shown) answer.items.push_back({row.line, error});
      ++answer.total;
    }
    return true;
  });
  return answer;
}

std::filesystem::path ServiceImpl::rejects_file(core::ImportId id) const {
  return dependencies_.data_folder / "imports" / fmt::format("{}.rejected.jsonl", id.value);
}

}  // namespace banso::integrations
