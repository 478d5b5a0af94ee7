// Throws bytes at the parser of intake bodies: whatever comes, it answers with calls or complaints, and what it accepts
// keeps the promises that the stores rely on. A body also survives the journal: what is made of it after a crash is
// what was made of it before.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "event_time.hpp"
#include "intake_parser.hpp"
#include "intake_record.hpp"

namespace {

using banso::platform::events::EventKind;
namespace usage = banso::usage;

const usage::Receipt receipt{{1'795'000'000'000'000}, {1'795'000'000'000'000}};

void promise(bool kept) {
  if (!kept) std::abort();
}

void check_text(const std::string& text) {
  promise(text.size() <= usage::longest_id_bytes);
  promise(text.find('\0') == std::string::npos);
}

void check_call(const usage::Call& call) {
  for (const auto* text : {&call.message_id, &call.user_id, &call.anonymous_id, &call.group_id, &call.previous_id,
                           &call.name, &call.email}) {
    check_text(*text);
  }
  promise(!call.user_id.empty() || !call.anonymous_id.empty());
  promise(call.kind != EventKind::track || !call.name.empty());
  promise(call.kind != EventKind::group || !call.group_id.empty());
  promise(call.kind != EventKind::alias || !call.previous_id.empty());
  promise(call.properties.empty() || usage::is_json_object(call.properties));
  promise(call.occurred_at.microseconds <= receipt.received_at.microseconds);
}

void check_refused(const usage::ParsedItem& item) {
  promise(!item.reason.empty());
  for (const auto& error : item.errors) promise(!error.message.en.empty() && !error.message.ja.empty());
}

void check_same(const usage::ParsedBody& before, const usage::ParsedBody& after) {
  promise(before.items.size() == after.items.size());
  for (std::size_t i = 0; i < before.items.size(); ++i) {
    const auto &left = before.items[i], &right = after.items[i];
    promise(left.errors.size() == right.errors.size());
    promise(left.call.message_id == right.call.message_id && left.call.name == right.call.name);
    promise(left.call.occurred_at == right.call.occurred_at && left.call.properties == right.call.properties);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data + 1), size - 1);
  std::optional<EventKind> kind;
  if (data[0] % 7 != 6) kind = static_cast<EventKind>(data[0] % 7);
  (void)usage::decode({reinterpret_cast<const char*>(data), size});  // bytes that no encode() wrote

  const auto parsed = usage::parse_calls(body, kind, receipt);
  if (!parsed) return 0;
  for (const auto& item : parsed->items) {
    if (item.errors.empty()) {
      check_call(item.call);
    } else {
      check_refused(item);
    }
  }
  const auto bytes = usage::encode({.source = {7}, .receipt = receipt, .body_id = 11, .kind = kind, .body = body});
  const auto record = usage::decode(bytes);
  promise(record && record->source.value == 7 && record->body_id == 11 && record->kind == kind && record->body == body);
  const auto again = usage::parse_calls(record->body, record->kind, record->receipt);
  promise(again.has_value());
  check_same(*parsed, *again);
  return 0;
}
