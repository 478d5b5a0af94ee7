#include "platform/records/version_scan.hpp"

#include <algorithm>
#include <string>

namespace banso::platform::records {
namespace {

ScannedVersion scanned(const Row& row) {
  return {row.integer(0), row.id<core::AccountId>(1), row.instant(2), row.maybe_text(3)};
}

}  // namespace

std::string placeholders(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += ':' + std::to_string(first + i);
  }
  return text;
}

std::size_t padded_list_size(std::size_t size) {
  if (size <= 1) return 1;
  return size <= 20 ? 20 : largest_list;
}

void each_version(Session& session, std::string_view entity, std::optional<std::span<const core::AccountId>> accounts,
                  const std::function<void(const ScannedVersion&)>& visit) {
  const std::string columns = "SELECT entity_id, account_id, known_at_us, body FROM record_version WHERE entity = :1";
  const std::string order = " ORDER BY entity_id, known_at_us, version_id";
  if (!accounts) {
    session.each(columns + order, {entity}, [&](const Row& row) { visit(scanned(row)); });
    return;
  }
  for (std::size_t begin = 0; begin < accounts->size(); begin += largest_list) {
    const auto part = accounts->subspan(begin, std::min(largest_list, accounts->size() - begin));
    const auto size = padded_list_size(part.size());
    Values parameters{entity};
    for (std::size_t i = 0; i < size; ++i) parameters.emplace_back(part[std::min(i, part.size() - 1)]);
    // The sum keeps SQLite from walking all records of the kind in entity order to save a small sort.
    session.each(columns + " AND account_id IN (" + placeholders(2, size) + ")" +
                     " ORDER BY entity_id + 0, known_at_us, version_id",
                 parameters, [&](const Row& row) { visit(scanned(row)); });
  }
}

std::vector<std::pair<std::string, std::int64_t>> records_of_import(Session& session, core::ImportId import,
                                                                    std::span<const std::string_view> entities) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  session.each("SELECT DISTINCT entity, entity_id FROM record_version WHERE import_id = :1", {import},
               [&](const Row& row) {
                 auto entity = row.text(0);
                 if (std::find(entities.begin(), entities.end(), entity) == entities.end()) return;
                 found.emplace_back(std::move(entity), row.integer(1));
               });
  return found;
}

std::int64_t count_changes_on_account(Session& session, core::AccountId account, core::Instant until) {
  const auto row = session.query_one("SELECT COUNT(*) FROM record_version WHERE account_id = :1 AND known_at_us <= :2",
                                     {account, until});
  return row ? row->integer(0) : 0;
}

}  // namespace banso::platform::records
