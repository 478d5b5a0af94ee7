#include "clickhouse_cluster.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/time.hpp"
#include "platform/clickhouse/literal.hpp"
#include "platform/clickhouse/row_binary.hpp"

namespace banso::platform::events {
namespace {

constexpr int long_read_timeout_ms = 600'000;
constexpr int sign_of_life_timeout_ms = 3000;

// Rows of one event lie at (account_id, occurred_at, source_id, message_key) and the one with the highest version
// counts; removed = 1 says that it is not there. Partitions are 30 days of occurred_at, as plain numbers, so that rows
// of the same place always meet.
// The granularity is small for followers, who read single days of thousands of accounts.
constexpr const char* event_table = R"sql(
CREATE TABLE IF NOT EXISTS {event} (
  account_id Int64, occurred_at Int64, source_id Int64, message_key FixedString(16),
  version UInt64, removed UInt8,
  event_no Int64, received_at Int64, matched_by UInt8,
  group_key String, person_key String, user_id String, anonymous_id String,
  kind UInt8, name String, properties String, message_id String, import_id Int64
) ENGINE = @engine PARTITION BY intDiv(occurred_at, 2592000000000)
ORDER BY (account_id, occurred_at, source_id, message_key) SETTINGS index_granularity = 256)sql";

// Which batch means to store a message, and where (state 0); state 1 says that the message was removed from the store
// and that earlier claims are void.
constexpr const char* message_table = R"sql(
CREATE TABLE IF NOT EXISTS {message} (
  message_key FixedString(16), batch_no Int64, state UInt8, shard UInt16,
  account_id Int64, matched_by UInt8, occurred_at Int64, kept_day Int32
) ENGINE = @engine PARTITION BY kept_day ORDER BY (message_key) SETTINGS index_granularity = 256)sql";

// The account-days of a batch, written before its row in `batch`, which says that all of it is stored.
constexpr const char* touched_table = R"sql(
CREATE TABLE IF NOT EXISTS {touched} (batch_no Int64, account_id Int64, day Int32, kept_day Int32)
ENGINE = @engine PARTITION BY kept_day ORDER BY (batch_no) SETTINGS index_granularity = 1024)sql";

constexpr const char* batch_table = R"sql(
CREATE TABLE IF NOT EXISTS {batch} (batch_no Int64, complete UInt8, kept_day Int32)
ENGINE = @engine PARTITION BY kept_day ORDER BY (batch_no) SETTINGS index_granularity = 256)sql";

std::int64_t number_of(std::string_view name, std::string_view text, std::int64_t least) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least) {
    throw std::invalid_argument("clickhouse: " + std::string(name) + " must be a whole number, at least " +
                                std::to_string(least));
  }
  return number;
}

void set_option(ClickHouseOptions& options, std::string_view name, std::string_view value) {
  if (name == "cluster") {
    options.cluster = clickhouse::identifier(value);
  } else if (name == "database") {
    options.database = clickhouse::identifier(value);
  } else if (name == "replicated") {
    options.replicated = number_of(name, value, 0) != 0;
  } else if (name == "insert_quorum") {
    options.insert_quorum = static_cast<int>(number_of(name, value, 0));
  } else if (name == "timeout_ms") {
    options.timeout_ms = static_cast<int>(number_of(name, value, 100));
  } else if (name == "message_days") {
    options.message_days = static_cast<int>(number_of(name, value, 8));
  } else {
    throw std::invalid_argument("clickhouse: no option \"" + std::string(name) +
                                "\" (cluster, database, replicated, insert_quorum, timeout_ms, message_days)");
  }
}

template <class Visit>
void each_part(std::string_view list, char separator, Visit visit) {
  while (!list.empty()) {
    const auto end = std::min(list.find(separator), list.size());
    visit(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t place = 0; (place = text.find(what, place)) != std::string::npos; place += by.size()) {
    text.replace(place, what.size(), by);
  }
}

}  // namespace

