// The event store in one DuckDB file. One writer at a time, any number of readers on snapshots.
//
// Rows lie in the order of storing, so event_no has tight bounds per row group and "what came since" reads the tail
// only. There is no index: it would have to fit into memory. Duplicates are found by the message filter, and confirmed
// by the column message_hash.
#pragma once

#include <atomic>

#include <mutex>
#include <string>

#include "message_filter.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {

class DuckDbStore : public EventStore {
 public:
  DuckDbStore(std::shared_ptr<duckdb::Database> database, const Settings& settings);

  int day_offset_minutes() const override { return day_offset_minutes_; }
  void set_day_offset_minutes(int minutes) override { day_offset_minutes_ = minutes; }
  AppendOutcome append(std::span<const Event> batch) override;
  std::int64_t rematch(const Rematch& rematch) override;
  std::int64_t remove_import(core::ImportId import) override;
  std::int64_t erase_person(core::AccountId account, const std::string& person_key) override;

  std::int64_t position() override;
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

  void load_filter();
  std::vector<std::uint32_t> insert_into_filter(std::span<const Event> batch, std::span<const std::int64_t> hashes);
  std::vector<std::uint32_t> confirm_duplicates(std::span<const Event> batch, std::span<const std::int64_t> hashes,
                                                std::span<const std::uint32_t> suspects);
  void write_rows(std::span<const Event> batch, std::span<const std::int64_t> hashes,
                  std::span<const std::uint32_t> duplicates);
  std::int64_t remove(const Where& where);

  static std::int64_t position(duckdb::Connection& connection);
  std::string day_sql(const char* column) const;  // the calendar day of a timestamp column, as INTEGER
  Where where(const Selection& selection) const;
  Where usage_where(const Selection& selection) const;
  std::string user_day_sql(const std::string& from_and_where) const;

  std::shared_ptr<duckdb::Database> database_;
  std::atomic<int> day_offset_minutes_;

  std::mutex writing_;  // guards what follows
  duckdb::Connection writer_;
  std::int64_t next_no_ = 1;  // of events and of touched marks alike
  MessageFilter filter_;
};

}  // namespace banso::platform::events
