#include "store.hpp"

#include <algorithm>
#include <map>

namespace banso::usage::store {
namespace {

Source read_source(const platform::records::Row& row) {
  Source source;
  source.id = row.id<core::SourceId>(0);
  source.name = row.text(1);
  source.disabled = row.yes(2);
  source.key_hint = row.text(3);
  source.created_at = row.instant(4);
  source.silent_after_minutes = row.maybe_integer(5);
  source.most_events_per_second = row.maybe_integer(6);
  return source;
}

std::optional<Source> first_source(const std::optional<platform::records::Row>& row) {
  if (!row) return std::nullopt;
  return read_source(*row);
}

KnownPerson read_person(const platform::records::Row& row) {
  return {row.id<core::SourceId>(0), row.id<core::AccountId>(1), row.text(2), row.text(3), row.text(4), row.instant(5)};
}

}  // namespace

// ----------------------------------------------------------------------------------------------------------- sources

void insert_source(Session& session, const Source& source, const std::string& key_hash) {
  session.execute(
      "INSERT INTO usage_source (source_id, name, disabled, key_hash, key_hint, created_at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6)",
      {source.id, source.name, source.disabled, key_hash, source.key_hint, source.created_at});
}

std::vector<Source> sources(Session& session) {
  std::vector<Source> all;
  for (const auto& row : session.query("SELECT source_id, name, disabled, key_hint, created_at_us, "
                                       "silent_after_minutes, most_events_per_second FROM usage_source "
                                       "ORDER BY created_at_us, source_id")) {
    all.push_back(read_source(row));
  }
  return all;
}

std::optional<Source> source(Session& session, core::SourceId id) {
  return first_source(session.query_one(
      "SELECT source_id, name, disabled, key_hint, created_at_us, silent_after_minutes, most_events_per_second FROM "
      "usage_source WHERE source_id = :1",
      {id}));
}

std::optional<Source> source_by_key_hash(Session& session, const std::string& key_hash) {
  return first_source(session.query_one(
      "SELECT source_id, name, disabled, key_hint, created_at_us, silent_after_minutes, most_events_per_second FROM "
      "usage_source WHERE key_hash = :1",
      {key_hash}));
}

void update_source(Session& session, const Source& source) {
  session.execute(
      "UPDATE usage_source SET name = :1, disabled = :2, silent_after_minutes = :3, most_events_per_second = :4 "
      "WHERE source_id = :5",
      {source.name, source.disabled, source.silent_after_minutes, source.most_events_per_second, source.id});
}

void update_key(Session& session, core::SourceId id, const std::string& key_hash, const std::string& key_hint) {
  session.execute("UPDATE usage_source SET key_hash = :1, key_hint = :2 WHERE source_id = :3",
                  {key_hash, key_hint, id});
}

// ---------------------------------------------------------------------------------------------------------- catalogue

std::vector<Feature> features(Session& session) {
  std::map<std::int64_t, Feature> by_id;
  for (const auto& row : session.query(
           "SELECT feature_id, feature_key, name_en, name_ja, module, is_active, ignored FROM usage_feature")) {
    Feature feature;
    feature.id = row.id<FeatureId>(0);
    feature.key = row.text(1);
    feature.name = {row.text(2), row.text(3)};
    feature.module = row.text(4);
    feature.is_active = row.yes(5);
    feature.ignored = row.yes(6);
    by_id.emplace(feature.id.value, std::move(feature));
  }
  for (const auto& row : session.query("SELECT kind, name, feature_id FROM usage_event_type ORDER BY kind, name")) {
    by_id.at(row.integer(2)).types.push_back({static_cast<platform::events::EventKind>(row.integer(0)), row.text(1)});
  }
  std::vector<Feature> all;
  for (auto& [id, feature] : by_id) all.push_back(std::move(feature));
  return all;
}

std::optional<FeatureId> feature_of_type(Session& session, const EventType& type) {
  const auto row = session.query_one("SELECT feature_id FROM usage_event_type WHERE kind = :1 AND name = :2",
                                     {static_cast<int>(type.kind), type.name});
  if (!row) return std::nullopt;
  return row->id<FeatureId>(0);
}

bool feature_key_exists(Session& session, const std::string& key) {
  return session.query_one("SELECT feature_id FROM usage_feature WHERE feature_key = :1", {key}).has_value();
}

FeatureId next_feature_id(Session& session) {
  return {session.query_one("SELECT COALESCE(MAX(feature_id), 0) + 1 FROM usage_feature")->integer(0)};
}

void insert_feature(Session& session, const Feature& feature) {
  session.execute(
      "INSERT INTO usage_feature (feature_id, feature_key, name_en, name_ja, module, is_active, ignored) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7)",
      {feature.id, feature.key, feature.name.en, feature.name.ja, feature.module, feature.is_active, feature.ignored});
}

void update_feature(Session& session, const Feature& feature) {
  session.execute(
      "UPDATE usage_feature SET name_en = :1, name_ja = :2, module = :3, is_active = :4, ignored = :5 "
      "WHERE feature_id = :6",
      {feature.name.en, feature.name.ja, feature.module, feature.is_active, feature.ignored, feature.id});
}

void put_type(Session& session, const EventType& type, FeatureId feature) {
  session.execute(
      "INSERT INTO usage_event_type (kind, name, feature_id) VALUES (:1, :2, :3) "
      "ON CONFLICT (kind, name) DO UPDATE SET feature_id = excluded.feature_id",
      {static_cast<int>(type.kind), type.name, feature});
}

// -------------------------------------------------------------------------------------------------- who belongs where

std::vector<KnownPerson> people_of_accounts(Session& session, const std::vector<core::AccountId>& accounts) {
  std::vector<KnownPerson> people;
  const auto keep = [&](const platform::records::Row& row) { people.push_back(read_person(row)); };
  const std::string select = "SELECT source_id, account_id, person_key, email, name, known_at_us FROM usage_person ";
  if (accounts.empty()) {
    session.each(select + "WHERE account_id <> 0 ORDER BY account_id, person_key, source_id", {}, keep);
  }
  for (const auto account : accounts) {
    session.each(select + "WHERE account_id = :1 ORDER BY person_key, source_id", {account}, keep);
  }
  return people;
}

void put_person(Session& session, const KnownPerson& person) {
  session.execute(
      "INSERT INTO usage_person (source_id, account_id, person_key, email, name, known_at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6) ON CONFLICT (source_id, account_id, person_key) DO UPDATE SET "
      "email = excluded.email, name = excluded.name, known_at_us = excluded.known_at_us",
      {person.source, person.account, person.person_key, person.email, person.name, person.known_at});
}

}  // namespace banso::usage::store
