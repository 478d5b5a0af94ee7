// The tables of teams, roles, absences and capacities. Internal to the module.
#pragma once

#include <map>
#include <unordered_map>

#include "allocation.hpp"
#include "org.hpp"
#include "platform/records/version_scan.hpp"

namespace banso::org {

namespace records = platform::records;

// Somebody's time in a role (other than the CSM's).
struct RoleSpell {
  AccountRole role = AccountRole::onboarding;
  core::UserId user;
  core::Day since;
  std::optional<core::Day> until;
};

// What to write about a role: nobody where `user` is none.
struct RoleChange {
  core::AccountId account;
  AccountRole role = AccountRole::onboarding;
  core::UserId user;
  core::Day since;
  std::string why, actor_name;
  std::int64_t assignment = 0;
};

// Threading: any thread; every function is one transaction, but for those that are handed a session.
class Store {
 public:
  explicit Store(std::shared_ptr<records::Database> database) : database_(std::move(database)) {}

  std::vector<Team> teams();
  std::optional<Team> team(std::int64_t id);
  // UniqueViolation where the key is taken.
  Team save_team(Team team);
  bool remove_team(std::int64_t id);

  std::vector<Absence> absences(core::Day not_over_by, std::optional<core::UserId> user = {});
  std::vector<Absence> absences_on(core::Day day);
  std::optional<Absence> absence(std::int64_t id);
  Absence save_absence(Absence absence);
  void remove_absence(std::int64_t id);

  std::unordered_map<core::UserId, Limits> capacities();
  void save_capacity(core::UserId user, const Limits& limits);

  // Who has the role on that day (not the CSM's).
  std::unordered_map<core::AccountId, core::UserId> holders(AccountRole role, std::span<const core::AccountId> accounts,
                                                            core::Day day);
  std::unordered_map<core::AccountId, core::UserId> all_holders(AccountRole role);
  std::vector<RoleSpell> spells(core::AccountId account);  // newest first
  // Writes what differs; who had the role before has it until `since`. How many changed.
  static std::int64_t write_roles(records::Session& session, std::span<const RoleChange> changes);

  records::Database& database() { return *database_; }

 private:
  std::shared_ptr<records::Database> database_;
};

}  // namespace banso::org
