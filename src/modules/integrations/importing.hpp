// One run through a file: read, map, write; or only check, in a dry run. Memory is bounded by one batch of rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "record_writer.hpp"

namespace banso::integrations {

// Where a run stands after a whole batch; a run that was interrupted goes on from here.
struct Checkpoint {
  std::int64_t rows_read = 0;
  std::int64_t reject_bytes = 0;  // of the file of rejected rows
  Counts counts;
};

struct Run {
  std::filesystem::path file;
  FileProfile profile;
  Mapping mapping;
  Kind kind = Kind::accounts;
  std::vector<std::filesystem::path> look_up_folders;
  std::filesystem::path rejects;  // where rejected rows go
  platform::records::Provenance provenance;
  std::string currency;   // of amounts that say none, where the mapping says none
  std::string file_hash;  // tells this file from any other
  bool dry_run = false;
  Checkpoint from;
};

// Heard while a run goes on.
struct RunListener {
  std::function<void(double progress, const Counts&)> progress;
  std::function<bool()> cancelled;
  std::function<void(const Checkpoint&)> checkpoint;
};

struct RunOutcome {
  Counts counts;
  bool cancelled = false;
};

core::Result<RunOutcome> run_import(const Targets& targets, const Run& run, const RunListener& listener);

// BLAKE2b of the file's bytes, in hexadecimal.
core::Result<std::string> hash_of_file(const std::filesystem::path& file);

}  // namespace banso::integrations
