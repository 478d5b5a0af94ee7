// The outbox, what starts runs by themselves, and secrets.
#include "store.hpp"

namespace banso::playbooks::store {

std::vector<EffectRow> claim(Session& session, Lane lane, const std::string& holder, core::Instant now,
                             core::Instant lease_until, int most) {
  // Whoever held these did not come back: they are to be done again, with the same keys.
  session.execute(
      "UPDATE playbook_effect SET state = 'waiting', lease_holder = '' WHERE state = 'running' AND lease_until_at_us < "
      ":1",
      {now});
  // In one order, the id deciding between those due at once: nodes that claim the same wait for each other in turn.
  const auto candidates = session.query(
      "SELECT id, run_id, visit, step, kind, attempts, payload FROM playbook_effect WHERE lane = :1 AND state = "
      "'waiting' AND due_at_us <= :2 ORDER BY due_at_us, id LIMIT :3",
      {word_of(lane), now, most});
  std::vector<EffectRow> claimed;
  for (const auto& row : candidates) {
    const auto taken = session.execute(
        "UPDATE playbook_effect SET state = 'running', lease_holder = :1, lease_until_at_us = :2, attempts = attempts "
        "+ "
        "1, changed_at_us = :3 WHERE id = :4 AND state = 'waiting'",
        {holder, lease_until, now, row.integer(0)});
    if (taken != 1) continue;
    claimed.push_back({row.integer(0), row.id<RunId>(1), static_cast<int>(row.integer(2)), row.text(3), row.text(4),
                       static_cast<int>(row.integer(5)) + 1, row.text(6)});
  }
  return claimed;
}

void free_leases_of(Session& session, const std::string& holder_prefix) {
  session.execute(
      "UPDATE playbook_effect SET state = 'waiting', lease_holder = '' WHERE state = 'running' AND lease_holder LIKE "
      ":1",
      {holder_prefix + "%"});
}

void keep_payload(Session& session, std::int64_t effect, const std::string& payload) {
  session.execute("UPDATE playbook_effect SET payload = :1 WHERE id = :2", {payload, effect});
}

bool finish(Session& session, const EffectRow& effect, const std::string& holder, std::string_view state,
            const core::Text& error, core::Instant now) {
  return session.execute(
             "UPDATE playbook_effect SET state = :1, error_en = :2, error_ja = :3, changed_at_us = :4, lease_holder = "
             "'' "
             "WHERE id = :5 AND state = 'running' AND lease_holder = :6",
             {state, error.en, error.ja, now, effect.id, holder}) == 1;
}

bool put_off(Session& session, const EffectRow& effect, const std::string& holder, const core::Text& error,
             core::Instant due, core::Instant now) {
  return session.execute(
             "UPDATE playbook_effect SET state = 'waiting', due_at_us = :1, error_en = :2, error_ja = :3, "
             "changed_at_us "
             "= :4, lease_holder = '' WHERE id = :5 AND state = 'running' AND lease_holder = :6",
             {due, error.en, error.ja, now, effect.id, holder}) == 1;
}

bool try_again(Session& session, RunId run, int visit, core::Instant now) {
  return session.execute(
             "UPDATE playbook_effect SET state = 'waiting', attempts = 0, due_at_us = :1, changed_at_us = :1 WHERE "
             "run_id "
             "= :2 AND visit = :3 AND state = 'failed'",
             {now, run, visit}) == 1;
}

std::vector<core::AccountId> watch_members(Session& session, const std::string& playbook) {
  std::vector<core::AccountId> members;
  session.each("SELECT account_id FROM playbook_watch_member WHERE playbook = :1 ORDER BY account_id", {playbook},
               [&](const platform::records::Row& row) { members.push_back(row.id<core::AccountId>(0)); });
  return members;
}

std::optional<std::string> watched_condition(Session& session, const std::string& playbook) {
  const auto row = session.query_one("SELECT condition FROM playbook_watch WHERE playbook = :1", {playbook});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

void set_watched_condition(Session& session, const std::string& playbook, const std::string& condition) {
  session.execute(
      "INSERT INTO playbook_watch (playbook, condition) VALUES (:1, :2) ON CONFLICT (playbook) DO UPDATE SET condition "
      "= "
      "excluded.condition",
      {playbook, condition});
}

bool enter_watch(Session& session, const std::string& playbook, core::AccountId account) {
  return session.execute(
             "INSERT INTO playbook_watch_member (playbook, account_id) VALUES (:1, :2) ON CONFLICT (playbook, "
             "account_id) "
             "DO NOTHING",
             {playbook, account}) == 1;
}

void leave_watch(Session& session, const std::string& playbook, core::AccountId account) {
  session.execute("DELETE FROM playbook_watch_member WHERE playbook = :1 AND account_id = :2", {playbook, account});
}

void clear_watch(Session& session, const std::string& playbook) {
  session.execute("DELETE FROM playbook_watch_member WHERE playbook = :1", {playbook});
}

Occurrence occurrence(Session& session, const std::string& playbook, core::Day day) {
  const auto row =
      session.query_one("SELECT is_done FROM playbook_occurrence WHERE playbook = :1 AND on_day = :2", {playbook, day});
  if (!row) return Occurrence::unknown;
  return row->yes(0) ? Occurrence::done : Occurrence::begun;
}

void set_occurrence(Session& session, const std::string& playbook, core::Day day, bool is_done) {
  session.execute(
      "INSERT INTO playbook_occurrence (playbook, on_day, is_done) VALUES (:1, :2, :3) ON CONFLICT (playbook, on_day) "
      "DO "
      "UPDATE SET is_done = excluded.is_done",
      {playbook, day, is_done});
}

std::optional<std::string> secret(Session& session, const std::string& name) {
  const auto row = session.query_one("SELECT value FROM playbook_secret WHERE name = :1", {name});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

}  // namespace banso::playbooks::store
