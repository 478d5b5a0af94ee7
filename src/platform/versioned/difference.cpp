#include "difference.hpp"

#include "core/time.hpp"

namespace banso::platform::versioned {
namespace {

namespace json = boost::json;

constexpr std::string_view day_suffix = "_day";
constexpr std::string_view instant_suffix = "_at_us";
constexpr std::string_view microseconds_suffix = "_us";

json::object parsed(const std::optional<std::string>& body) {
  return body ? json::parse(*body).as_object() : json::object();
}

// The storage writes times as numbers and says so in the field's name.
json::value readable(std::string_view stored_name, const json::value& value) {
  if (!value.is_number()) return value;
  if (stored_name.ends_with(instant_suffix))
    return json::value(core::to_string(core::Instant{value.to_number<std::int64_t>()}));
  if (stored_name.ends_with(day_suffix))
    return json::value(core::to_string(core::Day{value.to_number<std::int32_t>()}));
  return value;
}

std::string readable_name(std::string_view stored_name) {
  if (stored_name.ends_with(instant_suffix)) stored_name.remove_suffix(microseconds_suffix.size());
  return std::string(stored_name);
}

bool is_empty_text(const json::value& value) {
  const auto* text = value.if_string();
  return text && text->empty();
}

void compare(const json::object& before, const json::object& after, const std::string& prefix,
             std::vector<FieldChange>& changes) {
  const auto add = [&](std::string_view name, const json::value* old_value, const json::value* new_value) {
    changes.push_back({prefix + readable_name(name), old_value ? readable(name, *old_value) : json::value(),
                       new_value ? readable(name, *new_value) : json::value()});
  };
  static const json::object none;
  const auto compare_field = [&](std::string_view name, const json::value* old_value, const json::value* new_value) {
    if (old_value && new_value && *old_value == *new_value) return;
    // A field that records have had only since: that it is empty is no change.
    if (prefix.empty() && !before.empty() && !old_value && is_empty_text(*new_value)) return;
    const bool nested = prefix.empty() && name == "attributes";
    if (!nested) return add(name, old_value, new_value);
    compare(old_value ? old_value->as_object() : none, new_value ? new_value->as_object() : none, "attributes.",
            changes);
  };
  for (const auto& [name, value] : before) compare_field(name, &value, after.if_contains(name));
  for (const auto& [name, value] : after) {
    if (!before.contains(name)) compare_field(name, nullptr, &value);
  }
}

}  // namespace

std::vector<FieldChange> difference(const std::optional<std::string>& before, const std::optional<std::string>& after) {
  std::vector<FieldChange> changes;
  compare(parsed(before), parsed(after), "", changes);
  return changes;
}

}  // namespace banso::platform::versioned
