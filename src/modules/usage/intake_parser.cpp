#include "intake_parser.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "event_time.hpp"

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

std::optional<dom::object> object_of(const std::optional<dom::element>& element) {
  dom::object found;
  if (!element || element->get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::optional<dom::object> child(const dom::object& object, std::string_view name) {
  return object_of(member(object, name));
}

std::optional<EventKind> kind_of(std::string_view word) {
  for (const auto kind : {EventKind::track, EventKind::page, EventKind::screen, EventKind::identify, EventKind::group,
                          EventKind::alias}) {
    if (word == platform::events::to_string(kind)) return kind;
  }
  return std::nullopt;
}

// The fields of a call that are read, found in one pass over it: a call may have many others, and each look-up by name
// would go over all of them. Of a repeated name the first one counts.
enum Field : std::size_t {
  type,
  message_id,
  user_id,
  anonymous_id,
  group_id,
  previous_id,
  event,
  name,
  category,
  properties,
  traits,
  context,
  timestamp,
  original_timestamp,
  sent_at,
  field_count,
};
constexpr std::array<std::string_view, field_count> field_names{
    "type",     "messageId",  "userId", "anonymousId", "groupId",   "previousId",        "event", "name",
    "category", "properties", "traits", "context",     "timestamp", "originalTimestamp", "sentAt"};

class CallFields {
 public:
  explicit CallFields(const dom::object& object) {
    for (const auto field : object) {
      for (std::size_t index = 0; index < field_count; ++index) {
        if (field.key != field_names[index]) continue;
        if (!found_[index] && !field.value.is_null()) found_[index] = field.value;
        break;
      }
    }
  }
  const std::optional<dom::element>& operator[](Field field) const { return found_[field]; }

 private:
  std::array<std::optional<dom::element>, field_count> found_;
};

// What holds for all calls of a body.
struct Surroundings {
  std::optional<dom::object> context;  // of the batch
  std::optional<core::Instant> sent_at;
  std::optional<Receipt> receipt;
};

// Reads one call and collects what is wrong with it.
class CallReader {
 public:
  // `index` of the call within its batch; nothing: it is the whole body.
  CallReader(const dom::object& object, const Surroundings& surroundings, std::optional<std::size_t> index,
             ParsedItem& item)
      : object_(object), fields_(object), surroundings_(surroundings), index_(index), item_(item) {}

  void read(std::optional<EventKind> kind) {
    if (kind) {
      item_.call.kind = *kind;
    } else {
      read_kind();
    }
    if (item_.errors.empty()) read_fields();
    if (!item_.errors.empty()) item_.sent = simdjson::minify(object_);
  }

 private:
  void read_kind() {
    const auto kind = kind_of(text(fields_[type], "type"));
    if (kind) {
      item_.call.kind = *kind;
    } else {
      fail("type", reason::invalid,
           {"Say which call this is: track, identify, group, page, screen or alias.",
            "呼び出しの種類(track・identify・group・page・screen・alias)を指定してください。"});
    }
  }

  void read_fields() {
    auto& call = item_.call;
    call.message_id = text(fields_[message_id], "messageId");
    call.user_id = text(fields_[user_id], "userId");
    call.anonymous_id = text(fields_[anonymous_id], "anonymousId");
    read_group();
    read_name();
    read_properties();
    read_person();
    if (call.kind == EventKind::alias) {
      call.previous_id = text(fields_[previous_id], "previousId");
      require(call.previous_id, "previousId");
      require(call.user_id, "userId");
    } else if (call.user_id.empty() && call.anonymous_id.empty()) {
      fail("userId", reason::missing,
           {"Give a userId or an anonymousId.", "userId または anonymousId を指定してください。"});
    }
    read_time();
  }

  void read_group() {
    auto& call = item_.call;
    call.group_id = text(fields_[group_id], "groupId");
    if (call.kind == EventKind::group) return require(call.group_id, "groupId");
    for (const auto& context : {object_of(fields_[Field::context]), surroundings_.context}) {
      if (call.group_id.empty() && context) call.group_id = text(member(*context, "groupId"), "context.groupId");
    }
  }

  void read_name() {
    auto& call = item_.call;
    if (call.kind == EventKind::track) {
      call.name = text(fields_[event], "event");
      require(call.name, "event");
    } else if (call.kind == EventKind::page || call.kind == EventKind::screen) {
      call.name = text(fields_[name], "name");
      if (call.name.empty()) call.name = text(fields_[category], "category");
    }
  }

  void read_properties() {
    const bool has_traits = item_.call.kind == EventKind::identify || item_.call.kind == EventKind::group;
    const auto& element = fields_[has_traits ? traits : properties];
    if (!element) return;
    dom::object found;
    if (element->get(found) != simdjson::SUCCESS) {
      return fail(has_traits ? "traits" : "properties", reason::invalid,
                  {"This must be a JSON object.", "JSONオブジェクトで指定してください。"});
    }
    item_.call.properties = simdjson::minify(found);
  }

  // Who the person is: traits of an identify, or of the context of any other call.
  void read_person() {
    if (item_.call.kind == EventKind::identify) {
      if (const auto said = object_of(fields_[traits])) read_traits(*said);
    }
    if (const auto context = object_of(fields_[Field::context])) {
      if (const auto said = child(*context, "traits")) read_traits(*said);
    }
  }

  void read_traits(const dom::object& said) {
    auto& call = item_.call;
    if (call.email.empty()) {
      call.email = text(member(said, "email"), "traits.email");
      core::make_lower_case(call.email);
    }
    if (call.person_name.empty()) call.person_name = text(member(said, "name"), "traits.name");
    if (call.person_name.empty()) {
      const auto first = text(member(said, "firstName"), "traits.firstName");
      const auto last = text(member(said, "lastName"), "traits.lastName");
      call.person_name = first;
      if (!first.empty() && !last.empty()) call.person_name += ' ';
      call.person_name += last;
    }
  }

  // What went through Segment already carries its correction in `timestamp` and the sender's own time beside it.
  void read_time() {
    const bool original = fields_[original_timestamp].has_value();
    const std::string_view field = original ? "originalTimestamp" : "timestamp";
    item_.call.timestamp = instant(fields_[original ? original_timestamp : timestamp], field);
    if (!surroundings_.receipt || !item_.errors.empty()) return;
    auto sent = surroundings_.sent_at;
    if (!sent && fields_[sent_at]) {
      if (std::string_view said; fields_[sent_at]->get(said) == simdjson::SUCCESS) sent = core::parse_instant(said);
    }
    auto happened = event_time(*surroundings_.receipt, sent, item_.call.timestamp);
    if (happened.refused.empty()) {
      item_.call.occurred_at = happened.at;
    } else {
      fail(field, happened.refused, std::move(happened.message));
    }
  }

  // A text, or a number where somebody's ids are numbers. Empty where absent; complains about anything else.
  std::string text(const std::optional<dom::element>& element, std::string_view field) {
    if (!element || element->is_null()) return {};
    if (std::string_view value; element->get(value) == simdjson::SUCCESS) {
      if (value.size() > longest_id_bytes) {
        fail(field, reason::too_large, {"Use at most 255 bytes.", "255バイト以内で指定してください。"});
        return {};
      }
      if (value.find('\0') != std::string_view::npos) {
        fail(field, reason::invalid, {"This must not contain a NUL character.", "NUL文字は使用できません。"});
        return {};
      }
      return std::string(value);
    }
    if (element->is_int64() || element->is_uint64()) return simdjson::minify(*element);
    fail(field, reason::invalid, {"This must be a text.", "文字列で指定してください。"});
    return {};
  }

  std::optional<core::Instant> instant(const std::optional<dom::element>& element, std::string_view field) {
    if (!element) return std::nullopt;
    if (std::string_view string; element->get(string) == simdjson::SUCCESS) {
      if (string.empty()) return std::nullopt;
      if (const auto parsed = core::parse_instant(string)) return parsed;
    }
    fail(field, reason::invalid,
         {"This must be a time in ISO 8601, like 2026-11-22T09:30:00.000Z.",
          "ISO 8601形式の日時(例: 2026-11-22T09:30:00.000Z)で指定してください。"});
    return std::nullopt;
  }

  void require(const std::string& value, std::string_view field) {
    if (value.empty()) fail(field, reason::missing, {"This field is required.", "この項目は必須です。"});
  }

  void fail(std::string_view field, std::string_view code, core::Text message) {
    const auto path = (index_ ? "batch[" + std::to_string(*index_) + "]." : "") + std::string(field);
    const auto known = [&](const core::FieldError& error) { return error.field == path; };
    if (std::ranges::any_of(item_.errors, known)) return;
    if (item_.errors.empty()) item_.reason = code;
    item_.errors.push_back({path, std::move(message)});
  }

  const dom::object& object_;
  CallFields fields_;
  const Surroundings& surroundings_;
  std::optional<std::size_t> index_;
  ParsedItem& item_;
};

core::Error too_large(std::string field, std::size_t limit_bytes) {
  const auto limit = std::to_string(limit_bytes / 1024);
  return core::Error{core::ErrorCode::too_large,
                     {"The call is larger than " + limit + " KB. Send less at once.",
                      "呼び出しが上限(" + limit + "KB)を超えています。分割して送信してください。"},
                     {{std::move(field), {"At most " + limit + " KB.", limit + "KBまでです。"}}}};
}

// The sizes of the calls of a batch as sent. (The tree of a document no longer knows them.)
std::vector<std::size_t> call_sizes(simdjson::padded_string_view body) {
  namespace ondemand = simdjson::ondemand;
  thread_local ondemand::parser walker;
  std::vector<std::size_t> sizes;
  ondemand::document document;
  ondemand::array batch;
  if (walker.iterate(body).get(document) || document["batch"].get_array().get(batch)) return sizes;
  for (auto item : batch) {
    std::string_view raw;
    ondemand::object object;
    if (item.get_object().get(object) || object.raw_json().get(raw)) {
      sizes.push_back(0);  // not an object: refused for that
    } else {
      sizes.push_back(raw.size());
    }
  }
  return sizes;
}

void read_item(const dom::element& element, const Surroundings& surroundings, std::size_t index, std::size_t size_bytes,
               ParsedItem& item) {
  const auto name = [&] { return "batch[" + std::to_string(index) + "]"; };
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) {
    item.reason = reason::invalid;
    item.errors = {{name(), {"Each call must be a JSON object.", "各呼び出しはJSONオブジェクトで指定してください。"}}};
    item.sent = simdjson::minify(element);
  } else if (size_bytes > longest_call_bytes) {
    item.reason = reason::too_large;
    item.errors = too_large(name(), longest_call_bytes).fields;
    item.sent = simdjson::minify(object);
  } else {
    CallReader(object, surroundings, index, item).read(std::nullopt);
  }
}

core::Result<void> read_batch(const std::optional<dom::element>& element, const Surroundings& surroundings,
                              const std::vector<std::size_t>& sizes, ParsedBody& parsed) {
  dom::array batch;
  if (!element || element->get(batch) != simdjson::SUCCESS) {
    return core::Error::invalid_field(
        "batch", {"Send the calls as a list named \"batch\".", "呼び出しを「batch」という配列で送信してください。"});
  }
  parsed.items.resize(batch.size());
  bool has_errors = false;
  std::size_t index = 0;
  for (const auto call : batch) {
    if (index == parsed.items.size()) parsed.items.emplace_back();  // size() saturates for very long lists
    read_item(call, surroundings, index, index < sizes.size() ? sizes[index] : 0, parsed.items[index]);
    has_errors = has_errors || !parsed.items[index].errors.empty();
    ++index;
  }
  if (has_errors && surroundings.context) parsed.context = simdjson::minify(*surroundings.context);
  return {};
}

}  // namespace

