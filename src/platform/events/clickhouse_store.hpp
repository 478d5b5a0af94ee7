// The event store on a ClickHouse cluster: any number of nodes write and read at the same time.
//
// What "durable" means here: append() returns when every shard concerned has taken its rows. ClickHouse (18.16 always,
// later versions by default) leaves writing them to the disk to the operating system: a killed server loses nothing, a
// machine that loses power may lose the last seconds. What protects from that is a second replica (replicated=1,
// insert_quorum=2).
//
// append() is all or nothing towards its caller: when it throws, some shards may have their part. Readers of this node
// do not see it, other nodes may. The same batch appended again, to this or any other node, is stored once. Events
// without a message id are recognised again by this node as long as it runs, when the batch is repeated unchanged.
//
// A shard without a living replica: append() throws (any shard may know the message); reads of one account work while
// its own shard is there, reads of everything throw.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clickhouse_claims.hpp"
#include "clickhouse_cluster.hpp"
#include "clickhouse_log.hpp"
#include "clickhouse_numbers.hpp"
#include "clickhouse_rows.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {

class ClickHouseStore : public EventStore {
 public:
  ClickHouseStore(const ClickHouseOptions& options, const Settings& settings, int node);

  int day_offset_minutes() const override { return day_offset_minutes_; }
  void set_day_offset_minutes(int minutes) override { day_offset_minutes_ = minutes; }
  AppendOutcome append(std::span<const Event> batch) override;
  std::int64_t rematch_all(std::span<const Rematch> rematches) override;
  std::int64_t remove_import(core::ImportId import) override;
  std::int64_t erase_person(core::AccountId account, const std::string& person_key) override;

  std::int64_t position() override { return log_.position(); }
  Changes changes_since(std::int64_t since) override;
  void user_days(const Selection& selection, const UserDayVisitor& visit) override;
  void user_days_added(std::int64_t since, std::int64_t until, const UserDayVisitor& visit) override;
  void user_days_of(std::span<const AccountDay> pairs, std::int64_t until, const UserDayVisitor& visit) override;
  std::vector<DailyCount> daily_counts(const Selection& selection) override;

  core::Page<StoredEvent> timeline(const TimelineQuery& query) override;
  core::Page<Person> people(const PeopleQuery& query) override;
  std::vector<StoredEvent> latest(std::optional<core::SourceId> source, int limit) override;
  core::Page<Unmatched> unmatched(core::PageRequest page) override;
  std::vector<TypeVolume> type_volumes() override;
  std::vector<SourceVolume> source_volumes() override;
  Totals totals(const Selection& selection) override;
  void export_events(const Selection& selection, const std::function<void(const StoredEvent&)>& visit) override;

 private:
  struct Where;
  // The numbers and keys that a batch keeps when it is repeated after a failure.
  struct Attempt {
    std::string fingerprint;
    std::int64_t first_no = 0, last_no = 0;
    std::string seed;
    std::set<std::uint32_t> contested;  // positions whose event may have been stored half way, in two places
  };
  struct Batch;       // a batch on its way
  struct Correction;  // a stored row, and what it becomes

  // clickhouse_append.cpp; all with writing_ held
  Attempt attempt_for(std::span<const Event> batch);
  void remember_failure(std::span<const Event> batch, Attempt attempt);
  AppendOutcome store(std::span<const Event> events, Attempt& attempt);
  std::vector<std::uint32_t> find_duplicates(Batch& batch);
  void insert_claims(const Batch& batch);
  std::vector<std::vector<MessageClaim>> read_claims(const Batch& batch);
  std::set<std::int64_t> complete_among(const std::set<std::int64_t>& batch_numbers);
  void write_events(const Batch& batch);
  void keep_house();
  // With the rows of a batch go the account-days it touches; then, as the last thing, its row in the log.
  void add_touched(std::vector<clickhouse::Request>& requests, std::int64_t batch_no,
                   const std::set<AccountDay>& pairs);
  void add_inserts(std::vector<clickhouse::Request>& requests, std::string_view table,
                   std::vector<clickhouse::RowWriter>& rows_of_shards) const;
  void write_to_log(std::int64_t batch_no, bool complete, bool for_ever);
  void report_what_a_crash_left();
  int shard_for(const Event& event) const;
  int shard_for(core::AccountId account) const { return cluster_.shard_of(static_cast<std::uint64_t>(account.value)); }

  // clickhouse_corrections.cpp
  std::int64_t correct(const Where& which, const std::function<std::optional<Event>(const Event&)>& after);
  bool has_candidates(int shard, const Where& which);
  void apply(std::span<const Correction> corrections);

  // clickhouse_reads.cpp, clickhouse_user_days.cpp
  static constexpr int all_shards = -1;
  std::string visible() const;
  std::string day_sql(const char* column) const;  // the calendar day of a column of microseconds, as Int32
  Where where(const Selection& selection) const;
  Where usage_where(const Selection& selection) const;
  // "SELECT <select> FROM the valid rows <which> <rest>" of one shard or of all.
  clickhouse::Request request(int shard, const std::string& select, const Where& which, const std::string& rest) const;
  // The shard that has all rows of an account, where one has.
  int shard_with(core::AccountId account) const { return account ? shard_for(account) : all_shards; }
  std::vector<StoredEvent> rows_at(int shard, const Where& which, std::vector<std::int64_t> event_numbers);
  clickhouse::Request user_day_request(int shard, const Where& which) const;
  std::vector<AccountDay> all_account_days();
  std::vector<Where> pieces_of(const Selection& selection);
  void split_account(core::AccountId account, const Where& which, std::vector<Where>& pieces);

  const ClickHouseOptions options_;
  mutable ClickHouseCluster cluster_;
  mutable ClickHouseNumbers numbers_;
  ClickHouseLog log_;
  std::atomic<int> day_offset_minutes_;

  std::mutex correcting_;            // one rematch or removal at a time; taken before writing_
  std::mutex writing_;               // one batch of this node after the other: followers rely on it
  std::set<AccountDay> unreported_;  // touched by what failed half way: goes with the next batch
  std::int32_t house_kept_on_ = 0;

  // Which rows of this node are whole batches; guarded by seeing_.
  mutable std::mutex seeing_;
  std::int64_t seen_until_no_ = 0;
  std::deque<Attempt> failed_;  // the newest last, bounded
};

}  // namespace banso::platform::events
