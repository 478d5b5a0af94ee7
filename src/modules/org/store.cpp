#include "store.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::org {
namespace {

using records::Row;
using records::Session;
using records::Values;

std::string_view word_of_direction(Direction direction) {
  return direction == Direction::size ? "size" : "function";
}

Team team_from(const Row& row) {
  Team team;
  team.id = row.integer(0);
  team.key = row.text(1);
  team.name = {row.text(2), row.text(3)};
  team.direction = row.text(4) == "size" ? Direction::size : Direction::function;
  team.parent = row.integer(5);
  return team;
}

std::vector<Team> load_teams(Session& session) {
  std::vector<Team> teams;
  session.each(
      "SELECT id, team_key, name_en, name_ja, direction, parent_id FROM team "
      "ORDER BY CASE WHEN direction = 'size' THEN 0 ELSE 1 END, id",
      {}, [&](const Row& row) { teams.push_back(team_from(row)); });
  std::map<std::int64_t, std::vector<Member>> members;
  session.each("SELECT team_id, user_id, is_lead FROM team_member ORDER BY is_lead DESC, user_id", {},
               [&](const Row& row) {
                 members[row.integer(0)].push_back({row.id<core::UserId>(1), row.yes(2)});
               });
  for (auto& team : teams) team.members = std::move(members[team.id]);
  return teams;
}

constexpr std::string_view absence_columns =
    "SELECT id, user_id, from_day, until_day, substitute_id, note FROM absence ";

Absence absence_from(const Row& row) {
  return {row.integer(0), row.id<core::UserId>(1), row.day(2), row.day(3), row.id<core::UserId>(4), row.text(5)};
}

}  // namespace

std::vector<Team> Store::teams() {
  return database_->read([](Session& session) { return load_teams(session); });
}

std::optional<Team> Store::team(std::int64_t id) {
  for (auto& team : teams()) {
    if (team.id == id) return std::move(team);
  }
  return std::nullopt;
}

Team Store::save_team(Team team) {
  if (team.id == 0) team.id = records::new_id();
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO team (id, team_key, name_en, name_ja, direction, parent_id) VALUES (:1, :2, :3, :4, :5, :6) "
        "ON CONFLICT (id) DO UPDATE SET name_en = excluded.name_en, name_ja = excluded.name_ja, "
        "direction = excluded.direction, parent_id = excluded.parent_id",
        {team.id, team.key, team.name.en, team.name.ja, word_of_direction(team.direction), team.parent});
    session.execute("DELETE FROM team_member WHERE team_id = :1", {team.id});
    for (const auto& member : team.members) {
      session.execute("INSERT INTO team_member (team_id, user_id, is_lead) VALUES (:1, :2, :3)",
                      {team.id, member.user, member.is_lead});
    }
  });
  return team;
}

bool Store::remove_team(std::int64_t id) {
  return database_->write([&](Session& session) {
    const auto row = session.query_one("SELECT parent_id FROM team WHERE id = :1", {id});
    if (!row) return false;
    session.execute("UPDATE team SET parent_id = :1 WHERE parent_id = :2", {row->integer(0), id});
    session.execute("DELETE FROM team_member WHERE team_id = :1", {id});
    session.execute("DELETE FROM team WHERE id = :1", {id});
    return true;
  });
}

std::vector<Absence> Store::absences(core::Day not_over_by, std::optional<core::UserId> user) {
  return database_->read([&](Session& session) {
    std::vector<Absence> found;
    const auto keep = [&](const Row& row) { found.push_back(absence_from(row)); };
    const std::string from = std::string(absence_columns) + "WHERE until_day > :1";
    if (user) {
      session.each(from + " AND user_id = :2 ORDER BY from_day, id", {not_over_by, *user}, keep);
    } else {
      session.each(from + " ORDER BY from_day, id", {not_over_by}, keep);
    }
    return found;
  });
}

std::vector<Absence> Store::absences_on(core::Day day) {
  auto found = absences(day);
  std::erase_if(found, [&](const Absence& absence) { return day < absence.from_day; });
  return found;
}

std::optional<Absence> Store::absence(std::int64_t id) {
  return database_->read([&](Session& session) -> std::optional<Absence> {
    const auto row = session.query_one(std::string(absence_columns) + "WHERE id = :1", {id});
    return row ? std::optional(absence_from(*row)) : std::nullopt;
  });
}

Absence Store::save_absence(Absence absence) {
  if (absence.id == 0) absence.id = records::new_id();
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO absence (id, user_id, from_day, until_day, substitute_id, note) VALUES (:1, :2, :3, :4, :5, :6) "
        "ON CONFLICT (id) DO UPDATE SET from_day = excluded.from_day, until_day = excluded.until_day, "
        "substitute_id = excluded.substitute_id, note = excluded.note",
        {absence.id, absence.user, absence.from_day, absence.until_day, absence.substitute, absence.note});
  });
  return absence;
}

