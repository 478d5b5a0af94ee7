#include "past_conditions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"

namespace banso::signals {
namespace {

namespace json = platform::json;

constexpr std::string_view segments_field = "segments";

class Pruner {
 public:
  Pruner(const health::PanelView& panel, const engine::FieldCatalogue& fields)
      : panel_(panel), fields_(fields), lost_segments_(panel.segments_without_history()) {}

  // The node without what has no past; nothing where nothing is left of it.
  std::optional<json::value> prune(const json::value& node) {
    const auto& object = node.get_object();
    const auto* rules = object.if_contains("rules");
    if (!rules) return is_known(node) ? std::optional(node) : std::nullopt;
    json::array kept;
    for (const auto& rule : rules->as_array()) {
      if (auto pruned = prune(rule)) kept.push_back(std::move(*pruned));
    }
    if (kept.empty() && !rules->as_array().empty()) return std::nullopt;
    json::object group = object;
    group["rules"] = std::move(kept);
    return json::value(std::move(group));
  }

  std::vector<UnknownPast> take_left_out() { return std::move(left_out_); }

 private:
  bool is_known(const json::value& rule) {
    const std::string field(rule.at("field").as_string());
    if (field == segments_field) return are_known_segments(rule);
    // The same field with another operator may be known: text fields without a past have none at all.
    const auto alone = json::serialize(json::object{{"combinator", "and"}, {"rules", json::array{rule}}});
    if (engine::compile_condition(alone, panel_.fields())) return true;
    const auto* described = fields_.find(field);
    note({field, described ? described->label : core::Text{field, field}});
    return false;
  }

  bool are_known_segments(const json::value& rule) {
    const auto alone = json::serialize(json::object{{"combinator", "and"}, {"rules", json::array{rule}}});
    for (const auto& key : engine::referenced_segments(alone)) {
      if (std::find(lost_segments_.begin(), lost_segments_.end(), key) == lost_segments_.end()) continue;
      note({std::string(segments_field), {"Segment " + key, "セグメント「" + key + "」"}});
      return false;
    }
    return true;
  }

  void note(UnknownPast field) {
    if (std::find(left_out_.begin(), left_out_.end(), field) == left_out_.end()) left_out_.push_back(std::move(field));
  }

  const health::PanelView& panel_;
  const engine::FieldCatalogue& fields_;
  const std::vector<std::string> lost_segments_;
  std::vector<UnknownPast> left_out_;
};

}  // namespace

core::Result<PastRule> past_rule(const RuleBody& rule, const health::PanelView& panel,
                                 const engine::FieldCatalogue& fields) {
  PastRule past;
  Pruner pruner(panel, fields);
  bool is_condition_left = false;
  for (const auto* text : {&rule.scope_json, &rule.condition_json, &rule.leave_json}) {
    std::optional<json::value> kept;
    if (!text->empty()) {
      BANSO_TRY_ASSIGN(const auto parsed, json::parse(*text));
      kept = pruner.prune(parsed);
    }
    if (text == &rule.condition_json) is_condition_left = kept.has_value();
    if (text == &rule.leave_json) past.has_leave = kept.has_value();
    if (!kept) {
      past.conditions.emplace_back();
      continue;
    }
    BANSO_TRY_ASSIGN(auto compiled, engine::compile_condition(json::serialize(*kept), panel.fields()));
    past.conditions.push_back(std::move(compiled));
  }
  past.left_out = pruner.take_left_out();
  if (is_condition_left) return past;
  core::Text names;
  for (const auto& each : past.left_out) {
    names.en += (names.en.empty() ? "" : ", ") + each.name.en;
    names.ja += (names.ja.empty() ? "" : "、") + each.name.ja;
  }
  return core::Error::invalid_field(
      "rule.condition",
      {fmt::format("The past of these fields is not kept, so that the rule cannot be replayed: {}.", names.en),
       fmt::format("次の項目は過去の値を保存していないため、過去のデータで検証できません: {}", names.ja)});
}

}  // namespace banso::signals
