#include "stepping.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "step_words.hpp"

namespace banso::engine::workflow {
namespace {

// A graph without a loop that takes no time cannot do more than this within one event.
constexpr int most_steps_at_once = static_cast<int>(most_steps) + 1;
// A loop through waits goes round for ever otherwise.
constexpr int most_visits = 1000;
// Waits for a day of the book end when people come to work.
constexpr int morning_minute = 9 * 60;

class Stepper {
 public:
  Stepper(const Playbook& playbook, const Run& run, const Situation& situation) : playbook_(playbook), at_(situation) {
    out_.run = run;
  }

  Advanced take(const Event& event) {
    if (!is_live(out_.run.state)) return std::move(out_);
    if (event.kind == EventKind::stopped) {
      end(State::stopped, "", "stopped", event.words);
    } else if (!ends_by_itself()) {
      follow(event);
    }
    return std::move(out_);
  }

  Advanced begin(const core::Text& why) {
    trace("began", why);
    auto& run = out_.run;
    out_.has_changed = true;
    if (ends_by_itself()) return std::move(out_);
    if (run.arm == Arm::holdout) {
      wait_for(WaitingFor::watched, after_days(playbook_.holdout_days));
      trace("held_out", words::held_out(playbook_.holdout_percent, playbook_.holdout_days));
    } else {
      enter(playbook_.steps.empty() ? std::string() : playbook_.steps.front().key);
    }
    return std::move(out_);
  }

 private:
  // Goal, exit and age win over whatever the steps would do.
  bool ends_by_itself() {
    if (!playbook_.goal_json.empty() && at_.holds(playbook_.goal_json)) {
      end(State::goal, "", "goal", words::goal(at_.facts(playbook_.goal_json)));
    } else if (!playbook_.exit_json.empty() && at_.holds(playbook_.exit_json)) {
      end(State::exited, "", "exit", words::exit(at_.facts(playbook_.exit_json)));
    } else if (at_.local(at_.now()).day - at_.local(out_.run.started_at).day > playbook_.longest_days) {
      end(State::done, "expired", "expired", words::expired(playbook_.longest_days));
    } else {
      return false;
    }
    return true;
  }

  void follow(const Event& event) {
    auto& run = out_.run;
    const bool is_about_now = event.visit == run.visit;
    switch (event.kind) {
      case EventKind::looked:
        look();
        break;
      case EventKind::carried_out:
        if (is_about_now && run.waiting == WaitingFor::effect) carried_out(event);
        break;
      case EventKind::failed_for_good:
        if (is_about_now && run.waiting == WaitingFor::effect && run.state == State::active) {
          run.state = State::failed;
          mark(MarkState::failed, "failed", event.words);
          trace("failed", event.words);
        }
        break;
      case EventKind::retried:
        if (run.state == State::failed) {
          run.state = State::active;
          mark(MarkState::waiting, "", event.words);
          trace("retried", event.words);
        }
        break;
      case EventKind::answered:
        if (is_about_now && run.waiting == WaitingFor::person) answered(event);
        break;
      case EventKind::child_ended:
        if (is_about_now && run.waiting == WaitingFor::child) go_on("next", event.answer, event.words);
        break;
      case EventKind::stopped:
        break;
    }
  }

  void look() {
    const auto& run = out_.run;
    const bool is_time = run.due_at && *run.due_at <= at_.now();
    const auto* step = playbook_.find(run.step);
    switch (run.waiting) {
      case WaitingFor::nothing:
      case WaitingFor::effect:
      case WaitingFor::child:
        break;
      case WaitingFor::time:
        if (is_time) go_on("next", "done", words::wait_over());
        break;
      case WaitingFor::condition:
        if (step && at_.holds(step->condition_json)) {
          go_on("next", "done", words::condition_met(at_.facts(step->condition_json)));
        } else if (is_time) {
          time_out();
        }
        break;
      case WaitingFor::person:
        if (is_time) time_out();
        break;
      case WaitingFor::watched:
        if (is_time) end(State::done, "watched", "watched", words::watched());
        break;
    }
  }

  void time_out() {
    const auto words = words::timed_out();
    mark(MarkState::timed_out, "timeout", words);
    leave("timeout", words);
  }

