#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>

#include "firing.hpp"

namespace banso::engine::signals {
namespace {

const core::Day monday = core::day_from(2026, 1, 5);

// One character a day. Seen: "." outside, "#" in the condition, "-" between condition and leave condition, "x" not
// concerned. Told: "!" fires, "<" found to have left, "." nothing.
std::string run(const std::string& seen, const Timing& timing) {
  FiringState state;
  std::string told;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const char what = seen[i];
    const Observation look{monday + static_cast<int>(i), what != 'x', what == '#' || what == 'x', what == '.', i == 0};
    const auto result = step(state, look, timing);
    state = result.state;
    told += result.fires ? '!' : result.left ? '<' : '.';
  }
  return told;
}

// for_days | cooldown_days | fires on existing | seen | told
constexpr const char* table = R"(
# on entering, not while it stays
0 0 no  .####.##  .!...<!.
0 0 no  ........  ........
# who was in it when the rule began is left in peace, until it leaves and comes back
0 0 no  ###.##..  ...<!.<.
0 0 yes ###.##..  !..<!.<.
# it must have held for so many days; a day outside begins anew
3 0 no  .####...  ....!<..
3 0 no  .##.###.  ...<...<
3 0 yes #####...  !....<..
# cooldown: not again within so many days; who is still in it afterwards is told of then
0 4 no  .#.#####  .!<..!..
0 9 no  .#.##.##  .!<..<..
# hysteresis: between the two conditions an account stays where it is
0 0 no  .#-#-#.#  .!....<!
0 0 no  .---#---  ....!...
3 0 no  .#---.#.  ....!<.<
# out of scope is out
0 0 no  .##xx##.  .!.<.!.<
)";

TEST(Firing, FollowsTheTable) {
  std::istringstream lines(table);
  std::string line;
  int rows = 0;
  while (std::getline(lines, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Timing timing;
    std::string existing, seen, told;
    words >> timing.for_days >> timing.cooldown_days >> existing >> seen >> told;
    timing.fires_on_existing = existing == "yes";
    EXPECT_EQ(run(seen, timing), told) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 13);
}

TEST(Firing, NeverFiresTwiceWithoutLeavingAndCooldown) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const Timing timing{static_cast<int>(random() % 6), static_cast<int>(random() % 12), random() % 2 == 0};
    std::string seen;
    for (int day = 0; day < 60; ++day) seen += ".#-x##"[random() % 6];
    const auto told = run(seen, timing);
    std::optional<int> last_fired;
    bool has_left = true;
    for (int day = 0; day < 60; ++day) {
      if (told[static_cast<std::size_t>(day)] == '<') has_left = true;
      if (told[static_cast<std::size_t>(day)] != '!') continue;
      EXPECT_TRUE(has_left) << seen << "\n" << told;
      if (last_fired) {
        EXPECT_GE(day - *last_fired, timing.cooldown_days) << seen << "\n" << told;
      }
      EXPECT_EQ(seen[static_cast<std::size_t>(day)] == '.' || seen[static_cast<std::size_t>(day)] == 'x', false);
      last_fired = day;
      has_left = false;
    }
  }
}

// Whoever follows changes alone, and looks again on the day that fires_on() names, sees what a look on every day sees.
TEST(Firing, LooksOnChangesAndDueDaysAreEnough) {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const Timing timing{static_cast<int>(random() % 6), static_cast<int>(random() % 12), random() % 2 == 0};
    std::string seen;
    while (seen.size() < 60) seen += std::string(1 + random() % 9, ".#-x"[random() % 4]);
    FiringState state;
    std::string told;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto day = monday + static_cast<int>(i);
      const auto due = fires_on(state, timing);
      if (i > 0 && seen[i] == seen[i - 1] && !(due && *due <= day)) {
        told += '.';
        continue;
      }
      const auto result =
          step(state, {day, seen[i] != 'x', seen[i] == '#' || seen[i] == 'x', seen[i] == '.', i == 0}, timing);
      state = result.state;
      told += result.fires ? '!' : result.left ? '<' : '.';
    }
    EXPECT_EQ(told, run(seen, timing)) << seen;
  }
}

}  // namespace
}  // namespace banso::engine::signals
