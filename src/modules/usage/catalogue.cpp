#include "catalogue.hpp"

#include <algorithm>
#include <map>

#include "store.hpp"

namespace banso::usage {
namespace {

using platform::events::EventKind;
using platform::events::EventType;
using platform::records::Session;

constexpr std::size_t longest_name = 200;
constexpr std::size_t most_types = 500;

core::Result<> may_change(const core::Caller& caller) {
  if (caller.at_least(core::Role::leader)) return {};
  return core::Error::forbidden({"Only leaders and administrators may change the catalogue of features.",
                                 "機能カタログを変更できるのは、リーダーと管理者のみです。"});
}

core::Result<> check(const FeatureChange& change) {
  core::Error error =
      core::Error::invalid({"The feature cannot be changed like this.", "機能をこのように変更できません。"});
  const auto too_long = [&](const std::string& field) {
    error.fields.push_back({field, {"Use at most 200 bytes.", "200バイト以内で入力してください。"}});
  };
  if (change.name) {
    if (change.name->en.empty() && change.name->ja.empty()) {
      error.fields.push_back(
          {"name", {"Give a name in at least one language.", "少なくとも一方の言語で名前を入力してください。"}});
    }
    if (change.name->en.size() > longest_name) too_long("name.en");
    if (change.name->ja.size() > longest_name) too_long("name.ja");
  }
  if (change.module && change.module->size() > longest_name) too_long("module");
  const bool too_many = (change.types && change.types->size() > most_types) ||
                        (change.separated_types && change.separated_types->size() > most_types);
  if (too_many) {
    error.fields.push_back({"types", {"Group at most 500 event names.", "イベント名は500件以内にしてください。"}});
  }
  if (error.fields.empty()) return {};
  return error;
}

void apply(Feature& feature, const FeatureChange& change) {
  if (change.name) {
    feature.name = *change.name;
    if (feature.name.en.empty()) feature.name.en = feature.name.ja;
    if (feature.name.ja.empty()) feature.name.ja = feature.name.en;
  }
  if (change.module) feature.module = *change.module;
  if (change.is_active) feature.is_active = *change.is_active;
  if (change.ignored) feature.ignored = *change.ignored;
}

std::optional<Feature> find(Session& session, FeatureId id) {
  auto all = store::features(session);
  const auto found = std::ranges::find(all, id, &Feature::id);
  if (found == all.end()) return std::nullopt;
  return std::move(*found);
}

FeatureId create_for(Session& session, const EventType& type) {
  Feature feature;
  feature.id = store::next_feature_id(session);
  feature.key = default_key(type);
  // A type that was moved to another feature and back leaves its old key taken.
  for (int number = 2; store::feature_key_exists(session, feature.key); ++number) {
    feature.key = default_key(type) + "-" + std::to_string(number);
  }
  feature.name = default_name(type);
  store::insert_feature(session, feature);
  store::put_type(session, type, feature.id);
  return feature.id;
}

// To the feature that it was by itself, if that one has no other types by now, or to a new one.
void separate(Session& session, const EventType& type) {
  for (const auto& feature : store::features(session)) {
    if (feature.types.empty() && feature.key == default_key(type)) {
      store::put_type(session, type, feature.id);
      return;
    }
  }
  create_for(session, type);
}

core::Result<Feature> change_in(Session& session, FeatureId id, const FeatureChange& change) {
  auto feature = find(session, id);
  if (!feature) {
    return core::Error::not_found({"There is no such feature any more.", "この機能は見つかりません。"});
  }
  apply(*feature, change);
  store::update_feature(session, *feature);
  const auto taken_out = change.separated_types.value_or(std::vector<EventType>{});
  const auto is_of_feature = [&](const EventType& type) {
    return std::ranges::find(feature->types, type) != feature->types.end();
  };
  if (!taken_out.empty() && taken_out.size() >= feature->types.size()) {
    return core::Error::invalid_field("separated_types", {"A feature keeps at least one event name.",
                                                          "機能には少なくとも1つのイベント名が必要です。"});
  }
  for (const auto& type : taken_out) {
    if (!is_of_feature(type)) {
      return core::Error::invalid_field("separated_types", {"\"" + type.name + "\" does not belong to this feature.",
                                                            "「" + type.name + "」はこの機能に含まれていません。"});
    }
    separate(session, type);
  }
  for (const auto& type : change.types.value_or(std::vector<EventType>{})) {
    if (!store::feature_of_type(session, type)) {
      return core::Error::invalid_field("types", {"No event named \"" + type.name + "\" has arrived yet.",
                                                  "「" + type.name + "」というイベントはまだ届いていません。"});
    }
    store::put_type(session, type, id);
  }
  return *find(session, id);
}

std::string words_of(const std::string& name) {
  std::string words = name;
  for (auto& character : words) {
    if (character == '_' || character == '-') character = ' ';
  }
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

}  // namespace

core::Text default_name(const EventType& type) {
  switch (type.kind) {
    case EventKind::page:
      if (type.name.empty()) return {"Page viewed", "ページ閲覧"};
      return {"Page viewed: " + type.name, "ページ閲覧: " + type.name};
    case EventKind::screen:
      if (type.name.empty()) return {"Screen viewed", "画面表示"};
      return {"Screen viewed: " + type.name, "画面表示: " + type.name};
    default:
      return {words_of(type.name), words_of(type.name)};
  }
}

std::string default_key(const EventType& type) {
  if (type.kind == EventKind::track) return type.name;
  return std::string(platform::events::to_string(type.kind)) + ":" + type.name;
}

std::vector<Feature> Catalogue::features() {
  return records_->read([](Session& session) { return store::features(session); });
}

void Catalogue::ensure(std::span<const EventType> types) {
  const std::lock_guard lock(ensuring_);
  std::vector<EventType> unknown;
  for (const auto& type : types) {
    if (!ensured_.contains(type)) unknown.push_back(type);
  }
  if (unknown.empty()) return;
  for (const auto& type : unknown) {
    try {
      records_->write([&](Session& session) {
        if (!store::feature_of_type(session, type)) create_for(session, type);
      });
      ensured_.insert(type);
    } catch (const platform::records::UniqueViolation&) {
      // Another node discovered it at the same moment. If it took only the number, the next time tries again.
    }
  }
}

FeatureOfType Catalogue::lookup() {
  return lookup(false);
}

FeatureOfType Catalogue::grouping() {
  return lookup(true);
}

FeatureOfType Catalogue::lookup(bool with_ignored) {
  auto by_type = std::make_shared<std::map<EventType, FeatureId>>();
  for (const auto& feature : features()) {
    if (feature.ignored && !with_ignored) continue;
    for (const auto& type : feature.types) by_type->emplace(type, feature.id);
  }
  return [by_type](const EventType& type) -> std::optional<FeatureId> {
    const auto found = by_type->find(type);
    if (found == by_type->end()) return std::nullopt;
    return found->second;
  };
}

core::Result<Feature> Catalogue::change(FeatureId id, const FeatureChange& change, const core::Caller& caller) {
  BANSO_TRY(may_change(caller));
  BANSO_TRY(check(change));
  return records_->write([&](Session& session) { return change_in(session, id, change); });
}

core::Result<Feature> Catalogue::define(const EventType& type, const FeatureChange& change,
                                        const core::Caller& caller) {
  BANSO_TRY(may_change(caller));
  BANSO_TRY(check(change));
  return records_->write([&](Session& session) {
    const auto existing = store::feature_of_type(session, type);
    return change_in(session, existing ? *existing : create_for(session, type), change);
  });
}

}  // namespace banso::usage
