#include "store.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <fmt/format.h>

namespace banso::signals {
namespace {

using platform::records::Row;
using platform::records::Session;

Standing standing_of(const Row& row, std::size_t first) {
  Standing standing;
  standing.account = row.id<core::AccountId>(first);
  standing.state = {row.yes(first + 1), row.yes(first + 2), row.yes(first + 3), row.day(first + 4),
                    row.maybe_day(first + 5)};
  standing.stay = row.integer(first + 6);
  return standing;
}

constexpr std::string_view standing_columns =
    "account_id, is_in, has_fired, is_existing, since_day, last_fired_day, stay";
constexpr std::size_t standing_column_count = 7;
// In one statement; both databases take more.
constexpr std::size_t accounts_per_query = 500;
constexpr std::size_t standings_per_insert = 100;

// A day that is none, so that what may be missing can be compared in both databases.
constexpr std::int64_t no_day = std::numeric_limits<std::int32_t>::min();

std::int64_t comparable(const std::optional<core::Day>& day) {
  return day ? day->days : no_day;
}

// Accounts of which nothing was known: most of what a new rule records. Gives the places of those of which something is
// recorded after all, which change nothing.
std::vector<std::size_t> insert_standings(Session& session, const std::string& rule,
                                          std::span<const StandingChange> changes, std::span<const std::size_t> places,
                                          core::Instant known_at) {
  std::string rows;
  platform::records::Values values{rule, known_at};
  for (const auto place : places) {
    const auto& after = changes[place].after;
    const auto first = values.size() + 1;
    rows += fmt::format("{}(:1, :{}, :{}, :{}, :{}, :{}, :{}, :{}, :2)", rows.empty() ? "" : ", ", first, first + 1,
                        first + 2, first + 3, first + 4, first + 5, first + 6);
    values.insert(values.end(), {after.account, after.state.is_in, after.state.has_fired, after.state.is_existing,
                                 after.state.since, after.state.last_fired, after.stay});
  }
  std::unordered_set<std::int64_t> written;
  for (const auto& row : session.query(
           fmt::format("INSERT INTO signal_state (rule, account_id, is_in, has_fired, is_existing, since_day, "
                       "last_fired_day, stay, known_at_us) VALUES {} ON CONFLICT (rule, account_id) DO NOTHING "
                       "RETURNING account_id",
                       rows),
           values)) {
    written.insert(row.integer(0));
  }
  std::vector<std::size_t> refused;
  for (const auto place : places) {
    if (!written.contains(changes[place].after.account.value)) refused.push_back(place);
  }
  return refused;
}

// Compares and sets: two nodes that saw the account elsewhere must not write over each other. False where it stands
// elsewhere than believed.
bool update_standing(Session& session, const std::string& rule, const StandingChange& change, core::Instant known_at) {
  const auto& before = change.before;
  const auto& after = change.after;
  return session.execute(
             "UPDATE signal_state SET is_in = :1, has_fired = :2, is_existing = :3, since_day = :4, last_fired_day = "
             ":5, stay = :6, known_at_us = :7 WHERE rule = :8 AND account_id = :9 AND known_at_us <= :10 AND stay = "
             ":11 "
             "AND is_in = :12 AND has_fired = :13 AND is_existing = :14 AND since_day = :15 AND "
             "COALESCE(last_fired_day, :16) = :17",
             {after.state.is_in, after.state.has_fired, after.state.is_existing, after.state.since,
              after.state.last_fired, after.stay, known_at, rule, after.account, known_at, before.stay,
              before.state.is_in, before.state.has_fired, before.state.is_existing, before.state.since, no_day,
              comparable(before.state.last_fired)}) == 1;
}

// The row of the count is held until the transaction ends: two nodes record the same rule one after the other.
std::int64_t count_change(Session& session, const std::string& rule) {
  return session
      .query_one(
          "INSERT INTO signal_standing_changes (rule, changes) VALUES (:1, 1) ON CONFLICT (rule) DO UPDATE SET "
          "changes = signal_standing_changes.changes + 1 RETURNING changes",
          {rule})
      ->integer(0);
}

// Of one stay an account fires once: another node may have been faster.
bool insert_firing(Session& session, const FiringRow& firing) {
  return session.execute(
             "INSERT INTO signal_firing (id, rule, rule_version, account_id, stay, on_day, at_us, state, call_id, "
             "title_en, title_ja, explanation_en, explanation_ja, evidence, person_id, value_minor, expected_value, "
             "is_closing, is_told, outcome, verdict, verdict_why) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, 0, :9, :10, "
             ":11, :12, :13, 0, :14, 0, 0, 0, '', '', '') ON CONFLICT (rule, account_id, stay) DO NOTHING",
             {firing.id, firing.rule, firing.rule_version, firing.account, firing.stay, firing.day, firing.at,
              word_of(firing.state), firing.title.en, firing.title.ja, firing.explanation.en, firing.explanation.ja,
              firing.evidence_json, firing.value_minor}) == 1;
}

Store::Refused refused(Session& session, const std::string& rule, std::size_t place, const StandingChange& change,
                       core::Instant known_at) {
  const auto row = session.query_one(
      fmt::format("SELECT {}, known_at_us FROM signal_state WHERE rule = :1 AND account_id = :2", standing_columns),
      {rule, change.after.account});
  if (!row) return {place, {change.after.account, {}, 0}, false};
  return {place, standing_of(*row, 0), row->instant(standing_column_count) > known_at};
}

void end_stay(Session& session, const std::string& rule, const StandingChange& change) {
  session.execute(
      "UPDATE signal_firing SET left_day = :1, is_closing = CASE WHEN :2 = 1 AND state IN ('opened', 'pending') THEN 1 "
      "ELSE 0 END, state = CASE WHEN state = 'held' THEN 'expired' ELSE state END "
      "WHERE rule = :3 AND account_id = :4 AND stay = :5 AND left_day IS NULL",
      {change.day, change.closes, rule, change.after.account, change.after.stay});
}

}  // namespace

Store::Standings Store::standings(const std::string& rule) {
  return database_->read([&](Session& session) {
    Standings found;
    const auto changes = session.query_one("SELECT changes FROM signal_standing_changes WHERE rule = :1", {rule});
    if (changes) found.changes = changes->integer(0);
    session.each(fmt::format("SELECT {} FROM signal_state WHERE rule = :1 ORDER BY account_id", standing_columns),
                 {rule}, [&](const Row& row) { found.all.push_back(standing_of(row, 0)); });
    return found;
  });
}

std::map<std::string, std::int64_t> Store::changes() {
  return database_->read([](Session& session) {
    std::map<std::string, std::int64_t> all;
    for (const auto& row : session.query("SELECT rule, changes FROM signal_standing_changes")) {
      all[row.text(0)] = row.integer(1);
    }
    return all;
  });
}

// By way of the rules, so that standings need no index by account: each would be written all over it.
std::vector<std::pair<std::string, Standing>> Store::standings_of(core::AccountId account) {
  return database_->read([&](Session& session) {
    std::vector<std::pair<std::string, Standing>> all;
    for (const auto& row : session.query(
             fmt::format("SELECT known.rule, {} FROM signal_rule_state known JOIN signal_state standing ON "
                         "standing.rule = known.rule AND standing.account_id = :1 WHERE is_in = 1 ORDER BY known.rule",
                         standing_columns),
             {account})) {
      all.emplace_back(row.text(0), standing_of(row, 1));
    }
    return all;
  });
}

std::vector<Standing> Store::standings_of(const std::string& rule, std::span<const core::AccountId> accounts) {
  return database_->read([&](Session& session) {
    std::vector<Standing> all;
    for (std::size_t begin = 0; begin < accounts.size(); begin += accounts_per_query) {
      std::string list;
      platform::records::Values values{rule};
      for (const auto account : accounts.subspan(begin, std::min(accounts_per_query, accounts.size() - begin))) {
        values.emplace_back(account);
        list += fmt::format("{}:{}", values.size() > 2 ? ", " : "", values.size());
      }
      session.each(
          fmt::format("SELECT {} FROM signal_state WHERE rule = :1 AND account_id IN ({})", standing_columns, list),
          values, [&](const Row& row) { all.push_back(standing_of(row, 0)); });
    }
    return all;
  });
}

std::map<std::string, RuleState> Store::rule_states() {
  return database_->read([&](Session& session) {
    std::map<std::string, RuleState> all;
    for (const auto& row : session.query("SELECT rule, condition, replay_precision FROM signal_rule_state")) {
      all[row.text(0)] = {row.text(1), row.maybe_number(2)};
    }
    return all;
  });
}

void Store::set_evaluated(const std::string& rule, const std::string& condition, core::Instant at) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO signal_rule_state (rule, condition, evaluated_at_us) VALUES (:1, :2, :3) ON CONFLICT (rule) DO "
        "UPDATE SET condition = excluded.condition, evaluated_at_us = excluded.evaluated_at_us",
        {rule, condition, at});
  });
}

