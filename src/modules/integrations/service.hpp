// Use cases of the module. Public through integrations.hpp; what its own routes and shell need is here.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/caller.hpp"
#include "core/paging.hpp"
#include "core/result.hpp"
#include "import_record.hpp"
#include "integrations.hpp"
#include "rejects.hpp"
#include "store.hpp"

namespace banso::integrations {

inline constexpr std::int64_t upload_part_bytes = 4 << 20;
inline constexpr std::int64_t upload_bytes_max = 4ll << 30;

class ServiceImpl : public Service, public std::enable_shared_from_this<ServiceImpl> {
 public:
  explicit ServiceImpl(Dependencies dependencies);

  // -- uploads: a file in parts, in any order, any part as often as needed
  core::Result<store::Upload> create_upload(const core::Caller& caller, const std::string& name,
                                            std::int64_t size_bytes);
  core::Result<> put_part(const core::Caller& caller, std::int64_t upload_id, std::int64_t part,
                          std::string_view bytes);

  // -- imports
  core::Result<ImportRecord> create_import(const core::Caller& caller, std::int64_t upload_id, Kind kind,
                                           const ReadOptions& options);
  core::Result<ImportRecord> change_mapping(const core::Caller& caller, core::ImportId id,
                                            platform::json::object mapping);
  core::Result<std::int64_t> start_dry_run(const core::Caller& caller, core::ImportId id);  // the job's id
  core::Result<std::int64_t> start_run(const core::Caller& caller, core::ImportId id);
  core::Result<std::int64_t> start_undo(const core::Caller& caller, core::ImportId id);
  core::Result<ImportRecord> get(core::ImportId id);
  core::Page<ImportRecord> list(core::PageRequest page);

  struct RejectedCell {
    std::int64_t line = 0;
    CellError error;
  };
  core::Result<core::Page<RejectedCell>> errors(core::ImportId id, core::PageRequest page);
  std::filesystem::path rejects_file(core::ImportId id) const;

  int import_file(const ImportCommand& command, std::ostream& out, std::ostream& err) override;
  int export_records(const ExportCommand& command, std::ostream& out, std::ostream& err) override;
  platform::http::Routes routes() override;

  // Handlers of jobs: the import named by the payload, from where it stands.
  core::Result<std::string> run_job(platform::jobs::Progress& progress, bool dry_run);
  core::Result<std::string> undo_job(platform::jobs::Progress& progress);

 private:
  core::Result<ImportRecord> import_of_job(const platform::jobs::Job& job);
  core::Result<RunOutcome> run(platform::jobs::Progress& progress, ImportRecord& record, bool dry_run);
  core::Result<Mapping> effective_mapping(const ImportRecord& record);
  void after_import(const ImportRecord& record);

  core::Result<std::int64_t> start(const core::Caller& caller, core::ImportId id, std::string_view job, bool undo);
  core::Result<ImportRecord> new_import(const core::Caller& caller, Kind kind, const std::string& name,
                                        const std::filesystem::path& file, const ReadOptions& options);
  void save(const ImportRecord& record);
  bool is_at_work(const ImportRecord& record);
  bool is_uploaded(const std::filesystem::path& file) const;
  void forget_file(const ImportRecord& record);
  void forget_old_uploads();
  std::filesystem::path upload_file(std::int64_t upload_id) const;
  platform::records::Provenance provenance_of(const ImportRecord& record) const;

  core::Result<ImportRecord> prepare_shell_import(const ImportCommand& command);

  Dependencies dependencies_;
  Targets targets_;
};

}  // namespace banso::integrations
