#include "versioned.hpp"

namespace banso::platform::versioned {
namespace {

// A version recorded later than this after it counts as known was backdated on purpose.
constexpr std::int64_t backdated_after_us = 60 * core::microseconds_per_second;

bool is_backdated(const records::Version& version) {
  return version.recorded_at.microseconds - version.known_at.microseconds > backdated_after_us;
}

// Versions that take an import back carry its number negated: a second undo then finds them and has nothing to do.
core::ImportId undo_mark(core::ImportId import) {
  return {-import.value};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

namespace detail {

std::string select_text(std::string_view table, const std::vector<std::string>& columns) {
  return "SELECT " + joined(columns) + " FROM " + std::string(table);
}

std::string insert_text(std::string_view table, const std::vector<std::string>& columns) {
  return "INSERT INTO " + std::string(table) + " (" + joined(columns) + ") VALUES (" +
         records::placeholders(1, columns.size()) + ")";
}

std::string update_text(std::string_view table, const std::vector<std::string>& columns) {
  std::string set;
  for (std::size_t i = 1; i < columns.size(); ++i) {
    set += (i > 1 ? ", " : "") + columns[i] + " = :" + std::to_string(i);
  }
  return "UPDATE " + std::string(table) + " SET " + set + " WHERE id = :" + std::to_string(columns.size());
}

std::string delete_text(std::string_view table) {
  return "DELETE FROM " + std::string(table) + " WHERE id = :1";
}

}  // namespace detail

Writer::Writer(records::Session& session, records::Provenance provenance, core::BatchOptions options)
    : session_(session), provenance_(std::move(provenance)), options_(options), now_(core::now()) {}

core::Instant Writer::known_at(std::optional<core::Instant> said, std::optional<core::Instant> happened) const {
  core::Instant known = provenance_.known_at.value_or(now_);
  if (said) {
    known = *said;
  } else if (backdates()) {
    // History without a date counts as having been known all along.
    known = happened.value_or(core::Instant{0});
  }
  return std::min(known, now_);
}

void Writer::append(std::string_view entity, std::int64_t id, core::AccountId account, core::Instant known_at,
                    const std::optional<std::string>& body) {
  provenance_.known_at = known_at;
  records::append_version(session_, entity, id, account, provenance_, body);
}

UndoPlan plan_undo(records::Session& session, std::string_view entity, std::int64_t id, core::ImportId import,
                   core::Instant now) {
  const auto versions = records::versions_of(session, entity, id);
  UndoPlan plan;
  if (versions.empty()) return plan;
  const auto& newest = versions.back();
  if (newest.import == undo_mark(import)) return plan;
  if (newest.import != import) {
    plan.verdict = Undo::changed_since;
    return plan;
  }

  std::int64_t first_written = newest.version_id;
  for (const auto& version : versions) {
    if (version.import == import) first_written = std::min(first_written, version.version_id);
  }
  plan.verdict = Undo::restored;
  plan.account = newest.account;
  for (const auto& version : versions) {
    if (version.version_id < first_written) plan.body = version.body;
    if (version.import != import) continue;
    ++plan.versions;
    const auto known_at = is_backdated(version) ? version.known_at : now;
    if (plan.known_at.empty() || plan.known_at.back() != known_at) plan.known_at.push_back(known_at);
  }
  return plan;
}

void append_undo(records::Session& session, std::string_view entity, std::int64_t id, const UndoPlan& plan,
                 const records::Provenance& provenance, core::ImportId import) {
  auto stamped = provenance;
  stamped.import = undo_mark(import);
  for (const auto known_at : plan.known_at) {
    stamped.known_at = known_at;
    records::append_version(session, entity, id, plan.account, stamped, plan.body);
  }
}

}  // namespace banso::platform::versioned
