// Takes calls of Segment's tracking API: from a body to stored events.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "knowledge.hpp"

namespace banso::usage {

struct IntakeAnswer {
  std::int64_t accepted = 0;    // stored now
  std::int64_t duplicates = 0;  // stored before
  std::vector<core::FieldError> rejected;
};

class Intake {
 public:
  Intake(std::shared_ptr<Knowledge> knowledge, std::shared_ptr<platform::events::EventStore> events)
      : knowledge_(std::move(knowledge)), events_(std::move(events)) {}

  // What is accepted is durable when this returns. Bad calls of a batch do not stop the good ones; nothing good in the
  // body is an error.
  core::Result<IntakeAnswer> accept(core::SourceId source, const ParsedBody& body, core::Instant received_at);

  // Held while stored events are matched anew, so that no event is matched by what was known before and stored after.
  std::unique_lock<std::shared_mutex> correcting() { return std::unique_lock(matching_); }

 private:
  std::vector<platform::events::Event> events_of(core::SourceId source, const std::vector<Call>& calls,
                                                 const std::vector<core::Instant>& times, core::Instant received_at);

  std::shared_ptr<Knowledge> knowledge_;
  std::shared_ptr<platform::events::EventStore> events_;
  std::shared_mutex matching_;
};

}  // namespace banso::usage
