#include "history.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hash.hpp"
#include "deeds.hpp"
#include "engine/workflow/starting.hpp"

namespace banso::playbooks {
namespace {

using store::Session;
using workflow::Event;
using workflow::EventKind;
using workflow::WaitingFor;

constexpr std::size_t runs_per_transaction = 100;
constexpr int most_moves = 300;
constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr int skipped_percent = 12;
constexpr std::uint64_t answered_percent = 14;
constexpr std::int64_t shortest_answer_s = 900, longest_answer_s = 40 * 3600;

// The clock of then, and the conditions of now: what the book was then nobody keeps. The goal was reached when the
// caller says.
class PastSituation final : public workflow::Situation {
 public:
  PastSituation(const Conditions& conditions, std::size_t row, const Clock& clock,
                const core::BusinessCalendar& calendar, const workflow::Playbook& playbook, const PastRun& past)
      : conditions_(conditions),
        row_(row),
        clock_(clock),
        calendar_(calendar),
        playbook_(playbook),
        past_(past),
        now_(past.started_at) {}

  void move_to(core::Instant instant) { now_ = std::max(now_, instant); }
  core::Instant now() const override { return now_; }
  Local local(core::Instant instant) const override {
    const auto local = clock_.local(instant);
    return {local.day, local.minute_of_day};
  }
  core::Instant instant_of(core::Day day, int minute) const override { return clock_.instant_of(day, minute); }
  const core::BusinessCalendar& calendar() const override { return calendar_; }
  bool holds(const std::string& condition) const override {
    if (condition == playbook_.goal_json) return past_.goal_at && *past_.goal_at <= now_;
    return condition != playbook_.exit_json && conditions_.holds(condition, row_);
  }
  core::Text facts(const std::string&) const override { return {}; }
  std::optional<core::Day> day_of(const std::string& field) const override {
    const auto value = conditions_.book().value(row_, field);
    const auto* day = std::get_if<core::Day>(&value);
    return day ? std::optional(*day) : std::nullopt;
  }

 private:
  const Conditions& conditions_;
  const std::size_t row_;
  const Clock& clock_;
  const core::BusinessCalendar& calendar_;
  const workflow::Playbook& playbook_;
  const PastRun& past_;
  core::Instant now_;
};

// One move and when it happened.
struct Moved {
  workflow::Advanced advanced;
  core::Instant at;
};

class Walk {
 public:
  Walk(const workflow::Playbook& playbook, const PastRun& past, PastSituation& situation)
      : playbook_(playbook), past_(past), at_(situation) {}

  // Until it ends, or until `now`; empty where it did not end.
  std::vector<Moved> until(core::Instant now, workflow::Arm arm) {
    std::vector<Moved> moves{{workflow::begin(playbook_, arm, past_.why, at_), at_.now()}};
    for (int i = 0; i < most_moves && workflow::is_live(moves.back().advanced.run.state); ++i) {
      const auto run = moves.back().advanced.run;
      const auto event = next(run);
      if (at_.now() > now) return {};
      auto moved = workflow::advance(playbook_, run, event, at_);
      if (!moved.has_changed) return {};
      moves.push_back({std::move(moved), at_.now()});
    }
    if (workflow::is_live(moves.back().advanced.run.state)) return {};
    return moves;
  }

 private:
  // What happens next, with the clock moved to when it does. The goal comes in between where it is earlier.
  Event next(const workflow::Run& run) {
    auto event = Event{};
    auto when = at_.now();
    switch (run.waiting) {
      case WaitingFor::effect:
        when.microseconds += minute_us;
        event = {EventKind::carried_out, run.visit, "done", {"Done.", "実行しました。"}};
        break;
      case WaitingFor::person:
        when = answer_time(run);
        event = answer(run);
        if (run.due_at && *run.due_at < when) {
          when = *run.due_at;
          event = {};
        }
        break;
      case WaitingFor::child:
        when.microseconds += core::microseconds_per_day;
        event = {EventKind::child_ended,
                 run.visit,
                 "done",
                 {"The other playbook has ended.", "呼び出したプレイブックが終了しました。"}};
        break;
      default:
        if (run.due_at) when = *run.due_at;
    }
    if (past_.goal_at && *past_.goal_at > at_.now() && *past_.goal_at < when) {
      at_.move_to(*past_.goal_at);
      return {};
    }
    at_.move_to(when);
    return event;
  }

  std::uint64_t chance(int visit, std::uint64_t what) const {
    return core::mix_bits(past_.seed * 0x9e3779b97f4a7c15u + static_cast<std::uint64_t>(visit) * 8 + what);
  }

  core::Instant answer_time(const workflow::Run& run) const {
    const auto here = at_.local(at_.now());
    const auto* step = playbook_.find(run.step);
    const int due = step ? std::max(step->due_business_days, 1) : 3;
    const int days = 1 + static_cast<int>(chance(run.visit, 1) % static_cast<std::uint64_t>(due + due / 3 + 1));
    const int minute = 9 * 60 + static_cast<int>(chance(run.visit, 2) % (8 * 60));
    return at_.instant_of(at_.calendar().plus(here.day, days), minute);
  }

