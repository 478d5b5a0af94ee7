// A private two-shard ClickHouse cluster on free loopback ports, everything in a temporary folder; configured by
// tools/dev/clickhouse_cluster.sh. Ends with the program, even when that crashes.
#pragma once

#include <sys/types.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>

namespace banso::platform::clickhouse::testing {

class Cluster {
 public:
  static constexpr int shards = 2;

  // The one of this program, started by the first call (from the main thread: the servers die with the thread that
  // started them). Null where ClickHouse is not installed.
  static Cluster* shared();
  // One of its own, with its data below that folder. Same rules.
  static std::unique_ptr<Cluster> start(const std::filesystem::path& below = std::filesystem::temp_directory_path());

  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // "http://127.0.0.1:23456" of a shard, 0 or 1.
  std::string address(int shard) const;
  // For open_clickhouse_store(), of a database whose name nobody has used yet.
  std::string new_store_url();

  pid_t server(int shard) const { return servers_.at(shard); }
  void pause(int shard);   // SIGSTOP: accepts connections and says nothing
  void resume(int shard);  // SIGCONT
  void kill(int shard);    // SIGKILL, and waits for its end
  void run(int shard);     // starts a killed shard again and waits until it answers

 private:
  explicit Cluster(const std::filesystem::path& below);
  void launch(int shard);
  void wait_until_ready(int shard);

  std::filesystem::path folder_;
  std::array<int, shards> http_ports_{};
  std::array<pid_t, shards> servers_{-1, -1};
  int databases_ = 0;
};

}  // namespace banso::platform::clickhouse::testing
