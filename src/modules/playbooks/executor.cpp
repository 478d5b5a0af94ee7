#include "executor.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "platform/log/log.hpp"

namespace banso::playbooks {
namespace {

using store::Session;

constexpr std::int64_t lease_us = 120 * core::microseconds_per_second;  // longer than any deed may take
constexpr int most_inside = 64;
constexpr int most_outside = 4;  // each may take its whole timeout within the lease

// What was done is not done again because writing it down failed for a moment, as where the database breaks off one of
// two transactions that wait for each other. What still fails after a second waits for its lease to run out.
void insistently(const std::function<void()>& recording) {
  constexpr int most_tries = 5;
  auto pause = std::chrono::milliseconds(50);
  for (int tries = 1;; ++tries) {
    try {
      return recording();
    } catch (const std::exception& failure) {
      if (tries == most_tries) throw;
      platform::log::warning(fmt::format("a step could not be recorded and is recorded again: {}", failure.what()));
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

workflow::Event event_of(const EffectRow& effect, const DeedResult& result) {
  using Kind = DeedResult::Kind;
  if (result.kind == Kind::impossible || result.kind == Kind::temporary) {
    return {workflow::EventKind::failed_for_good, effect.visit, "", result.words};
  }
  return {workflow::EventKind::carried_out, effect.visit, result.kind == Kind::done ? "done" : result.code,
          result.words};
}

}  // namespace

std::int64_t pause_us(int attempts) {
  constexpr std::int64_t first = 30 * core::microseconds_per_second;
  constexpr std::int64_t longest = 3600 * core::microseconds_per_second;
  return std::min(first << std::min(attempts - 1, 20), longest);
}

Executor::Executor(Context& context, Runner& runner, Deeds deeds, Asked asked)
    : context_(context),
      runner_(runner),
      deeds_(std::move(deeds)),
      asked_(std::move(asked)),
      node_(fmt::format("node {} ", context.from.surroundings.node_number)),
      holder_(fmt::format("{}process {} {}", node_, ::getpid(), static_cast<const void*>(this))) {}

void Executor::take_up_again() {
  context_.from.records->write([&](Session& session) { store::free_leases_of(session, node_); });
}

std::int64_t Executor::round(Lane lane) {
  // What is carried out must be recorded, and for that the book is asked: nothing is claimed before it is there.
  if (!context_.conditions()) return 0;
  const auto now = context_.now();
  const int most = lane == Lane::inside ? most_inside : most_outside;
  const auto claimed = context_.from.records->write(
      [&](Session& session) { return store::claim(session, lane, holder_, now, {now.microseconds + lease_us}, most); });
  for (const auto& effect : claimed) {
    try {
      carry_out(effect);
    } catch (const std::exception& failure) {
      // The lease runs out, and it is tried again under the same key.
      platform::log::error(fmt::format("the step {} of run {} could not be recorded: {}", effect.step, effect.run.value,
                                       failure.what()));
    }
  }
  return static_cast<std::int64_t>(claimed.size());
}

void Executor::carry_out(const EffectRow& effect) {
  const auto run = context_.from.records->read([&](Session& session) { return store::find_run(session, effect.run); });
  const bool is_cleanup = effect.kind == cleanup_kind;
  if (!run || (!is_cleanup && !workflow::is_live(run->run.state))) {
    context_.from.records->write(
        [&](Session& session) { store::finish(session, effect, holder_, "cancelled", {}, context_.now()); });
    return;
  }
  auto result = perform(effect, *run);
  if (result.kind == DeedResult::Kind::temporary && effect.attempts < most_attempts) {
    const auto now = context_.now();
    context_.from.records->write([&](Session& session) {
      store::put_off(session, effect, holder_, result.words, {now.microseconds + pause_us(effect.attempts)}, now);
    });
  } else {
    insistently([&] { is_cleanup ? record_cleanup(effect, result) : record(effect, result); });
  }
}

DeedResult Executor::perform(const EffectRow& effect, const RunRow& run) {
  const auto playbook = context_.library.version(run.playbook, run.version);
  static const workflow::Step nothing;
  const auto* step = playbook ? playbook->find(effect.step) : nullptr;
  if (!step && effect.kind == cleanup_kind) step = &nothing;
  const auto deed = deeds_.find(effect.kind);
  if (!playbook || !step || deed == deeds_.end()) {
    return {DeedResult::Kind::impossible,
            "",
            {fmt::format("A step of the kind \"{}\" cannot be carried out here.", effect.kind),
             fmt::format("「{}」のステップはここでは実行できません。", effect.kind)},
            0};
  }
  try {
    return deed->second(
        {effect, run, *playbook, *step, effect_key(run.id, effect.step, effect.visit), context_.name_of(run.account)});
  } catch (const std::exception& failure) {
    platform::log::error(fmt::format("the step {} of run {} failed: {}", effect.step, run.id.value, failure.what()));
    return {DeedResult::Kind::temporary,
            "",
            {"The server could not do it just now.", "サーバー側の問題で実行できませんでした。"},
            0};
  }
}

void Executor::record(const EffectRow& effect, const DeedResult& result) {
  const auto conditions = context_.conditions();
  if (!conditions) return;  // the lease runs out
  const bool was_done = result.kind == DeedResult::Kind::done || result.kind == DeedResult::Kind::not_done;
  const bool has_moved = context_.from.records->write([&](Session& session) {
    const auto now = context_.now();
    if (!store::finish(session, effect, holder_, was_done ? "done" : "failed", was_done ? core::Text{} : result.words,
                       now)) {
      return false;  // the lease ran out, and somebody else does it
    }
    if (result.reference != 0) store::set_reference(session, effect.run, effect.visit, result.reference);
    if (!runner_.move_in(session, effect.run, event_of(effect, result), *conditions)) {
      const auto run = store::find_run(session, effect.run);
      // Cut short while it was being done: the trace still says what was done.
      if (run && !workflow::is_live(run->run.state)) {
        store::add_trace(session, effect.run, effect.visit, effect.step, now, "effect", result.words);
      }
    }
    return true;
  });
  if (!has_moved) return;
  context_.tell(std::span(&effect.run, 1));
  context_.wake_effects();
  if (result.reference != 0) asked_(effect.run, effect.visit, result.reference);
}

void Executor::record_cleanup(const EffectRow& effect, const DeedResult& result) {
  const bool was_done = result.kind == DeedResult::Kind::done || result.kind == DeedResult::Kind::not_done;
  context_.from.records->write([&](Session& session) {
    const auto now = context_.now();
    if (!store::finish(session, effect, holder_, was_done ? "done" : "failed", result.words, now)) return;
    if (!result.words.en.empty()) {
      store::add_trace(session, effect.run, 0, "", now, "tidied", result.words);
    }
  });
}

}  // namespace banso::playbooks
