// The event stores that the conformance suite runs on: one line in `adapters` each.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "duckdb_store.hpp"
#include "platform/clickhouse_testing/clickhouse_cluster.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {

// Opens the same store anew at every call; in memory there is nothing to come back to.
class StoreHome {
 public:
  virtual ~StoreHome() = default;
  virtual std::shared_ptr<EventStore> open(const Settings& settings) = 0;
  virtual bool survives_closing() const = 0;
};

class DuckDbFile : public StoreHome {
 public:
  DuckDbFile() {
    static std::atomic<int> number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("banso-events-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
  }
  ~DuckDbFile() override { std::filesystem::remove_all(folder_); }
  std::shared_ptr<EventStore> open(const Settings& settings) override {
    return open_duckdb_store(folder_ / "events.duckdb", settings);
  }
  bool survives_closing() const override { return true; }

 protected:
  std::filesystem::path folder_;
};

// Settles, seals and merges all the time, beside everything that is tested.
class DuckDbRestless : public DuckDbFile {
 public:
  std::shared_ptr<EventStore> open(const Settings& settings) override {
    DuckDbTuning tuning{
        .settle_at_rows = 50, .settle_piece_rows = 20, .house_kept_every = std::chrono::milliseconds(1)};
    tuning.ledger = {.seal_at = 100, .merge_at = 3, .run_limit = 500};
    return std::make_shared<DuckDbStore>(platform::duckdb::Database::open(folder_ / "events.duckdb"),
                                         folder_ / "events.ledger", settings, tuning);
  }
};

class DuckDbMemory : public StoreHome {
 public:
  std::shared_ptr<EventStore> open(const Settings& settings) override { return duckdb_store_in_memory(settings); }
  bool survives_closing() const override { return false; }
};

// A database of its own on the test program's cluster; nothing where ClickHouse is not installed.
class ClickHouseShards : public StoreHome {
 public:
  ClickHouseShards() {
    auto* cluster = clickhouse::testing::Cluster::shared();
    if (cluster) url_ = cluster->new_store_url();
  }
  std::shared_ptr<EventStore> open(const Settings& settings) override {
    return url_.empty() ? nullptr : open_clickhouse_store(url_, settings);
  }
  bool survives_closing() const override { return true; }

 private:
  std::string url_;
};

struct Adapter {
  std::string name;
  std::function<std::unique_ptr<StoreHome>()> home;
};

inline const Adapter adapters[] = {
    {"DuckDbFile", [] { return std::make_unique<DuckDbFile>(); }},
    {"DuckDbRestless", [] { return std::make_unique<DuckDbRestless>(); }},
    {"DuckDbMemory", [] { return std::make_unique<DuckDbMemory>(); }},
    {"ClickHouseShards", [] { return std::make_unique<ClickHouseShards>(); }},
};

}  // namespace banso::platform::events
