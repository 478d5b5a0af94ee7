// A fresh records database for every test, on every backend:
//
//   class Contracts : public records::testing::OnEveryBackend {
//     void SetUp() override { OnEveryBackend::SetUp(); if (database()) database()->migrate(migrations()); }
//   };
//   TEST_P(Contracts, KeepTheirHistory) { database()->write(...); }
//   INSTANTIATE_TEST_SUITE_P(Backends, Contracts, records::testing::every_backend(), records::testing::backend_name);
//
// SQLite is a file in a temporary folder. PostgreSQL is a cluster of our own, started once per test program on a Unix
// socket in a temporary folder (nothing listens on the network) and stopped with the program, even when it crashes.
// Where PostgreSQL's programs are not installed its tests are skipped with a message.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "platform/records/records.hpp"

namespace banso::platform::records::testing {

enum class Backend { sqlite, postgresql };

inline auto every_backend() {
  return ::testing::Values(Backend::sqlite, Backend::postgresql);
}
std::string backend_name(const ::testing::TestParamInfo<Backend>& info);

// An empty database and its URL; dropped with this object.
class TemporaryDatabase {
 public:
  // Nothing where the backend is not installed.
  static std::unique_ptr<TemporaryDatabase> make(Backend backend);
  ~TemporaryDatabase();
  TemporaryDatabase(const TemporaryDatabase&) = delete;
  TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;

  const std::string& url() const { return url_; }

 private:
  TemporaryDatabase() = default;

  std::string url_;
  std::filesystem::path folder_;  // of SQLite
};

class OnEveryBackend : public ::testing::TestWithParam<Backend> {
 protected:
  // Skips the test where the backend is not installed; migrates the tables of the records library itself.
  void SetUp() override;
  void TearDown() override;

  const std::shared_ptr<Database>& database() const { return database_; }

 private:
  std::unique_ptr<TemporaryDatabase> temporary_;
  std::shared_ptr<Database> database_;
};

}  // namespace banso::platform::records::testing