void Store::remove_absence(std::int64_t id) {
  database_->write([&](Session& session) { session.execute("DELETE FROM absence WHERE id = :1", {id}); });
}

std::unordered_map<core::UserId, Limits> Store::capacities() {
  return database_->read([](Session& session) {
    std::unordered_map<core::UserId, Limits> found;
    session.each("SELECT user_id, accounts, arr_minor, effort FROM capacity", {}, [&](const Row& row) {
      found.emplace(row.id<core::UserId>(0), Limits{row.maybe_integer(1), row.maybe_integer(2), row.maybe_number(3)});
    });
    return found;
  });
}

void Store::save_capacity(core::UserId user, const Limits& limits) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO capacity (user_id, accounts, arr_minor, effort) VALUES (:1, :2, :3, :4) "
        "ON CONFLICT (user_id) DO UPDATE SET accounts = excluded.accounts, arr_minor = excluded.arr_minor, "
        "effort = excluded.effort",
        {user, limits.accounts, limits.arr_minor, limits.effort});
  });
}

std::unordered_map<core::AccountId, core::UserId> Store::holders(AccountRole role,
                                                                 std::span<const core::AccountId> accounts,
                                                                 core::Day day) {
  return database_->read([&](Session& session) {
    std::unordered_map<core::AccountId, core::UserId> found;
    for (std::size_t begin = 0; begin < accounts.size(); begin += records::largest_list) {
      const auto count = std::min(records::largest_list, accounts.size() - begin);
      const auto size = records::padded_list_size(count);
      Values values{word_of(role), day, day};
      for (std::size_t i = 0; i < size; ++i) values.emplace_back(accounts[begin + std::min(i, count - 1)]);
      session.each(
          "SELECT account_id, user_id FROM account_role WHERE role = :1 AND since_day <= :2 AND "
          "(until_day IS NULL OR until_day > :3) AND account_id IN (" +
              records::placeholders(4, size) + ")",
          values, [&](const Row& row) { found.emplace(row.id<core::AccountId>(0), row.id<core::UserId>(1)); });
    }
    return found;
  });
}

std::unordered_map<core::AccountId, core::UserId> Store::all_holders(AccountRole role) {
  return database_->read([&](Session& session) {
    std::unordered_map<core::AccountId, core::UserId> found;
    session.each("SELECT account_id, user_id FROM account_role WHERE role = :1 AND until_day IS NULL", {word_of(role)},
                 [&](const Row& row) { found.emplace(row.id<core::AccountId>(0), row.id<core::UserId>(1)); });
    return found;
  });
}

std::vector<RoleSpell> Store::spells(core::AccountId account) {
  return database_->read([&](Session& session) {
    std::vector<RoleSpell> found;
    session.each(
        "SELECT role, user_id, since_day, until_day FROM account_role WHERE account_id = :1 "
        "ORDER BY since_day DESC, id DESC",
        {account}, [&](const Row& row) {
          const auto role = account_role_from(row.text(0));
          const RoleSpell spell{role.value_or(AccountRole::onboarding), row.id<core::UserId>(1), row.day(2),
                                row.maybe_day(3)};
          // Who was replaced on the day they began never really was it.
          if (role && (!spell.until || spell.since < *spell.until)) found.push_back(spell);
        });
    return found;
  });
}

std::int64_t Store::write_roles(Session& session, std::span<const RoleChange> changes) {
  std::int64_t changed = 0;
  for (const auto& change : changes) {
    const auto present = session.query_one(
        "SELECT id, user_id, since_day FROM account_role WHERE account_id = :1 AND role = :2 AND until_day IS NULL",
        {change.account, word_of(change.role)});
    if (present ? present->id<core::UserId>(1) == change.user : !change.user) continue;
    ++changed;
    if (present) {
      // Periods do not overlap: nobody leaves before having begun.
      const auto until = std::max(present->day(2), change.since);
      session.execute("UPDATE account_role SET until_day = :1 WHERE id = :2", {until, present->integer(0)});
    }
    if (!change.user) continue;
    session.execute(
        "INSERT INTO account_role (id, account_id, role, user_id, since_day, until_day, why, actor_name, "
        "assignment_id) VALUES (:1, :2, :3, :4, :5, NULL, :6, :7, :8)",
        {records::new_id(), change.account, word_of(change.role), change.user,
         present ? std::max(present->day(2), change.since) : change.since, change.why, change.actor_name,
         change.assignment});
  }
  return changed;
}

}  // namespace banso::org
