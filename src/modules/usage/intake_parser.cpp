#include "intake_parser.hpp"

#include <simdjson.h>

#include <algorithm>

namespace banso::usage {
namespace {

using platform::events::EventKind;
namespace dom = simdjson::dom;

// Parsers keep their buffers; one per thread.
dom::parser& parser() {
  thread_local dom::parser instance(1 << 20);
  return instance;
}

std::optional<dom::element> member(const dom::object& object, std::string_view name) {
  dom::element element;
  if (object[name].get(element) != simdjson::SUCCESS || element.is_null()) return std::nullopt;
  return element;
}

std::optional<dom::object> child(const dom::object& object, std::string_view name) {
  const auto element = member(object, name);
  dom::object found;
  if (!element || element->get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  });
  return text;
}

std::optional<EventKind> kind_of(std::string_view word) {
  for (const auto kind : {EventKind::track, EventKind::page, EventKind::screen, EventKind::identify, EventKind::group,
                          EventKind::alias}) {
    if (word == platform::events::to_string(kind)) return kind;
  }
  return std::nullopt;
}

// Reads one call and collects what is wrong with it.
class CallReader {
 public:
  CallReader(const dom::object& object, std::optional<dom::object> batch_context, std::string prefix)
      : object_(object), batch_context_(batch_context), prefix_(std::move(prefix)) {}

  ParsedItem read(std::optional<EventKind> kind) {
    if (kind) {
      item_.call.kind = *kind;
    } else {
      read_kind();
    }
    if (item_.errors.empty()) read_fields();
    return std::move(item_);
  }

 private:
  void read_kind() {
    const auto kind = kind_of(text(object_, "type"));
    if (kind) {
      item_.call.kind = *kind;
    } else {
      fail("type", {"Say which call this is: track, identify, group, page, screen or alias.",
                    "呼び出しの種類(track・identify・group・page・screen・alias)を指定してください。"});
    }
  }

  void read_fields() {
    auto& call = item_.call;
    call.message_id = text(object_, "messageId");
    call.user_id = text(object_, "userId");
    call.anonymous_id = text(object_, "anonymousId");
    call.timestamp = instant("timestamp");
    read_group();
    read_name();
    read_properties();
    read_person();
    if (call.kind == EventKind::alias) {
      call.previous_id = text(object_, "previousId");
      require(call.previous_id, "previousId");
      require(call.user_id, "userId");
    } else if (call.user_id.empty() && call.anonymous_id.empty()) {
      fail("userId", {"Give a userId or an anonymousId.", "userId または anonymousId を指定してください。"});
    }
  }

  void read_group() {
    auto& call = item_.call;
    call.group_id = text(object_, "groupId");
    if (call.kind == EventKind::group) return require(call.group_id, "groupId");
    for (const auto& context : {child(object_, "context"), batch_context_}) {
      if (call.group_id.empty() && context) call.group_id = text(*context, "groupId", "context.groupId");
    }
  }

  void read_name() {
    auto& call = item_.call;
    if (call.kind == EventKind::track) {
      call.name = text(object_, "event");
      require(call.name, "event");
    } else if (call.kind == EventKind::page || call.kind == EventKind::screen) {
      call.name = text(object_, "name");
      if (call.name.empty()) call.name = text(object_, "category");
    }
  }

  void read_properties() {
    const auto* name =
        item_.call.kind == EventKind::identify || item_.call.kind == EventKind::group ? "traits" : "properties";
    const auto element = member(object_, name);
    if (!element) return;
    dom::object found;
    if (element->get(found) != simdjson::SUCCESS) {
      return fail(name, {"This must be a JSON object.", "JSONオブジェクトで指定してください。"});
    }
    item_.call.properties = simdjson::minify(found);
  }

  // Who the person is: traits of an identify, or of the context of any other call.
  void read_person() {
    std::vector<std::optional<dom::object>> places;
    if (item_.call.kind == EventKind::identify) places.push_back(child(object_, "traits"));
    if (const auto context = child(object_, "context")) places.push_back(child(*context, "traits"));
    for (const auto& traits : places) {
      if (!traits) continue;
      auto& call = item_.call;
      if (call.email.empty()) call.email = lower_case(text(*traits, "email", "traits.email"));
      if (call.person_name.empty()) call.person_name = text(*traits, "name", "traits.name");
      if (call.person_name.empty()) {
        const auto first = text(*traits, "firstName", "traits.firstName"),
                   last = text(*traits, "lastName", "traits.lastName");
        call.person_name = first.empty() || last.empty() ? first + last : first + " " + last;
      }
    }
  }

