#include "difference_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/day_in_words.hpp"
#include "core/money_in_words.hpp"

namespace banso::engine::plans {
namespace json = boost::json;

namespace {

struct FieldName {
  std::string_view field;
  core::Text name;
};

const core::Text& kind_name(ItemKind kind) {
  static const std::array<core::Text, 4> names{
      {{"Goal", "ゴール"}, {"Milestone", "マイルストーン"}, {"Action", "やること"}, {"Risk", "リスク"}}};
  return names[static_cast<std::size_t>(kind)];
}

const core::Text& field_name(std::string_view field) {
  static const std::vector<FieldName> names{{"name", {"name", "名称"}},
                                            {"purpose", {"purpose", "導入の目的"}},
                                            {"internal_note", {"internal note", "社内メモ"}},
                                            {"why", {"reason", "背景"}},
                                            {"criterion", {"criterion", "達成基準"}},
                                            {"kind", {"kind", "種類"}},
                                            {"measure", {"measure", "指標"}},
                                            {"unit", {"unit", "単位"}},
                                            {"direction", {"direction", "方向"}},
                                            {"baseline", {"baseline", "現状値"}},
                                            {"target", {"target", "目標値"}},
                                            {"start", {"start", "開始日"}},
                                            {"due", {"due", "期限"}},
                                            {"stage", {"stage", "進行段階"}},
                                            {"override", {"judgement", "担当者の判断"}},
                                            {"theirs", {"who answers at the customer", "顧客側の責任者"}},
                                            {"ours", {"who of us answers", "自社の責任者"}},
                                            {"value", {"value", "価値"}},
                                            {"closed_on", {"closed", "完了日"}},
                                            {"goal", {"goal", "ゴール"}},
                                            {"done_on", {"done", "完了日"}},
                                            {"owner", {"owner", "担当"}},
                                            {"depends_on", {"what comes before", "先に終える項目"}},
                                            {"internal", {"internal", "社内限定"}},
                                            {"severity", {"severity", "重大度"}},
                                            {"mitigation", {"mitigation", "対策"}}};
  static const core::Text other{"something", "その他"};
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.field == field; });
  return found == names.end() ? other : found->name;
}

// Words of their own for what the documents hold as words of the product.
std::optional<core::Text> word_name(std::string_view word) {
  static const std::vector<FieldName> names{{"proposed", {"proposed", "提案"}},
                                            {"accepted", {"accepted", "合意"}},
                                            {"delivered", {"delivered", "提供済み"}},
                                            {"verified", {"verified", "検証済み"}},
                                            {"low", {"low", "低"}},
                                            {"medium", {"medium", "中"}},
                                            {"high", {"high", "高"}},
                                            {"up", {"up", "上げる"}},
                                            {"down", {"down", "下げる"}}};
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.field == word; });
  return found == names.end() ? std::nullopt : std::optional(found->name);
}

core::Text two_languages(const json::object& both) {
  const auto read = [&](std::string_view language) {
    const auto* value = both.if_contains(language);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  return shown({read("en"), read("ja")});
}

std::string number_text(double number) {
  const bool is_whole = number >= 0 && number < 1e15 && number == std::floor(number);
  return is_whole ? core::with_commas(static_cast<std::int64_t>(number)) : fmt::format("{}", number);
}

// Short values are shown; nothing for what would be long or says nothing to people (ids, lists).
std::optional<core::Text> short_value(const json::value& value) {
  if (value.is_null()) return core::Text{"none", "なし"};
  if (value.is_bool()) return value.get_bool() ? core::Text{"yes", "はい"} : core::Text{"no", "いいえ"};
  if (value.is_number()) {
    const auto text = number_text(value.to_number<double>());
    return core::Text{text, text};
  }
  if (value.is_string()) {
    const std::string text(value.get_string());
    if (auto name = word_name(text)) return name;
    if (const auto day = core::parse_day(text)) return core::day_in_words(*day);
    return core::Text{text, text};
  }
  return std::nullopt;
}

bool shows_values(std::string_view field) {
  constexpr std::array<std::string_view, 10> fields{"baseline", "target",    "start",    "due",      "stage",
                                                    "done_on",  "closed_on", "severity", "internal", "direction"};
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

core::Text words_of_field(std::string_view field, const json::value& before, const json::value& after) {
  const auto& name = field_name(field);
  if (shows_values(field)) {
    const auto was = short_value(before), is = short_value(after);
    if (was && is) {
      return {fmt::format("{}: {} → {}", name.en, was->en, is->en),
              fmt::format("{}: {} → {}", name.ja, was->ja, is->ja)};
    }
  }
  return {fmt::format("{} changed", name.en), fmt::format("{}を変更", name.ja)};
}

core::Text titled(ItemKind kind, const json::object& item) {
  const auto name = name_of_item(item);
  const auto& of = kind_name(kind);
  return {fmt::format("{} \"{}\"", of.en, name.en), fmt::format("{}「{}」", of.ja, name.ja)};
}

}  // namespace

core::Text name_of_item(const json::object& item) {
  const auto* name = item.if_contains("name");
  return name && name->is_object() ? two_languages(name->get_object()) : core::Text{};
}

core::Text words_of_added(ItemKind kind, const json::object& item) {
  const auto title = titled(kind, item);
  return {title.en + " added", title.ja + "を追加"};
}

core::Text words_of_removed(ItemKind kind, const json::object& item) {
  const auto title = titled(kind, item);
  return {title.en + " removed", title.ja + "を削除"};
}

core::Text words_of_change(std::optional<ItemKind> kind, const json::object& before, const json::object& after) {
  core::Text words;
  for (const auto& [field, value] : after) {
    const auto* was = before.if_contains(field);
    if (was != nullptr && *was == value) continue;
    const auto change = words_of_field(field, was ? *was : json::value(nullptr), value);
    words.en += (words.en.empty() ? "" : "; ") + change.en;
    words.ja += (words.ja.empty() ? "" : "、") + change.ja;
  }
  if (!kind) return {"Plan: " + words.en, "プラン: " + words.ja};
  const auto title = titled(*kind, before);
  return {title.en + ": " + words.en, title.ja + ": " + words.ja};
}

}  // namespace banso::engine::plans
