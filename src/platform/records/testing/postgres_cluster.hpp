// A private PostgreSQL cluster in a temporary folder, reachable through a Unix socket only.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace banso::platform::records::testing {

class PostgresCluster {
 public:
  // The one of this program, started by the first call. Null where PostgreSQL is not installed, or where the program
  // runs as root and there is no user `postgres` to run it as (initdb refuses root).
  static PostgresCluster* shared();

  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  // A new empty database; its URL for Database::open.
  std::string create_database();

 private:
  PostgresCluster(std::filesystem::path programs);

  void initialise(const std::filesystem::path& programs);
  void start(const std::filesystem::path& programs);
  void wait_until_ready() const;
  std::string connection(const std::string& database) const;

  std::filesystem::path folder_;
  pid_t server_ = -1;
  int databases_ = 0;
};

}  // namespace banso::platform::records::testing