  // A text, or a number where somebody's ids are numbers. Empty where absent; complains about anything else.
  std::string text(const dom::object& object, std::string_view name, std::string_view path = {}) {
    const auto field = path.empty() ? name : path;
    const auto element = member(object, name);
    if (!element) return {};
    std::string value;
    std::string_view string;
    if (element->get(string) == simdjson::SUCCESS) {
      value = string;
    } else if (element->is_int64() || element->is_uint64()) {
      value = simdjson::minify(*element);
    } else {
      fail(field, {"This must be a text.", "文字列で指定してください。"});
      return {};
    }
    if (value.size() > longest_id_bytes) {
      fail(field, {"Use at most 255 bytes.", "255バイト以内で指定してください。"});
      return {};
    }
    if (value.find('\0') != std::string::npos) {
      fail(field, {"This must not contain a NUL character.", "NUL文字は使用できません。"});
      return {};
    }
    return value;
  }

  std::optional<core::Instant> instant(std::string_view name) {
    const auto element = member(object_, name);
    if (!element) return std::nullopt;
    std::string_view string;
    if (element->get(string) == simdjson::SUCCESS) {
      if (string.empty()) return std::nullopt;
      if (const auto parsed = core::parse_instant(string)) return parsed;
    }
    fail(name, {"This must be a time in ISO 8601, like 2026-11-22T09:30:00.000Z.",
                "ISO 8601形式の日時(例: 2026-11-22T09:30:00.000Z)で指定してください。"});
    return std::nullopt;
  }

  void require(const std::string& value, std::string_view name) {
    if (value.empty()) fail(name, {"This field is required.", "この項目は必須です。"});
  }

  void fail(std::string_view field, core::Text message) {
    const auto path = prefix_ + std::string(field);
    const auto known = [&](const core::FieldError& error) { return error.field == path; };
    if (std::ranges::none_of(item_.errors, known)) item_.errors.push_back({path, std::move(message)});
  }

  dom::object object_;
  std::optional<dom::object> batch_context_;
  std::string prefix_;
  ParsedItem item_;
};

core::Error too_large(std::string field, std::size_t limit_bytes) {
  const auto limit = std::to_string(limit_bytes / 1024);
  return core::Error{core::ErrorCode::too_large,
                     {"The call is larger than " + limit + " KB. Send less at once.",
                      "呼び出しが上限(" + limit + "KB)を超えています。分割して送信してください。"},
                     {{std::move(field), {"At most " + limit + " KB.", limit + "KBまでです。"}}}};
}

ParsedItem read_item(const dom::element& element, const std::optional<dom::object>& context, std::size_t index,
                     bool check_size) {
  const auto prefix = "batch[" + std::to_string(index) + "]";
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) {
    return {{}, {{prefix, {"Each call must be a JSON object.", "各呼び出しはJSONオブジェクトで指定してください。"}}}};
  }
  if (check_size && simdjson::minify(object).size() > longest_call_bytes) {
    return {{}, too_large(prefix, longest_call_bytes).fields};
  }
  return CallReader(object, context, prefix + ".").read(std::nullopt);
}

core::Result<ParsedBody> read_batch(const dom::object& object, ParsedBody parsed, bool check_sizes) {
  const auto element = member(object, "batch");
  dom::array batch;
  if (!element || element->get(batch) != simdjson::SUCCESS) {
    return core::Error::invalid_field(
        "batch", {"Send the calls as a list named \"batch\".", "呼び出しを「batch」という配列で送信してください。"});
  }
  const auto context = child(object, "context");
  std::size_t index = 0;
  for (const auto item : batch) parsed.items.push_back(read_item(item, context, index++, check_sizes));
  return parsed;
}

}  // namespace

core::Result<ParsedBody> parse_calls(std::string_view body, std::optional<EventKind> kind) {
  const auto limit = kind ? longest_call_bytes : longest_batch_bytes;
  if (body.size() > limit) return too_large(kind ? "" : "batch", limit);
  dom::element document;
  dom::object object;
  if (const auto error = parser().parse(body.data(), body.size()).get(document)) {
    return core::Error::invalid({std::string("The body is not JSON: ") + simdjson::error_message(error),
                                 "本文がJSONとして読み取れません。形式と文字コード(UTF-8)を確認してください。"});
  }
  if (document.get(object) != simdjson::SUCCESS) {
    return core::Error::invalid({"The body must be a JSON object.", "本文はJSONオブジェクトで送信してください。"});
  }
  ParsedBody parsed;
  if (const auto element = member(object, "writeKey")) {
    if (std::string_view key; element->get(key) == simdjson::SUCCESS) parsed.write_key = key;
  }
  if (const auto element = member(object, "sentAt")) {
    // A clock that cannot be read corrects nothing.
    if (std::string_view sent; element->get(sent) == simdjson::SUCCESS) parsed.sent_at = core::parse_instant(sent);
  }
  if (!kind) return read_batch(object, std::move(parsed), body.size() > longest_call_bytes);
  parsed.items.push_back(CallReader(object, std::nullopt, "").read(kind));
  return parsed;
}

bool is_json_object(std::string_view text) {
  dom::element document;
  return parser().parse(text.data(), text.size()).get(document) == simdjson::SUCCESS && document.is_object();
}

}  // namespace banso::usage
