// Reads the bodies of Segment's tracking API. Pure: bytes in, calls and complaints out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/events/event_store.hpp"

namespace banso::usage {

inline constexpr std::size_t longest_call_bytes = 32 * 1024;
inline constexpr std::size_t longest_batch_bytes = 500 * 1024;
inline constexpr std::size_t longest_id_bytes = 255;  // of ids and names

// One call as sent; empty texts were absent.
struct Call {
  platform::events::EventKind kind = platform::events::EventKind::track;
  std::string message_id;
  std::string user_id;
  std::string anonymous_id;
  std::string group_id;     // of the call itself, else of its context
  std::string previous_id;  // of an alias
  std::string name;         // of the event, page or screen
  std::string properties;   // or traits: a JSON object
  std::string email;        // of the person, lower case
  std::string person_name;
  std::optional<core::Instant> timestamp;
};

// Either a call, or what is wrong with it; fields are named as in the body: "batch[2].event".
struct ParsedItem {
  Call call;
  std::vector<core::FieldError> errors;
};

struct ParsedBody {
  std::string write_key;  // empty: not in the body
  std::optional<core::Instant> sent_at;
  std::vector<ParsedItem> items;
};

// `kind` is that of the address (/v1/track); nothing: a batch, whose items name their own. An error: the body as a
// whole is not usable.
core::Result<ParsedBody> parse_calls(std::string_view body, std::optional<platform::events::EventKind> kind);

// Whether the text is one JSON object.
bool is_json_object(std::string_view text);

}  // namespace banso::usage
