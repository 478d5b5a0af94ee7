// The facts of accounts that were active lately, in memory: to score an account again on the current day, only what
// changed is read. Of usage it holds the days that the published measures count in, and an outline of what lies before.
//
// An account that is not held (new, idle for long, crowded out) is loaded; one that is held is patched: usage from the
// first day that changed, records when records changed.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "book_loader.hpp"
#include "definition_set.hpp"
#include "dirty_marks.hpp"
#include "engine/book_assembly.hpp"

namespace banso::health {

// Of the process's gigabyte, what leaves room for the databases, the queue of intake and the book itself. A user-day is
// 16 bytes: some 10 million of them, or 10,000 accounts of 20 people each who come daily, over two months.
inline constexpr std::size_t facts_cache_bytes = 192u << 20;

// What was read to score a batch of accounts.
struct AcquiredFacts {
  std::vector<engine::Feature> features;
  std::vector<engine::BookPart> parts;  // one per account that exists
  LoadedBook records;                   // of the accounts whose records were read (its book is empty)
  std::set<core::AccountId> reloaded;   // whose records were read, whether they exist or not
};

// One batch at a time: not safe for use from several threads.
class FactsCache {
 public:
  explicit FactsCache(Dependencies dependencies, std::size_t limit_bytes = facts_cache_bytes);

  // Facts as known on `as_of` for evaluation on that day. What it points to stays until the next call. If it throws,
  // the accounts asked for are forgotten, so that nothing half-read is ever scored.
  AcquiredFacts acquire(std::span<const Marked> marked, core::Day as_of, const DefinitionSet& set);
  // Reads accounts in advance; those already held stay as they are. False: no room for more.
  bool warm(std::span<const core::AccountId> accounts, core::Day as_of, const DefinitionSet& set);
  // These may have changed in ways that acquire() will not be told: they are loaded anew when they are needed.
  void forget(std::span<const Marked> marked);
  void clear();
  std::size_t memory_bytes() const { return bytes_; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::shared_ptr<const engine::Book> records;  // shared by the accounts that were read together
    std::size_t index = 0;
    bool exists = false;
    bool has_contacts = false;
    engine::PackedUsage usage;
    PersonNumbers persons;
    std::size_t bytes = 0;
    std::list<core::AccountId>::iterator recency;
  };
  using Ids = std::vector<core::AccountId>;
  // What must be read for a batch.
  struct Plan {
    Ids whole_usage, recent_usage, older_usage, records;
    core::Day recent_from = engine::forever, older_from = engine::forever;
  };

  void fit(core::Day as_of, const DefinitionSet& set);
  void read_features();
  Plan plan(std::span<const Marked> marked);
  bool read(std::span<const Marked> marked, AcquiredFacts& into);
  bool read_usage(const Ids& accounts, std::optional<core::Day> from, bool is_whole, Ids& with_new_persons);
  void read_records(Ids accounts, AcquiredFacts& into);
  Entry& touch(core::AccountId account);
  void forget(core::AccountId account);
  void measure(Entry& entry);
  void trim();

  const Dependencies from_;
  const std::size_t limit_bytes_;
  // What the entries were made for.
  core::Day as_of_ = engine::no_day;
  std::optional<int> usage_days_;          // nothing: all there are
  bool ties_contacts_ = false;             // whether it matters who among the users is a contact
  std::vector<engine::Feature> features_;  // in the order of their ids, so that new ones come last
  std::unordered_map<std::int32_t, std::uint16_t> index_of_feature_;
  bool features_are_known_ = false;

  std::unordered_map<core::AccountId, Entry> entries_;
  std::list<core::AccountId> recent_;  // most recently used first
  std::size_t bytes_ = 0;
};

}  // namespace banso::health
