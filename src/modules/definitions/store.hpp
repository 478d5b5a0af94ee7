// The tables of definitions, versions, releases and saved views. Nobody else queries them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "definitions.hpp"

namespace banso::definitions {

using platform::records::Session;

// A definition with its published body and its draft.
struct StoredDefinition {
  Name name;
  std::int64_t version = 0;         // 0: never published
  std::optional<std::string> body;  // nothing: never published, or retired
  std::optional<std::string> draft;
  std::string draft_why;
  std::string draft_author;
  std::optional<core::Instant> draft_at;
  std::string published_by;
  std::optional<core::Instant> published_at;
};

std::vector<StoredDefinition> all_definitions(Session& session, const std::optional<std::string>& kind);
std::optional<StoredDefinition> find_definition(Session& session, const Name& name);

std::vector<Version> versions_of(Session& session, const Name& name);
std::optional<Version> find_version(Session& session, const Name& name, std::int64_t version);

Set published_set(Session& session, std::span<const std::string> kinds, std::optional<std::int64_t> at_release);
std::vector<Release> releases_of(Session& session, std::span<const std::string> kinds, int limit);

void store_draft(Session& session, const Name& name, const std::string& body, const std::string& why,
                 const core::Caller& author);
void remove_draft(Session& session, const Name& name);

std::int64_t add_release(Session& session, const core::Caller& author, const core::Text& why);
// The next version of the definition; its draft is removed. No body retires it.
void add_version(Session& session, const Name& name, std::int64_t release, const std::optional<std::string>& body,
                 std::optional<std::int64_t> restored_version);

std::vector<View> views_for(Session& session, core::UserId user);
std::optional<View> find_view(Session& session, std::int64_t id);
void store_view(Session& session, const View& view);
void remove_view(Session& session, std::int64_t id);

}  // namespace banso::definitions
