// A record lists its fields once, and everything mechanical follows from that list: its row in the database, its body
// in the version log, and reading both back.
//
//   struct Ticket : Recorded {
//     static constexpr std::string_view entity = "ticket", table = "ticket";
//     core::AccountId account;
//     std::string subject;
//     std::optional<core::Instant> closed_at;
//     template <class Self, class Visit>
//     static void fields(Self& self, Visit&& visit) {
//       visit("account_id", self.account);
//       visit("subject", self.subject);
//       visit("closed_at_us", self.closed_at);
//     }
//     bool operator==(const Ticket&) const = default;
//   };
//
// The names are both columns and keys of the body; they end in _day and _at_us as in all tables. Enumerations are kept
// as words: `std::string_view to_word(E)` and `bool from_word(std::string_view, E&)` are found by argument-dependent
// look-up. Columns that are derived (search keys) go into an optional second list `derived`, which is in the row only.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/json.hpp>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::platform::versioned {

// What every record has: its id and since when its present state counts as known.
struct Recorded {
  std::int64_t id = 0;
  core::Instant known_at;
  bool operator==(const Recorded&) const = default;
};

// A field that is JSON itself, kept as text with its keys sorted so that equal values are equal texts.
struct JsonText {
  std::string text = "{}";
  bool operator==(const JsonText&) const = default;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<core::Id<Tag>> : std::true_type {};
template <class T>
struct IsIdList : std::false_type {};
template <class Tag>
struct IsIdList<std::vector<core::Id<Tag>>> : std::true_type {};

inline std::string list_text(const std::vector<std::string>& list) {
  boost::json::array array;
  for (const auto& item : list) array.emplace_back(item);
  return boost::json::serialize(array);
}

template <class T>
records::Value to_cell(const T& field) {
  if constexpr (IsOptional<T>::value) {
    return field ? to_cell(*field) : records::Value();
  } else if constexpr (IsId<T>::value) {
    return records::Value(field.value);  // none is 0
  } else if constexpr (std::is_enum_v<T>) {
    return records::Value(to_word(field));
  } else if constexpr (std::is_same_v<T, JsonText>) {
    return records::Value(field.text);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    return records::Value(list_text(field));
  } else if constexpr (IsIdList<T>::value) {
    boost::json::array array;
    for (const auto& id : field) array.emplace_back(id.value);
    return records::Value(boost::json::serialize(array));
  } else {
    return records::Value(field);
  }
}

template <class T>
void from_json(const boost::json::value& json, T& field);

template <class T>
void from_cell(const records::Row& row, std::size_t column, T& field) {
  if constexpr (IsOptional<T>::value) {
    field.reset();
    if (!row.is_null(column)) from_cell(row, column, field.emplace());
  } else if constexpr (IsId<T>::value) {
    field = row.id<T>(column);
  } else if constexpr (std::is_enum_v<T>) {
    from_word(row.text(column), field);
  } else if constexpr (std::is_same_v<T, JsonText>) {
    field.text = row.text(column);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>> || IsIdList<T>::value) {
    field.clear();
    const auto text = row.text(column);
    if (text.size() > 2) from_json(boost::json::parse(text), field);
  } else if constexpr (std::is_same_v<T, core::Day>) {
    field = row.day(column);
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    field = row.instant(column);
  } else if constexpr (std::is_same_v<T, bool>) {
    field = row.yes(column);
  } else if constexpr (std::is_same_v<T, double>) {
    field = row.number(column);
  } else if constexpr (std::is_integral_v<T>) {
    field = static_cast<T>(row.integer(column));
  } else {
    static_assert(std::is_same_v<T, std::string>);
    field = row.text(column);
  }
}

// Empty fields are left out of the body: most fields of most records are empty.
template <class T>
void to_json(boost::json::object& body, std::string_view name, const T& field) {
  if constexpr (IsOptional<T>::value) {
    // A zero inside an optional says something; only an absent one is left out.
    if (!field) return;
    using Inner = typename T::value_type;
    if constexpr (std::is_same_v<Inner, core::Day>) {
      body.emplace(name, field->days);
    } else if constexpr (std::is_same_v<Inner, core::Instant>) {
      body.emplace(name, field->microseconds);
    } else {
      body.emplace(name, *field);
    }
  } else if constexpr (IsId<T>::value) {
    if (field) body.emplace(name, field.value);
  } else if constexpr (std::is_enum_v<T>) {
    body.emplace(name, to_word(field));
  } else if constexpr (std::is_same_v<T, JsonText>) {
    if (field.text.size() > 2) body.emplace(name, boost::json::parse(field.text, body.storage()));
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    if (field.empty()) return;
    auto& array = body.emplace(name, boost::json::array(body.storage())).first->value().as_array();
    for (const auto& item : field) array.emplace_back(item);
  } else if constexpr (IsIdList<T>::value) {
    if (field.empty()) return;
    auto& array = body.emplace(name, boost::json::array(body.storage())).first->value().as_array();
    for (const auto& item : field) array.emplace_back(item.value);
  } else if constexpr (std::is_same_v<T, core::Day>) {
    body.emplace(name, field.days);
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    body.emplace(name, field.microseconds);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!field.empty()) body.emplace(name, field);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (field) body.emplace(name, true);
  } else {
    if (field != T{}) body.emplace(name, field);
  }
}

template <class T>
void from_json(const boost::json::value& json, T& field) {
  if constexpr (IsOptional<T>::value) {
    from_json(json, field.emplace());
  } else if constexpr (IsId<T>::value) {
    field.value = json.to_number<std::int64_t>();
  } else if constexpr (std::is_enum_v<T>) {
    from_word(json.as_string(), field);
  } else if constexpr (std::is_same_v<T, JsonText>) {
    field.text = boost::json::serialize(json);
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    for (const auto& item : json.as_array()) field.emplace_back(item.as_string());
  } else if constexpr (IsIdList<T>::value) {
    for (const auto& item : json.as_array()) field.push_back({item.to_number<std::int64_t>()});
  } else if constexpr (std::is_same_v<T, core::Day>) {
    field.days = json.to_number<std::int32_t>();
  } else if constexpr (std::is_same_v<T, core::Instant>) {
    field.microseconds = json.to_number<std::int64_t>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    field = json.as_string();
  } else if constexpr (std::is_same_v<T, bool>) {
    field = json.as_bool();
  } else {
    field = json.to_number<T>();
  }
}

}  // namespace detail

// The whole record as JSON, for the version log.
template <class R>
std::string body_of(const R& record) {
  alignas(std::max_align_t) unsigned char buffer[4096];
  boost::json::monotonic_resource memory(buffer, sizeof buffer);
  boost::json::object body(&memory);
  R::fields(record, [&](std::string_view name, const auto& field) { detail::to_json(body, name, field); });
  return boost::json::serialize(body);
}

// A record from its body; id and known_at are the caller's to fill.
template <class R>
R from_body(std::string_view body) {
  alignas(std::max_align_t) unsigned char buffer[4096];
  boost::json::monotonic_resource memory(buffer, sizeof buffer);
  const auto json = boost::json::parse(boost::json::string_view(body.data(), body.size()), &memory);
  const auto& object = json.as_object();
  R record;
  R::fields(record, [&](std::string_view name, auto& field) {
    if (const auto* value = object.if_contains(name)) detail::from_json(*value, field);
  });
  return record;
}

}  // namespace banso::platform::versioned