ClickHouseOptions ClickHouseOptions::parse(std::string_view url) {
  constexpr std::string_view scheme = "clickhouse:";
  if (!url.starts_with(scheme)) {
    throw std::invalid_argument(
        "an event store's URL must be clickhouse:http://host:8123,http://host2:8123?cluster=...");
  }
  url.remove_prefix(scheme.size());
  ClickHouseOptions options;
  const auto question = std::min(url.find('?'), url.size());
  each_part(url.substr(0, question), ',', [&](std::string_view part) { options.addresses.emplace_back(part); });
  if (options.addresses.empty()) throw std::invalid_argument("clickhouse: at least one address is needed");
  each_part(url.substr(std::min(question + 1, url.size())), '&', [&](std::string_view part) {
    const auto equals = std::min(part.find('='), part.size());
    set_option(options, part.substr(0, equals), part.substr(std::min(equals + 1, part.size())));
  });
  return options;
}

ClickHouseCluster::ClickHouseCluster(const ClickHouseOptions& options)
    : options_(options), client_({.connect_timeout_ms = 2000, .silence_timeout_ms = options.timeout_ms}) {
  discover_shards();
  make_tables();
  drop_what_is_too_old();
}

// The servers' own definition of the cluster says how many shards there are and which one an address is.
void ClickHouseCluster::discover_shards() {
  const auto sql =
      "SELECT toInt64(max(shard_num)), toInt64(maxIf(shard_num, is_local = 1)) FROM system.clusters WHERE cluster = " +
      clickhouse::literal(options_.cluster) + " FORMAT RowBinary";
  std::string failures;
  for (const auto& address : options_.addresses) {
    std::string answer;
    try {
      answer = client_.run({.to = {address}, .sql = sql, .rows = {}, .tables = {}, .settings = {}});
    } catch (const clickhouse::Error& error) {
      failures += std::string("\n") + error.what();
      continue;
    }
    clickhouse::RowReader row(answer);
    const auto shards = row.number<std::int64_t>(), own = row.number<std::int64_t>();
    if (!row.ok() || shards == 0 || own == 0) {
      throw clickhouse::Error(-1, "ClickHouse at " + address.name() + " is no member of a cluster \"" +
                                      options_.cluster + "\" (remote_servers in its configuration)");
    }
    shards_.resize(static_cast<std::size_t>(shards));
    shards_.at(static_cast<std::size_t>(own - 1)).push_back(address);
  }
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    if (shards_[shard].empty()) failures += "\nshard " + std::to_string(shard + 1) + " has no address that answers";
  }
  const bool whole = !shards_.empty() && std::ranges::none_of(shards_, [](const auto& shard) { return shard.empty(); });
  if (!whole)
    throw clickhouse::Error(clickhouse::Error::unreachable, "the ClickHouse cluster is not whole:" + failures);
}

std::string ClickHouseCluster::engine(const std::string& kind, const std::string& table,
                                      const std::string& version) const {
  if (!options_.replicated) return kind + "(" + version + ")";
  return "Replicated" + kind + "('/clickhouse/tables/" + options_.database + "/{shard}/" + table + "', '{replica}'" +
         (version.empty() ? "" : ", " + version) + ")";
}

// On every server by itself: ON CLUSTER would need a ZooKeeper even where nothing is replicated.
void ClickHouseCluster::make_tables() {
  const std::vector<std::pair<std::string, std::string>> tables{
      {"event", event_table}, {"message", message_table}, {"touched", touched_table}, {"batch", batch_table}};
  const auto on_all_servers = [&](const std::string& sql) {
    std::vector<clickhouse::Request> requests;
    for (const auto& shard : shards_) {
      for (const auto& address : shard)
        requests.push_back({.to = {address}, .sql = sql, .rows = {}, .tables = {}, .settings = {}});
    }
    client_.run(requests);
  };
  on_all_servers("CREATE DATABASE IF NOT EXISTS " + options_.database);
  for (const auto& [table, definition] : tables) {
    auto sql = definition;
    replace_all(sql, "@engine",
                table == "event" ? engine("ReplacingMergeTree", table, "version") : engine("MergeTree", table));
    on_all_servers(named(sql));
  }
  for (const auto& [table, definition] : tables) {
    on_all_servers(named("CREATE TABLE IF NOT EXISTS {" + table + "_all} AS {" + table + "} ENGINE = Distributed(") +
                   options_.cluster + ", " + options_.database + ", " + table + ")");
  }
}

