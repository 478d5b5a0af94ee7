// Definitions from JSON text: every fault is reported with its path, none stops the reading of the rest.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "definitions_json.hpp"
#include "names.hpp"

namespace banso::engine {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_text_bytes = 4 * 1024 * 1024;

using Faults = std::vector<core::FieldError>;

void add_fault(Faults& faults, std::string path, std::string en, std::string ja) {
  faults.push_back({std::move(path), {std::move(en), std::move(ja)}});
}

// Reads the members of one object; what is left unread when finish() is called is unknown.
class ObjectReader {
 public:
  ObjectReader(const json::value& value, std::string path, Faults& faults)
      : object_(value.if_object()), path_(std::move(path)), faults_(faults) {
    if (object_ == nullptr) {
      add_fault(faults_, path_, "This must be an object { }.", "オブジェクト { } で指定してください。");
    }
  }

  std::string path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }
  Faults& faults() { return faults_; }

  const json::value* find(std::string_view key) {
    read_.insert(std::string(key));
    return object_ == nullptr ? nullptr : object_->if_contains(key);
  }

  const json::value* required(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr && object_ != nullptr) {
      add_fault(faults_, path_of(key), "This is missing.", "この項目がありません。");
    }
    return value;
  }

  void text(std::string_view key, std::string& result, bool is_required = false) {
    const auto* value = is_required ? required(key) : find(key);
    if (value == nullptr) return;
    if (const auto* string = value->if_string()) {
      result.assign(string->data(), string->size());
    } else {
      wrong(key, "a text in quotes", "文字列");
    }
  }

  void number(std::string_view key, double& result, bool is_required = false) {
    const auto* value = is_required ? required(key) : find(key);
    if (value == nullptr) return;
    if (value->is_number()) {
      result = value->to_number<double>();
    } else {
      wrong(key, "a number", "数値");
    }
  }

  void optional_number(std::string_view key, std::optional<double>& result) {
    if (find(key) == nullptr) return;
    double value = std::nan("");
    number(key, value);
    if (!std::isnan(value)) result = value;
  }

  void integer(std::string_view key, int& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    const auto* exact = value->if_int64();
    if (exact != nullptr && std::abs(*exact) <= std::numeric_limits<int>::max()) {
      result = static_cast<int>(*exact);
    } else {
      wrong(key, "a whole number", "整数");
    }
  }

  void boolean(std::string_view key, bool& result) {
    const auto* value = find(key);
    if (value == nullptr) return;
    if (value->is_bool()) {
      result = value->get_bool();
    } else {
      wrong(key, "true or false", "true または false");
    }
  }

  template <class Enum>
  void word(std::string_view key, Enum& result, bool is_required = false) {
    const auto* value = is_required ? required(key) : find(key);
    if (value == nullptr) return;
    const auto* string = value->if_string();
    const auto found = string == nullptr ? std::nullopt : from_name<Enum>({string->data(), string->size()});
    if (found) {
      result = *found;
    } else {
      wrong(key, "one of: " + all_names<Enum>(), all_names<Enum>() + " のいずれか");
    }
  }

  void list(std::string_view key, std::vector<std::string>& result) {
    each(key, false, [&](const json::value& element, const std::string& path) {
      if (const auto* string = element.if_string()) {
        result.emplace_back(string->data(), string->size());
      } else {
        add_fault(faults_, path, "This must be a text in quotes.", "文字列で指定してください。");
      }
    });
  }

  // A name or description; given in one language only, it serves for both.
  void bilingual(std::string_view key, core::Text& result, bool is_required = false) {
    const auto* value = is_required ? required(key) : find(key);
    if (value == nullptr) return;
    ObjectReader reader(*value, path_of(key), faults_);
    reader.text("en", result.en);
    reader.text("ja", result.ja);
    reader.finish();
    if (result.en.empty()) result.en = result.ja;
    if (result.ja.empty()) result.ja = result.en;
  }

  template <class Body>
  void each(std::string_view key, bool is_required, Body body) {
    const auto* value = is_required ? required(key) : find(key);
    if (value == nullptr) return;
    const auto* array = value->if_array();
    if (array == nullptr) return wrong(key, "a list [ ]", "配列 [ ]");
    for (std::size_t i = 0; i < array->size(); ++i) body((*array)[i], fmt::format("{}[{}]", path_of(key), i));
  }

  void finish() {
    if (object_ == nullptr) return;
    for (const auto& member : *object_) {
      const std::string key(member.key());
      if (read_.contains(key)) continue;
      add_fault(faults_, path_of(key), "This key is unknown. Check its spelling or remove it.",
                "未知の項目です。綴りを確認するか、削除してください。");
    }
  }

 private:
  const json::object* object_;
  std::string path_;
  Faults& faults_;
  std::set<std::string> read_;

  void wrong(std::string_view key, std::string_view en, std::string_view ja) {
    add_fault(faults_, path_of(key), fmt::format("This must be {}.", en), fmt::format("{}で指定してください。", ja));
  }
};