core::Result<ParsedBody> parse_calls(std::string_view body, std::optional<EventKind> kind,
                                     const std::optional<Receipt>& receipt) {
  const auto limit = kind ? longest_call_bytes : longest_batch_bytes;
  if (body.size() > limit) return too_large(kind ? "" : "batch", limit);
  thread_local std::string padded;
  padded.reserve(longest_batch_bytes + simdjson::SIMDJSON_PADDING);
  padded.assign(body);
  const simdjson::padded_string_view bytes(padded.data(), padded.size(), padded.capacity());
  dom::element document;
  dom::object object;
  if (const auto error = parser().parse(bytes.data(), bytes.size(), false).get(document)) {
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
  Surroundings surroundings{std::nullopt, parsed.sent_at, receipt};
  if (kind) {
    CallReader(object, surroundings, std::nullopt, parsed.items.emplace_back()).read(kind);
    return parsed;
  }
  surroundings.context = child(object, "context");
  const auto sizes = body.size() > longest_call_bytes ? call_sizes(bytes) : std::vector<std::size_t>{};
  BANSO_TRY(read_batch(member(object, "batch"), surroundings, sizes, parsed));
  return parsed;
}

bool is_json_object(std::string_view text) {
  dom::element document;
  return parser().parse(text.data(), text.size()).get(document) == simdjson::SUCCESS && document.is_object();
}

}  // namespace banso::usage
