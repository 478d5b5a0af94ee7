#include "run_lists.hpp"

#include <fmt/format.h>

namespace banso::playbooks {
namespace {

using platform::records::Row;
using platform::records::Value;
using platform::records::Values;
using store::Session;

// Conditions of a statement, with their values.
class Where {
 public:
  void add(std::string_view test, Value value) {
    values_.push_back(std::move(value));
    text_ += fmt::format(" AND {} :{}", test, values_.size());
  }
  void add_any(std::string_view column, const std::vector<std::string>& words) {
    if (words.empty()) return;
    std::string list;
    for (const auto& word : words) {
      values_.emplace_back(word);
      list += fmt::format("{}:{}", list.empty() ? "" : ", ", values_.size());
    }
    text_ += fmt::format(" AND {} IN ({})", column, list);
  }
  std::string text() const { return " WHERE 1 = 1" + text_; }
  const Values& values() const { return values_; }
  Values with(core::PageRequest page) const {
    auto all = values_;
    all.emplace_back(page.limit);
    all.emplace_back(page.offset);
    return all;
  }
  std::string page() const { return fmt::format(" LIMIT :{} OFFSET :{}", values_.size() + 1, values_.size() + 2); }

 private:
  std::string text_;
  Values values_;
};

Where where_of(const RunQuery& query) {
  Where where;
  if (query.playbook) where.add("r.playbook =", *query.playbook);
  if (query.account) where.add("r.account_id =", *query.account);
  if (query.started_from) where.add("r.started_at_us >=", *query.started_from);
  if (query.started_before) where.add("r.started_at_us <", *query.started_before);
  if (query.is_holdout)
    where.add("r.arm =", workflow::word_of(*query.is_holdout ? workflow::Arm::holdout : workflow::Arm::treated));
  return where;
}

constexpr const char* step_columns =
    "s.run_id, s.visit, s.step, s.kind, s.state, s.result, s.reference, s.entered_at_us, s.left_at_us, s.due_at_us";

StepFact read_step(const Row& row) {
  StepFact fact;
  fact.run = row.id<RunId>(0);
  fact.visit = static_cast<int>(row.integer(1));
  fact.step = row.text(2);
  fact.kind = row.text(3);
  fact.state = row.text(4);
  fact.result = row.text(5);
  fact.reference = row.maybe_integer(6).value_or(0);
  fact.entered_at = row.instant(7);
  fact.left_at = row.maybe_instant(8);
  fact.due_at = row.maybe_instant(9);
  return fact;
}

}  // namespace

core::Page<RunRow> list_runs(Session& session, const RunFilter& filter, core::PageRequest page) {
  Where where;
  if (filter.playbook) where.add("playbook =", *filter.playbook);
  if (filter.version) where.add("version =", *filter.version);
  if (filter.account) where.add("account_id =", *filter.account);
  if (filter.call_id) where.add("call_id =", *filter.call_id);
  if (filter.step) {
    where.add("step =", *filter.step);
    where.add("is_live =", 1);
  }
  if (filter.arm) where.add("arm =", workflow::word_of(*filter.arm));
  where.add_any("state", filter.states);
  core::Page<RunRow> found;
  found.total = session.query_one("SELECT COUNT(*) FROM playbook_run" + where.text(), where.values())->integer(0);
  const auto ids = session.query(
      "SELECT id FROM playbook_run" + where.text() + " ORDER BY started_at_us DESC, id DESC" + where.page(),
      where.with(page));
  for (const auto& row : ids) found.items.push_back(*store::find_run(session, row.id<RunId>(0)));
  return found;
}

core::Page<FailedRun> list_failed(Session& session, core::PageRequest page) {
  core::Page<FailedRun> found;
  found.total = session
                    .query_one(
                        "SELECT COUNT(*) FROM playbook_effect e JOIN playbook_run r ON r.id = e.run_id WHERE "
                        "e.state = 'failed' AND r.is_live = 1")
                    ->integer(0);
  for (const auto& row : session.query(
           "SELECT e.run_id, e.error_en, e.error_ja, e.attempts, e.changed_at_us FROM playbook_effect e JOIN "
           "playbook_run r ON r.id = e.run_id WHERE e.state = 'failed' AND r.is_live = 1 ORDER BY e.changed_at_us DESC "
           "LIMIT :1 OFFSET :2",
           {page.limit, page.offset})) {
    const auto run = store::find_run(session, row.id<RunId>(0));
    if (!run) continue;
    found.items.push_back({*run, {row.text(1), row.text(2)}, static_cast<int>(row.integer(3)), row.instant(4)});
  }
  return found;
}

std::map<std::string, Counts> count_runs(Session& session, core::Instant recently) {
  std::map<std::string, Counts> counts;
  session.each("SELECT playbook, arm, state, COUNT(*) FROM playbook_run GROUP BY playbook, arm, state", {},
               [&](const Row& row) {
                 auto& of_playbook = counts[row.text(0)];
                 auto& of_arm = row.text(1) == "holdout" ? of_playbook.holdout : of_playbook.treated;
                 of_arm[row.text(2)] = row.integer(3);
               });
  session.each("SELECT playbook, COUNT(*) FROM playbook_run WHERE started_at_us >= :1 GROUP BY playbook", {recently},
               [&](const Row& row) { counts[row.text(0)].started_recently = row.integer(1); });
  return counts;
}

std::vector<Place> places_of(Session& session, const std::string& playbook) {
  std::vector<Place> places;
  for (const auto& row : session.query(
           "SELECT version, step, COUNT(*), CAST(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS BIGINT) FROM "
           "playbook_run WHERE playbook = :1 AND is_live = 1 GROUP BY version, step ORDER BY version DESC, step",
           {playbook})) {
    places.push_back({row.integer(0), row.text(1), row.integer(2), row.integer(3)});
  }
  return places;
}

std::vector<NotStarted> not_started(Session& session, const std::string& playbook, core::AccountId account) {
  std::vector<NotStarted> found;
  for (const auto& row :
       session.query("SELECT at_us, code, words_en, words_ja FROM playbook_not_started WHERE playbook = "
                     ":1 AND account_id = :2 ORDER BY at_us DESC",
                     {playbook, account})) {
    found.push_back({row.instant(0), row.text(1), {row.text(2), row.text(3)}});
  }
  return found;
}

std::vector<StepRow> steps_of(Session& session, RunId run) {
  std::vector<StepRow> found;
  for (const auto& row : session.query(
           fmt::format(
               "SELECT {}, s.words_en, s.words_ja, e.attempts, e.error_en, e.error_ja FROM playbook_step s LEFT "
               "JOIN playbook_effect e ON e.run_id = s.run_id AND e.visit = s.visit WHERE s.run_id = :1 ORDER "
               "BY s.visit",
               step_columns),
           {run})) {
    found.push_back({read_step(row),
                     {row.text(10), row.text(11)},
                     static_cast<int>(row.maybe_integer(12).value_or(0)),
                     {row.maybe_text(13).value_or(""), row.maybe_text(14).value_or("")}});
  }
  return found;
}

std::vector<TraceRow> trace_of(Session& session, RunId run) {
  std::vector<TraceRow> found;
  for (const auto& row : session.query(
           "SELECT at_us, visit, step, code, words_en, words_ja FROM playbook_trace WHERE run_id = :1 ORDER BY "
           "id",
           {run})) {
    found.push_back(
        {row.instant(0), static_cast<int>(row.integer(1)), row.text(2), row.text(3), {row.text(4), row.text(5)}});
  }
  return found;
}

void each_run(Session& session, const RunQuery& query, const std::function<void(const RunFact&)>& visit) {
  const auto where = where_of(query);
  session.each(
      "SELECT r.id, r.playbook, r.version, r.account_id, r.call_id, r.parent_run_id, r.arm, r.state, r.outcome, "
      "r.started_by, r.started_at_us, r.started_day, r.ended_at_us FROM playbook_run r" +
          where.text() + " ORDER BY r.id",
      where.values(), [&](const Row& row) {
        RunFact fact;
        fact.id = row.id<RunId>(0);
        fact.playbook = row.text(1);
        fact.version = row.integer(2);
        fact.account = row.id<core::AccountId>(3);
        fact.call_id = row.maybe_integer(4).value_or(0);
        fact.parent = row.id<RunId>(5);
        fact.is_holdout = row.text(6) == "holdout";
        fact.state = row.text(7);
        fact.outcome = row.text(8);
        fact.started_by = row.text(9);
        fact.started_at = row.instant(10);
        fact.started_day = row.day(11);
        fact.ended_at = row.maybe_instant(12);
        visit(fact);
      });
}

void each_step(Session& session, const RunQuery& query, const std::function<void(const StepFact&)>& visit) {
  const auto where = where_of(query);
  session.each(fmt::format("SELECT {} FROM playbook_step s JOIN playbook_run r ON r.id = s.run_id", step_columns) +
                   where.text() + " ORDER BY s.run_id, s.visit",
               where.values(), [&](const Row& row) { visit(read_step(row)); });
}

}  // namespace banso::playbooks