  Event answer(const workflow::Run& run) const {
    const auto* step = playbook_.find(run.step);
    if (step && step->kind == workflow::StepKind::approval) {
      return {EventKind::answered, run.visit, "approved", {"Approved.", "承認されました。"}};
    }
    if (chance(run.visit, 3) % 100 < skipped_percent) {
      return {EventKind::answered, run.visit, "skipped", {"The task was skipped.", "タスクはスキップされました。"}};
    }
    return {EventKind::answered, run.visit, "done", {"The task was done.", "タスクが完了しました。"}};
  }

  const workflow::Playbook& playbook_;
  const PastRun& past_;
  PastSituation& at_;
};

// As a run that was really started would say.
std::string started_by(const workflow::Playbook& playbook, const PastRun& past) {
  if (past.call_id != 0) return "call";
  switch (playbook.start.on) {
    case workflow::StartOn::segment:
      return "segment";
    case workflow::StartOn::schedule:
      return "schedule";
    case workflow::StartOn::change:
      return "change";
    case workflow::StartOn::call:
    case workflow::StartOn::manual:
      break;
  }
  return "person";
}

// A run as it was written, for what follows from it.
struct Written {
  Published published;
  RunRow row;
  std::vector<Moved> moves;
  std::uint64_t seed = 0;
};

std::optional<RunRow> write(Session& session, const Published& published, const PastRun& past,
                            std::span<const Moved> moves, const Clock& clock) {
  RunRow row;
  row.id = RunId{platform::records::new_id()};
  row.playbook = published.key;
  row.version = published.version;
  row.account = past.account;
  row.call_id = past.call_id;
  row.start_key = fmt::format("past:{}:{}:{}", published.key, past.account.value, past.started_at.microseconds);
  row.started_by = started_by(*published.playbook, past);
  row.why = past.why;
  row.run = moves.front().advanced.run;
  row.started_day = clock.local(past.started_at).day;
  if (!store::insert_run(session, row)) return std::nullopt;
  store::write_consequences(session, row, moves.front().advanced, moves.front().at);
  for (const auto& move : moves.subspan(1)) store::apply(session, row, move.advanced, move.at);
  // Nothing of it is to be carried out now.
  session.execute("UPDATE playbook_effect SET state = 'done' WHERE run_id = :1", {row.id});
  return row;
}

// The mails that its steps sent then; some were answered.
void add_mails(Context& context, const Written& run, std::vector<outreach::PastMail>& mails) {
  const auto name = context.name_of(run.row.account);
  for (const auto& move : run.moves) {
    for (const auto& effect : move.advanced.effects) {
      const auto* step = run.published.playbook->find(effect.step);
      if (!step || step->kind != workflow::StepKind::email) continue;
      EffectRow row;
      row.run = run.row.id;
      row.visit = effect.visit;
      row.step = effect.step;
      const Deed deed{row, run.row, *run.published.playbook, *step, effect_key(run.row.id, effect.step, effect.visit),
                      name};
      for (auto& order : mail_orders(context, deed)) {
        outreach::PastMail mail{std::move(order), move.at, std::nullopt};
        const auto chance = core::mix_bits(run.seed ^ static_cast<std::uint64_t>(mail.order.contact.value));
        if (chance % 100 < answered_percent) {
          mail.replied_after_s = shortest_answer_s + static_cast<std::int64_t>(chance / 128 % longest_answer_s);
        }
        mails.push_back(std::move(mail));
      }
    }
  }
}

std::vector<Written> write_some(Context& context, const Conditions& conditions, std::span<const PastRun> runs) {
  const auto clock = context.clock();
  const auto calendar = context.from.surroundings.calendar();
  return context.from.records->write([&](Session& session) {
    std::vector<Written> written;
    for (const auto& past : runs) {
      auto published = context.library.find(past.playbook);
      const auto row = conditions.book().find(past.account);
      if (!published || !row) continue;
      const auto& playbook = *published->playbook;
      PastSituation situation(conditions, *row, *clock, calendar, playbook, past);
      const auto arm = workflow::arm_of(past.playbook, past.account, playbook.holdout_percent);
      auto moves = Walk(playbook, past, situation).until(context.now(), arm);
      if (moves.empty()) continue;
      auto run = write(session, *published, past, moves, *clock);
      if (run) written.push_back({std::move(*published), std::move(*run), std::move(moves), past.seed});
    }
    return written;
  });
}

}  // namespace

core::Result<std::int64_t> write_history(Context& context, const core::Caller& caller, std::span<const PastRun> runs) {
  const auto conditions = context.conditions();
  std::int64_t count = 0;
  for (std::size_t begin = 0; begin < runs.size(); begin += runs_per_transaction) {
    const auto part = runs.subspan(begin, std::min(runs_per_transaction, runs.size() - begin));
    const auto written = write_some(context, *conditions, part);
    count += static_cast<std::int64_t>(written.size());
    if (!context.from.outreach) continue;
    std::vector<outreach::PastMail> mails;
    for (const auto& run : written) add_mails(context, run, mails);
    BANSO_TRY(context.from.outreach->record_history(caller, mails));
  }
  return count;
}

}  // namespace banso::playbooks