void Store::set_replay_precision(const std::string& rule, std::optional<double> precision) {
  database_->write([&](Session& session) {
    session.execute("UPDATE signal_rule_state SET replay_precision = :1 WHERE rule = :2", {precision, rule});
  });
}

void Store::forget(const std::string& rule) {
  database_->write([&](Session& session) {
    count_change(session, rule);
    session.execute("UPDATE signal_firing SET state = 'expired' WHERE rule = :1 AND state = 'held'", {rule});
    session.execute("DELETE FROM signal_state WHERE rule = :1 AND last_fired_day IS NULL", {rule});
    session.execute("UPDATE signal_state SET is_in = 0, has_fired = 0, is_existing = 0 WHERE rule = :1", {rule});
    session.execute("DELETE FROM signal_rule_state WHERE rule = :1", {rule});
  });
}

Store::Recorded Store::record(const std::string& rule, std::span<const StandingChange> changes,
                              core::Instant known_at) {
  return database_->write([&](Session& session) {
    Recorded recorded;
    recorded.changes = count_change(session, rule);
    std::vector<bool> is_refused(changes.size());
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (changes[i].before.stay == 0) {
        unknown.push_back(i);
      } else {
        is_refused[i] = !update_standing(session, rule, changes[i], known_at);
      }
    }
    for (std::size_t begin = 0; begin < unknown.size(); begin += standings_per_insert) {
      const auto size = std::min(standings_per_insert, unknown.size() - begin);
      for (const auto place :
           insert_standings(session, rule, changes, std::span(unknown).subspan(begin, size), known_at)) {
        is_refused[place] = true;
      }
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const auto& change = changes[i];
      if (is_refused[i]) {
        recorded.refused.push_back(refused(session, rule, i, change, known_at));
        continue;
      }
      if (change.has_left) end_stay(session, rule, change);
      if (change.firing && insert_firing(session, *change.firing)) recorded.firings.push_back(change.firing->id);
    }
    return recorded;
  });
}

void Store::note_calls(std::span<const CallState> calls) {
  database_->write([&](Session& session) {
    for (const auto& call : calls) {
      session.execute(
          "UPDATE signal_firing SET outcome = :1, closed_day = :2, verdict = :3, verdict_why = :4 WHERE call_id = :5",
          {call.outcome, call.closed_day, call.verdict, call.verdict_why, call.call});
    }
  });
}

std::optional<std::optional<int>> Store::calls_per_person_week() {
  return database_->read([&](Session& session) -> std::optional<std::optional<int>> {
    const auto row = session.query_one("SELECT calls_per_person_week FROM signal_setting WHERE id = 1");
    if (!row) return std::nullopt;
    const auto calls = row->maybe_integer(0);
    return calls ? std::optional(static_cast<int>(*calls)) : std::optional<int>();
  });
}

void Store::set_calls_per_person_week(std::optional<int> calls) {
  std::optional<std::int64_t> value;
  if (calls) value = *calls;
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO signal_setting (id, calls_per_person_week) VALUES (1, :1) ON CONFLICT (id) DO UPDATE SET "
        "calls_per_person_week = excluded.calls_per_person_week",
        {value});
  });
}

}  // namespace banso::signals
