// Definitions to canonical JSON text.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>

#include "definitions_json.hpp"
#include "names.hpp"

namespace banso::engine {

namespace {

namespace json = boost::json;

json::value to_value(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return static_cast<std::int64_t>(number);
  return number;
}

json::object to_value(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::array to_value(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

json::object to_value(const Filter& filter) {
  json::object object;
  if (!filter.features.empty()) object["features"] = to_value(filter.features);
  if (!filter.modules.empty()) object["modules"] = to_value(filter.modules);
  if (filter.active_only) object["active_only"] = true;
  if (!filter.kinds.empty()) object["kinds"] = to_value(filter.kinds);
  if (filter.urgent_only) object["urgent_only"] = true;
  if (!filter.roles.empty()) object["roles"] = to_value(filter.roles);
  if (!filter.products.empty()) object["products"] = to_value(filter.products);
  return object;
}

json::object to_value(const MeasureDefinition& measure) {
  const MeasureDefinition defaults;
  json::object object;
  object["key"] = measure.key;
  object["name"] = to_value(measure.name);
  if (measure.description != core::Text{}) object["description"] = to_value(measure.description);
  object["source"] = name_of(measure.source);
  object["aggregate"] = name_of(measure.aggregate);
  if (!measure.attribute.empty()) object["attribute"] = measure.attribute;
  if (!measure.of.empty()) object["of"] = to_value(measure.of);
  if (!measure.expression.empty()) object["expression"] = measure.expression;
  if (!measure.percentile_among.empty()) object["percentile_among"] = measure.percentile_among;
  if (measure.filter != defaults.filter) object["filter"] = to_value(measure.filter);
  if (measure.window_days != 0) object["window_days"] = measure.window_days;
  if (measure.divide_by != defaults.divide_by) object["divide_by"] = name_of(measure.divide_by);
  if (measure.compare != defaults.compare) object["compare"] = name_of(measure.compare);
  if (measure.change != defaults.change) object["change"] = name_of(measure.change);
  object["unit"] = name_of(measure.unit);
  object["better"] = name_of(measure.better);
  if (measure.no_facts != defaults.no_facts) object["no_facts"] = name_of(measure.no_facts);
  if (measure.stale_after_days != 0) object["stale_after_days"] = measure.stale_after_days;
  if (measure.minimum_age_days != 0) object["minimum_age_days"] = measure.minimum_age_days;
  return object;
}

json::object to_value(const Band& band) {
  json::object object;
  if (band.from.value) {
    object["from"] = to_value(*band.from.value);
    if (!band.from.inclusive) object["from_inclusive"] = false;
  }
  if (band.to.value) {
    object["to"] = to_value(*band.to.value);
    if (band.to.inclusive) object["to_inclusive"] = true;
  }
  object["points"] = to_value(band.points);
  return object;
}

json::object to_value(const Curve& curve) {
  json::object object;
  switch (curve.kind) {
    case Curve::Kind::bands: {
      json::array bands;
      for (const auto& band : curve.bands) bands.push_back(to_value(band));
      object["bands"] = std::move(bands);
      break;
    }
    case Curve::Kind::linear: {
      json::array points;
      for (const auto& point : curve.linear)
        points.push_back(json::array{to_value(point.value), to_value(point.points)});
      object["linear"] = std::move(points);
      break;
    }
    case Curve::Kind::choices: {
      json::object choices;
      for (const auto& choice : curve.choices) choices[choice.choice] = to_value(choice.points);
      object["choices"] = std::move(choices);
      object["other_points"] = to_value(curve.other_points);
      break;
    }
  }
  return object;
}

json::object to_value(const AppliesWhen& condition) {
  return {{"attribute", condition.attribute}, {condition.is_excluding ? "notIn" : "in", to_value(condition.values)}};
}

json::object to_value(const Decay& decay) {
  return {{"after_days", decay.after_days},
          {"half_life_days", decay.half_life_days},
          {"towards_points", to_value(decay.towards_points)}};
}

json::object to_value(const AgedCurve& aged) {
  json::object object{{"from_age_days", aged.from_age_days}};
  if (!aged.phases.empty()) object["phases"] = to_value(aged.phases);
  object["curve"] = to_value(aged.curve);
  return object;
}

json::object to_value(const ScorecardItem& item) {
  json::object object;
  object["measure"] = item.measure;
  object["weight"] = to_value(item.weight);
  object["missing"] = name_of(item.missing);
  if (item.neutral_points != ScorecardItem{}.neutral_points) object["neutral_points"] = to_value(item.neutral_points);
  if (item.applies_when) object["applies_when"] = to_value(*item.applies_when);
  if (item.decay) object["decay"] = to_value(*item.decay);
  if (item.curves.size() == 1 && item.curves[0].from_age_days == 0 && item.curves[0].phases.empty()) {
    object["curve"] = to_value(item.curves[0].curve);
    return object;
  }
  json::array curves;
  for (const auto& aged : item.curves) curves.push_back(to_value(aged));
  object["curves"] = std::move(curves);
  return object;
}

json::object to_value(const ScorecardGroup& group) {
  json::object object;
  object["key"] = group.key;
  object["name"] = to_value(group.name);
  if (group.description != core::Text{}) object["description"] = to_value(group.description);
  object["weight"] = to_value(group.weight);
  json::array items, groups;
  for (const auto& item : group.items) items.push_back(to_value(item));
  for (const auto& each : group.groups) groups.push_back(to_value(each));
  if (!items.empty() || groups.empty()) object["measures"] = std::move(items);
  if (!groups.empty()) object["groups"] = std::move(groups);
  return object;
}

json::object to_value(const ForcedLevel& forced) {
  return {{"measure", forced.measure}, {"at_most_points", to_value(forced.at_most_points)}, {"level", forced.level}};
}

json::object to_value(const Level& level) {
  json::object object;
  object["key"] = level.key;
  object["name"] = to_value(level.name);
  if (level.meaning != core::Text{}) object["meaning"] = to_value(level.meaning);
  object["from"] = to_value(level.from);
  return object;
}

json::object to_value(const Scorecard& scorecard) {
  json::object object;
  object["key"] = scorecard.key;
  object["name"] = to_value(scorecard.name);
  if (scorecard.description != core::Text{}) object["description"] = to_value(scorecard.description);
  json::array groups, levels;
  for (const auto& group : scorecard.groups) groups.push_back(to_value(group));
  for (const auto& level : scorecard.levels) levels.push_back(to_value(level));
  object["groups"] = std::move(groups);
  object["levels"] = std::move(levels);
  if (!scorecard.forced.empty()) {
    json::array forced;
    for (const auto& rule : scorecard.forced) forced.push_back(to_value(rule));
    object["forced"] = std::move(forced);
  }
  if (scorecard.applies_when) object["applies_when"] = to_value(*scorecard.applies_when);
  if (!scorecard.phases.empty()) object["phases"] = to_value(scorecard.phases);
  if (scorecard.priority != 0) object["priority"] = scorecard.priority;
  if (scorecard.roll_up != RollUp::none) object["roll_up"] = name_of(scorecard.roll_up);
  return object;
}

bool is_short(const json::value& value) {
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) {
      if (element.is_structured()) return false;
    }
    return true;
  }
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      if (!is_short(member.value()) || member.value().is_object()) return false;
    }
    return object->size() <= 4;
  }
  return true;
}

