#include "definition_set.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/definitions_json.hpp"
#include "engine/expression.hpp"
#include "platform/json/json.hpp"

namespace banso::health {
namespace {

namespace json = platform::json;
using definitions::Bodies;
using definitions::Name;

const std::vector<std::string> both_kinds{std::string(measure_kind), std::string(scorecard_kind)};
constexpr std::string_view reserved_prefix = "book_";
constexpr std::string_view health_key = "health";

engine::MeasureDefinition book_measure(std::string_view key, core::Text name, engine::Source source,
                                       engine::Aggregate aggregate) {
  engine::MeasureDefinition measure;
  measure.key = fmt::format("{}{}", reserved_prefix, key);
  measure.name = std::move(name);
  measure.source = source;
  measure.aggregate = aggregate;
  return measure;
}

BookMeasures add_book_measures(engine::Definitions& definitions) {
  using engine::Aggregate;
  using engine::Source;
  auto& measures = definitions.measures;
  const std::size_t first = measures.size();

  auto users =
      book_measure("active_users_28d", {"Active users, 28 days", "利用者数(28日間)"}, Source::usage, Aggregate::people);
  users.filter.active_only = true;
  users.window_days = 28;
  users.unit = engine::Unit::people;
  auto utilisation = users;

  auto activity = book_measure("days_since_activity", {"Days since last activity", "最終利用からの日数"}, Source::usage,
                               Aggregate::days_since_latest);
  activity.filter.active_only = true;
  activity.unit = engine::Unit::days;

  auto meeting = book_measure("days_since_meeting", {"Days since last meeting", "最終面談からの日数"},
                              Source::interactions, Aggregate::days_since_latest);
  meeting.filter.kinds = {"meeting", "call"};
  meeting.unit = engine::Unit::days;

  utilisation.key = fmt::format("{}utilisation", reserved_prefix);
  utilisation.name = {"Seats in use", "利用席数の割合"};
  utilisation.divide_by = engine::DivideBy::seats;
  utilisation.unit = engine::Unit::percent;

  measures.push_back(std::move(users));
  measures.push_back(std::move(activity));
  measures.push_back(std::move(meeting));
  measures.push_back(std::move(utilisation));
  return {first, first + 1, first + 2, first + 3};
}

// A set of bodies as the document that the engine reads, and which body is at which position of it.
struct Document {
  std::string text;
  std::vector<Name> measures, scorecards;
};

Document document_of(const Bodies& bodies) {
  Document document;
  std::string measures, scorecards;
  for (const auto& [name, body] : bodies) {
    const bool is_measure = name.kind == measure_kind;
    auto& list = is_measure ? measures : scorecards;
    list.append(list.empty() ? "" : ",").append(body);
    (is_measure ? document.measures : document.scorecards).push_back(name);
  }
  document.text = "{\"measures\":[" + measures + "],\"scorecards\":[" + scorecards + "]}";
  return document;
}

// "measures[3].window_days" of the document is "window_days" of the body at hand, or a fault of another body.
std::string field_of(const std::string& path, const Document& document, const Name& at_hand) {
  for (const auto& [list, names] : {std::pair{std::string_view("measures["), &document.measures},
                                    std::pair{std::string_view("scorecards["), &document.scorecards}}) {
    if (!path.starts_with(list)) continue;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(path.data() + list.size(), path.data() + path.size(), index);
    if (error != std::errc() || index >= names->size()) return path;
    std::string rest(end, path.data() + path.size());
    if (rest.starts_with(']')) rest.erase(0, 1);
    if (rest.starts_with('.')) rest.erase(0, 1);
    const Name& name = (*names)[index];
    return name == at_hand ? rest : fmt::format("{}.{}.{}", name.kind, name.key, rest);
  }
  return path;
}

core::Result<engine::Definitions> read_bodies(const Bodies& bodies, const Name& at_hand) {
  const auto document = document_of(bodies);
  auto read = engine::definitions_from_json(document.text);
  if (!read) {
    core::Error error = std::move(read).error();
    for (auto& field : error.fields) field.field = field_of(field.field, document, at_hand);
    if (!error.fields.empty()) error.message = error.fields.front().message;
    return error;
  }
  return read;
}

core::Result<std::string> check_body(const Name& name, const Bodies& others) {
  if (name.kind == measure_kind && name.key.starts_with(reserved_prefix)) {
    return core::Error::invalid_field("key", {"Keys that begin with book_ are taken. Choose another.",
                                              "book_ で始まるキーは予約されています。別のキーにしてください。"});
  }
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(others.at(name)));
  const auto* key = body.if_contains("key");
  if (!key || !key->is_string() || std::string_view(key->as_string()) != name.key) {
    return core::Error::invalid_field("key", {fmt::format("The key must be \"{}\", as in the address.", name.key),
                                              fmt::format("キーはアドレスと同じ「{}」にしてください。", name.key)});
  }
  BANSO_TRY_ASSIGN(const auto read, read_bodies(others, name));
  return to_bodies(read).at(name);
}

void add_measure(const json::value* key, std::vector<Name>& found) {
  if (key && key->is_string()) found.push_back({std::string(measure_kind), std::string(key->get_string())});
}

template <class Visit>
void each_object(const json::object& in, std::string_view list, Visit visit) {
  const auto* array = in.if_contains(list);
  if (!array || !array->is_array()) return;
  for (const auto& element : array->get_array()) {
    if (element.is_object()) visit(element.get_object());
  }
}

// Of a scorecard or of a group of one, to any depth.
void collect_from_groups(const json::object& in, std::vector<Name>& found) {
  each_object(in, "measures", [&](const json::object& item) { add_measure(item.if_contains("measure"), found); });
  each_object(in, "groups", [&](const json::object& group) { collect_from_groups(group, found); });
}

void collect_measures(const json::value& body, std::vector<Name>& found) {
  const auto& object = body.as_object();
  collect_from_groups(object, found);
  each_object(object, "forced", [&](const json::object& rule) { add_measure(rule.if_contains("measure"), found); });
  if (const auto* operands = object.if_contains("of"); operands && operands->is_array()) {
    for (const auto& key : operands->get_array()) add_measure(&key, found);
  }
  if (const auto* expression = object.if_contains("expression"); expression && expression->is_string()) {
    for (auto& key : engine::keys_in_expression(std::string_view(expression->get_string()))) {
      found.push_back({std::string(measure_kind), std::move(key)});
    }
  }
}

std::vector<Name> used_measures(std::string_view text) {
  std::vector<Name> found;
  const auto body = json::parse(text);
  if (body && body->is_object()) collect_measures(*body, found);
  return found;
}

core::Text title_of(std::string_view text) {
  core::Text title;
  const auto body = json::parse_object(text);
  const auto* name = body ? body->if_contains("name") : nullptr;
  const auto member = [&](const char* language) {
    const auto* found = name && name->is_object() ? name->get_object().if_contains(language) : nullptr;
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
  };
  title = {member("en"), member("ja")};
  if (title.en.empty()) title.en = title.ja;
  if (title.ja.empty()) title.ja = title.en;
  return title;
}

}  // namespace

