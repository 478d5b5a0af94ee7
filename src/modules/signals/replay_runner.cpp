#include "replay_runner.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

namespace banso::signals {
namespace {

namespace pure = engine::signals;

constexpr unsigned most_threads = 4;

// Calls body(0) .. body(count - 1), several at once. What one of them throws is thrown on when all have ended.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex mutex;
  const auto work = [&] {
    try {
      for (auto index = next++; index < count; index = next++) body(index);
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  const auto wanted = std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1u, most_threads), count);
  for (std::size_t i = 1; i < wanted; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

pure::BlockReplay replay_block(const health::PanelView& panel, const PastRule& rule, const RuleBody& body,
                               std::span<const core::Day> days, const ReplayPeriod& period, std::size_t index) {
  const auto [first, accounts] = panel.block(index);
  pure::BlockReplay block(first, accounts, days, body.timing);
  panel.run(rule.conditions, index, [&](std::size_t week, const auto& exists, const auto& holds) {
    if (week < period.first_week || week >= period.first_week + period.weeks) return;
    auto leaves = rule.has_leave ? holds[2] : holds[1];
    if (!rule.has_leave) leaves.flip();
    block.take(week - period.first_week, {exists, holds[0], holds[1], leaves});
  });
  return block;
}

void add_load(const health::PanelView& panel, const ReplayPeriod& period, ReplayResult& result) {
  std::map<std::string, std::uint32_t> people;
  const auto number_of = [&](const std::string& owner) {
    return people.try_emplace(owner, static_cast<std::uint32_t>(people.size())).first->second;
  };
  const auto last_week = period.first_week + period.weeks - 1;
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    const auto owner = panel.owner(account, last_week);
    if (!owner.empty()) number_of(owner);
  }
  std::vector<pure::PersonWeek> alerts;
  for (const auto& alert : result.quality.alerts) {
    const auto owner = panel.owner(alert.firing.account, period.first_week + alert.firing.week);
    if (!owner.empty()) alerts.push_back({number_of(owner), alert.firing.week});
  }
  result.people = people.size();
  result.calls = pure::load_of(alerts, result.people, period.weeks);
}

}  // namespace

const engine::lab::Outcomes& outcomes_for(const health::PanelView& panel, work::CallKind kind) {
  return kind == work::CallKind::opportunity ? panel.expanded() : panel.churned();
}

ReplayResult run_replay(const health::PanelView& panel, const PastRule& rule, const RuleBody& body,
                        const ReplayPeriod& period, int horizon_days) {
  const auto days = panel.days().subspan(period.first_week, period.weeks);
  std::vector<std::optional<pure::BlockReplay>> blocks(panel.blocks());
  in_parallel(panel.blocks(),
              [&](std::size_t index) { blocks[index].emplace(replay_block(panel, rule, body, days, period, index)); });
  ReplayResult result;
  result.fired.assign(period.weeks, 0);
  result.in_condition.assign(period.weeks, 0);
  pure::AlertJudge judge(days, outcomes_for(panel, body.kind), horizon_days);
  for (std::size_t index = 0; index < blocks.size(); ++index) {
    const auto [first, accounts] = panel.block(index);
    judge.add(*blocks[index], first, accounts);
    for (std::size_t week = 0; week < period.weeks; ++week) {
      result.in_condition[week] += blocks[index]->in_condition()[week];
    }
    blocks[index].reset();
  }
  result.quality = std::move(judge).finish();
  for (const auto& alert : result.quality.alerts) ++result.fired[alert.firing.week];
  add_load(panel, period, result);
  return result;
}

}  // namespace banso::signals
