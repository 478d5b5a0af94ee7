// Assignments by rules: decided once, written as a job, taken back. Internal to the module.
#pragma once

#include "plan.hpp"

namespace banso::org {

enum class AssignmentState { waiting, done, failed, undone };
std::string_view word_of(AssignmentState state);

struct Assignment {
  std::int64_t id = 0;  // also the import id under which customers keep the changes
  std::string rule;     // key; empty for one that was never published
  core::Text name;
  AccountRole role = AccountRole::csm;
  AssignmentState state = AssignmentState::waiting;
  std::int64_t moving = 0, done = 0;
  core::UserId actor;
  std::string actor_name, why;
  core::Instant at;
  std::optional<std::int64_t> job;
};

struct Undone {
  std::int64_t restored = 0, changed_since = 0;
};

// Threading: any thread.
class Assignments {
 public:
  Assignments(const Dependencies& from, Store& store) : from_(from), store_(store) {}

  // Keeps the plan; nothing is assigned yet.
  Assignment keep(const core::Caller& caller, const Plan& plan, const std::string& why);
  void set_job(std::int64_t id, std::int64_t job);
  // Assigns what was planned, `moves_at_once` to a transaction. Begun again after a crash, it ends with the same.
  core::Result<> carry_out(std::int64_t id, const core::Caller& caller,
                           const std::function<bool(std::int64_t done, std::int64_t all)>& go_on);
  void fail(std::int64_t id);
  core::Result<Undone> undo(std::int64_t id, const core::Caller& caller);

  std::optional<Assignment> find(std::int64_t id);
  core::Page<Assignment> list(core::PageRequest page);
  core::UserId last_served(const std::string& rule);

 private:
  std::vector<Move> moves(std::int64_t id);
  void set_state(std::int64_t id, AssignmentState state);
  core::Result<> write(const Assignment& assignment, const core::Caller& caller, std::span<const Move> moves);
  Undone undo_roles(const Assignment& assignment, const core::Caller& caller);

  const Dependencies& from_;
  Store& store_;
};

// Makes `user` the owner of the accounts, as one batch under `import`. The accounts that changed are told by customers.
core::Result<> set_owners(customers::Service& customers, const customers::Provenance& provenance,
                          std::span<const Move> moves);

}  // namespace banso::org
