// Templates with merge fields: mustache with variables and sections, without partials, lambdas and unescaped variables.
// Pure.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace banso::outreach {

// The fields that a template speaks of, or why it cannot be read.
core::Result<std::set<std::string>> fields_of(std::string_view text);

// Values by field; an empty one counts as missing.
using Values = std::map<std::string, std::string>;

struct Merged {
  std::string text;
  std::set<std::string> missing;  // variables that were to be shown and have no value
};
// `escape` makes a value safe for where it lands. The text must be one that fields_of() reads.
Merged merge(std::string_view text, const Values& values, const std::function<std::string(const std::string&)>& escape);

// For values in Markdown: nothing in them is markup, and they stay on their line.
std::string escape_markdown(const std::string& value);
// For subjects: one line.
std::string one_line(const std::string& value);

}  // namespace banso::outreach
