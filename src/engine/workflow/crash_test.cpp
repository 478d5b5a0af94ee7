// An executor that may be killed after any of its writes, with the real state machine: whatever the place, every deed
// is done once, and the run ends as it does without a crash.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "playbook_json.hpp"
#include "stepping.hpp"
#include "test_house.hpp"

namespace banso::engine::workflow {
namespace {

struct Killed {};

// What survives: the database, whose transactions are whole, and the world, which honours keys.
struct Outside {
  Run run;
  std::map<int, std::string> outbox;  // visit: waiting, claimed, done
  std::map<int, std::string> steps;   // visit: step, as ordered
  std::map<std::string, int> deeds;   // key: how often the world did it
  int asked = 0;                      // how often the world was asked
};

class Process {
 public:
  // Dies at the write of that number; never where it is negative.
  Process(Outside& outside, const Playbook& playbook, const TestSituation& here, int dies_at)
      : outside_(outside), playbook_(playbook), here_(here), dies_at_(dies_at) {}

  void work() {
    for (int round = 0; round < 200 && is_live(outside_.run.state); ++round) {
      // A claim of a process that died runs out.
      std::vector<int> left;
      for (const auto& [visit, state] : outside_.outbox) {
        if (state != "done") left.push_back(visit);
      }
      for (const int visit : left) carry_out(visit);
      make_up_answers();
      commit(advance(playbook_, outside_.run, {}, here_), -1);
      here_.at.microseconds += core::microseconds_per_day;
    }
  }

 private:
  void carry_out(int visit) {
    outside_.outbox[visit] = "claimed";
    write();
    ++outside_.asked;
    outside_.deeds.emplace(std::to_string(visit) + ":" + outside_.steps[visit], 1);  // idempotent by its key
    write();
    commit(advance(playbook_, outside_.run, {EventKind::carried_out, visit, "done", {"d", "d"}}, here_), visit);
  }

  // People answer at once; what a killed process did not hear is asked for again.
  void make_up_answers() {
    if (outside_.run.waiting != WaitingFor::person) return;
    const Event answer{EventKind::answered, outside_.run.visit, "done", {"a", "a"}};
    commit(advance(playbook_, outside_.run, answer, here_), -1);
  }

  // One transaction: the state, the effects that follow from it, and the end of the effect it came from.
  void commit(const Advanced& moved, int finished_visit) {
    auto outbox = outside_.outbox;
    auto steps = outside_.steps;
    if (finished_visit >= 0) outbox[finished_visit] = "done";
    for (const auto& effect : moved.effects) {
      ASSERT_FALSE(outbox.contains(effect.visit)) << "a visit orders once";
      outbox[effect.visit] = "waiting";
      steps[effect.visit] = effect.step;
    }
    if (!moved.has_changed && finished_visit < 0) return;
    write();  // dies before the commit: nothing of it is there
    outside_.run = moved.run;
    outside_.outbox = std::move(outbox);
    outside_.steps = std::move(steps);
    write();
  }

  void write() {
    if (dies_at_ >= 0 && written_++ == dies_at_) throw Killed{};
  }

  Outside& outside_;
  const Playbook& playbook_;
  TestSituation here_;
  const int dies_at_;
  int written_ = 0;
};

// A chain of deeds, waits and branches without end ways out of order.
Playbook random_playbook(std::mt19937& random) {
  std::uniform_int_distribution<int> any(0, 4), length(2, 8);
  const int count = length(random);
  std::string steps;
  for (int i = 0; i < count; ++i) {
    const auto key = "s" + std::to_string(i);
    const auto next = i + 1 < count ? "\"s" + std::to_string(i + 1) + "\"" : std::string("null");
    std::string text;
    switch (any(random)) {
      case 0:
        text = task(key, next, R"("wait":true)");
        break;
      case 1:
        text = step(key, "wait", R"("days":2,"next":)" + next);
        break;
      case 2:
        text = step(
            key, "branch",
            fmt::format(
                R"("cases":[{{"name":{{"en":"X","ja":"X"}},"condition":{{"field":"x"}},"next":{0}}}],"otherwise":{0})",
                next));
        break;
      default:
        text = task(key, next);
    }
    steps += (steps.empty() ? "" : ",") + text;
  }
  return read_playbook(body(steps)).value();
}

Outside begun(const Playbook& playbook, const TestSituation& here) {
  Outside outside;
  const auto moved = begin(playbook, Arm::treated, {"w", "w"}, here);
  outside.run = moved.run;
  for (const auto& effect : moved.effects) {
    outside.outbox[effect.visit] = "waiting";
    outside.steps[effect.visit] = effect.step;
  }
  return outside;
}

TEST(Crash, WhereverItIsKilledEveryDeedIsDoneOnce) {
  std::mt19937 random(7);
  const TestSituation here;
  for (int trial = 0; trial < 60; ++trial) {
    const auto playbook = random_playbook(random);
    auto undisturbed = begun(playbook, here);
    Process(undisturbed, playbook, here, -1).work();
    ASSERT_FALSE(is_live(undisturbed.run.state));
    for (int dies_at = 0; dies_at < 60; ++dies_at) {
      auto outside = begun(playbook, here);
      auto clock = here;
      for (int life = 0; life < 8 && is_live(outside.run.state); ++life) {
        try {
          // The second life may be cut short at another place.
          Process(outside, playbook, clock, life < 6 ? (dies_at + life * 7) % 60 : -1).work();
        } catch (const Killed&) {
        }
        clock.at.microseconds += 3 * core::microseconds_per_day;
      }
      EXPECT_EQ(outside.run.state, undisturbed.run.state) << "trial " << trial << " killed at " << dies_at;
      EXPECT_EQ(outside.deeds, undisturbed.deeds) << "trial " << trial << " killed at " << dies_at;
      EXPECT_GE(outside.asked, undisturbed.asked);
    }
  }
}

}  // namespace
}  // namespace banso::engine::workflow
