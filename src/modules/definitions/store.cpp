#include "store.hpp"

namespace banso::definitions {
namespace {

using platform::records::Row;
using platform::records::Value;
using platform::records::Values;

constexpr const char* select_definitions =
    "SELECT d.kind, d.key, d.published_version, v.body, d.draft_body, d.draft_why, d.draft_author_name, d.draft_at_us, "
    "r.author_name, r.published_at_us FROM definition d "
    "LEFT JOIN definition_version v ON v.kind = d.kind AND v.key = d.key AND v.version = d.published_version "
    "LEFT JOIN definition_release r ON r.number = v.release_number ";

StoredDefinition read_definition(const Row& row) {
  StoredDefinition definition;
  definition.name = {row.text(0), row.text(1)};
  definition.version = row.maybe_integer(2).value_or(0);
  definition.body = row.maybe_text(3);
  definition.draft = row.maybe_text(4);
  definition.draft_why = row.text(5);
  definition.draft_author = row.text(6);
  definition.draft_at = row.maybe_instant(7);
  definition.published_by = row.maybe_text(8).value_or("");
  definition.published_at = row.maybe_instant(9);
  return definition;
}

constexpr const char* select_versions =
    "SELECT v.version, v.release_number, v.body, v.restored_version, r.author_user_id, r.author_name, r.why_en, "
    "r.why_ja, r.published_at_us FROM definition_version v JOIN definition_release r ON r.number = v.release_number "
    "WHERE v.kind = :1 AND v.key = :2 ";

Version read_version(const Row& row) {
  Version version;
  version.version = row.integer(0);
  version.release = row.integer(1);
  version.body = row.maybe_text(2);
  version.restored_version = row.maybe_integer(3);
  version.author = row.id<core::UserId>(4);
  version.author_name = row.text(5);
  version.why = {row.text(6), row.text(7)};
  version.published_at = row.instant(8);
  return version;
}

// ":1, :2, :3" for the kinds, whose values are appended to `values`.
std::string bind_kinds(std::span<const std::string> kinds, Values& values) {
  std::string list;
  for (const auto& kind : kinds) {
    values.emplace_back(kind);
    list += (list.empty() ? ":" : ", :") + std::to_string(values.size());
  }
  return list;
}

View read_view(const Row& row) {
  return {row.integer(0), row.text(1), row.text(2) == "team", row.id<core::UserId>(3), row.text(4)};
}

}  // namespace

std::vector<StoredDefinition> all_definitions(Session& session, const std::optional<std::string>& kind) {
  std::vector<StoredDefinition> found;
  const auto rows =
      kind ? session.query(std::string(select_definitions) + "WHERE d.kind = :1 ORDER BY d.kind, d.key", {*kind})
           : session.query(std::string(select_definitions) + "ORDER BY d.kind, d.key");
  for (const auto& row : rows) found.push_back(read_definition(row));
  return found;
}

std::optional<StoredDefinition> find_definition(Session& session, const Name& name) {
  const auto row =
      session.query_one(std::string(select_definitions) + "WHERE d.kind = :1 AND d.key = :2", {name.kind, name.key});
  return row ? std::optional(read_definition(*row)) : std::nullopt;
}

std::vector<Version> versions_of(Session& session, const Name& name) {
  std::vector<Version> found;
  for (const auto& row :
       session.query(std::string(select_versions) + "ORDER BY v.version DESC", {name.kind, name.key})) {
    found.push_back(read_version(row));
  }
  return found;
}

std::optional<Version> find_version(Session& session, const Name& name, std::int64_t version) {
  const auto row =
      session.query_one(std::string(select_versions) + "AND v.version = :3", {name.kind, name.key, version});
  return row ? std::optional(read_version(*row)) : std::nullopt;
}

Set published_set(Session& session, std::span<const std::string> kinds, std::optional<std::int64_t> at_release) {
  Set set;
  if (kinds.empty()) return set;
  Values values;
  const auto list = bind_kinds(kinds, values);
  std::string upto;
  if (at_release) {
    values.emplace_back(*at_release);
    upto = " AND release_number <= :" + std::to_string(values.size());
  }
  // Oldest first, so that a later version replaces an earlier one and a retiring one removes it.
  for (const auto& row :
       session.query("SELECT kind, key, body, release_number FROM definition_version WHERE kind IN (" + list + ")" +
                         upto + " ORDER BY kind, key, version",
                     values)) {
    const Name name{row.text(0), row.text(1)};
    set.release = std::max(set.release, row.integer(3));
    if (row.is_null(2)) {
      set.bodies.erase(name);
    } else {
      set.bodies[name] = row.text(2);
    }
  }
  return set;
}

std::vector<Release> releases_of(Session& session, std::span<const std::string> kinds, int limit) {
  std::vector<Release> found;
  if (kinds.empty()) return found;
  Values values;
  const auto list = bind_kinds(kinds, values);
  values.emplace_back(limit);
  const auto rows = session.query(
      "SELECT number, author_name, why_en, why_ja, published_at_us FROM definition_release WHERE number IN "
      "(SELECT release_number FROM definition_version WHERE kind IN (" +
          list + ")) ORDER BY number DESC LIMIT :" + std::to_string(values.size()),
      values);
  for (const auto& row : rows) {
    Release release{row.integer(0), row.text(1), {row.text(2), row.text(3)}, row.instant(4), {}};
    for (const auto& touched :
         session.query("SELECT kind, key FROM definition_version WHERE release_number = :1 ORDER BY kind, key",
                       {release.number})) {
      release.names.push_back({touched.text(0), touched.text(1)});
    }
    found.push_back(std::move(release));
  }
  return found;
}

void store_draft(Session& session, const Name& name, const std::string& body, const std::string& why,
                 const core::Caller& author) {
  session.execute(
      "INSERT INTO definition (kind, key, published_version, draft_body, draft_why, draft_author_user_id, "
      "draft_author_name, draft_at_us) VALUES (:1, :2, NULL, :3, :4, :5, :6, :7) ON CONFLICT (kind, key) DO UPDATE SET "
      "draft_body = excluded.draft_body, draft_why = excluded.draft_why, draft_author_user_id = "
      "excluded.draft_author_user_id, draft_author_name = excluded.draft_author_name, draft_at_us = "
      "excluded.draft_at_us",
      {name.kind, name.key, body, why, author.user, author.name, core::now()});
}

void remove_draft(Session& session, const Name& name) {
  session.execute(
      "UPDATE definition SET draft_body = NULL, draft_why = '', draft_author_user_id = NULL, draft_author_name = '', "
      "draft_at_us = NULL WHERE kind = :1 AND key = :2",
      {name.kind, name.key});
  session.execute("DELETE FROM definition WHERE kind = :1 AND key = :2 AND published_version IS NULL",
                  {name.kind, name.key});
}

std::int64_t add_release(Session& session, const core::Caller& author, const core::Text& why) {
  const auto last = session.query_one("SELECT MAX(number) FROM definition_release");
  const std::int64_t number = (last ? last->maybe_integer(0).value_or(0) : 0) + 1;
  session.execute(
      "INSERT INTO definition_release (number, author_user_id, author_name, why_en, why_ja, published_at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6)",
      {number, author.user, author.name, why.en, why.ja, core::now()});
  return number;
}

void add_version(Session& session, const Name& name, std::int64_t release, const std::optional<std::string>& body,
                 std::optional<std::int64_t> restored_version) {
  const auto last = session.query_one("SELECT MAX(version) FROM definition_version WHERE kind = :1 AND key = :2",
                                      {name.kind, name.key});
  const std::int64_t version = (last ? last->maybe_integer(0).value_or(0) : 0) + 1;
  session.execute(
      "INSERT INTO definition_version (kind, key, version, release_number, body, restored_version) "
      "VALUES (:1, :2, :3, :4, :5, :6)",
      {name.kind, name.key, version, release, body, restored_version});
  session.execute(
      "INSERT INTO definition (kind, key, published_version, draft_body, draft_why, draft_author_user_id, "
      "draft_author_name, draft_at_us) VALUES (:1, :2, :3, NULL, '', NULL, '', NULL) ON CONFLICT (kind, key) DO UPDATE "
      "SET published_version = excluded.published_version, draft_body = NULL, draft_why = '', "
      "draft_author_user_id = NULL, draft_author_name = '', draft_at_us = NULL",
      {name.kind, name.key, version});
}

std::vector<View> views_for(Session& session, core::UserId user) {
  std::vector<View> found;
  for (const auto& row : session.query("SELECT id, name, scope, owner_user_id, query FROM saved_view "
                                       "WHERE owner_user_id = :1 OR scope = 'team' ORDER BY name, id",
                                       {user.value})) {
    found.push_back(read_view(row));
  }
  return found;
}

std::optional<View> find_view(Session& session, std::int64_t id) {
  const auto row =
      session.query_one("SELECT id, name, scope, owner_user_id, query FROM saved_view WHERE id = :1", {id});
  return row ? std::optional(read_view(*row)) : std::nullopt;
}

void store_view(Session& session, const View& view) {
  session.execute(
      "INSERT INTO saved_view (id, owner_user_id, scope, name, query, updated_at_us) VALUES (:1, :2, :3, :4, :5, :6) "
      "ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, name = excluded.name, query = excluded.query, "
      "updated_at_us = excluded.updated_at_us",
      {view.id, view.owner.value, view.is_team ? "team" : "mine", view.name, view.query, core::now()});
}

void remove_view(Session& session, std::int64_t id) {
  session.execute("DELETE FROM saved_view WHERE id = :1", {id});
}

}  // namespace banso::definitions
