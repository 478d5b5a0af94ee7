#include "dry_run.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "kind.hpp"
#include "render.hpp"

namespace banso::playbooks {
namespace {

namespace json = platform::json;
using workflow::Arm;
using workflow::Event;
using workflow::EventKind;
using workflow::WaitingFor;

constexpr std::size_t most_samples = 5;
// Of one account: a loop through waits would go round for ever.
constexpr int most_moves = 300;

// The book of now and a clock that jumps to whatever is waited for. For many accounts every condition is run once over
// the whole book, and nothing is put in words.
class DrySituation final : public workflow::Situation {
 public:
  DrySituation(const Conditions& conditions, const Clock& clock, const core::BusinessCalendar& calendar,
               core::Instant now, bool is_wordy)
      : conditions_(conditions), clock_(clock), calendar_(calendar), begin_(now), now_(now), is_wordy_(is_wordy) {}

  void look_at(std::size_t row) {
    row_ = row;
    now_ = begin_;
  }
  void jump_to(core::Instant instant) { now_ = std::max(now_, instant); }

  core::Instant now() const override { return now_; }
  Local local(core::Instant instant) const override {
    const auto local = clock_.local(instant);
    return {local.day, local.minute_of_day};
  }
  core::Instant instant_of(core::Day day, int minute) const override { return clock_.instant_of(day, minute); }
  const core::BusinessCalendar& calendar() const override { return calendar_; }
  bool holds(const std::string& condition) const override {
    if (is_wordy_) return conditions_.holds(condition, row_);
    auto found = selections_.find(condition);
    if (found == selections_.end()) found = selections_.emplace(condition, conditions_.of_all(condition)).first;
    return found->second.test(row_);
  }
  core::Text facts(const std::string& condition) const override {
    return is_wordy_ ? conditions_.facts(condition, row_) : core::Text{};
  }
  std::optional<core::Day> day_of(const std::string& field) const override {
    const auto value = conditions_.book().value(row_, field);
    const auto* day = std::get_if<core::Day>(&value);
    return day ? std::optional(*day) : std::nullopt;
  }

 private:
  const Conditions& conditions_;
  const Clock& clock_;
  const core::BusinessCalendar& calendar_;
  const core::Instant begin_;
  core::Instant now_;
  const bool is_wordy_;
  std::size_t row_ = 0;
  mutable std::unordered_map<std::string, engine::Selection> selections_;
};

struct StepTally {
  std::int64_t accounts = 0;
  std::vector<std::uint32_t> sample;
  std::map<std::string, std::int64_t> ports;
  std::vector<core::Text> notes;
};

struct TimedLine {
  core::Instant at;
  workflow::TraceLine line;
};

struct Walk {
  std::map<std::string, StepTally> steps;
  std::vector<TimedLine> trace;
};

std::string port_of(const workflow::Step& step, const workflow::Mark& mark) {
  if (step.kind == workflow::StepKind::branch) return mark.result;
  if (mark.state == workflow::MarkState::timed_out) return "timeout";
  if (mark.result == "no_such_day" && !step.on_timeout.empty()) return "timeout";
  return "next";
}

class DryRun {
 public:
  DryRun(Context& context, const DryRunRequest& request, const Conditions& conditions,
         const std::map<std::string, NoteDeed, std::less<>>& notes)
      : context_(context),
        request_(request),
        conditions_(conditions),
        notes_(notes),
        clock_(context.clock()),
        calendar_(context.from.surroundings.calendar()),
        today_(clock_->local(context.now()).day),
        situation_(conditions, *clock_, calendar_, context.now(), request.account.has_value()) {
    read_history();
  }

  json::object run(std::span<const std::uint32_t> rows) {
    for (const auto row : rows) look_at(row);
    return render(rows);
  }

 private:
  void read_history() {
    context_.from.records->read([&](store::Session& session) {
      session.each("SELECT account_id, is_live, started_day FROM playbook_run WHERE playbook = :1", {request_.key},
                   [&](const auto& row) {
                     auto& facts = history_[row.template id<core::AccountId>(0)];
                     facts.has_live_run |= row.yes(1);
                     facts.last_start_day = std::max(facts.last_start_day.value_or(row.day(2)), row.day(2));
                   });
      session.each("SELECT account_id, COUNT(*) FROM playbook_run WHERE started_day = :1 GROUP BY account_id", {today_},
                   [&](const auto& row) {
                     history_[row.template id<core::AccountId>(0)].runs_today = static_cast<int>(row.integer(1));
                   });
    });
  }

