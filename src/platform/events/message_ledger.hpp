// Remembers which messages were stored, so that each counts once: the newest in a table in memory, older ones in sorted
// runs in a folder (message_run.hpp), each with a filter in memory. About 13 bits of memory and 18 bytes of disk a
// message.
//
// The ledger is derived from the store's rows. It knows up to which event it is complete on disk (sealed_until()); who
// opens it tells it of the messages stored since. A ledger that is missing, damaged or of another store begins empty,
// with sealed_until() 0, and is told of everything.
//
// Ageing: once more than `warm_limit` messages are remembered, runs older than `warm_for` become cold: they stay on
// disk, but leave no filter in memory, and are looked into only when asked to (`also_cold`), at one read of the disk
// for each message and run.
//
// Threading: maintain() may run beside everything but forgetting; the rest takes turns.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "message_hash.hpp"
#include "message_run.hpp"
#include "message_table.hpp"

namespace banso::platform::events {

class MessageLedger {
 public:
  struct Settings {
    std::size_t seal_at = 1'500'000;      // messages in memory before they become a run
    std::size_t merge_at = 8;             // runs of about one size before they become one
    std::int64_t run_limit = 16'000'000;  // merged runs do not become larger
    std::int64_t warm_limit = 100'000'000;
    std::int64_t warm_for_us = 8 * core::microseconds_per_day;
  };

  // Without a folder all stays in memory. `identity` tells stores apart; `newest_event_no` is the store's: a ledger
  // that knows more than the store holds belongs to a later copy of it and begins anew.
  MessageLedger(std::optional<std::filesystem::path> folder, std::uint64_t identity, std::int64_t newest_event_no,
                const Settings& settings);

  std::int64_t sealed_until() const { return sealed_until_; }

  // Sets known[i] where hashes[i] is remembered; leaves none out.
  void find(std::span<const MessageHash> hashes, std::span<bool> known, bool also_cold) const;
  // Messages of stored events, up to and including that event.
  void insert(std::span<const MessageHash> hashes, std::int64_t until_event_no);
  // For reading the store's rows in any order: insert() them with sealed_until(), then tell up to where they go.
  void complete(std::int64_t until_event_no);

  // Seals, merges and ages what is due, one piece of work at a time. False: nothing to do. Throws std::runtime_error
  // where the disk does not take it; then all stays as it was, and it may be tried again.
  bool maintain();
  bool needs_maintenance() const;

  // Before rows are removed from the store, and after. A crash in between makes the ledger begin anew. Give an empty
  // list if the rows stayed.
  void prepare_to_forget();
  void forget(std::vector<MessageHash> hashes);

  std::size_t run_count() const;

 private:
  using Run = std::shared_ptr<const MessageRun>;
  using Runs = std::vector<Run>;

  bool load_manifest(std::int64_t newest_event_no);
  void write_manifest(const Runs& runs, std::int64_t sealed_until) const;
  void begin_anew();
  std::filesystem::path new_file();
  bool seal();
  bool merge();
  bool age();
  Run write_run(const std::vector<MessageHash>& sorted, core::Instant sealed_at);
  Run merged(const Runs& runs);
  void replace(const Runs& old, Run fresh, std::int64_t sealed_until);
  Runs runs() const;

  const std::optional<std::filesystem::path> folder_;
  const std::uint64_t identity_;
  const Settings settings_;

  MessageTable recent_;
  std::int64_t recent_until_ = 0;
  bool sealed_while_reading_ = false;

  std::mutex maintaining_;
  std::atomic<std::int64_t> sealed_until_ = 0;
  std::int64_t next_file_ = 1;

  mutable std::mutex mutex_;                     // guards what follows
  std::shared_ptr<const MessageTable> sealing_;  // on its way to the disk
  std::int64_t sealing_until_ = 0;
  Runs runs_;  // oldest first
};

}  // namespace banso::platform::events
