#include "kinds.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"

namespace banso::org {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

constexpr std::size_t longest_name_bytes = 200;
constexpr std::size_t most_candidates = 500;
constexpr double most_effort = 100'000;
constexpr std::string_view scorecard_word = "scorecard";

constexpr std::array<std::string_view, 4> touches{"high", "low", "tech", "mixed"};
constexpr std::array<std::string_view, 3> scopes{"unassigned", "outside", "all"};
constexpr std::array<std::string_view, 3> methods{"round_robin", "capacity", "fixed"};

template <class Enumeration, std::size_t size>
Enumeration from_word(const std::array<std::string_view, size>& words, std::string_view word, Enumeration otherwise) {
  const auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? otherwise : static_cast<Enumeration>(found - words.begin());
}

core::Text read_name(json::Fields& fields) {
  core::Text name;
  const auto* given = fields.child("name");
  const auto read = [&](const char* language, std::string& into) {
    const auto* text = given ? given->if_contains(language) : nullptr;
    if (text && text->is_string()) into = std::string(text->as_string());
    if (into.find_first_not_of(" \t") != std::string::npos && into.size() <= longest_name_bytes) return;
    fields.fail(fmt::format("name.{}", language), {"Give a name in English and in Japanese, of up to 200 bytes each.",
                                                   "名前を英語と日本語で、それぞれ200バイト以内で指定してください。"});
  };
  read("en", name.en);
  read("ja", name.ja);
  return name;
}

std::string text_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

core::Text name_in(const json::object& body) {
  const auto* name = body.if_contains("name");
  if (!name || !name->is_object()) return {};
  return {text_in(name->get_object(), "en"), text_in(name->get_object(), "ja")};
}

core::Text title_of(std::string_view body) {
  const auto parsed = json::parse_object(body);
  return parsed ? name_in(*parsed) : core::Text{};
}

std::string condition_in(const json::object& body) {
  const auto* condition = body.if_contains("condition");
  return condition ? json::serialize(*condition) : std::string("{\"combinator\":\"and\",\"rules\":[]}");
}

// The compiled condition of the body; its faults go to "condition...".
std::optional<engine::Condition> read_condition(json::Fields& fields, health::Service& health,
                                                std::string& condition_json) {
  const auto* condition = fields.child("condition");
  if (!condition) {
    if (fields.ok()) fields.fail("condition", {"Give the condition.", "条件を指定してください。"});
    return std::nullopt;
  }
  condition_json = json::serialize(*condition);
  auto compiled = engine::compile_condition(condition_json, *health.condition_fields());
  if (compiled) return std::move(*compiled);
  const auto& error = compiled.error();
  if (error.fields.empty()) fields.fail("condition", error.message);
  for (const auto& field : error.fields) {
    fields.fail(field.field.empty() ? "condition" : "condition." + field.field, field.message);
  }
  return std::nullopt;
}

// Whether the condition speaks of a field that begins so, itself or by segments that do.
bool speaks_of(std::string_view prefix, const std::string& condition_json, const health::BookViewPtr& book) {
  const auto field = fmt::format("\"{}", prefix);
  std::vector<std::string> open{condition_json};
  std::set<std::string> seen;
  while (!open.empty()) {
    const auto condition = std::move(open.back());
    open.pop_back();
    if (condition.find(field) != std::string::npos) return true;
    for (const auto& key : engine::referenced_segments(condition)) {
      if (!book || !seen.insert(key).second) continue;
      for (const auto& segment : book->segments()) {
        if (segment.key == key) open.push_back(segment.condition_json);
      }
    }
  }
  return false;
}

// Whether the condition asks for the engagement model itself.
bool asks_for_model(const std::string& condition_json, const health::BookViewPtr& book) {
  return speaks_of(fmt::format("attribute.{}\"", engagement_model_attribute), condition_json, book);
}

// The scorecard for which accounts are chosen by their engagement model, as a whole or for one of its items; its scores
// and levels follow from the model.
std::optional<std::string> scorecard_by_model(const Bodies& bodies) {
  const auto chosen_by = fmt::format("\"attribute\":\"{}\"", engagement_model_attribute);
  for (const auto& [name, body] : bodies) {
    if (name.kind != scorecard_word) continue;
    const auto parsed = json::parse_object(body);
    if (parsed && json::serialize(*parsed).find(chosen_by) != std::string::npos) return name.key;
  }
  return std::nullopt;
}

bool asks_for_scores(const std::string& condition_json, const health::BookViewPtr& book) {
  return speaks_of("score", condition_json, book) || speaks_of("level", condition_json, book) ||
         speaks_of("group.", condition_json, book);
}

std::optional<std::int64_t> positive(json::Fields& fields, std::string_view name) {
  const auto number = fields.integer(name);
  if (number && *number < 1) {
    fields.fail(name, {"A number above zero.", "1以上の数値にしてください。"});
  }
  return number;
}

void take_errors(json::Fields& into, const json::Fields& from) {
  if (auto checked = from.finish(); !checked) {
    for (auto& error : checked.error().fields) into.fail(error.field, std::move(error.message));
  }
}

json::object read_expectations(json::Fields& fields) {
  static const json::object none;
  const auto* given =
      fields.has("expectations") && !fields.is_null("expectations") ? fields.child("expectations") : nullptr;
  json::Fields inner(given ? *given : none, "expectations.");
  const auto meeting = positive(inner, "meeting_every_days");
  const auto accounts = positive(inner, "accounts_per_csm");
  auto effort = inner.number("effort_weight");
  if (effort && (*effort < 0 || *effort > most_effort)) {
    inner.fail("effort_weight", {"Between 0 and 100,000 points.", "0から100,000ポイントの範囲にしてください。"});
  }
  // So many accounts are one person's full workload.
  if (!effort && accounts && *accounts > 0) effort = full_effort / static_cast<double>(*accounts);
  take_errors(fields, inner);
  return {{"meeting_every_days", json::from(meeting)},
          {"accounts_per_csm", json::from(accounts)},
          {"effort_weight", effort.value_or(1)}};
}

json::object read_limits(json::Fields& fields) {
  static const json::object none;
  const auto* given = fields.has("capacity") && !fields.is_null("capacity") ? fields.child("capacity") : nullptr;
  json::Fields inner(given ? *given : none, "capacity.");
  const auto accounts = inner.integer("accounts");
  const auto arr = inner.integer("arr_minor");
  const auto effort = inner.number("effort");
  const core::Text not_negative{"Not below zero.", "0以上にしてください。"};
  if (accounts && *accounts < 0) inner.fail("accounts", not_negative);
  if (arr && *arr < 0) inner.fail("arr_minor", not_negative);
  if (effort && *effort < 0) inner.fail("effort", not_negative);
  take_errors(fields, inner);
  return {{"accounts", json::from(accounts)}, {"arr_minor", json::from(arr)}, {"effort", json::from(effort)}};
}

// Users by id and teams by key, each once, all of them known.
json::object read_candidates(json::Fields& fields, const KindContext& context) {
  static const json::object none;
  json::array users, teams;
  const auto* given = fields.child("candidates");
  if (!given && fields.ok()) {
    fields.fail("candidates", {"Say who can get accounts.", "割り当てる相手を指定してください。"});
  }
  std::set<std::int64_t> seen_users;
  std::set<std::string> seen_teams;
  json::Fields inner(given ? *given : none, "candidates.");
  if (const auto* list = inner.has("users") ? inner.list("users") : nullptr) {
    for (const auto& item : *list) {
      if (!item.is_int64() || !context.is_user({item.as_int64()})) {
        inner.fail("users", {"One of these is no user.", "存在しないユーザーが含まれています。"});
      } else if (seen_users.insert(item.as_int64()).second) {
        users.push_back(item);
      }
    }
  }
  if (const auto* list = inner.has("teams") ? inner.list("teams") : nullptr) {
    for (const auto& item : *list) {
      const auto key = item.is_string() ? std::string(item.as_string()) : std::string();
      if (!context.is_team(key)) {
        inner.fail("teams", {"One of these is no team.", "存在しないチームが含まれています。"});
      } else if (seen_teams.insert(key).second) {
        teams.push_back(json::value(key));
      }
    }
  }
  if (inner.ok() && users.empty() && teams.empty()) {
    inner.fail("users", {"Name at least one person or team.", "ユーザーかチームを1つ以上指定してください。"});
  }
  if (users.size() + teams.size() > most_candidates) {
    inner.fail("users", {"At most 500 candidates.", "候補は500件までです。"});
  }
  take_errors(fields, inner);
  return {{"users", std::move(users)}, {"teams", std::move(teams)}};
}

// Measures and segments that the condition names.
std::vector<Name> uses_of(health::Service& health, std::string_view body) {
  const auto parsed = json::parse_object(body);
  if (!parsed) return {};
  const auto condition = condition_in(*parsed);
  std::vector<Name> used;
  constexpr std::string_view prefix = "measure.";
  if (const auto compiled = engine::compile_condition(condition, *health.condition_fields())) {
    for (const auto& field : compiled->fields()) {
      if (field.starts_with(prefix)) used.push_back({"measure", field.substr(prefix.size())});
    }
  }
  for (auto& key : engine::referenced_segments(condition)) used.push_back({"segment", std::move(key)});
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

using Check = Result<std::string> (*)(const KindContext&, std::string_view, const Bodies& others);

definitions::Kind make_kind(std::string_view word, core::Text name, KindContext context, Check check) {
  definitions::Kind kind;
  kind.word = std::string(word);
  kind.name = std::move(name);
  // The definitions hold their kinds, and health holds the definitions.
  const std::weak_ptr<health::Service> weak = context.health;
  context.health.reset();
  kind.check = [weak, context, check](const Name& of, const Bodies& others) -> Result<std::string> {
    auto with = context;
    with.health = weak.lock();
    if (!with.health) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return check(with, others.at(of), others);
  };
  kind.uses = [weak](std::string_view body) {
    const auto health = weak.lock();
    return health ? uses_of(*health, body) : std::vector<Name>{};
  };
  kind.title = title_of;
  kind.checked_with = {std::string(word), std::string(scorecard_word)};
  return kind;
}

}  // namespace

std::string_view word_of(Touch touch) {
  return touches[static_cast<std::size_t>(touch)];
}

core::Result<std::string> check_model(const KindContext& context, std::string_view text, const Bodies& others) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  json::Fields fields(body);
  const auto name = read_name(fields);
  const auto touch = fields.choice("touch", {"high", "low", "tech", "mixed"}, true);
  const auto rank = fields.integer("rank");
  std::string condition;
  read_condition(fields, *context.health, condition);
  if (asks_for_model(condition, context.health->evaluated_book())) {
    fields.fail("condition", {"A model cannot depend on the engagement model itself.",
                              "タッチモデルの条件に、タッチモデル自身を使うことはできません。"});
  }
  const auto scorecard = scorecard_by_model(others);
  if (scorecard && asks_for_scores(condition, context.health->evaluated_book())) {
    fields.fail(
        "condition",
        {fmt::format("The scorecard \"{}\" is chosen by the engagement model, so a model cannot depend on scores and "
                     "levels. Take one of the two out.",
                     *scorecard),
         fmt::format("スコアカード「{}」はタッチモデルによって適用が決まるため、タッチモデルの条件にスコアやレベル"
                     "は使えません。どちらかを外してください。",
                     *scorecard)});
  }
  auto expectations = read_expectations(fields);
  const auto description = fields.text("description", {.allow_empty = true});
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(auto parsed, json::parse(condition));
  return json::serialize(json::object{{"name", json::from(name)},
                                      {"description", description.value_or("")},
                                      {"touch", *touch},
                                      {"rank", rank.value_or(100)},
                                      {"condition", std::move(parsed)},
                                      {"expectations", std::move(expectations)}});
}

