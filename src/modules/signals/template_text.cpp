#include "template_text.hpp"

#include <algorithm>
#include <string_view>

namespace banso::signals {
namespace {

constexpr std::string_view before_suffix = ".before";

bool is_field_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// Calls `plain` with text and `place` with what stands between braces; braces around anything but a field's name are
// text.
template <class Plain, class Place>
void walk(std::string_view text, Plain plain, Place place) {
  while (!text.empty()) {
    const auto open = text.find('{');
    plain(text.substr(0, open));
    if (open == std::string_view::npos) return;
    text.remove_prefix(open + 1);
    const auto close = text.find('}');
    const auto name = text.substr(0, close);
    if (close == std::string_view::npos || name.empty() || !std::all_of(name.begin(), name.end(), is_field_character)) {
      plain("{");
      continue;
    }
    text.remove_prefix(close + 1);
    const bool is_before = name.ends_with(before_suffix);
    place(Placeholder{std::string(is_before ? name.substr(0, name.size() - before_suffix.size()) : name), is_before});
  }
}

}  // namespace

std::vector<Placeholder> placeholders_of(const core::Text& text) {
  std::vector<Placeholder> found;
  for (const auto* language : {&text.en, &text.ja}) {
    walk(
        *language, [](std::string_view) {},
        [&](Placeholder each) {
          if (std::find(found.begin(), found.end(), each) == found.end()) found.push_back(std::move(each));
        });
  }
  return found;
}

core::Text fill(const core::Text& text, const std::function<core::Text(const Placeholder&)>& value) {
  core::Text filled;
  walk(
      text.en, [&](std::string_view plain) { filled.en += plain; },
      [&](const Placeholder& place) { filled.en += value(place).en; });
  walk(
      text.ja, [&](std::string_view plain) { filled.ja += plain; },
      [&](const Placeholder& place) { filled.ja += value(place).ja; });
  return filled;
}

}  // namespace banso::signals