std::size_t DefinitionSet::scorecard_index() const {
  return definitions.scorecard_index(health_key).value_or(0);
}

const engine::Scorecard* DefinitionSet::scorecard() const {
  return definitions.scorecards.empty() ? nullptr : &definitions.scorecards[scorecard_index()];
}

std::vector<const engine::ScorecardGroup*> DefinitionSet::groups() const {
  std::vector<const engine::ScorecardGroup*> groups;
  if (!scorecard()) return groups;
  for (const auto& group : engine::flatten(*scorecard()).groups) groups.push_back(group.definition);
  return groups;
}

DefinitionSetPtr make_set(engine::Definitions configured, std::int64_t release) {
  auto set = std::make_shared<DefinitionSet>();
  set->release = release;
  set->definitions = std::move(configured);
  set->definitions.version = std::to_string(release);
  set->configured_measures = set->definitions.measures.size();
  set->book = add_book_measures(set->definitions);
  return set;
}

DefinitionSetPtr read_published(definitions::Service& service) {
  const auto published = service.published(both_kinds);
  auto read = read_bodies(published.bodies, {});
  // What was published was valid then; a newer program that reads it differently is a defect of the program.
  if (!read) throw std::runtime_error("the published definitions cannot be read: " + read.error().message.en);
  return make_set(std::move(*read), published.release);
}

core::Result<DefinitionSetPtr> read_published_at(definitions::Service& service, std::int64_t release) {
  constexpr int most_releases = 10'000;
  const auto releases = service.releases(both_kinds, most_releases);
  if (std::none_of(releases.begin(), releases.end(), [&](const auto& each) { return each.number == release; })) {
    return core::Error::invalid_field(
        "release",
        {fmt::format("There is no version {} of the scores. GET /api/health/releases lists them.", release),
         fmt::format("スコアの第{}版はありません。GET /api/health/releases で一覧を確認できます。", release)});
  }
  auto read = read_bodies(service.published_at(both_kinds, release).bodies, {});
  if (!read) return std::move(read).error();
  return make_set(std::move(*read), release);
}

core::Result<DefinitionSetPtr> read_with(definitions::Service& service, const Bodies& replaced) {
  Bodies bodies = service.published(both_kinds).bodies;
  Name at_hand;
  for (const auto& [name, body] : replaced) {
    BANSO_TRY(json::parse_object(body));
    bodies[name] = body;
    at_hand = name;
  }
  BANSO_TRY_ASSIGN(auto read, read_bodies(bodies, at_hand));
  return make_set(std::move(read), 0);
}

Bodies to_bodies(const engine::Definitions& definitions) {
  const auto document = boost::json::parse(engine::to_json(definitions));
  Bodies bodies;
  for (const auto& [list, kind] : {std::pair{"measures", measure_kind}, std::pair{"scorecards", scorecard_kind}}) {
    for (const auto& body : document.at(list).as_array()) {
      bodies[{std::string(kind), std::string(body.at("key").as_string())}] = json::serialize(body);
    }
  }
  return bodies;
}

void register_kinds(definitions::Service& service) {
  service.register_kind(
      {std::string(measure_kind), {"Measure", "指標"}, check_body, used_measures, title_of, both_kinds});
  service.register_kind(
      {std::string(scorecard_kind), {"Scorecard", "スコアカード"}, check_body, used_measures, title_of, both_kinds});
}

}  // namespace banso::health
