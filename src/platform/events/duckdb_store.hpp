// The event store in one DuckDB file. One writer at a time, any number of readers on snapshots. How rows lie in the
// file: duckdb_layout.hpp; how duplicates are found: message_ledger.hpp; how many events there are: volumes.hpp.
//
// A thread of its own keeps house: it settles tails, seals and merges the ledger, and opens the database again after a
// fatal error (a full disk), whatever is first due.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "duckdb_layout.hpp"
#include "duckdb_settler.hpp"
#include "message_hash.hpp"
#include "message_ledger.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "volumes.hpp"

namespace banso::platform::events {

// Other than the defaults in tests only.
struct DuckDbTuning {
  std::int64_t settle_at_rows = 2'000'000;  // of a tail
  std::int64_t settle_idle_rows = 500'000;  // of a tail to which nothing was appended for a while
  std::chrono::milliseconds idle_after{30'000};
  std::int64_t settle_piece_rows = 250'000;
  std::chrono::milliseconds house_kept_every{200};
  MessageLedger::Settings ledger{};
};

class DuckDbStore : public EventStore {
 public:
  // Without a folder the ledger is in memory.
  DuckDbStore(std::shared_ptr<duckdb::Database> database, std::optional<std::filesystem::path> ledger_folder,
              const Settings& settings, const DuckDbTuning& tuning = {});
  ~DuckDbStore() override;

  int day_offset_minutes() const override { return day_offset_minutes_; }
  void set_day_offset_minutes(int minutes) override { day_offset_minutes_ = minutes; }
  AppendOutcome append(std::span<const Event> batch) override;
  std::int64_t rematch_all(std::span<const Rematch> rematches) override;
  std::int64_t remove_import(core::ImportId import) override;
  std::int64_t erase_person(core::AccountId account, const std::string& person_key) override;

  std::int64_t position() override { return position_; }
  Changes changes_since(std::int64_t since) override;
  void user_days(const Selection& selection, const UserDayVisitor& visit) override;
  void user_days_added(std::int64_t since, std::int64_t until, const UserDayVisitor& visit) override;
  void user_days_of(std::span<const AccountDay> pairs, std::int64_t until, const UserDayVisitor& visit) override;
  std::vector<DailyCount> daily_counts(const Selection& selection) override;

  core::Page<StoredEvent> timeline(const TimelineQuery& query) override;
  core::Page<Person> people(const PeopleQuery& query) override;
  std::vector<StoredEvent> latest(std::optional<core::SourceId> source, int limit) override;
  core::Page<Unmatched> unmatched(core::PageRequest page) override;
  std::vector<TypeVolume> type_volumes() override { return volumes_.by_type(); }
  std::vector<SourceVolume> source_volumes() override { return volumes_.by_source(); }
  Totals totals(const Selection& selection) override;
  void export_events(const Selection& selection, const std::function<void(const StoredEvent&)>& visit) override;

  // For tests: settles and maintains until nothing is left to do, whether it is due or not.
  void settle_everything();
  std::size_t tail_count();

 private:
  struct Where;
  struct Tail {
    std::int64_t number = 0;
    std::int64_t rows = 0;  // appended; corrections may have removed some
  };
  using AccountDays = std::set<AccountDay>;

  void load();
  void load_volumes();
  void remember_messages(std::int64_t since);
  void ensure_working();

  std::vector<std::uint32_t> duplicates_in(std::span<const Event> batch, std::span<const MessageHash> hashes) const;
  void write_rows(std::span<const Event> batch, std::span<const MessageHash> hashes,
                  std::span<const std::uint32_t> duplicates);

  struct Correction;
  struct RematchForm;
  void ask_for(std::span<const Rematch> rematches);
  void rematch_alike(const RematchForm& form, Correction& correction);
  AccountDays account_days_of(const std::string& from, const Where& which, const std::string& account = "account_id");
  VolumeSum unmatched_moved(const std::string& table, const RematchForm& form);
  std::int64_t remove(const Where& where);
  std::vector<MessageHash> messages_of(const Where& which);
  void mark_touched(const AccountDays& touched);
  void keep_settled_volumes(const VolumeSum& sum);

  void keep_house(const std::stop_token& stop);
  bool checkpoint();
  bool settle(bool due_only);
  bool tail_is_due() const;
  layout::TailNumbers tail_numbers() const;

  std::string day_sql(const char* column) const;  // the calendar day of a timestamp column, as INTEGER
  Where where(const Selection& selection) const;
  Where usage_where(const Selection& selection) const;
  std::string user_day_sql(const std::string& from_and_where) const;

  const std::shared_ptr<duckdb::Database> database_;
  const std::optional<std::filesystem::path> ledger_folder_;
  const DuckDbTuning tuning_;
  std::atomic<int> day_offset_minutes_;
  Volumes volumes_;
  std::optional<MessageHasher> hasher_;          // made once, at opening
  std::atomic<std::int64_t> position_ = 0;       // of what is committed
  std::atomic<std::int64_t> last_event_no_ = 0;  // position of the last append
  std::atomic<std::int64_t> last_touched_ = 0;   // position of the last correction

  // Whoever changes stored rows or tables takes this one first; appends do not.
  std::mutex layout_;
  DuckDbSettler settler_;

  std::mutex writing_;  // guards what follows
  std::optional<duckdb::Connection> writer_;
  std::unique_ptr<MessageLedger> ledger_;  // made once
  std::vector<Tail> tails_;                // oldest first; rows are appended to the last
  std::int64_t next_no_ = 1;               // of events and of corrections alike
  std::chrono::steady_clock::time_point appended_at_;
  bool broken_ = false;    // a write failed: look whether the database must be opened again
  bool reopened_ = false;  // and not loaded yet

  std::mutex sleeping_;
  std::condition_variable_any wake_;
  std::jthread housekeeper_;  // last: it ends before all else goes
};

}  // namespace banso::platform::events