  bool meets_start(std::uint32_t row) const {
    const auto& start = request_.playbook.start;
    if (request_.account) return true;  // asked for by a person
    if (start.on == workflow::StartOn::change) return situation_.holds(change_condition(start));
    if (start.on != workflow::StartOn::segment) return true;
    return !segment_ || segment_->test(row);
  }

  void look_at(std::uint32_t row) {
    situation_.look_at(row);
    const auto account = conditions_.book().id(row);
    if (!segment_ && request_.playbook.start.on == workflow::StartOn::segment) find_segment();
    if (!meets_start(row)) {
      return refuse("condition_not_met",
                    {"What starts the playbook does not hold.", "開始のきっかけに当てはまりません。"});
    }
    const auto found = history_.find(account);
    const auto facts = found == history_.end() ? workflow::StartFacts{} : found->second;
    if (auto refusal = workflow::refuses_start(request_.playbook, facts, false, situation_)) {
      return refuse(refusal->code, refusal->words);
    }
    if (workflow::arm_of(request_.key, account, request_.playbook.holdout_percent) == Arm::holdout) {
      ++held_out_;
      if (request_.account) {
        refuse("held_out",
               {fmt::format("The account is among the {}% that are held out: it would get nothing.",
                            request_.playbook.holdout_percent),
                fmt::format("対照群({}%)に含まれるため、何も実施しません。", request_.playbook.holdout_percent)});
      }
      return;
    }
    ++would_start_;
    walk(row, account);
  }