  void carried_out(const Event& event) {
    auto& run = out_.run;
    const auto* step = playbook_.find(run.step);
    run.state = State::active;
    const bool was_done = event.answer.empty() || event.answer == "done";
    trace(was_done ? "effect" : "not_done", event.words);
    const bool asks_a_person =
        step && (step->kind == StepKind::approval || (step->kind == StepKind::task && step->waits));
    if (was_done && asks_a_person) {
      wait_for(WaitingFor::person,
               step->timeout_days > 0 ? std::optional(after_days(step->timeout_days)) : std::nullopt);
      mark(MarkState::waiting, "", event.words);
    } else if (was_done && step && step->kind == StepKind::playbook && step->waits) {
      wait_for(WaitingFor::child, std::nullopt);
      mark(MarkState::waiting, "", event.words);
    } else {
      mark(was_done ? MarkState::done : MarkState::skipped, was_done ? "done" : event.answer, event.words);
      leave("next", {});
    }
  }

  void answered(const Event& event) {
    const auto* step = playbook_.find(out_.run.step);
    trace("answered", event.words);
    const bool has_refused = event.answer == "rejected";
    const bool has_skipped = event.answer == "skipped";
    mark(has_skipped ? MarkState::skipped : MarkState::done, event.answer, event.words);
    const bool has_own_way = step && !step->skipped.empty();
    leave(has_refused ? "rejected" : has_skipped && has_own_way ? "skipped" : "next", {});
  }

  void go_on(const std::string& port, const std::string& result, const core::Text& words) {
    mark(MarkState::done, result, words);
    leave(port, words);
  }

  // Leaves the present step by that way, and takes what steps can be taken at once.
  void leave(const std::string& port, const core::Text& words) {
    if (!words.en.empty()) trace("went_on", words);
    const auto* step = playbook_.find(out_.run.step);
    std::string to;
    if (step) {
      for (const auto& exit : exits_of(*step)) {
        if (exit.port == port) to = exit.to;
      }
    }
    enter(to);
  }

  void enter(std::string key) {
    auto& run = out_.run;
    run.state = State::active;
    run.waiting = WaitingFor::nothing;
    run.due_at.reset();
    for (int taken = 0; taken < most_steps_at_once; ++taken) {
      if (key.empty()) return end(State::done, run.outcome, "ended", words::reached_end());
      const auto* step = playbook_.find(key);
      if (!step) return fail(key, words::no_such_step(key));
      if (run.visit >= most_visits) return fail(key, words::too_many_visits(most_visits));
      run.step = key;
      ++run.visit;
      out_.has_changed = true;
      const auto next = take_step(*step);
      if (!next) return;
      key = *next;
    }
    fail(key, words::too_many_visits(most_steps_at_once));
  }

  void fail(const std::string& key, const core::Text& words) {
    out_.run.step = key;
    end(State::stopped, "fault", "fault", words);
  }

  // The key of the step after it; nothing where the run now waits or has ended.
  std::optional<std::string> take_step(const Step& step) {
    switch (step.kind) {
      case StepKind::branch:
        return branch(step);
      case StepKind::wait:
        return wait(step);
      case StepKind::end:
        mark(MarkState::done, step.outcome, words::ended(step));
        end(State::done, step.outcome, "ended", words::ended(step));
        return std::nullopt;
      default:
        out_.run.waiting = WaitingFor::effect;
        out_.effects.push_back({out_.run.visit, step.key});
        mark(MarkState::waiting, "", {});
        trace("entered", words::entered(step));
        return std::nullopt;
    }
  }

  std::optional<std::string> branch(const Step& step) {
    for (std::size_t i = 0; i < step.cases.size(); ++i) {
      const auto& each = step.cases[i];
      if (!at_.holds(each.condition_json)) continue;
      return branch_to(fmt::format("case:{}", i), words::case_holds(each.name, at_.facts(each.condition_json)),
                       each.next);
    }
    core::Text facts;
    if (!step.cases.empty()) facts = at_.facts(step.cases.back().condition_json);
    return branch_to("otherwise", words::no_case_holds(facts), step.otherwise);
  }

  std::optional<std::string> branch_to(const std::string& port, const core::Text& words, const std::string& next) {
    mark(MarkState::done, port, words);
    trace("branch", words);
    return next;
  }

  std::optional<std::string> wait(const Step& step) {
    const auto here = at_.local(at_.now());
    switch (step.wait_for) {
      case WaitFor::days:
        return wait_until(at_.instant_of(here.day + step.days, here.minute_of_day));
      case WaitFor::business_days:
        return wait_until(at_.instant_of(at_.calendar().plus(here.day, step.days), here.minute_of_day));
      case WaitFor::until_field: {
        const auto day = at_.day_of(step.field);
        if (!day) {
          const auto words = words::no_such_day(step.field);
          mark(MarkState::skipped, "no_such_day", words);
          trace("went_on", words);
          return step.on_timeout.empty() ? step.next : step.on_timeout;
        }
        return wait_until(at_.instant_of(*day + step.days, morning_minute));
      }
      case WaitFor::until_condition:
        break;
    }
    if (at_.holds(step.condition_json)) {
      const auto words = words::condition_met(at_.facts(step.condition_json));
      mark(MarkState::done, "done", words);
      trace("went_on", words);
      return step.next;
    }
    wait_for(WaitingFor::condition,
             step.timeout_days > 0 ? std::optional(after_days(step.timeout_days)) : std::nullopt);
    const auto words = words::waits_for_condition(at_.facts(step.condition_json));
    mark(MarkState::waiting, "", words);
    trace("waits", words);
    return std::nullopt;
  }

