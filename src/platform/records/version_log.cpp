#include "platform/records/version_log.hpp"

namespace banso::platform::records {
namespace {

constexpr const char* columns =
    "version_id, entity, entity_id, account_id, known_at_us, recorded_at_us, actor_user_id, actor_name, why, "
    "import_id, "
    "body";

Version read_version(const Row& row) {
  return {row.integer(0),
          row.text(1),
          row.integer(2),
          row.id<core::AccountId>(3),
          row.instant(4),
          row.instant(5),
          row.id<core::UserId>(6),
          row.text(7),
          row.text(8),
          row.id<core::ImportId>(9),
          row.maybe_text(10)};
}

std::vector<Version> select(Session& session, const std::string& rest, const Values& parameters) {
  std::vector<Version> versions;
  session.each(std::string("SELECT ") + columns + " FROM record_version " + rest, parameters,
               [&](const Row& row) { versions.push_back(read_version(row)); });
  return versions;
}

}  // namespace

void append_version(Session& session, std::string_view entity, std::int64_t entity_id, core::AccountId account,
                    const Provenance& provenance, const std::optional<std::string>& body) {
  const core::Instant recorded_at = core::now();
  session.execute(
      "INSERT INTO record_version (version_id, entity, entity_id, account_id, known_at_us, recorded_at_us, "
      "actor_user_id, actor_name, why, import_id, body) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)",
      {new_id(), entity, entity_id, account, provenance.known_at.value_or(recorded_at), recorded_at,
       provenance.caller.user, provenance.caller.name, provenance.why, provenance.import, body});
}

std::optional<Version> version_known_at(Session& session, std::string_view entity, std::int64_t entity_id,
                                        core::Instant known_at) {
  auto versions = select(session,
                         "WHERE entity = :1 AND entity_id = :2 AND known_at_us <= :3 "
                         "ORDER BY known_at_us DESC, version_id DESC LIMIT 1",
                         {entity, entity_id, known_at});
  if (versions.empty()) return std::nullopt;
  return std::move(versions.front());
}

std::vector<Version> versions_known_at(Session& session, std::string_view entity, core::AccountId account,
                                       core::Instant known_at) {
  std::vector<Version> newest;
  std::int64_t previous_entity = 0;
  for (auto& version : select(session,
                              "WHERE account_id = :1 AND entity = :2 AND known_at_us <= :3 "
                              "ORDER BY entity_id, known_at_us DESC, version_id DESC",
                              {account, entity, known_at})) {
    if (version.entity_id == previous_entity) continue;
    previous_entity = version.entity_id;
    if (version.body) newest.push_back(std::move(version));
  }
  return newest;
}

std::vector<Version> versions_of(Session& session, std::string_view entity, std::int64_t entity_id) {
  return select(session, "WHERE entity = :1 AND entity_id = :2 ORDER BY known_at_us, version_id", {entity, entity_id});
}

std::vector<Version> versions_of_import(Session& session, core::ImportId import) {
  return select(session, "WHERE import_id = :1 ORDER BY version_id DESC", {import});
}

std::vector<Version> changes_on_account(Session& session, core::AccountId account, core::Instant until, int limit) {
  return select(session,
                "WHERE account_id = :1 AND known_at_us <= :2 ORDER BY known_at_us DESC, version_id DESC LIMIT :3",
                {account, until, limit});
}

}  // namespace banso::platform::records
