// How the intake stands, put together from what was counted, what waits, and what is stored.
//
// Threading: every function may be called from any thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/events/event_store.hpp"
#include "platform/json/json.hpp"
#include "platform/records/records.hpp"
#include "silence.hpp"
#include "statistics.hpp"
#include "usage.hpp"

namespace banso::usage {

class IntakeReports {
 public:
  struct Parts {
    std::shared_ptr<platform::records::Database> records;
    std::shared_ptr<platform::events::EventStore> events;
    std::shared_ptr<AccountDirectory> accounts;
    IntakeStatistics* statistics = nullptr;
    // Calls waiting in the quarantine, by source.
    std::function<std::map<core::SourceId, std::int64_t>()> quarantine_now;
  };

  explicit IntakeReports(Parts parts) : parts_(std::move(parts)) {}

  IntakeReport report(core::Instant now = core::now());
  // The last events stored, newest first, as the API shows them.
  platform::json::array latest(const std::optional<core::SourceId>& source, int limit);
  // See Service::live_intake().
  std::string live();

  void on_source_silent(SilenceListener listener);
  // Tells the listeners which sources fell silent or speak again. Call it every minute.
  void watch(core::Instant now = core::now());

 private:
  // What costs a look into the stores, and may be some seconds old.
  struct Volumes {
    std::map<core::SourceId, std::int64_t> unmatched;
    std::map<core::SourceId, std::int64_t> quarantine;
    std::chrono::steady_clock::time_point read_at;
  };

  Volumes volumes();
  platform::json::array render(const std::vector<platform::events::StoredEvent>& events);

  const Parts parts_;
  SilenceWatch watch_;

  std::mutex reading_;  // guards what follows
  std::optional<Volumes> volumes_;
  std::map<core::SourceId, IntakeCounts> told_;  // by live()
  std::int64_t last_told_event_no_ = 0;

  std::mutex listening_;  // guards what follows
  std::vector<SilenceListener> listeners_;
};

}  // namespace banso::usage