Filter read_filter(const json::value& value, const std::string& path, Faults& faults) {
  Filter filter;
  ObjectReader reader(value, path, faults);
  reader.list("features", filter.features);
  reader.list("modules", filter.modules);
  reader.boolean("active_only", filter.active_only);
  reader.list("kinds", filter.kinds);
  reader.boolean("urgent_only", filter.urgent_only);
  reader.list("roles", filter.roles);
  reader.list("products", filter.products);
  reader.finish();
  return filter;
}

MeasureDefinition read_measure(const json::value& value, const std::string& path, Faults& faults) {
  MeasureDefinition measure;
  ObjectReader reader(value, path, faults);
  reader.text("key", measure.key, true);
  reader.bilingual("name", measure.name, true);
  reader.bilingual("description", measure.description);
  reader.word("source", measure.source, true);
  reader.word("aggregate", measure.aggregate, true);
  reader.text("attribute", measure.attribute);
  reader.list("of", measure.of);
  reader.text("expression", measure.expression);
  reader.text("percentile_among", measure.percentile_among);
  if (const auto* filter = reader.find("filter"))
    measure.filter = read_filter(*filter, reader.path_of("filter"), faults);
  reader.integer("window_days", measure.window_days);
  reader.word("divide_by", measure.divide_by);
  reader.word("compare", measure.compare);
  reader.word("change", measure.change);
  reader.word("unit", measure.unit);
  reader.word("better", measure.better);
  reader.word("no_facts", measure.no_facts);
  reader.integer("stale_after_days", measure.stale_after_days);
  reader.integer("minimum_age_days", measure.minimum_age_days);
  reader.finish();
  return measure;
}

Band read_band(const json::value& value, const std::string& path, Faults& faults) {
  Band band;
  band.from.inclusive = true;
  ObjectReader reader(value, path, faults);
  reader.optional_number("from", band.from.value);
  reader.boolean("from_inclusive", band.from.inclusive);
  reader.optional_number("to", band.to.value);
  reader.boolean("to_inclusive", band.to.inclusive);
  reader.number("points", band.points, true);
  reader.finish();
  return band;
}

