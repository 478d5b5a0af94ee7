// Reading configuration strictly: every error names the place ("columns.start.months_before.from"), and a key that
// nobody asked for is an error, too.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/json/json.hpp"

namespace banso::integrations {

class StrictObject {
 public:
  // Both the object and the list of errors must outlive this.
  StrictObject(const platform::json::object& body, std::string path, std::vector<core::FieldError>& errors)
      : body_(body), path_(std::move(path)), errors_(errors) {}

  bool has(std::string_view key) const { return body_.contains(key); }
  // Complains about keys other than these.
  void allow(std::initializer_list<std::string_view> keys);

  std::optional<std::string> text(std::string_view key, bool required = false);
  std::optional<bool> yes_no(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<core::Day> day(std::string_view key, bool required = false);
  std::optional<std::string> choice(std::string_view key, std::initializer_list<std::string_view> words);
  const platform::json::object* object(std::string_view key);
  const platform::json::array* list(std::string_view key);

  const platform::json::object& body() const { return body_; }
  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }
  const std::string& path() const { return path_; }
  std::vector<core::FieldError>& errors() { return errors_; }
  void fail(std::string_view key, core::Text message) { errors_.push_back({path_of(key), std::move(message)}); }

 private:
  const platform::json::value* find(std::string_view key, bool required);

  const platform::json::object& body_;
  std::string path_;
  std::vector<core::FieldError>& errors_;
};

// All errors as one; the message names the first.
core::Result<> finish(std::vector<core::FieldError> errors);

}  // namespace banso::integrations