core::Result<std::string> check_rule(const KindContext& context, std::string_view text, const Bodies&) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  json::Fields fields(body);
  const auto name = read_name(fields);
  const auto description = fields.text("description", {.allow_empty = true});
  const auto role = fields.choice("role", {"csm", "onboarding", "support", "renewal_sales", "marketing", "product"});
  const auto applies_to = fields.choice("applies_to", {"unassigned", "outside", "all"});
  const auto method = fields.choice("method", {"round_robin", "capacity", "fixed"}, true);
  std::string condition;
  read_condition(fields, *context.health, condition);
  auto candidates = read_candidates(fields, context);
  auto limits = read_limits(fields);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(auto parsed, json::parse(condition));
  return json::serialize(json::object{{"name", json::from(name)},
                                      {"description", description.value_or("")},
                                      {"condition", std::move(parsed)},
                                      {"role", role.value_or("csm")},
                                      {"applies_to", applies_to.value_or("unassigned")},
                                      {"candidates", std::move(candidates)},
                                      {"method", *method},
                                      {"capacity", std::move(limits)}});
}

EngagementModel read_model(const std::string& key, std::string_view body) {
  EngagementModel model;
  model.key = key;
  const auto parsed = json::parse_object(body);
  if (!parsed) return model;
  json::Fields fields(*parsed);
  model.name = name_in(*parsed);
  model.touch = from_word(touches, text_in(*parsed, "touch"), Touch::low);
  model.rank = fields.integer("rank").value_or(100);
  model.condition_json = condition_in(*parsed);
  if (const auto* expectations = fields.child("expectations")) {
    json::Fields inner(*expectations);
    model.meeting_every_days = inner.integer("meeting_every_days");
    model.accounts_per_csm = inner.integer("accounts_per_csm");
    model.effort_weight = inner.number("effort_weight").value_or(1);
  }
  return model;
}

