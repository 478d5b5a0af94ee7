#include "assignments.hpp"

#include <algorithm>
#include <array>

namespace banso::org {
namespace {

using records::Row;
using records::Session;

constexpr std::size_t moves_at_once = 500;
constexpr std::array<std::string_view, 4> states{"waiting", "done", "failed", "undone"};
constexpr std::string_view columns =
    "SELECT id, rule_key, name_en, name_ja, role, state, moving, done, actor_id, actor_name, why, at_us, job_id "
    "FROM assignment ";

Assignment from_row(const Row& row) {
  Assignment found;
  found.id = row.integer(0);
  found.rule = row.text(1);
  found.name = {row.text(2), row.text(3)};
  found.role = account_role_from(row.text(4)).value_or(AccountRole::csm);
  const auto state = std::find(states.begin(), states.end(), row.text(5));
  found.state = static_cast<AssignmentState>(state - states.begin());
  found.moving = row.integer(6);
  found.done = row.integer(7);
  found.actor = row.id<core::UserId>(8);
  found.actor_name = row.text(9);
  found.why = row.text(10);
  found.at = row.instant(11);
  found.job = row.maybe_integer(12);
  return found;
}

core::Error no_assignment() {
  return core::Error::not_found({"There is no such assignment.", "この割り当てはありません。"});
}

}  // namespace

std::string_view word_of(AssignmentState state) {
  return states[static_cast<std::size_t>(state)];
}

core::Result<> set_owners(customers::Service& customers, const customers::Provenance& provenance,
                          std::span<const Move> moves) {
  std::vector<customers::AccountInput> inputs;
  for (const auto& move : moves) {
    customers::AccountInput input;
    input.id = move.account;
    input.owner_id = move.to ? core::Patch<core::UserId>(move.to) : core::Patch<core::UserId>::clear();
    inputs.push_back(std::move(input));
  }
  // An account that was deleted meanwhile is passed over.
  BANSO_TRY(customers.upsert_accounts(provenance, inputs));
  return {};
}

Assignment Assignments::keep(const core::Caller& caller, const Plan& plan, const std::string& why) {
  Assignment made;
  made.id = records::new_id();
  made.rule = plan.rule.key;
  made.name = plan.rule.name;
  made.role = plan.rule.role;
  made.moving = static_cast<std::int64_t>(plan.moves.size());
  made.actor = caller.user;
  made.actor_name = caller.name;
  made.why = why;
  made.at = from_.surroundings.now();
  store_.database().write([&](Session& session) {
    session.execute(
        "INSERT INTO assignment (id, rule_key, name_en, name_ja, role, state, moving, done, actor_id, actor_name, why, "
        "at_us, job_id) VALUES (:1, :2, :3, :4, :5, :6, :7, 0, :8, :9, :10, :11, NULL)",
        {made.id, made.rule, made.name.en, made.name.ja, word_of(made.role), word_of(made.state), made.moving,
         made.actor, made.actor_name, made.why, made.at});
    std::int64_t position = 0;
    for (const auto& move : plan.moves) {
      session.execute(
          "INSERT INTO assignment_move (assignment_id, position, account_id, from_id, to_id) VALUES (:1, :2, :3, :4, "
          ":5)",
          {made.id, position++, move.account, move.from, move.to});
    }
    if (!made.rule.empty() && plan.rule.method == Sharing::round_robin) {
      session.execute(
          "INSERT INTO assignment_turn (rule_key, user_id) VALUES (:1, :2) "
          "ON CONFLICT (rule_key) DO UPDATE SET user_id = excluded.user_id",
          {made.rule, plan.last});
    }
  });
  return made;
}

void Assignments::set_job(std::int64_t id, std::int64_t job) {
  store_.database().write([&](Session& session) {
    session.execute("UPDATE assignment SET job_id = :1 WHERE id = :2", {job, id});
  });
}

std::vector<Move> Assignments::moves(std::int64_t id) {
  return store_.database().read([&](Session& session) {
    std::vector<Move> found;
    session.each("SELECT account_id, from_id, to_id FROM assignment_move WHERE assignment_id = :1 ORDER BY position",
                 {id}, [&](const Row& row) {
                   found.push_back({row.id<core::AccountId>(0), row.id<core::UserId>(1), row.id<core::UserId>(2)});
                 });
    return found;
  });
}

core::Result<> Assignments::write(const Assignment& assignment, const core::Caller& caller,
                                  std::span<const Move> moves) {
  if (assignment.role == AccountRole::csm) {
    auto provenance = customers::Provenance::by(caller, assignment.why);
    provenance.import = {assignment.id};
    return set_owners(*from_.customers, provenance, moves);
  }
  const auto today = from_.surroundings.book_day();
  std::vector<RoleChange> changes;
  for (const auto& move : moves) {
    changes.push_back({move.account, assignment.role, move.to, today, assignment.why, caller.name, assignment.id});
  }
  store_.database().write([&](Session& session) { Store::write_roles(session, changes); });
  return {};
}

core::Result<> Assignments::carry_out(std::int64_t id, const core::Caller& caller,
                                      const std::function<bool(std::int64_t, std::int64_t)>& go_on) {
  const auto assignment = find(id);
  if (!assignment) return no_assignment();
  if (assignment->state != AssignmentState::waiting) return {};
  const auto all = moves(id);
  for (auto begin = static_cast<std::size_t>(assignment->done); begin < all.size(); begin += moves_at_once) {
    const auto end = std::min(all.size(), begin + moves_at_once);
    if (!go_on(static_cast<std::int64_t>(begin), assignment->moving)) {
      return core::Error::conflict(
          {"Stopped. What was assigned so far can be undone.", "中止しました。ここまでの割り当ては元に戻せます。"});
    }
    BANSO_TRY(write(*assignment, caller, {all.data() + begin, end - begin}));
    store_.database().write([&](Session& session) {
      session.execute("UPDATE assignment SET done = :1 WHERE id = :2", {static_cast<std::int64_t>(end), id});
    });
  }
  set_state(id, AssignmentState::done);
  return {};
}

void Assignments::set_state(std::int64_t id, AssignmentState state) {
  store_.database().write([&](Session& session) {
    session.execute("UPDATE assignment SET state = :1 WHERE id = :2", {word_of(state), id});
  });
}

void Assignments::fail(std::int64_t id) {
  set_state(id, AssignmentState::failed);
}

Undone Assignments::undo_roles(const Assignment& assignment, const core::Caller& caller) {
  Undone undone;
  const auto today = from_.surroundings.book_day();
  store_.database().write([&](Session& session) {
    std::vector<RoleChange> back;
    for (const auto& move : moves(assignment.id)) {
      const auto now = session.query_one(
          "SELECT assignment_id FROM account_role WHERE account_id = :1 AND role = :2 AND until_day IS NULL",
          {move.account, word_of(assignment.role)});
      if (now && now->integer(0) == assignment.id) {
        back.push_back({move.account, assignment.role, move.from, today, assignment.why, caller.name, 0});
      } else {
        ++undone.changed_since;
      }
    }
    undone.restored = Store::write_roles(session, back);
  });
  return undone;
}

core::Result<Undone> Assignments::undo(std::int64_t id, const core::Caller& caller) {
  const auto assignment = find(id);
  if (!assignment) return no_assignment();
  if (assignment->state == AssignmentState::undone) return Undone{};
  if (assignment->state == AssignmentState::waiting) {
    return core::Error::conflict({"It is still being done. Wait until it is finished, or cancel it.",
                                  "割り当ての処理中です。完了するまで待つか、中止してください。"});
  }
  Undone undone;
  if (assignment->role == AccountRole::csm) {
    auto provenance = customers::Provenance::by(caller, assignment->why);
    BANSO_TRY_ASSIGN(const auto report, from_.customers->undo_import(provenance, {id}));
    undone = {report.restored, static_cast<std::int64_t>(report.conflicts.size())};
  } else {
    undone = undo_roles(*assignment, caller);
  }
  set_state(id, AssignmentState::undone);
  return undone;
}

std::optional<Assignment> Assignments::find(std::int64_t id) {
  return store_.database().read([&](Session& session) -> std::optional<Assignment> {
    const auto row = session.query_one(std::string(columns) + "WHERE id = :1", {id});
    return row ? std::optional(from_row(*row)) : std::nullopt;
  });
}

core::Page<Assignment> Assignments::list(core::PageRequest page) {
  return store_.database().read([&](Session& session) {
    core::Page<Assignment> result;
    result.total = session.query_one("SELECT COUNT(*) FROM assignment")->integer(0);
    session.each(std::string(columns) + "ORDER BY at_us DESC, id DESC LIMIT :1 OFFSET :2", {page.limit, page.offset},
                 [&](const Row& row) { result.items.push_back(from_row(row)); });
    return result;
  });
}

core::UserId Assignments::last_served(const std::string& rule) {
  return store_.database().read([&](Session& session) {
    const auto row = session.query_one("SELECT user_id FROM assignment_turn WHERE rule_key = :1", {rule});
    return row ? row->id<core::UserId>(0) : core::UserId{};
  });
}

}  // namespace banso::org
