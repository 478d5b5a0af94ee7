#include "erasure.hpp"

#include <algorithm>
#include <vector>

#include "platform/json/json.hpp"
#include "sender.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;
using platform::records::Row;
using platform::records::Session;

// The person's key and every key whose alias leads to it, one over another.
std::set<std::string> keys_of(Session& session, core::SourceId source, const std::string& person_key) {
  std::set<std::string> keys{person_key};
  std::vector<std::string> to_follow{person_key};
  while (!to_follow.empty()) {
    const auto to = std::move(to_follow.back());
    to_follow.pop_back();
    session.each("SELECT from_key FROM usage_alias WHERE source_id = :1 AND to_key = :2", {source, to},
                 [&](const Row& row) {
                   if (keys.insert(row.text(0)).second) to_follow.push_back(row.text(0));
                 });
  }
  return keys;
}

bool names_one_of(const json::object& call, const char* field, bool is_anonymous, const std::set<std::string>& keys) {
  const auto* value = call.if_contains(field);
  if (!value) return false;
  const auto id = value->is_string() ? std::string(value->as_string()) : json::serialize(*value);
  return keys.contains(is_anonymous ? anonymous_key(id) : id);
}

// What cannot be read is taken for theirs where it contains one of the keys: better one call too many.
bool is_about(const std::string& text, const std::set<std::string>& keys) {
  if (const auto call = json::parse_object(text); call && !call->contains("batch")) {
    return names_one_of(*call, "userId", false, keys) || names_one_of(*call, "anonymousId", true, keys) ||
           names_one_of(*call, "previousId", false, keys) || names_one_of(*call, "previousId", true, keys);
  }
  return std::ranges::any_of(keys, [&](const std::string& key) {
    return text.find(json::serialize(json::value(anonymous_id_of(key).value_or(key)))) != std::string::npos;
  });
}

void erase_quarantined(Session& session, core::SourceId source, const std::set<std::string>& keys) {
  std::vector<std::int64_t> ids;
  session.each("SELECT quarantine_id, call_text FROM usage_quarantine WHERE source_id = :1", {source},
               [&](const Row& row) {
                 if (is_about(row.text(1), keys)) ids.push_back(row.integer(0));
               });
  for (const auto id : ids) session.execute("DELETE FROM usage_quarantine WHERE quarantine_id = :1", {id});
}

}  // namespace

std::set<core::SourceId> sources_of_person(platform::events::EventStore& events, platform::records::Database& records,
                                           core::AccountId account, const std::string& person_key) {
  std::set<core::SourceId> sources;
  platform::events::Selection selection;
  selection.accounts = {account};
  events.export_events(selection, [&](const platform::events::StoredEvent& stored) {
    if (stored.event.source && stored.event.person_key == person_key) sources.insert(stored.event.source);
  });
  records.read([&](Session& session) {
    session.each("SELECT source_id FROM usage_person WHERE account_id = :1 AND person_key = :2 AND source_id <> 0",
                 {account, person_key}, [&](const Row& row) { sources.insert(row.id<core::SourceId>(0)); });
  });
  return sources;
}

void erase_traces_of_person(platform::records::Database& records, const std::set<core::SourceId>& sources,
                            core::AccountId account, const std::string& person_key) {
  records.write([&](Session& session) {
    for (const auto source : sources) {
      const auto keys = keys_of(session, source, person_key);
      for (const auto& key : keys) {
        session.execute("DELETE FROM usage_alias WHERE source_id = :1 AND from_key = :2", {source, key});
        session.execute("DELETE FROM usage_group_call WHERE source_id = :1 AND person_key = :2", {source, key});
        session.execute("DELETE FROM usage_person WHERE source_id = :1 AND account_id = 0 AND person_key = :2",
                        {source, key});
        store::remove_person_assignment(session, {source, key});
      }
      erase_quarantined(session, source, keys);
    }
    session.execute("DELETE FROM usage_person WHERE account_id = :1 AND person_key = :2", {account, person_key});
  });
}

}  // namespace banso::usage
