// What the workers of HTTP hand to the processor: the calls of one body, checked and made into events.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "intake_parser.hpp"
#include "platform/events/event_store.hpp"

namespace banso::usage {

// What a call says about its person, besides that something happened. Who and when is in the event.
struct Lesson {
  std::uint32_t event = 0;  // its position within the work
  std::string email;        // lower case
  std::string person_name;
  std::string previous_id;  // of an alias
};

// A call that cannot be used, as it is kept in the quarantine.
struct RefusedCall {
  core::SourceId source;
  core::Instant received_at;
  std::optional<platform::events::EventKind> kind;  // nothing: the call names it itself
  std::string reason;                               // a code, see intake_parser.hpp
  std::string field;
  core::Text message;
  std::string call;     // as sent
  std::string context;  // of its batch; or empty
  std::optional<core::Instant> sent_at;
};

struct StoreOutcome {
  std::int64_t stored = 0;
  std::int64_t duplicates = 0;
  std::int64_t not_storable = 0;  // in the quarantine now
};

// Where a caller waits until its events are in the store.
class Acknowledgement {
 public:
  void settle(core::Result<StoreOutcome> outcome);  // the first time counts
  // Nothing: not yet, after that time. (The events may still be stored later.)
  std::optional<core::Result<StoreOutcome>> wait_for(std::chrono::milliseconds time);

 private:
  std::mutex guard_;
  std::condition_variable settled_;
  std::optional<core::Result<StoreOutcome>> outcome_;
};

struct IntakeWork {
  std::int64_t journal_number = 0;  // 0: not in the journal
  core::SourceId source;
  core::Instant received_at;
  std::vector<platform::events::Event> events;  // account and person are found by the processor
  std::vector<Lesson> lessons;
  std::vector<RefusedCall> refused;
  std::int64_t bytes = 0;                            // that it takes in memory, about
  std::shared_ptr<Acknowledgement> acknowledgement;  // where somebody waits for the store
};

}  // namespace banso::usage
