// Tests goals, exits and awaited conditions of all live runs, grouped by playbook and version, whenever the book
// changes. Internal to the module.
#pragma once

#include "starter.hpp"

namespace banso::playbooks {

// Threading: look() one at a time.
class Watcher {
 public:
  Watcher(Context& context, Runner& runner, Starter& starter) : context_(context), runner_(runner), starter_(starter) {}

  // The rows that changed since the last look; all where that is not known (the first look, a new day, other fields).
  // Returns how many runs moved or began.
  std::int64_t look();
  // The next look tests everything: other playbooks are published.
  void forget() { previous_.reset(); }
  // All of them, whatever changed. The live runs whose goal, exit or awaited condition holds.
  std::vector<RunId> find_all(const Conditions& conditions);

 private:
  std::vector<RunId> test(std::span<const store::LiveRun> runs, const Conditions& conditions);

  Context& context_;
  Runner& runner_;
  Starter& starter_;
  health::BookViewPtr previous_;
};

}  // namespace banso::playbooks
