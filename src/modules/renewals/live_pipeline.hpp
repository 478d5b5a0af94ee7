// The pipeline kept at hand: contracts in memory, read again for accounts that changed; built anew when somebody asks
// after something changed. Internal to the module.
#pragma once

#include <atomic>
#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "pipeline.hpp"
#include "store.hpp"

namespace banso::renewals {

using PipelinePtr = std::shared_ptr<const Pipeline>;

// Threading: all members may be called from any thread.
class LivePipeline {
 public:
  LivePipeline(const Dependencies& from, Store& store) : from_(from), store_(store) {}

  // As known today, or at the end of an earlier day; refuses later days.
  core::Result<PipelinePtr> get(std::optional<core::Day> as_of);
  void accounts_changed(std::span<const core::AccountId> accounts);
  void book_changed() { ++book_changes_; }
  void inputs_changed() { ++input_changes_; }
  // Definitions of health, or the whole evaluation, may have changed what was known.
  void forget_all();
  core::Text level_name(const std::string& level);
  // Every version of every contract, as they were when a pipeline was last asked for.
  std::shared_ptr<const Versions> contracts();

 private:
  void read_contracts();
  std::optional<core::Day> levels_from() const;
  core::Result<std::shared_ptr<const std::unordered_map<core::AccountId, AccountOfBook>>> accounts_of_book();
  core::Result<PipelinePtr> build(core::Day as_of, bool is_past);

  const Dependencies& from_;
  Store& store_;
  std::atomic<std::int64_t> book_changes_{1}, input_changes_{1}, contract_changes_{1};

  std::mutex dirty_mutex_;
  std::unordered_set<core::AccountId> dirty_;

  std::mutex mutex_;  // what follows; held while a pipeline is built
  bool has_contracts_ = false;
  std::shared_ptr<Versions> versions_ = std::make_shared<Versions>();
  health::BookViewPtr view_;
  std::shared_ptr<const std::unordered_map<core::AccountId, AccountOfBook>> accounts_;
  struct Made {
    core::Day as_of;
    bool is_past = false;
    std::int64_t book_changes = 0, input_changes = 0, contract_changes = 0;
    core::Instant at;
    PipelinePtr pipeline;
  };
  std::list<Made> made_;  // most recently used first
};

// The moment up to which a day knows things, by a clock so far ahead of UTC.
core::Instant end_of(core::Day day, int utc_offset_minutes);

}  // namespace banso::renewals
