// A PostgreSQL 15 of the benchmark's own, asked through psql.
#pragma once

#include <filesystem>
#include <string>

namespace banso::bench {

class PostgresScripts {
 public:
  // Starts a cluster with an empty database; scripts and their output go below `folder`. Throws where PostgreSQL is not
  // installed.
  explicit PostgresScripts(std::filesystem::path folder);

  // Runs to the end; throws with psql's words where a statement fails.
  void run(const std::string& script) const;

  // What a careful operator would set for one big query on this machine.
  static constexpr const char* settings =
      "SET work_mem = '512MB'; SET max_parallel_workers_per_gather = 4; SET jit = on; SET synchronous_commit = off;\n";

 private:
  std::filesystem::path folder_;
  std::string database_;
};

}  // namespace banso::bench