AssignmentRule read_rule(const std::string& key, std::string_view body) {
  AssignmentRule rule;
  rule.key = key;
  const auto parsed = json::parse_object(body);
  if (!parsed) return rule;
  json::Fields fields(*parsed);
  rule.name = name_in(*parsed);
  rule.condition_json = condition_in(*parsed);
  rule.role = account_role_from(text_in(*parsed, "role")).value_or(AccountRole::csm);
  rule.applies_to = from_word(scopes, text_in(*parsed, "applies_to"), AppliesTo::unassigned);
  rule.method = from_word(methods, text_in(*parsed, "method"), Sharing::capacity);
  if (const auto* candidates = fields.child("candidates")) {
    json::Fields inner(*candidates);
    if (const auto* users = inner.list("users")) {
      for (const auto& user : *users) rule.users.push_back({user.to_number<std::int64_t>()});
    }
    if (const auto* teams = inner.list("teams")) {
      for (const auto& team : *teams) rule.teams.emplace_back(team.as_string());
    }
  }
  if (const auto* limits = fields.child("capacity")) {
    json::Fields inner(*limits);
    rule.limits = {inner.integer("accounts"), inner.integer("arr_minor"), inner.number("effort")};
  }
  return rule;
}

definitions::Kind engagement_models(KindContext context) {
  return make_kind(engagement_model_kind, {"Engagement model", "タッチモデル"}, std::move(context), &check_model);
}

definitions::Kind assignment_rules(KindContext context) {
  return make_kind(assignment_rule_kind, {"Assignment rule", "割り当てルール"}, std::move(context), &check_rule);
}

std::vector<CompiledModel> compile_models(std::vector<EngagementModel> models, const engine::FieldCatalogue& fields) {
  std::sort(models.begin(), models.end(), [](const EngagementModel& a, const EngagementModel& b) {
    return std::pair(a.rank, std::string_view(a.key)) < std::pair(b.rank, std::string_view(b.key));
  });
  std::vector<CompiledModel> compiled;
  for (auto& model : models) {
    auto condition = engine::compile_condition(model.condition_json, fields);
    if (condition) compiled.push_back({std::move(model), std::move(*condition)});
  }
  return compiled;
}

}  // namespace banso::org
