#include "databases.hpp"

#include <cstdlib>

#include "postgres_cluster.hpp"

namespace banso::platform::records::testing {
namespace {

std::filesystem::path temporary_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "banso-sqlite-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw DatabaseError("cannot make a temporary folder");
  return pattern;
}

}  // namespace

std::string backend_name(const ::testing::TestParamInfo<Backend>& info) {
  return info.param == Backend::sqlite ? "sqlite" : "postgresql";
}

std::unique_ptr<TemporaryDatabase> TemporaryDatabase::make(Backend backend) {
  std::unique_ptr<TemporaryDatabase> made(new TemporaryDatabase());
  if (backend == Backend::sqlite) {
    made->folder_ = temporary_folder();
    made->url_ = "sqlite:" + (made->folder_ / "records.db").string();
    return made;
  }
  auto* cluster = PostgresCluster::shared();
  if (cluster == nullptr) return nullptr;
  made->url_ = cluster->create_database();
  return made;
}

TemporaryDatabase::~TemporaryDatabase() {
  if (folder_.empty()) return;  // a PostgreSQL database goes with its cluster
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void OnEveryBackend::SetUp() {
  temporary_ = TemporaryDatabase::make(GetParam());
  if (!temporary_) GTEST_SKIP() << "PostgreSQL is not installed (Debian package postgresql)";
  database_ = Database::open(temporary_->url(), 4);
  database_->migrate(migrations());
}

void OnEveryBackend::TearDown() {
  database_.reset();
  temporary_.reset();
}

}  // namespace banso::platform::records::testing
