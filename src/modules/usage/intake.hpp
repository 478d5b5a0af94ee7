// Takes calls of Segment's tracking API: from a body to events that are safe.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "intake_queue.hpp"
#include "intake_record.hpp"
#include "platform/journal/journal.hpp"
#include "processor.hpp"

namespace banso::usage {

struct IntakeAnswer {
  std::int64_t accepted = 0;  // calls that are safe: they are, or will be, in the store once
  std::vector<core::FieldError> rejected;
};

// The events, lessons and refused calls of a body. The calls are taken out of it.
std::unique_ptr<IntakeWork> work_of(const IntakeRecord& record, ParsedBody& parsed);
// Of a record of the journal: parsed again, with the same result. One that cannot be read gives nothing to do.
std::unique_ptr<IntakeWork> work_of_record(std::string_view bytes);

class Intake {
 public:
  Intake(std::shared_ptr<IntakeQueue> queue, std::shared_ptr<platform::journal::Journal> journal, Processor& processor,
         IntakeStatistics& statistics)
      : queue_(std::move(queue)), journal_(std::move(journal)), processor_(processor), statistics_(statistics) {}

  // What is accepted is durable when this returns: in the journal, or without one in the store. Bad calls of a batch do
  // not stop the good ones, and are kept in the quarantine; nothing good in the body is an error. `parsed` must have
  // been made of the record's body with its receipt.
  core::Result<IntakeAnswer> accept(const IntakeRecord& record, ParsedBody parsed);
  // The body as a whole cannot be used.
  void refuse(const IntakeRecord& record, const core::Error& error);

  // Calls of the quarantine, tried again; what cannot be used is passed over. Null: nothing can be.
  core::Result<std::shared_ptr<Acknowledgement>> accept_again(const IntakeRecord& record, ParsedBody parsed);

 private:
  core::Result<void> hand_over(const IntakeRecord& record, std::unique_ptr<IntakeWork> work);
  void keep_refused(std::unique_ptr<IntakeWork> work);

  std::shared_ptr<IntakeQueue> queue_;
  std::shared_ptr<platform::journal::Journal> journal_;
  Processor& processor_;
  IntakeStatistics& statistics_;
};

}  // namespace banso::usage
