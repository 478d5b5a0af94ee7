// The background work: running an import, checking one, taking one back. Every handler may be run again from the start
// after a crash and ends in the same state.
#include <chrono>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "service.hpp"

namespace banso::integrations {
namespace {

namespace json = platform::json;

core::Text progress_text(const Counts& counts, bool dry_run) {
  return {fmt::format("{} {} rows, {} rejected", dry_run ? "Checked" : "Imported", counts.rows, counts.rejected),
          fmt::format("{} 行を{}(取り込めない行 {})", counts.rows, dry_run ? "確認しました" : "取り込みました",
                      counts.rejected)};
}

}  // namespace

core::Result<ImportRecord> ServiceImpl::import_of_job(const platform::jobs::Job& job) {
  BANSO_TRY_ASSIGN(const auto payload, json::parse_object(job.payload));
  return get({payload.at("import_id").to_number<std::int64_t>()});
}

platform::records::Provenance ServiceImpl::provenance_of(const ImportRecord& record) const {
  // The role was checked when the job was submitted; the work itself runs with what writing needs.
  const core::Caller caller{record.created_by, record.created_by_name, core::Role::leader, core::Language::en};
  return {caller, record.id, record.file_name, {}};
}

core::Result<Mapping> ServiceImpl::effective_mapping(const ImportRecord& record) {
  BANSO_TRY_ASSIGN(Mapping mapping, parse_mapping(record.mapping, record.kind, !record.look_up_folders.empty()));
  if (!mapping.date_order) mapping.date_order = record.profile.date_order();
  return mapping;
}

core::Result<RunOutcome> ServiceImpl::run(platform::jobs::Progress& progress, ImportRecord& record, bool dry_run) {
  Run run;
  BANSO_TRY_ASSIGN(run.mapping, effective_mapping(record));
  run.file = record.file;
  run.profile = record.profile;
  run.kind = record.kind;
  run.look_up_folders = record.look_up_folders;
  run.rejects = rejects_file(record.id);
  run.provenance = provenance_of(record);
  run.currency = targets_.revenue->reporting_currency();
  run.file_hash = record.file_hash;
  run.dry_run = dry_run;
  if (!dry_run) run.from = record.checkpoint;
  RunListener listener;
  listener.progress = [&](double share, const Counts& counts) {
    progress.report(share, progress_text(counts, dry_run));
  };
  listener.cancelled = [&] { return progress.cancelled(); };
  listener.checkpoint = [&](const Checkpoint& checkpoint) {
    record.checkpoint = checkpoint;
    record.counts = checkpoint.counts;
    save(record);
  };
  return run_import(targets_, run, listener);
}

core::Result<std::string> ServiceImpl::run_job(platform::jobs::Progress& progress, bool dry_run) {
  BANSO_TRY_ASSIGN(ImportRecord record, import_of_job(progress.job()));
  if (record.state == ImportState::done || record.state == ImportState::undone) {
    return core::Error::conflict({"This import is finished.", "この取り込みは完了しています。"});
  }
  record.state = dry_run ? ImportState::dry_run : ImportState::importing;
  // A run that was cancelled or failed and is started again goes on from its last whole batch, too.
  save(record);
  const auto outcome = run(progress, record, dry_run);
  if (!outcome) {
    record.state = dry_run ? ImportState::mapping : ImportState::failed;
    record.error = outcome.error().message;
    save(record);
    return core::Error(outcome.error());
  }
  record.counts = outcome->counts;
  record.checked = dry_run && !outcome->cancelled;
  record.error = {};
  if (dry_run) {
    record.state = ImportState::mapping;
  } else {
    record.state = outcome->cancelled ? ImportState::cancelled : ImportState::done;
    after_import(record);
  }
  save(record);
  // Cancelled, or the server stops: then the job is given back, and whoever takes it next goes on.
  if (outcome->cancelled) return core::Error::conflict({"The import was stopped.", "取り込みを中止しました。"});
  if (record.state == ImportState::done) forget_file(record);
  json::object result{
      {"import_id", record.id.value}, {"state", name_of(record.state)}, {"counts", to_json(record.counts)}};
  return json::serialize(result);
}

// Lets the other modules draw their conclusions.
void ServiceImpl::after_import(const ImportRecord& record) {
  if (record.kind == Kind::accounts || record.kind == Kind::contacts) targets_.usage->rematch_unmatched();
  if (record.kind == Kind::events || record.kind == Kind::accounts || record.kind == Kind::contacts)
    targets_.usage->refresh();
}

core::Result<std::string> ServiceImpl::undo_job(platform::jobs::Progress& progress) {
  BANSO_TRY_ASSIGN(ImportRecord record, import_of_job(progress.job()));
  progress.report(0, {"Taking the import back", "取り込みを取り消しています"});
  const auto provenance = platform::records::Provenance::by(
      {record.created_by, record.created_by_name, core::Role::leader, core::Language::en}, "undo: " + record.file_name);
  std::int64_t restored = 0;
  json::array conflicts;
  const auto add = [&](const customers::UndoReport& report) {
    restored += report.restored;
    for (const auto& conflict : report.conflicts) {
      conflicts.push_back(json::object{{"entity", conflict.entity},
                                       {"entity_id", conflict.entity_id},
                                       {"reason", {{"en", conflict.reason.en}, {"ja", conflict.reason.ja}}}});
    }
  };
  // What leans on accounts goes first.
  if (record.kind == Kind::events) {
    restored += targets_.usage->remove_import(record.id);
    targets_.usage->refresh();
  } else {
    BANSO_TRY_ASSIGN(const auto contracts, targets_.revenue->undo_import(provenance, record.id));
    add(contracts);
    BANSO_TRY_ASSIGN(const auto records, targets_.customers->undo_import(provenance, record.id));
    add(records);
  }
  record.state = ImportState::undone;
  save(record);
  forget_file(record);
  return json::serialize(
      json::object{{"import_id", record.id.value}, {"restored", restored}, {"conflicts", std::move(conflicts)}});
}

}  // namespace banso::integrations
