// The one thread that brings what came in over HTTP into the store: in batches, learning what the calls teach, matching
// each event to its account and person, appending.
//
// With a journal the callers were answered before; a store that fails is tried again until it works, and what waits is
// bounded by the queue. Without one (nodes of a cluster) each caller waits for the store, and hears when it fails.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "corrections.hpp"
#include "intake_queue.hpp"
#include "journal_release.hpp"
#include "knowledge.hpp"
#include "lag_samples.hpp"
#include "platform/journal/journal.hpp"
#include "properties.hpp"
#include "quarantine.hpp"
#include "statistics.hpp"

namespace banso::usage {

struct ProcessorParts {
  std::shared_ptr<Knowledge> knowledge;
  std::shared_ptr<platform::events::EventStore> events;
  std::shared_ptr<Quarantine> quarantine;
  std::shared_ptr<platform::journal::Journal> journal;  // may be null
  std::shared_ptr<IntakeQueue> queue;
  Corrections* corrections = nullptr;
  IntakeStatistics* statistics = nullptr;
  Properties* properties = nullptr;
  std::function<void()> on_stored;
};

class Processor {
 public:
  explicit Processor(ProcessorParts parts);
  ~Processor();

  void start();
  // Works off what waits, for a few seconds at most; what is left stays in the journal.
  void stop();

  // Whether what the journal still held was read, so that new records may be appended. Waits a moment for it.
  bool wait_until_ready(std::chrono::milliseconds patience);
  // Until everything that was pushed so far is stored (tests, orderly ends). False: not in that time.
  bool wait_until_idle(std::chrono::milliseconds patience);

  const LagSamples& lag() const { return lag_; }

 private:
  using Works = std::vector<std::unique_ptr<IntakeWork>>;
  struct Stopped {};

  void work();
  void replay();
  void process(Works& works);
  // One attempt; throws where the store or the records fail.
  void store(Works& works, std::vector<platform::events::Event>& events);
  void tell(const Works& works, const platform::events::AppendOutcome& outcome,
            std::vector<platform::events::Event>& events);
  // A batch that is rejected again and again: down to the events that are to blame, which go into the quarantine.
  struct Divided;
  void divide(Works& works, std::vector<platform::events::Event> events);
  void go_on(std::unique_ptr<Divided> divided);
  void find_witness(Divided& divided);
  void fail(Works& works);
  void finish(Works& works);
  bool pause(std::chrono::milliseconds time);  // false: stopping

  ProcessorParts parts_;
  JournalRelease release_;
  LagSamples lag_;

  // Of the thread: what of the journal cannot be judged before others were stored.
  bool is_replaying_ = false;
  std::vector<std::unique_ptr<Divided>> postponed_;

  std::mutex state_;  // guards what follows
  std::condition_variable changed_;
  bool ready_ = false;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point stop_by_{};
  std::thread thread_;
};

}  // namespace banso::usage