CurvePoint read_point(const json::value& value, const std::string& path, Faults& faults) {
  const auto* pair = value.if_array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number()) {
    add_fault(faults, path, "A point is [value, points].", "点は [値, 点数] の形で指定してください。");
    return {};
  }
  return {(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
}

void read_choices(const json::value& value, const std::string& path, Faults& faults, Curve& curve) {
  const auto* object = value.if_object();
  if (object == nullptr) {
    add_fault(faults, path, "This must be an object {\"choice\": points}.",
              "{\"選択肢\": 点数} の形で指定してください。");
    return;
  }
  for (const auto& member : *object) {
    if (member.value().is_number()) {
      curve.choices.push_back({std::string(member.key()), member.value().to_number<double>()});
    } else {
      add_fault(faults, fmt::format("{}.{}", path, std::string_view(member.key())), "This must be a number.",
                "数値で指定してください。");
    }
  }
}

Curve read_curve(const json::value& value, const std::string& path, Faults& faults) {
  Curve curve;
  ObjectReader reader(value, path, faults);
  const auto* bands = reader.find("bands");
  const auto* linear = reader.find("linear");
  const auto* choices = reader.find("choices");
  if ((bands != nullptr) + (linear != nullptr) + (choices != nullptr) != 1) {
    add_fault(faults, path, "Give exactly one of bands, linear and choices.",
              "bands・linear・choices のいずれか1つを指定してください。");
  }
  if (bands != nullptr) curve.kind = Curve::Kind::bands;
  if (choices != nullptr) curve.kind = Curve::Kind::choices;
  reader.each("bands", false,
              [&](const auto& each, const auto& at) { curve.bands.push_back(read_band(each, at, faults)); });
  reader.each("linear", false,
              [&](const auto& each, const auto& at) { curve.linear.push_back(read_point(each, at, faults)); });
  if (choices != nullptr) read_choices(*choices, reader.path_of("choices"), faults, curve);
  reader.number("other_points", curve.other_points);
  reader.finish();
  return curve;
}

std::optional<AppliesWhen> read_applies_when(ObjectReader& parent) {
  const auto* value = parent.find("applies_when");
  if (value == nullptr) return std::nullopt;
  AppliesWhen condition;
  ObjectReader reader(*value, parent.path_of("applies_when"), parent.faults());
  reader.text("attribute", condition.attribute, true);
  const bool has_in = reader.find("in") != nullptr, has_not_in = reader.find("notIn") != nullptr;
  if (has_in == has_not_in) {
    add_fault(parent.faults(), parent.path_of("applies_when"), "Give exactly one of in and notIn.",
              "in と notIn のどちらか一方を指定してください。");
  }
  condition.is_excluding = has_not_in;
  reader.list(has_not_in ? "notIn" : "in", condition.values);
  reader.finish();
  return condition;
}

std::optional<Decay> read_decay(ObjectReader& parent) {
  const auto* value = parent.find("decay");
  if (value == nullptr) return std::nullopt;
  Decay decay;
  ObjectReader reader(*value, parent.path_of("decay"), parent.faults());
  reader.required("after_days");
  reader.required("half_life_days");
  reader.integer("after_days", decay.after_days);
  reader.integer("half_life_days", decay.half_life_days);
  reader.number("towards_points", decay.towards_points);
  reader.finish();
  return decay;
}

AgedCurve read_aged_curve(const json::value& value, const std::string& path, Faults& faults) {
  AgedCurve aged;
  ObjectReader reader(value, path, faults);
  reader.integer("from_age_days", aged.from_age_days);
  reader.list("phases", aged.phases);
  if (const auto* of_age = reader.required("curve")) {
    aged.curve = read_curve(*of_age, reader.path_of("curve"), faults);
  }
  reader.finish();
  return aged;
}

ScorecardItem read_item(const json::value& value, const std::string& path, Faults& faults) {
  ScorecardItem item;
  ObjectReader reader(value, path, faults);
  reader.text("measure", item.measure, true);
  reader.number("weight", item.weight, true);
  reader.word("missing", item.missing, true);
  reader.number("neutral_points", item.neutral_points);
  item.applies_when = read_applies_when(reader);
  item.decay = read_decay(reader);
  if (const auto* curve = reader.find("curve")) {
    item.curves.push_back({0, read_curve(*curve, reader.path_of("curve"), faults)});
    if (reader.find("curves") != nullptr) {
      add_fault(faults, path, "Give either curve or curves, not both.",
                "curve と curves はどちらか一方だけ指定してください。");
    }
  } else {
    reader.each("curves", true,
                [&](const auto& each, const auto& at) { item.curves.push_back(read_aged_curve(each, at, faults)); });
  }
  reader.finish();
  return item;
}

ScorecardGroup read_group(const json::value& value, const std::string& path, int depth, Faults& faults) {
  ScorecardGroup group;
  if (depth > deepest_group) {
    add_fault(faults, path, fmt::format("Groups may lie in each other at most {} deep.", deepest_group),
              fmt::format("グループの入れ子は{}段までです。", deepest_group));
    return group;
  }
  ObjectReader reader(value, path, faults);
  reader.text("key", group.key, true);
  reader.bilingual("name", group.name, true);
  reader.bilingual("description", group.description);
  reader.number("weight", group.weight, true);
  const bool has_groups = reader.find("groups") != nullptr;
  reader.each("measures", !has_groups,
              [&](const auto& each, const auto& at) { group.items.push_back(read_item(each, at, faults)); });
  reader.each("groups", false, [&](const auto& each, const auto& at) {
    group.groups.push_back(read_group(each, at, depth + 1, faults));
  });
  reader.finish();
  return group;
}

ForcedLevel read_forced(const json::value& value, const std::string& path, Faults& faults) {
  ForcedLevel forced;
  ObjectReader reader(value, path, faults);
  reader.text("measure", forced.measure, true);
  reader.number("at_most_points", forced.at_most_points, true);
  reader.text("level", forced.level, true);
  reader.finish();
  return forced;
}

Level read_level(const json::value& value, const std::string& path, Faults& faults) {
  Level level;
  ObjectReader reader(value, path, faults);
  reader.text("key", level.key, true);
  reader.bilingual("name", level.name, true);
  reader.bilingual("meaning", level.meaning);
  reader.number("from", level.from, true);
  reader.finish();
  return level;
}

Scorecard read_scorecard(const json::value& value, const std::string& path, Faults& faults) {
  Scorecard scorecard;
  ObjectReader reader(value, path, faults);
  reader.text("key", scorecard.key, true);
  reader.bilingual("name", scorecard.name, true);
  reader.bilingual("description", scorecard.description);
  reader.each("groups", true,
              [&](const auto& each, const auto& at) { scorecard.groups.push_back(read_group(each, at, 1, faults)); });
  reader.each("levels", false,
              [&](const auto& each, const auto& at) { scorecard.levels.push_back(read_level(each, at, faults)); });
  if (scorecard.levels.empty()) scorecard.levels = standard_levels();
  reader.each("forced", false,
              [&](const auto& each, const auto& at) { scorecard.forced.push_back(read_forced(each, at, faults)); });
  scorecard.applies_when = read_applies_when(reader);
  reader.list("phases", scorecard.phases);
  reader.integer("priority", scorecard.priority);
  reader.word("roll_up", scorecard.roll_up);
  reader.finish();
  return scorecard;
}

}  // namespace

