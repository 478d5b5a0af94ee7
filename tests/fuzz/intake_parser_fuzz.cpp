// Throws bytes at the parser of intake bodies: whatever comes, it answers with calls or complaints, and what it accepts
// keeps the promises that the stores rely on.
//
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Isrc -Isrc/modules/usage
//     tests/fuzz/intake_parser_fuzz.cpp src/modules/usage/intake_parser.cpp src/modules/usage/event_time.cpp
//     src/core/time.cpp src/platform/events/event_store.cpp -lsimdjson -lfmt -o intake_parser_fuzz
//   ./intake_parser_fuzz -max_total_time=600 corpus ../shared/data/segment/calls
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "event_time.hpp"
#include "intake_parser.hpp"

namespace {

using banso::platform::events::EventKind;

void promise(bool kept) {
  if (!kept) std::abort();
}

void check_text(const std::string& text) {
  promise(text.size() <= banso::usage::longest_id_bytes);
  promise(text.find('\0') == std::string::npos);
}

void check_call(const banso::usage::Call& call) {
  for (const auto* text : {&call.message_id, &call.user_id, &call.anonymous_id, &call.group_id, &call.previous_id,
                           &call.name, &call.email}) {
    check_text(*text);
  }
  promise(!call.user_id.empty() || !call.anonymous_id.empty());
  promise(call.kind != EventKind::track || !call.name.empty());
  promise(call.kind != EventKind::group || !call.group_id.empty());
  promise(call.kind != EventKind::alias || !call.previous_id.empty());
  promise(call.properties.empty() || banso::usage::is_json_object(call.properties));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data + 1), size - 1);
  std::optional<EventKind> kind;
  if (data[0] % 7 != 6) kind = static_cast<EventKind>(data[0] % 7);
  const auto parsed = banso::usage::parse_calls(body, kind);
  if (!parsed) return 0;
  const banso::core::Instant received_at{1'795'000'000'000'000};
  for (const auto& item : parsed->items) {
    if (!item.errors.empty()) continue;
    check_call(item.call);
    const auto happened = banso::usage::event_time(received_at, parsed->sent_at, item.call.timestamp);
    promise(!happened || *happened <= received_at);
  }
  return 0;
}
