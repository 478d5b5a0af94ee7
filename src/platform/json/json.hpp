// JSON for the API: Boost.JSON, and a reader of request objects that collects an error per field.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace banso::platform::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// The body as an object; the error says where the text stops being JSON.
core::Result<object> parse_object(std::string_view text);
core::Result<value> parse(std::string_view text);
std::string serialize(const value& json);

// Values for output.
value from(const core::Text& text);  // {"en", "ja"}
value from(const std::optional<core::Text>& text);
value from(core::Day day);                        // "2026-11-22"
value from(core::Instant instant);                // "2026-11-22T09:30:00.000Z"
value from(const std::optional<core::Day>& day);  // or null
value from(const std::optional<core::Instant>& instant);
value from(const std::optional<std::string>& text);
value from(const std::optional<std::int64_t>& number);
value from(const std::optional<double>& number);
template <class Tag>
value from(core::Id<Tag> id) {
  return id ? value(id.value) : value(nullptr);
}

// Reads fields of an object and collects what is wrong with each; ask finish() at the end.
//
//   Fields fields(body);
//   const auto name = fields.text("name", {.required = true, .max_length = 200});
//   BANSO_TRY(fields.finish());
//
// "Absent" and "null" are told apart only by has(): both read as nothing.
class Fields {
 public:
  struct TextRules {
    bool required = false;
    std::size_t max_length = 2000;  // bytes
    bool allow_empty = false;
  };

  explicit Fields(const object& body, std::string prefix = {}) : body_(body), prefix_(std::move(prefix)) {}

  bool has(std::string_view name) const { return body_.contains(name); }
  bool is_null(std::string_view name) const;
  std::optional<std::string> text(std::string_view name, TextRules rules);
  std::optional<std::string> text(std::string_view name) { return text(name, TextRules{}); }
  std::optional<std::int64_t> integer(std::string_view name, bool required = false);
  std::optional<double> number(std::string_view name, bool required = false);
  std::optional<bool> yes_no(std::string_view name, bool required = false);
  std::optional<core::Day> day(std::string_view name, bool required = false);
  std::optional<core::Instant> instant(std::string_view name, bool required = false);
  const object* child(std::string_view name);
  const array* list(std::string_view name);
  // One of the given words.
  std::optional<std::string> choice(std::string_view name, std::initializer_list<std::string_view> words,
                                    bool required = false);

  void fail(std::string_view name, core::Text message);
  bool ok() const { return errors_.empty(); }
  core::Result<> finish() const;  // all field errors in one

 private:
  const value* find(std::string_view name, bool required);

  const object& body_;
  std::string prefix_;
  std::vector<core::FieldError> errors_;
};

}  // namespace banso::platform::json