// Short lists and objects stay on one line; numbers are written as people write them.
void print(const json::value& value, int depth, std::string& out) {
  const bool is_inline = is_short(value);
  const std::string line = is_inline ? "" : "\n" + std::string(static_cast<std::size_t>(depth + 1) * 2, ' ');
  const std::string last_line = is_inline ? "" : "\n" + std::string(static_cast<std::size_t>(depth) * 2, ' ');
  bool is_first = true;
  const auto separate = [&] {
    if (!is_first) out += is_inline ? ", " : ",";
    is_first = false;
    out += line;
  };
  if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& element : *array) {
      separate();
      print(element, depth + 1, out);
    }
    out += last_line + "]";
  } else if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& member : *object) {
      separate();
      out += json::serialize(member.key()) + ": ";
      print(member.value(), depth + 1, out);
    }
    out += last_line + "}";
  } else if (value.is_double()) {
    out += fmt::format("{}", value.get_double());
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string to_json(const Definitions& definitions) {
  json::array measures, scorecards;
  for (const auto& measure : definitions.measures) measures.push_back(to_value(measure));
  for (const auto& scorecard : definitions.scorecards) scorecards.push_back(to_value(scorecard));
  std::string text;
  print(
      json::object{
          {"version", definitions.version}, {"measures", std::move(measures)}, {"scorecards", std::move(scorecards)}},
      0, text);
  return text + "\n";
}

}  // namespace banso::engine
