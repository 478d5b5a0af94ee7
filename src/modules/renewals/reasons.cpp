#include "reasons.hpp"

#include <algorithm>

#include "platform/json/json.hpp"

namespace banso::renewals {
namespace {

namespace json = platform::json;

constexpr std::size_t longest_name_bytes = 200;
constexpr std::string_view churn = "churn", contraction = "contraction";

std::string text_at(const json::object& body, std::string_view child, std::string_view name) {
  const auto* inner = body.if_contains(child);
  const auto* value = inner && inner->is_object() ? inner->get_object().if_contains(name) : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

core::Result<std::string> check_body(const definitions::Name& name, const definitions::Bodies& others) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(others.at(name)));
  json::Fields fields(body);
  json::object names;
  for (const std::string_view language : {"en", "ja"}) {
    const auto text = text_at(body, "name", language);
    if (text.find_first_not_of(" \t") == std::string::npos || text.size() > longest_name_bytes) {
      fields.fail("name." + std::string(language), {"Give a name in English and in Japanese, of up to 200 bytes each.",
                                                    "名前を英語と日本語で、それぞれ200バイト以内で指定してください。"});
    }
    names[language] = text;
  }
  const auto description = fields.text("description", {.allow_empty = true});
  json::array applies_to;
  if (const auto* given = fields.list("applies_to")) {
    for (const auto word : {churn, contraction}) {
      if (std::find(given->begin(), given->end(), json::value(word)) != given->end()) applies_to.emplace_back(word);
    }
    if (applies_to.empty() || applies_to.size() != given->size()) {
      fields.fail("applies_to", {"List \"churn\", \"contraction\", or both.",
                                 "「churn」「contraction」のいずれか、または両方を指定してください。"});
    }
  } else {
    applies_to = {churn, contraction};
  }
  BANSO_TRY(fields.finish());
  return json::serialize(json::object{
      {"name", std::move(names)}, {"description", description.value_or("")}, {"applies_to", std::move(applies_to)}});
}

Reason read_reason(const std::string& key, const std::string& text) {
  const auto body = json::parse_object(text).value();
  Reason reason;
  reason.key = key;
  reason.name = {text_at(body, "name", "en"), text_at(body, "name", "ja")};
  reason.description = std::string(body.at("description").as_string());
  const auto& applies_to = body.at("applies_to").as_array();
  reason.of_churn = std::find(applies_to.begin(), applies_to.end(), json::value(churn)) != applies_to.end();
  reason.of_contraction = std::find(applies_to.begin(), applies_to.end(), json::value(contraction)) != applies_to.end();
  return reason;
}

struct Starter {
  const char* key;
  core::Text name;
  bool of_contraction;
};

const std::vector<Starter>& starters() {
  static const std::vector<Starter> list{
      {"lack_of_adoption", {"Lack of adoption", "定着不足"}, true},
      {"product_gaps", {"Product value or gaps", "製品の価値・機能不足"}, true},
      {"product_quality", {"Product quality or availability", "製品の品質・可用性"}, true},
      {"lack_of_sponsorship", {"Lack of engagement or sponsor", "関与不足・推進者の不在"}, true},
      {"loss_of_budget", {"Loss of budget", "予算の削減"}, true},
      {"corporate_decision", {"Corporate decision", "経営判断・組織再編"}, true},
      {"competitor", {"Moved to a competitor", "競合製品への切り替え"}, true},
      {"fewer_people", {"Fewer people to license", "利用人数の減少"}, true},
      {"closed_business", {"Went out of business", "廃業・事業終了"}, false},
      {"other", {"Other", "その他"}, true}};
  return list;
}

}  // namespace

definitions::Kind make_reason_kind() {
  definitions::Kind kind;
  kind.word = std::string(reason_kind);
  kind.name = {"Reason for loss", "解約・縮小理由"};
  kind.check = check_body;
  kind.uses = [](std::string_view) { return std::vector<definitions::Name>{}; };
  kind.title = [](std::string_view body) { return read_reason("", std::string(body)).name; };
  kind.checked_with = {std::string(reason_kind)};
  return kind;
}

std::vector<Reason> all_reasons(definitions::Service& definitions) {
  std::vector<Reason> reasons;
  for (const auto& summary : definitions.list(std::string(reason_kind))) {
    if (summary.version == 0) continue;  // a draft that nobody can have used
    auto definition = definitions.get(summary.name);
    if (!definition) continue;
    auto body = definition->body;
    if (summary.retired || !body) {
      for (const auto& version : definitions.versions(summary.name)) {
        if (!version.body) continue;
        body = version.body;
        break;
      }
    }
    if (!body) continue;
    auto reason = read_reason(summary.name.key, *body);
    reason.is_retired = summary.retired;
    reason.version = summary.version;
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

core::Text reason_name(std::span<const Reason> reasons, const std::string& key) {
  if (key.empty()) return {"No reason given", "理由未入力"};
  const auto found =
      std::find_if(reasons.begin(), reasons.end(), [&](const auto& reason) { return reason.key == key; });
  return found == reasons.end() ? core::Text{key, key} : found->name;
}

void publish_starter_reasons(definitions::Service& definitions) {
  if (!definitions.list(std::string(reason_kind)).empty()) return;
  definitions::Bodies bodies;
  for (const auto& starter : starters()) {
    json::array applies_to{churn};
    if (starter.of_contraction) applies_to.emplace_back(contraction);
    bodies[{std::string(reason_kind), starter.key}] =
        json::serialize(json::object{{"name", json::object{{"en", starter.name.en}, {"ja", starter.name.ja}}},
                                     {"description", ""},
                                     {"applies_to", std::move(applies_to)}});
  }
  static_cast<void>(definitions.publish_all(core::Caller::system("Banso"), bodies,
                                            {"The reasons to start with", "初期の理由リスト"}));
}

}  // namespace banso::renewals
