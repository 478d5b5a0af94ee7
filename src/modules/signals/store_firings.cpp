// Firings: found, opened, held back, told, and what became of their calls.
#include <fmt/format.h>

#include "store.hpp"

namespace banso::signals {
namespace {

using platform::records::Row;
using platform::records::Session;
using platform::records::Value;
using platform::records::Values;

constexpr std::string_view columns =
    "id, rule, rule_version, account_id, stay, on_day, at_us, state, call_id, title_en, title_ja, explanation_en, "
    "explanation_ja, evidence, person_id, value_minor, expected_value, left_day";

FiringState state_from(std::string_view word) {
  for (const auto state : {FiringState::opened, FiringState::held, FiringState::expired}) {
    if (word == word_of(state)) return state;
  }
  return FiringState::pending;
}

FiringRow firing_of(const Row& row) {
  FiringRow firing;
  firing.id = row.integer(0);
  firing.rule = row.text(1);
  firing.rule_version = row.integer(2);
  firing.account = row.id<core::AccountId>(3);
  firing.stay = row.integer(4);
  firing.day = row.day(5);
  firing.at = row.instant(6);
  firing.state = state_from(row.text(7));
  firing.call = row.integer(8);
  firing.title = {row.text(9), row.text(10)};
  firing.explanation = {row.text(11), row.text(12)};
  firing.evidence_json = row.text(13);
  firing.person = row.id<core::UserId>(14);
  firing.value_minor = row.integer(15);
  firing.expected_value = row.number(16);
  firing.left = row.maybe_day(17);
  return firing;
}

std::vector<FiringRow> read(Session& session, const std::string& where, const Values& values) {
  std::vector<FiringRow> all;
  session.each(fmt::format("SELECT {} FROM signal_firing WHERE {}", columns, where), values,
               [&](const Row& row) { all.push_back(firing_of(row)); });
  return all;
}

// How many rows meet it; both databases give a whole number.
std::string counted(std::string_view condition) {
  return fmt::format("CAST(SUM(CASE WHEN {} THEN 1 ELSE 0 END) AS BIGINT)", condition);
}

// "rule = :1 AND ..." and its values; "1 = 1" where everything is asked for.
struct Where {
  std::string sql = "1 = 1";
  Values values;
  void add(std::string_view condition, Value value) {
    values.push_back(std::move(value));
    sql += fmt::format(" AND {} :{}", condition, values.size());
  }
};

Where where_of(const FiringQuery& query) {
  Where where;
  if (query.rule) where.add("rule =", *query.rule);
  if (query.account) where.add("account_id =", *query.account);
  if (query.from) where.add("on_day >=", *query.from);
  if (query.to) where.add("on_day <=", *query.to);
  return where;
}

core::Page<FiringRow> read_page(Session& session, Where where, std::string_view order, core::PageRequest page) {
  core::Page<FiringRow> found;
  found.total = session.query_one(fmt::format("SELECT COUNT(*) FROM signal_firing WHERE {}", where.sql), where.values)
                    ->integer(0);
  auto values = where.values;
  values.emplace_back(page.limit);
  values.emplace_back(page.offset);
  found.items = read(
      session, fmt::format("{} ORDER BY {} LIMIT :{} OFFSET :{}", where.sql, order, values.size() - 1, values.size()),
      values);
  return found;
}

}  // namespace

std::string_view word_of(FiringState state) {
  static constexpr std::string_view words[] = {"pending", "opened", "held", "expired"};
  return words[static_cast<std::size_t>(state)];
}

std::vector<FiringRow> Store::firings(std::span<const std::int64_t> ids) {
  return database_->read([&](Session& session) {
    std::vector<FiringRow> all;
    for (const auto id : ids) {
      for (auto& row : read(session, "id = :1", {id})) all.push_back(std::move(row));
    }
    return all;
  });
}

std::optional<FiringRow> Store::find(std::int64_t id) {
  auto found = firings({&id, 1});
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<FiringRow> Store::in_state(FiringState state, core::Instant before) {
  return database_->read([&](Session& session) {
    return read(session, "state = :1 AND at_us < :2 ORDER BY at_us, id", {word_of(state), before});
  });
}

void Store::set_opened(std::span<const std::pair<std::int64_t, std::int64_t>> firings_and_calls, core::Day day) {
  database_->write([&](Session& session) {
    for (const auto& [firing, call] : firings_and_calls) {
      session.execute(
          "UPDATE signal_firing SET state = 'opened', call_id = :1, opened_day = :2, is_told = 0 WHERE id = :3 AND "
          "call_id = 0",
          {call, day, firing});
    }
  });
}

void Store::set_held(std::span<const FiringRow> firings) {
  database_->write([&](Session& session) {
    for (const auto& firing : firings) {
      session.execute(
          "UPDATE signal_firing SET state = CASE WHEN left_day IS NULL THEN 'held' ELSE 'expired' END, person_id = :1, "
          "expected_value = :2, is_closing = 0 WHERE id = :3 AND state = 'pending'",
          {firing.person, firing.expected_value, firing.id});
    }
  });
}

void Store::set_expired(std::span<const std::int64_t> ids) {
  database_->write([&](Session& session) {
    for (const auto id : ids) {
      session.execute("UPDATE signal_firing SET state = 'expired', is_closing = 0 WHERE id = :1 AND call_id = 0", {id});
    }
  });
}

void Store::set_assessed(std::span<const FiringRow> firings) {
  database_->write([&](Session& session) {
    for (const auto& firing : firings) {
      session.execute("UPDATE signal_firing SET person_id = :1, expected_value = :2 WHERE id = :3",
                      {firing.person, firing.expected_value, firing.id});
    }
  });
}

std::vector<engine::signals::Used> Store::opened_per_person(core::Day from, core::Day to) {
  return database_->read([&](Session& session) {
    std::vector<engine::signals::Used> all;
    for (const auto& row : session.query("SELECT person_id, COUNT(*) FROM signal_firing WHERE opened_day >= :1 AND "
                                         "opened_day <= :2 AND person_id <> 0 GROUP BY person_id",
                                         {from, to})) {
      all.push_back({row.integer(0), static_cast<int>(row.integer(1))});
    }
    return all;
  });
}

std::vector<Closing> Store::closing(core::Instant before) {
  return database_->read([&](Session& session) {
    std::vector<Closing> all;
    for (const auto& row : session.query(
             "SELECT id, rule, account_id FROM signal_firing WHERE is_closing = 1 AND at_us < :1 AND state = 'opened'",
             {before})) {
      all.push_back({row.integer(0), row.text(1), row.id<core::AccountId>(2)});
    }
    return all;
  });
}

void Store::set_closed(std::span<const std::int64_t> firings) {
  database_->write([&](Session& session) {
    for (const auto id : firings) session.execute("UPDATE signal_firing SET is_closing = 0 WHERE id = :1", {id});
  });
}

std::vector<FiringRow> Store::untold(core::Instant before) {
  return database_->read([&](Session& session) {
    return read(session, "is_told = 0 AND at_us < :1 AND state <> 'pending' ORDER BY at_us, id", {before});
  });
}

void Store::set_told(std::span<const std::int64_t> ids) {
  if (ids.empty()) return;
  database_->write([&](Session& session) {
    for (const auto id : ids) session.execute("UPDATE signal_firing SET is_told = 1 WHERE id = :1", {id});
  });
}

std::map<std::string, RuleFigures> Store::figures(core::Day today) {
  constexpr int week = 7, four_weeks = 28;
  const auto sql = fmt::format("SELECT rule, {}, {}, {}, {}, {}, {}, {}, {}, {} FROM signal_firing GROUP BY rule",
                               counted("state = 'opened' AND outcome = ''"), counted("on_day > :1"),
                               counted("on_day > :2"), counted("state = 'held'"), counted("verdict = 'useful'"),
                               counted("verdict = 'not_useful'"), counted("outcome = 'success'"),
                               counted("outcome IN ('not_relevant', 'already_solved')"), counted("outcome <> ''"));
  return database_->read([&](Session& session) {
    std::map<std::string, RuleFigures> all;
    for (const auto& row : session.query(sql, {today - week, today - four_weeks})) {
      RuleFigures figures;
      figures.open_calls = row.integer(1);
      figures.fired_7d = row.integer(2);
      figures.fired_28d = row.integer(3);
      figures.held = row.integer(4);
      figures.feedback = {{row.integer(5), row.integer(6)}, row.integer(7), row.integer(8), row.integer(9)};
      all[row.text(0)] = figures;
    }
    return all;
  });
}

std::map<std::string, engine::signals::Feedback> Store::verdicts() {
  const auto sql = fmt::format("SELECT rule, {}, {} FROM signal_firing WHERE verdict <> '' GROUP BY rule",
                               counted("verdict = 'useful'"), counted("verdict = 'not_useful'"));
  return database_->read([&](Session& session) {
    std::map<std::string, engine::signals::Feedback> all;
    for (const auto& row : session.query(sql)) all[row.text(0)] = {row.integer(1), row.integer(2)};
    return all;
  });
}

std::vector<std::pair<core::Day, std::int64_t>> Store::fired_by_day(const std::string& rule, core::Day from) {
  return database_->read([&](Session& session) {
    std::vector<std::pair<core::Day, std::int64_t>> all;
    for (const auto& row : session.query("SELECT on_day, COUNT(*) FROM signal_firing WHERE rule = :1 AND on_day >= :2 "
                                         "GROUP BY on_day ORDER BY on_day",
                                         {rule, from})) {
      all.emplace_back(row.day(0), row.integer(1));
    }
    return all;
  });
}

std::vector<WhyNot> Store::not_useful_why(const std::string& rule, int limit) {
  return database_->read([&](Session& session) {
    std::vector<WhyNot> all;
    for (const auto& row : session.query("SELECT call_id, account_id, verdict_why FROM signal_firing WHERE rule = :1 "
                                         "AND verdict = 'not_useful' ORDER BY at_us DESC LIMIT :2",
                                         {rule, limit})) {
      all.push_back({row.integer(0), row.id<core::AccountId>(1), row.text(2)});
    }
    return all;
  });
}

core::Page<FiringRow> Store::page(const FiringQuery& query, std::optional<FiringState> state, core::PageRequest page) {
  auto where = where_of(query);
  if (state) where.add("state =", word_of(*state));
  return database_->read([&](Session& session) { return read_page(session, where, "at_us DESC, id DESC", page); });
}

core::Page<FiringRow> Store::held(std::optional<core::UserId> person, core::PageRequest page) {
  Where where;
  where.add("state =", word_of(FiringState::held));
  if (person) where.add("person_id =", *person);
  return database_->read(
      [&](Session& session) { return read_page(session, where, "expected_value DESC, at_us, id", page); });
}

std::int64_t Store::held_count() {
  return database_->read([](Session& session) {
    return session.query_one("SELECT COUNT(*) FROM signal_firing WHERE state = 'held'")->integer(0);
  });
}

void Store::each_firing(const FiringQuery& query, const std::function<void(const Firing&)>& visit) {
  const auto where = where_of(query);
  database_->read([&](Session& session) {
    session.each(fmt::format("SELECT {} FROM signal_firing WHERE {} ORDER BY at_us, id", columns, where.sql),
                 where.values, [&](const Row& row) { visit(firing_of(row)); });
  });
}

}  // namespace banso::signals
