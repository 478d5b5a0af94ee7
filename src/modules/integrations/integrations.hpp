// Bringing data in and taking it out: spreadsheets (CSV, TSV, .xlsx) and event files (CSV, JSON lines) become records
// and events; records become CSV or JSON lines. The module's only public header. How a file is read and mapped is
// described in docs/guide/import.md and README.md.
//
// Threading: a Service is shared by all threads. Roles: csm and up import; leaders and the importer undo.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/caller.hpp"
#include "core/text.hpp"
#include "modules/customers/customers.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/usage/usage.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/records.hpp"

namespace banso::integrations {

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<usage::Service> usage;
  platform::jobs::Jobs* jobs = nullptr;     // outlives the service's use; not yet started
  std::filesystem::path data_folder;        // uploads and rejected rows are kept below it
  std::function<int()> utc_offset_minutes;  // of the workspace's clock
};

// `banso import FILE --as KIND [--map FILE] [--dry-run]`
struct ImportCommand {
  std::filesystem::path file;
  std::string kind;  // accounts|contacts|subscriptions|tickets|interactions|surveys|attendance|events
  std::optional<std::filesystem::path> map;
  bool dry_run = false;
  std::optional<std::filesystem::path> rejects;  // where rejected rows go as CSV; absent: FILE.rejected.csv right here
  bool json = false;                             // one JSON object on standard output instead of sentences
  bool progress_bar = false;                     // on a terminal
  core::Language language = core::Language::en;
};

// `banso export KIND [--out FILE] [--format csv|ndjson] [--bom]`
struct ExportCommand {
  std::string kind;
  std::optional<std::filesystem::path> out;  // absent: standard output
  std::string format = "csv";                // or "ndjson"
  bool byte_order_mark = false;              // so that Excel reads the CSV as UTF-8
  core::Language language = core::Language::en;
};

class Service {
 public:
  // Registers its handlers with the jobs, so before they start.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // The shell. Writes for a person to `out` and `err`; returns the exit code: 0 done (rejected rows are reported and
  // are no failure), 2 the input is wrong as a whole and nothing was written, 1 something else failed.
  virtual int import_file(const ImportCommand& command, std::ostream& out, std::ostream& err) = 0;
  virtual int export_records(const ExportCommand& command, std::ostream& out, std::ostream& err) = 0;

  // /api/uploads, /api/imports; see api/integrations.yaml.
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::integrations