core::Result<Definitions> definitions_from_json(std::string_view text) {
  if (text.size() > longest_text_bytes) {
    return core::Error::too_large({"Definitions may have at most 4 MiB of text.", "定義は4 MiB以内にしてください。"});
  }
  boost::system::error_code problem;
  json::stream_parser parser;
  const std::size_t parsed = parser.write_some(text.data(), text.size(), problem);
  if (!problem) parser.finish(problem);
  if (problem || text.substr(parsed).find_first_not_of(" \t\r\n") != std::string_view::npos) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(parsed), '\n');
    return core::Error::invalid({fmt::format("This is not valid JSON near line {}.", line),
                                 fmt::format("{}行目付近がJSONとして正しくありません。", line)});
  }
  const json::value root = parser.release();

  Faults faults;
  Definitions definitions;
  ObjectReader reader(root, "", faults);
  reader.text("version", definitions.version);
  reader.each("measures", true, [&](const auto& each, const auto& at) {
    definitions.measures.push_back(read_measure(each, at, faults));
  });
  reader.each("scorecards", true, [&](const auto& each, const auto& at) {
    definitions.scorecards.push_back(read_scorecard(each, at, faults));
  });
  reader.finish();
  if (!faults.empty()) {
    core::Error error = core::Error::invalid({fmt::format("The definitions have {} fault(s). First: {}: {}",
                                                          faults.size(), faults[0].field, faults[0].message.en),
                                              fmt::format("定義に{}件の誤りがあります。最初の誤りは {} です。{}",
                                                          faults.size(), faults[0].field, faults[0].message.ja)});
    error.fields = std::move(faults);
    return error;
  }
  BANSO_TRY(validate(definitions));
  return definitions;
}

}  // namespace banso::engine
