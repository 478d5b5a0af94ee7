// The ClickHouse servers that hold the events: which address is which shard, the tables, and where an account's rows
// are. Rows go to their shard directly, not through a Distributed table: the caller then knows which shard refused, and
// one insert is one block that is there as a whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clickhouse/client.hpp"

namespace banso::platform::events {

// clickhouse:http://host:8123,http://host2:8123?cluster=banso&database=banso
struct ClickHouseOptions {
  std::vector<clickhouse::Address> addresses;  // of every shard at least one
  std::string cluster = "banso";               // as in the servers' remote_servers
  std::string database = "banso";
  bool replicated = false;  // tables are Replicated..., with the servers' macros {shard} and {replica}
  int insert_quorum = 0;    // replicas that must have a block before an insert counts; 0: the server's setting
  int timeout_ms = 10'000;  // how long a shard may take to answer a write
  int message_days = 9;     // how long message ids are remembered; those of imports are kept for ever

  // std::invalid_argument names what is wrong.
  static ClickHouseOptions parse(std::string_view url);
};

class ClickHouseCluster {
 public:
  // Finds out the shards and makes missing tables. Error where a shard has no address that answers.
  explicit ClickHouseCluster(const ClickHouseOptions& options);

  int shards() const { return static_cast<int>(shards_.size()); }
  // The shard of any key, the same for ever: accounts, batches and messages are spread by it.
  int shard_of(std::uint64_t key) const;

  // Statements speak of tables as {event}, and where {event_all} stands, of the rows of all shards.
  clickhouse::Request read(int shard, std::string_view sql) const;
  // Reads that may take minutes: made after a look whether the shards answer at all, so that one that hangs shows
  // within seconds nevertheless.
  clickhouse::Request long_read(int shard, std::string_view sql) const;
  clickhouse::Request long_read_all(std::string_view sql) const;
  clickhouse::Request statement(int shard, std::string_view sql) const;  // what answers nothing
  clickhouse::Request insert(int shard, std::string_view table, std::string rows) const;

  std::string run(const clickhouse::Request& request) { return client_.run(request); }
  std::vector<std::string> run(std::span<const clickhouse::Request> requests) { return client_.run(requests); }
  void stream(const clickhouse::Request& request, const std::function<void(std::string_view)>& visit) {
    client_.stream(request, visit);
  }
  // The answer of every shard to the same statement about its own rows.
  std::vector<std::string> run_everywhere(std::string_view sql);

  // Removes what is remembered for some time only: message ids, and what followers were told.
  void drop_what_is_too_old();
  // Followers hear of single batches for this long; after that they are told to look at everything.
  static constexpr int log_days = 35;

 private:
  void discover_shards();
  void make_tables();
  void drop_partitions(int shard, const std::string& table, std::int64_t before_day);
  void ask_for_a_sign_of_life(int first_shard, int last_shard) const;
  std::string named(std::string_view sql) const;
  std::string engine(const std::string& kind, const std::string& table, const std::string& version = {}) const;

  ClickHouseOptions options_;
  mutable clickhouse::Client client_;
  std::vector<std::vector<clickhouse::Address>> shards_;
};

}  // namespace banso::platform::events
