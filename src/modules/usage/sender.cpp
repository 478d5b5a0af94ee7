#include "sender.hpp"

#include <algorithm>
#include <unordered_map>

namespace banso::usage {
namespace {

constexpr std::string_view anonymous_prefix = "anonymous:";

}  // namespace

std::string anonymous_key(std::string_view anonymous_id) {
  std::string key(anonymous_prefix);
  key += anonymous_id;
  return key;
}

std::optional<std::string> anonymous_id_of(std::string_view key) {
  if (!key.starts_with(anonymous_prefix)) return std::nullopt;
  return std::string(key.substr(anonymous_prefix.size()));
}

namespace store {
namespace {

using platform::records::Row;
using platform::records::Values;

// Lists of so many keys are asked for at once. Few different lengths, so that few statements are prepared; a shorter
// list is filled up with its last key.
constexpr std::size_t list_lengths[] = {1, 16, 200};

std::string list_of(std::size_t length) {
  std::string list;
  for (std::size_t index = 0; index < length; ++index) {
    list += (index == 0 ? ":" : ", :") + std::to_string(index + 2);
  }
  return list;
}

// Runs "... WHERE source_id = :1 AND x IN (LIST)" for all keys.
void each_of(Session& session, std::string_view before, std::string_view after, core::SourceId source,
             std::span<const std::string> keys, const std::function<void(const Row&)>& visit) {
  while (!keys.empty()) {
    const auto fits = std::ranges::find_if(list_lengths, [&](std::size_t length) { return length >= keys.size(); });
    const auto length = fits == std::end(list_lengths) ? list_lengths[std::size(list_lengths) - 1] : *fits;
    const auto taken = keys.first(std::min(length, keys.size()));
    Values values{source};
    for (std::size_t index = 0; index < length; ++index) values.push_back(taken[std::min(index, taken.size() - 1)]);
    session.each(std::string(before) + " IN (" + list_of(length) + ")" + std::string(after), values, visit);
    keys = keys.subspan(taken.size());
  }
}

}  // namespace

std::vector<Sender> load_senders(Session& session, core::SourceId source, std::span<const std::string> keys) {
  std::vector<Sender> senders(keys.size());
  std::unordered_map<std::string, Sender*> by_key;
  for (std::size_t index = 0; index < keys.size(); ++index) by_key.emplace(keys[index], &senders[index]);
  each_of(session, "SELECT from_key, to_key, since_at_us FROM usage_alias WHERE source_id = :1 AND from_key", "",
          source, keys, [&](const Row& row) {
            by_key.at(row.text(0))->alias = Alias{row.text(1), row.instant(2)};
          });
  each_of(session, "SELECT to_key, from_key FROM usage_alias WHERE source_id = :1 AND to_key", " ORDER BY from_key",
          source, keys, [&](const Row& row) { by_key.at(row.text(0))->followers.push_back(row.text(1)); });
  each_of(session,
          "SELECT person_key, since_at_us, group_key FROM usage_group_call WHERE source_id = :1 AND person_key",
          " ORDER BY since_at_us, group_key", source, keys, [&](const Row& row) {
            by_key.at(row.text(0))->groups.push_back({row.instant(1), row.text(2), true});
          });
  each_of(
      session,
      "SELECT person_key, account_id, assigned_by, assigned_at_us FROM usage_person_assignment WHERE source_id = :1 "
      "AND person_key",
      "", source, keys, [&](const Row& row) {
        by_key.at(row.text(0))->assigned =
            Assignment{row.id<core::AccountId>(1), row.id<core::UserId>(2), row.instant(3)};
      });
  each_of(session,
          "SELECT person_key, account_id, email, name, email_at_us, name_at_us FROM usage_person WHERE source_id = :1 "
          "AND person_key",
          "", source, keys, [&](const Row& row) {
            auto& sender = *by_key.at(row.text(0));
            if (const auto account = row.id<core::AccountId>(1)) {
              sender.filed[account] = {row.text(2), row.text(3)};
            } else {
              sender.email = {row.text(2), row.instant(4), row.instant(4)};
              sender.name = {row.text(3), row.instant(5), row.instant(5)};
            }
          });
  return senders;
}

void each_sender_key(Session& session, const std::function<void(SenderKeyView)>& visit) {
  for (const auto* sql : {"SELECT source_id, from_key FROM usage_alias", "SELECT source_id, to_key FROM usage_alias",
                          "SELECT source_id, person_key FROM usage_group_call",
                          "SELECT source_id, person_key FROM usage_person_assignment",
                          "SELECT source_id, person_key FROM usage_person WHERE source_id <> 0"}) {
    session.each(sql, {}, [&](const Row& row) {
      const auto key = row.text(1);
      visit({row.id<core::SourceId>(0), key});
    });
  }
}

std::vector<SenderKey> persons_of_group(Session& session, const SenderKey& group) {
  std::vector<SenderKey> persons;
  session.each("SELECT DISTINCT person_key FROM usage_group_call WHERE source_id = :1 AND group_key = :2",
               {group.source, group.key}, [&](const Row& row) {
                 persons.push_back({group.source, row.text(0)});
               });
  return persons;
}

void put_alias(Session& session, const SenderKey& from, const Alias& alias) {
  session.execute(
      "INSERT INTO usage_alias (source_id, from_key, to_key, since_at_us) VALUES (:1, :2, :3, :4) "
      "ON CONFLICT (source_id, from_key) DO UPDATE SET to_key = excluded.to_key, since_at_us = excluded.since_at_us",
      {from.source, from.key, alias.to_key, alias.since});
}

void insert_group_statement(Session& session, const SenderKey& sender, const GroupStatement& statement) {
  session.execute(
      "INSERT INTO usage_group_call (source_id, person_key, since_at_us, group_key) VALUES (:1, :2, :3, :4) "
      "ON CONFLICT (source_id, person_key, since_at_us, group_key) DO NOTHING",
      {sender.source, sender.key, statement.since, statement.group_key});
}

void put_sayings(Session& session, const SenderKey& sender, const Saying& email, const Saying& name) {
  session.execute(
      "INSERT INTO usage_person (source_id, account_id, person_key, email, name, known_at_us, email_at_us, name_at_us) "
      "VALUES (:1, 0, :2, :3, :4, :5, :6, :7) ON CONFLICT (source_id, account_id, person_key) DO UPDATE SET "
      "email = excluded.email, name = excluded.name, known_at_us = excluded.known_at_us, "
      "email_at_us = excluded.email_at_us, name_at_us = excluded.name_at_us",
      {sender.source, sender.key, email.text, name.text, std::max(email.at, name.at), email.at, name.at});
}

void put_filed_person(Session& session, const SenderKey& person, core::AccountId account, const FiledPerson& filed,
                      core::Instant at) {
  session.execute(
      "INSERT INTO usage_person (source_id, account_id, person_key, email, name, known_at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6) ON CONFLICT (source_id, account_id, person_key) DO UPDATE SET "
      "email = excluded.email, name = excluded.name, known_at_us = excluded.known_at_us",
      {person.source, account, person.key, filed.email, filed.name, at});
}

void put_person_assignment(Session& session, const SenderKey& person, const Assignment& assignment) {
  session.execute(
      "INSERT INTO usage_person_assignment (source_id, person_key, account_id, assigned_by, assigned_at_us) "
      "VALUES (:1, :2, :3, :4, :5) ON CONFLICT (source_id, person_key) DO UPDATE SET account_id = excluded.account_id, "
      "assigned_by = excluded.assigned_by, assigned_at_us = excluded.assigned_at_us",
      {person.source, person.key, assignment.account, assignment.by, assignment.at});
}

void remove_person_assignment(Session& session, const SenderKey& person) {
  session.execute("DELETE FROM usage_person_assignment WHERE source_id = :1 AND person_key = :2",
                  {person.source, person.key});
}

std::map<std::string, Assignment> group_assignments(Session& session, core::SourceId source,
                                                    std::span<const std::string> group_keys) {
  std::map<std::string, Assignment> found;
  each_of(session,
          "SELECT group_key, account_id, assigned_by, assigned_at_us FROM usage_group_assignment WHERE source_id = :1 "
          "AND group_key",
          "", source, group_keys, [&](const Row& row) {
            found[row.text(0)] = {row.id<core::AccountId>(1), row.id<core::UserId>(2), row.instant(3)};
          });
  return found;
}

void put_group_assignment(Session& session, const SenderKey& group, const Assignment& assignment) {
  session.execute(
      "INSERT INTO usage_group_assignment (source_id, group_key, account_id, assigned_by, assigned_at_us) "
      "VALUES (:1, :2, :3, :4, :5) ON CONFLICT (source_id, group_key) DO UPDATE SET account_id = excluded.account_id, "
      "assigned_by = excluded.assigned_by, assigned_at_us = excluded.assigned_at_us",
      {group.source, group.key, assignment.account, assignment.by, assignment.at});
}

void remove_group_assignment(Session& session, const SenderKey& group) {
  session.execute("DELETE FROM usage_group_assignment WHERE source_id = :1 AND group_key = :2",
                  {group.source, group.key});
}

}  // namespace store
}  // namespace banso::usage
