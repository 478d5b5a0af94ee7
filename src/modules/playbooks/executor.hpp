// Carries out the effects in the outbox: claimed by lease, done under their keys, recorded together with the run's next
// state. Internal to the module.
#pragma once

#include "deeds.hpp"

namespace banso::playbooks {

inline constexpr int most_attempts = 10;
// 30 s, 1 min, 2 min ... 1 h at most: a receiver that is down for an hour is waited for.
std::int64_t pause_us(int attempts);

// Threading: round() of one lane from one thread at a time; the lanes side by side.
class Executor {
 public:
  // `asked`: told of a run that now waits for a person, and for which task.
  using Asked = std::function<void(RunId run, int visit, std::int64_t task)>;
  Executor(Context& context, Runner& runner, Deeds deeds, Asked asked);

  // What a killed process of this node had claimed is done again at once. At start.
  void take_up_again();
  // Claims some effects and carries them out; returns how many.
  std::int64_t round(Lane lane);

 private:
  void carry_out(const EffectRow& effect);
  DeedResult perform(const EffectRow& effect, const RunRow& run);
  void record(const EffectRow& effect, const DeedResult& result);
  void record_cleanup(const EffectRow& effect, const DeedResult& result);

  Context& context_;
  Runner& runner_;
  const Deeds deeds_;
  const Asked asked_;
  const std::string node_;    // "node 3 "
  const std::string holder_;  // "node 3 process 4711 0x..."
};

}  // namespace banso::playbooks
