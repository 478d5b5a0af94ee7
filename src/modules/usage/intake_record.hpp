// A body as the journal keeps it: enough to make the very same events of it again after a crash.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intake_parser.hpp"

namespace banso::usage {

struct IntakeRecord {
  core::SourceId source;
  Receipt receipt;
  // Unique for ever; from it and the position come the ids of messages that were sent without one.
  std::int64_t body_id = 0;
  std::optional<platform::events::EventKind> kind;  // of the address; nothing: a batch
  std::string_view body;
};

std::string encode(const IntakeRecord& record);
// Nothing where it was not written by encode(). The body points into the bytes.
std::optional<IntakeRecord> decode(std::string_view bytes);

}  // namespace banso::usage
