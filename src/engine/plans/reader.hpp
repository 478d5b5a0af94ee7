// Reads one JSON object field by field; every fault is kept with its path, none stops the reading of the rest. Internal
// to the library.
#pragma once

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fields.hpp"

namespace banso::engine::plans {

class Reader {
 public:
  Reader(const boost::json::object& object, std::string path, Faults& faults)
      : object_(object), path_(std::move(path)), faults_(faults) {}

  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }
  void fail(std::string_view key, core::Text message) { faults_.push_back({path_of(key), std::move(message)}); }

  core::Text words(std::string_view key, bool is_required, std::size_t longest_bytes);
  std::string text(std::string_view key, std::size_t longest_bytes);
  bool yes_no(std::string_view key, bool otherwise);
  std::optional<double> number(std::string_view key);
  std::optional<std::int64_t> whole_number(std::string_view key, std::int64_t smallest, std::int64_t largest);
  std::optional<core::Day> day(std::string_view key);
  const boost::json::object* child(std::string_view key);
  const boost::json::array* list(std::string_view key, std::size_t most);
  std::vector<std::string> keys(std::string_view key, std::size_t most);
  std::string key(std::string_view name = "key");

  // The place of the word in `words`.
  template <class Words>
  std::size_t one_of(std::string_view key, const Words& words, std::size_t otherwise) {
    const auto* value = find(key);
    if (value == nullptr || value->is_null()) return otherwise;
    if (value->is_string()) {
      const auto found = std::find(words.begin(), words.end(), std::string_view(value->get_string()));
      if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    }
    const auto all = fmt::format("{}", fmt::join(words, ", "));
    fail(key, {fmt::format("This must be one of: {}.", all), fmt::format("{} のいずれかを指定してください。", all)});
    return otherwise;
  }

  template <class Id>
  Id id(std::string_view key) {
    constexpr std::int64_t largest = (std::int64_t{1} << 53) - 1;
    return Id{whole_number(key, 1, largest).value_or(0)};
  }

  void refuse_unknown();

 private:
  const boost::json::value* find(std::string_view key) {
    read_.push_back(key);
    return object_.if_contains(key);
  }

  const boost::json::object& object_;
  std::string path_;
  Faults& faults_;
  std::vector<std::string_view> read_;
};

}  // namespace banso::engine::plans
