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

// Why a call is refused, as a short code for statistics and the quarantine.
namespace reason {
inline constexpr std::string_view not_json = "not_json";
inline constexpr std::string_view invalid = "invalid";
inline constexpr std::string_view missing = "missing";
inline constexpr std::string_view too_large = "too_large";
inline constexpr std::string_view too_old = "too_old";
inline constexpr std::string_view in_the_future = "in_the_future";
inline constexpr std::string_view not_storable = "not_storable";  // the event store rejects it
}  // namespace reason

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
  core::Instant occurred_at;  // set where the parser was told when the call came
};

// Either a call, or what is wrong with it; fields are named as in the body: "batch[2].event".
struct ParsedItem {
  Call call;
  std::vector<core::FieldError> errors;
  std::string_view reason;  // of the first error
  std::string sent;         // only where there are errors: the call as JSON
};

struct ParsedBody {
  std::string write_key;  // empty: not in the body
  std::optional<core::Instant> sent_at;
  std::string context;  // of a batch in which something is refused: a JSON object; or empty
  std::vector<ParsedItem> items;
};

// When a call came, and the time that it is checked against (later, where it is tried again).
struct Receipt {
  core::Instant received_at;
  core::Instant checked_at;
};

// `kind` is that of the address (/v1/track); nothing: a batch, whose items name their own. With a receipt the times of
// the calls are corrected and checked, too. An error: the body as a whole is not usable.
core::Result<ParsedBody> parse_calls(std::string_view body, std::optional<platform::events::EventKind> kind,
                                     const std::optional<Receipt>& receipt = std::nullopt);

// Whether the text is one JSON object.
bool is_json_object(std::string_view text);

}  // namespace banso::usage