  void find_segment() {
    const auto segments = conditions_.book().segments();
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].key == request_.playbook.start.segment) segment_ = conditions_.book().members(i);
    }
    if (!segment_) segment_ = engine::Selection(conditions_.book().size());
  }

  void refuse(const std::string& code, const core::Text& words) {
    auto& refusal = refused_[code];
    ++refusal.first;
    if (refusal.second.en.empty()) refusal.second = words;
  }

  void walk(std::uint32_t row, core::AccountId account) {
    const core::Text why{"Dry run.", "試行です。"};
    auto step = workflow::begin(request_.playbook, Arm::treated, why, situation_);
    std::set<std::string> met;
    for (int i = 0; i < most_moves; ++i) {
      tally(step, row, account, met);
      const auto event = next_event(step.run);
      if (!event) return;
      step = workflow::advance(request_.playbook, step.run, *event, situation_);
    }
  }

  // What is taken to happen next; nothing where the walk ends.
  std::optional<Event> next_event(const workflow::Run& run) {
    if (!workflow::is_live(run.state)) return std::nullopt;
    const auto* step = request_.playbook.find(run.step);
    switch (run.waiting) {
      case WaitingFor::effect:
        return Event{EventKind::carried_out, run.visit, "done", {"Would be done.", "実行されます。"}};
      case WaitingFor::person: {
        const bool is_approval = step && step->kind == workflow::StepKind::approval;
        return Event{EventKind::answered, run.visit, is_approval ? "approved" : "done",
                     is_approval ? core::Text{"Taken to be approved.", "承認されたものとします。"}
                                 : core::Text{"Taken to be done.", "完了したものとします。"}};
      }
      case WaitingFor::child:
        return Event{EventKind::child_ended,
                     run.visit,
                     "done",
                     {"The other playbook is taken to end.", "呼び出したプレイブックは終了したものとします。"}};
      case WaitingFor::time:
      case WaitingFor::condition:
        if (!run.due_at) return std::nullopt;
        situation_.jump_to(*run.due_at);
        return Event{};
      default:
        return std::nullopt;
    }
  }

  void tally(const workflow::Advanced& moved, std::uint32_t row, core::AccountId account, std::set<std::string>& met) {
    for (const auto& mark : moved.marks) {
      const auto* step = request_.playbook.find(mark.step);
      if (!step) continue;
      auto& tally = walk_.steps[mark.step];
      if (met.insert(mark.step).second) {
        ++tally.accounts;
        if (tally.sample.size() < most_samples) tally.sample.push_back(row);
        if (request_.account) add_notes(*step, moved.run, account, tally);
      }
      const bool is_over = mark.state != workflow::MarkState::waiting;
      if (is_over && step->kind != workflow::StepKind::end) ++tally.ports[port_of(*step, mark)];
    }
    if (!request_.account) return;
    for (const auto& line : moved.trace) walk_.trace.push_back({situation_.now(), line});
  }

  void add_notes(const workflow::Step& step, const workflow::Run& run, core::AccountId account, StepTally& tally) {
    const auto note = notes_.find(workflow::word_of(step.kind));
    if (note == notes_.end()) return;
    RunRow row;
    row.playbook = request_.key;
    row.account = account;
    row.run = run;
    const EffectRow effect{0, {}, run.visit, step.key, std::string(workflow::word_of(step.kind)), 1, ""};
    tally.notes = note->second({effect, row, request_.playbook, step, "", context_.name_of(account)});
  }

  json::object named(std::uint32_t row) const {
    return {{"id", conditions_.book().id(row).value}, {"name", conditions_.book().name(row)}};
  }

  json::object render_step(const workflow::Step& step) {
    const auto& tally = walk_.steps[step.key];
    json::array sample, ports, notes;
    for (const auto row : tally.sample) sample.push_back(named(row));
    for (const auto& exit : workflow::exits_of(step)) {
      const auto count = tally.ports.find(exit.port);
      ports.push_back(json::object{{"port", exit.port},
                                   {"to", exit.to.empty() ? json::value(nullptr) : json::value(exit.to)},
                                   {"accounts", count == tally.ports.end() ? 0 : count->second}});
    }
    for (const auto& note : tally.notes) notes.push_back(render_text(note));
    return {{"step", step.key},
            {"kind", json::value(std::string(workflow::word_of(step.kind)))},
            {"name", render_text(step.name)},
            {"accounts", tally.accounts},
            {"sample", std::move(sample)},
            {"ports", std::move(ports)},
            {"notes", std::move(notes)}};
  }

  json::object render(std::span<const std::uint32_t> rows) {
    json::array refused, steps, trace;
    for (const auto& [code, tally] : refused_) {
      refused.push_back(json::object{{"code", code}, {"accounts", tally.first}, {"words", render_text(tally.second)}});
    }
    for (const auto& step : request_.playbook.steps) steps.push_back(render_step(step));
    for (const auto& each : walk_.trace) {
      trace.push_back(render_trace(each.at, each.line.visit, each.line.step, each.line.code, each.line.words));
    }
    return {{"accounts", rows.size()},
            {"would_start", would_start_},
            {"held_out", held_out_},
            {"refused", std::move(refused)},
            {"steps", std::move(steps)},
            {"account", request_.account && !rows.empty() ? json::value(named(rows[0])) : json::value(nullptr)},
            {"trace", std::move(trace)}};
  }

  Context& context_;
  const DryRunRequest& request_;
  const Conditions& conditions_;
  const std::map<std::string, NoteDeed, std::less<>>& notes_;
  const std::shared_ptr<const Clock> clock_;
  const core::BusinessCalendar calendar_;
  const core::Day today_;
  DrySituation situation_;
  std::unordered_map<core::AccountId, workflow::StartFacts> history_;
  std::optional<engine::Selection> segment_;
  std::map<std::string, std::pair<std::int64_t, core::Text>> refused_;
  std::int64_t would_start_ = 0, held_out_ = 0;
  Walk walk_;
};

}  // namespace

core::Result<json::object> dry_run(Context& context, const DryRunRequest& request,
                                   const std::map<std::string, NoteDeed, std::less<>>& notes) {
  const auto conditions = context.conditions();
  if (!conditions) {
    return core::Error::unavailable({"The book is being read. Try again in a moment.",
                                     "顧客一覧を読み込み中です。少し待ってから再度お試しください。"});
  }
  std::vector<std::uint32_t> rows;
  if (request.account) {
    const auto row = conditions->book().find(*request.account);
    if (!row) return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    rows.push_back(static_cast<std::uint32_t>(*row));
  } else {
    for (std::size_t row = 0; row < conditions->book().size(); ++row) rows.push_back(static_cast<std::uint32_t>(row));
  }
  return DryRun(context, request, *conditions, notes).run(rows);
}

}  // namespace banso::playbooks
