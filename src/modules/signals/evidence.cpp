#include "evidence.hpp"

#include <algorithm>

#include "template_text.hpp"

namespace banso::signals {
namespace {

namespace json = platform::json;

constexpr std::size_t most_rows = 12;

}  // namespace

Written write_alert(const LiveRule& rule, const health::BookView& now, std::size_t row,
                    const health::BookView* before) {
  const auto row_before = before ? before->find(now.id(row)) : std::nullopt;
  const auto value = [&](const Placeholder& place) {
    if (!place.is_before) return health::value_in_words(now, place.field, now.value(row, place.field));
    static const core::Text unknown{"unknown", "不明"};
    return row_before ? health::value_in_words(*before, place.field, before->value(*row_before, place.field)) : unknown;
  };
  Written written;
  written.title = fill(rule.body.call.title.en.empty() ? rule.body.name : rule.body.call.title, value);
  written.explanation = fill(rule.body.explanation, value);
  auto fields = rule.fields;
  for (const auto& place : placeholders_of(rule.body.explanation)) {
    if (std::find(fields.begin(), fields.end(), place.field) == fields.end()) fields.push_back(place.field);
  }
  if (fields.size() > most_rows) fields.resize(most_rows);
  for (const auto& field : fields) {
    const auto* described = now.fields().find(field);
    if (!described) continue;
    const auto shown = health::value_with_unit(now, field, now.value(row, field));
    std::optional<core::Text> then;
    if (row_before) then = health::value_with_unit(*before, field, before->value(*row_before, field));
    if (then == shown) then.reset();
    written.evidence.push_back(json::object{{"field", field},
                                            {"name", json::from(described->label)},
                                            {"value", json::from(shown)},
                                            {"before", json::from(then)}});
  }
  return written;
}

}  // namespace banso::signals