  std::optional<std::string> wait_until(core::Instant due) {
    const auto* step = playbook_.find(out_.run.step);
    const auto until = at_.local(due);
    if (due <= at_.now()) {
      const auto words = words::already_past(until.day);
      mark(MarkState::done, "already_past", words);
      trace("went_on", words);
      return step->next;
    }
    wait_for(WaitingFor::time, due);
    const auto words = words::waits_until(until.day, until.minute_of_day);
    mark(MarkState::waiting, "", words);
    trace("waits", words);
    return std::nullopt;
  }

  void wait_for(WaitingFor what, std::optional<core::Instant> due) {
    out_.run.state = State::waiting;
    out_.run.waiting = what;
    out_.run.due_at = due;
    out_.has_changed = true;
  }

  core::Instant after_days(int days) const {
    const auto here = at_.local(at_.now());
    return at_.instant_of(here.day + days, here.minute_of_day);
  }

  void end(State state, const std::string& outcome, const std::string& code, const core::Text& words) {
    auto& run = out_.run;
    // What was under way or waited for is not followed any more.
    const bool leaves_a_step = run.waiting != WaitingFor::nothing && run.waiting != WaitingFor::watched;
    if (leaves_a_step) mark(MarkState::skipped, code, words);
    trace(code, words);
    run.state = state;
    run.waiting = WaitingFor::nothing;
    run.due_at.reset();
    run.outcome = outcome;
    if (state == State::done) run.step.clear();
    out_.effects.clear();  // a deed that was ordered in this very call is not wanted any more
    out_.has_changed = true;
  }

  void mark(MarkState state, const std::string& result, const core::Text& words) {
    const auto* step = playbook_.find(out_.run.step);
    out_.marks.push_back({out_.run.visit, out_.run.step, step ? step->kind : StepKind::end, state, result, words,
                          state == MarkState::waiting ? out_.run.due_at : std::nullopt});
    out_.has_changed = true;
  }

  void trace(const std::string& code, const core::Text& words) {
    out_.trace.push_back({out_.run.visit, out_.run.step, code, words});
    out_.has_changed = true;
  }

  const Playbook& playbook_;
  const Situation& at_;
  Advanced out_;
};

template <std::size_t size>
std::optional<std::size_t> place_in(const std::array<std::string_view, size>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

constexpr std::array<std::string_view, 7> state_words{"active", "waiting", "failed", "done",
                                                      "goal",   "exited",  "stopped"};
constexpr std::array<std::string_view, 7> waiting_words{"nothing",   "effect", "person", "time",
                                                        "condition", "child",  "watched"};
constexpr std::array<std::string_view, 5> mark_words{"waiting", "done", "skipped", "timed_out", "failed"};

}  // namespace

std::string_view word_of(Arm arm) {
  return arm == Arm::treated ? "treated" : "holdout";
}
std::string_view word_of(State state) {
  return state_words[static_cast<std::size_t>(state)];
}
std::optional<State> state_from(std::string_view word) {
  const auto at = place_in(state_words, word);
  return at ? std::optional(static_cast<State>(*at)) : std::nullopt;
}
std::string_view word_of(WaitingFor waiting) {
  return waiting_words[static_cast<std::size_t>(waiting)];
}
std::optional<WaitingFor> waiting_from(std::string_view word) {
  const auto at = place_in(waiting_words, word);
  return at ? std::optional(static_cast<WaitingFor>(*at)) : std::nullopt;
}
std::string_view word_of(MarkState state) {
  return mark_words[static_cast<std::size_t>(state)];
}

Advanced begin(const Playbook& playbook, Arm arm, const core::Text& why, const Situation& situation) {
  Run run;
  run.arm = arm;
  run.started_at = situation.now();
  return Stepper(playbook, run, situation).begin(why);
}

Advanced advance(const Playbook& playbook, const Run& run, const Event& event, const Situation& situation) {
  return Stepper(playbook, run, situation).take(event);
}

}  // namespace banso::engine::workflow
