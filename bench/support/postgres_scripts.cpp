#include "support/postgres_scripts.hpp"

#include <fstream>
#include <stdexcept>

#include "platform/records_testing/postgres_cluster.hpp"
#include "support/process.hpp"

namespace banso::bench {

PostgresScripts::PostgresScripts(std::filesystem::path folder) : folder_(std::move(folder)) {
  auto* cluster = platform::records::testing::PostgresCluster::shared();
  if (cluster == nullptr) throw std::runtime_error("PostgreSQL is not installed");
  const auto url = cluster->create_database();
  database_ = url.substr(url.find(':') + 1);
}

void PostgresScripts::run(const std::string& script) const {
  const auto file = folder_ / "script.sql";
  std::ofstream(file) << script;
  bench::run({"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database_, "-f", file.string()}, folder_ / "psql.log");
}

}  // namespace banso::bench
