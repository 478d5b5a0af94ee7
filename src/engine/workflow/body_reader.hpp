// Reads the members of JSON objects and collects every fault with its path. Internal to the library.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "core/result.hpp"

namespace banso::engine::workflow {

using Faults = std::vector<core::FieldError>;

class BodyReader {
 public:
  BodyReader(const boost::json::value& value, std::string path, Faults& faults);

  std::string path_of(std::string_view key) const;
  void fail(std::string_view key, core::Text message);
  // Null and absent read alike as nothing.
  const boost::json::value* find(std::string_view key);

  // Up to `most_bytes`; where it `must` be, an empty one is a fault.
  std::string text(std::string_view key, bool must = false, std::size_t most_bytes = 4000);
  core::Text two(std::string_view key, bool must = false);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  bool yes(std::string_view key, bool otherwise);
  std::string choice(std::string_view key, std::initializer_list<std::string_view> words, std::string_view otherwise);
  std::string object_text(std::string_view key);  // a condition, as text; empty where there is none
  // The key of a step, or empty for the end.
  std::string way(std::string_view key);
  // Faults for members that nobody asked for.
  void finish();

 private:
  const boost::json::object* object_ = nullptr;
  std::string path_;
  Faults& faults_;
  std::set<std::string, std::less<>> asked_;
};

bool is_plain_key(std::string_view text);  // [a-z0-9_]{1,64}

}  // namespace banso::engine::workflow