std::string ClickHouseCluster::named(std::string_view sql) const {
  std::string text(sql);
  for (const char* table : {"event", "message", "touched", "batch"}) {
    for (const char* extent : {"", "_all"}) {
      replace_all(text, "{" + std::string(table) + extent + "}", options_.database + "." + table + extent);
    }
  }
  return text;
}

int ClickHouseCluster::shard_of(std::uint64_t key) const {
  // The finaliser of MurmurHash3: ids that differ in their low bits only are spread, too. Never to be changed.
  key ^= key >> 33;
  key *= 0xff51afd7ed558ccdULL;
  key ^= key >> 33;
  key *= 0xc4ceb9fe1a85ec53ULL;
  key ^= key >> 33;
  return static_cast<int>(key % shards_.size());
}

clickhouse::Request ClickHouseCluster::read(int shard, std::string_view sql) const {
  return {.to = shards_.at(static_cast<std::size_t>(shard)),
          .sql = named(sql) + " FORMAT RowBinary",
          .rows = {},
          .tables = {},
          .settings = {}};
}

clickhouse::Request ClickHouseCluster::long_read(int shard, std::string_view sql) const {
  ask_for_a_sign_of_life(shard, shard);
  auto request = read(shard, sql);
  request.silence_timeout_ms = long_read_timeout_ms;
  return request;
}

clickhouse::Request ClickHouseCluster::statement(int shard, std::string_view sql) const {
  auto request = read(shard, "");
  request.sql = named(sql);
  return request;
}

clickhouse::Request ClickHouseCluster::long_read_all(std::string_view sql) const {
  ask_for_a_sign_of_life(0, shards() - 1);
  auto request = read(0, sql);
  request.silence_timeout_ms = long_read_timeout_ms;
  for (std::size_t shard = 1; shard < shards_.size(); ++shard) {
    request.to.insert(request.to.end(), shards_[shard].begin(), shards_[shard].end());
  }
  request.settings = {{"connect_timeout_with_failover_ms", "1000"}, {"receive_timeout", "20"}};
  return request;
}

void ClickHouseCluster::ask_for_a_sign_of_life(int first_shard, int last_shard) const {
  std::vector<clickhouse::Request> questions;
  for (int shard = first_shard; shard <= last_shard; ++shard) {
    questions.push_back(read(shard, "SELECT 1"));
    questions.back().silence_timeout_ms = std::min(sign_of_life_timeout_ms, options_.timeout_ms);
  }
  client_.run(questions);
}

clickhouse::Request ClickHouseCluster::insert(int shard, std::string_view table, std::string rows) const {
  clickhouse::Request request{
      .to = shards_.at(static_cast<std::size_t>(shard)),
      .sql = "INSERT INTO " + options_.database + "." + std::string(table) + " FORMAT RowBinary",
      .rows = std::move(rows),
      .tables = {},
      .settings = {}};
  if (options_.insert_quorum > 0)
    request.settings.emplace_back("insert_quorum", std::to_string(options_.insert_quorum));
  return request;
}

std::vector<std::string> ClickHouseCluster::run_everywhere(std::string_view sql) {
  std::vector<clickhouse::Request> requests;
  for (int shard = 0; shard < shards(); ++shard) requests.push_back(read(shard, sql));
  return client_.run(requests);
}

void ClickHouseCluster::drop_what_is_too_old() {
  const auto today = core::day_of(core::now()).days;
  for (int shard = 0; shard < shards(); ++shard) {
    drop_partitions(shard, "message", today - options_.message_days);
    drop_partitions(shard, "touched", today - log_days);
    drop_partitions(shard, "batch", today - log_days);
  }
}

// Day 0 stands for "for ever".
void ClickHouseCluster::drop_partitions(int shard, const std::string& table, std::int64_t before_day) {
  const auto days =
      run(read(shard, "SELECT DISTINCT toInt64(partition) FROM system.parts WHERE active AND database = " +
                          clickhouse::literal(options_.database) + " AND table = " + clickhouse::literal(table)));
  clickhouse::each_row(days, [&](clickhouse::RowReader& row) {
    const auto day = row.number<std::int64_t>();
    if (day <= 0 || day >= before_day) return;
    run(statement(shard, "ALTER TABLE {" + table + "} DROP PARTITION " + std::to_string(day)));
  });
}

}  // namespace banso::platform::events
