// The tables of usage in the records database. Nobody else queries them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/records/records.hpp"
#include "usage.hpp"

namespace banso::usage {

using platform::events::EventType;
using platform::records::Session;

namespace store {

// ----------------------------------------------------------------------------------------------------------- sources
void insert_source(Session& session, const Source& source, const std::string& key_hash);
std::vector<Source> sources(Session& session);
std::optional<Source> source(Session& session, core::SourceId id);
std::optional<Source> source_by_key_hash(Session& session, const std::string& key_hash);
void update_source(Session& session, const Source& source);
void update_key(Session& session, core::SourceId id, const std::string& key_hash, const std::string& key_hint);

// ---------------------------------------------------------------------------------------------------------- catalogue
std::vector<Feature> features(Session& session);  // with their types, by id
std::optional<FeatureId> feature_of_type(Session& session, const EventType& type);
bool feature_key_exists(Session& session, const std::string& key);
FeatureId next_feature_id(Session& session);
void insert_feature(Session& session, const Feature& feature);
void update_feature(Session& session, const Feature& feature);
void put_type(Session& session, const EventType& type, FeatureId feature);  // moves it where it exists

// -------------------------------------------------------------------------------------------------- who belongs where
struct KnownPerson {
  core::SourceId source;    // none: told by an import
  core::AccountId account;  // none: not matched yet
  std::string person_key;
  std::string email;  // lower case
  std::string name;
  core::Instant known_at;  // when it was said; what is said later wins
};

std::vector<KnownPerson> people_of_accounts(Session& session,
                                            const std::vector<core::AccountId>& accounts);  // empty: all
void put_person(Session& session, const KnownPerson& person);

}  // namespace store
}  // namespace banso::usage
