// What validate() finds, and the checks that measures and scorecards share. Internal to the engine.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/result.hpp"
#include "definitions.hpp"

namespace banso::engine {

class Faults {
 public:
  void add(std::string path, std::string en, std::string ja) {
    fields_.push_back({std::move(path), {std::move(en), std::move(ja)}});
  }
  core::Result<void> result() && {
    if (fields_.empty()) return {};
    core::Error error;
    error.message = {fmt::format("The definitions have {} fault(s). First: {}: {}", fields_.size(), fields_[0].field,
                                 fields_[0].message.en),
                     fmt::format("定義に{}件の誤りがあります。最初の誤りは {} です。{}", fields_.size(),
                                 fields_[0].field, fields_[0].message.ja)};
    error.fields = std::move(fields_);
    return error;
  }

 private:
  std::vector<core::FieldError> fields_;
};

inline bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

inline void check_key(const std::string& key, const std::string& path, std::set<std::string>& seen, Faults& faults) {
  if (!is_key(key)) {
    faults.add(path + ".key", "A key needs 1 to 100 of a-z, 0-9 and _.",
               "キーは英小文字・数字・_ の1〜100文字で指定してください。");
  } else if (!seen.insert(key).second) {
    faults.add(path + ".key", fmt::format("The key \"{}\" is used twice. Choose another.", key),
               fmt::format("キー「{}」が重複しています。別のキーにしてください。", key));
  }
}

inline void check_name(const core::Text& name, const std::string& path, Faults& faults) {
  if (name.en.empty() && name.ja.empty()) {
    faults.add(path + ".name", "Give a name in at least one language.",
               "少なくとも1つの言語で名前を入力してください。");
  }
}

// Adds what is wrong with the scorecards.
void check_scorecards(const Definitions& definitions, Faults& faults);

}  // namespace banso::engine
