// Effects, verdicts and words over cases whose effect is known.
#include "outcomes.hpp"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace banso::proof {
namespace {

using testing::HasSubstr;

Case make_case(double health, double change, std::int64_t arr, std::int64_t arr_after) {
  Case made;
  made.start = {{1}, core::day_from(2026, 1, 5)};
  made.before.state.health = health;
  made.before.state.level = "watch";
  made.before.state.level_rank = 2;
  made.before.state.arr_minor = arr;
  made.after.state.health = health + change;
  made.after.state.level = change > 8 ? "healthy" : "watch";
  made.after.state.level_rank = change > 8 ? 1 : 2;
  made.after.arr_minor = arr_after;
  return made;
}

// Of the treated `kept` in a hundred stay, of the others `others_kept`; health rises by `effect` more where treated.
Cases world(std::size_t treated, std::size_t others, int kept, int others_kept, double effect) {
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal;
  Cases cases;
  cases.comparison = Comparison::holdout;
  for (std::size_t i = 0; i < treated + others; ++i) {
    const bool is_treated = i < treated;
    const bool stays = static_cast<int>(i % 100) < (is_treated ? kept : others_kept);
    const double health = 50 + 10 * normal(random);
    const auto arr = static_cast<std::int64_t>(1'000'000 + 10'000 * (i % 37));
    auto made = make_case(health, 4 * normal(random) + (is_treated ? effect : 0), arr, stays ? arr : 0);
    (is_treated ? cases.treated : cases.comparison_side).push_back(made);
  }
  return cases;
}

const Effect& find(const std::vector<Effect>& effects, Measure measure) {
  for (const auto& effect : effects) {
    if (effect.measure == measure) return effect;
  }
  throw std::runtime_error("no such effect");
}

TEST(Outcomes, SeeAnEffectThatIsThere) {
  const auto cases = world(300, 200, 95, 70, 6);
  const auto effects = effects_of(cases, {"JPY", 40, 7});
  const auto& health = find(effects, Measure::health);
  EXPECT_EQ(health.verdict, Verdict::helps);
  EXPECT_LT(health.found.interval->low, 6);
  EXPECT_GT(health.found.interval->high, 6);
  const auto& money = find(effects, Measure::arr_change);
  EXPECT_EQ(money.verdict, Verdict::helps);
  ASSERT_TRUE(money.total_interval);
  EXPECT_NEAR(*money.total, money.found.difference * 300, 1);
  EXPECT_THAT(money.sentence.en, HasSubstr("Saved "));
  EXPECT_THAT(money.sentence.en, HasSubstr("90% interval"));
  EXPECT_THAT(money.sentence.ja, HasSubstr("守りました"));
  EXPECT_EQ(find(effects, Measure::retained).verdict, Verdict::helps);
  EXPECT_GT(find(effects, Measure::net_retention).found.difference, 0.15);
}

TEST(Outcomes, SayThatNoEffectCanBeSeen) {
  const auto cases = world(100, 100, 90, 90, 0);
  const auto effects = effects_of(cases, {"JPY", 50, 7});
  const auto& money = find(effects, Measure::arr_change);
  EXPECT_EQ(money.verdict, Verdict::none_seen);
  EXPECT_THAT(money.sentence.en, HasSubstr("no effect can be seen"));
  EXPECT_THAT(money.sentence.ja, HasSubstr("効果は確認できませんでした"));
}

TEST(Outcomes, SayWhatHarms) {
  const auto effects = effects_of(world(200, 200, 60, 95, -5), {"JPY", 50, 7});
  EXPECT_EQ(find(effects, Measure::health).verdict, Verdict::hurts);
  EXPECT_THAT(find(effects, Measure::arr_change).sentence.en, HasSubstr("Cost "));
}

TEST(Outcomes, AskForMoreAccountsWhereThereAreFew) {
  const auto cases = world(40, 4, 95, 50, 20);
  const Reading reading{"JPY", 10, 7};
  const auto effects = effects_of(cases, reading);
  for (const auto& effect : effects) EXPECT_EQ(effect.verdict, Verdict::too_early) << word_of(effect.measure);
  // Six more have to be held out, of every hundred that come ten are.
  EXPECT_EQ(find(effects, Measure::health).more_accounts, 60u);
  const auto* headline = headline_of(effects, "risk");
  ASSERT_TRUE(headline);
  EXPECT_THAT(verdict_sentence(headline, cases, reading).en, HasSubstr("60 more accounts"));
}

TEST(Outcomes, AreJudgedByWhatThePlaybookIsFor) {
  const auto effects = effects_of(world(200, 200, 90, 90, 6), {"JPY", 50, 7});
  EXPECT_EQ(headline_of(effects, "risk")->measure, Measure::arr_change);
  EXPECT_EQ(headline_of(effects, "adoption")->measure, Measure::health);
  // Nobody left, so that money says nothing: the next in the order.
  const auto unmoved = effects_of(world(200, 200, 100, 100, 6), {"JPY", 50, 7});
  EXPECT_EQ(headline_of(unmoved, "risk")->measure, Measure::retained);
}

TEST(Outcomes, LabelMatchedComparisonsAsWeaker) {
  auto cases = world(200, 200, 95, 70, 6);
  cases.comparison = Comparison::matched;
  const Reading reading{"JPY", 0, 7};
  const auto effects = effects_of(cases, reading);
  const auto* headline = headline_of(effects, "risk");
  ASSERT_TRUE(headline);
  EXPECT_THAT(verdict_sentence(headline, cases, reading).en, HasSubstr("weaker evidence"));
  EXPECT_THAT(verdict_sentence(headline, cases, reading).ja, HasSubstr("根拠としては弱い"));
  const auto cautions = cautions_of(cases, effects, headline, reading, 1);
  ASSERT_FALSE(cautions.empty());
  EXPECT_EQ(cautions.front().code, "weaker_evidence");
}

TEST(Cautions, NoticeLotsThatFellOtherwise) {
  const auto cases = world(300, 100, 90, 90, 0);
  const Reading reading{"JPY", 10, 7};
  const auto effects = effects_of(cases, reading);
  const auto found = cautions_of(cases, effects, headline_of(effects, "risk"), reading, 1);
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const auto& each) { return each.code == "arms_uneven"; }));
  const auto fair = cautions_of(cases, effects, nullptr, {"JPY", 25, 7}, 1);
  EXPECT_FALSE(std::any_of(fair.begin(), fair.end(), [](const auto& each) { return each.code == "arms_uneven"; }));
}

TEST(Units, AreFirstRunsOfAccounts) {
  std::vector<playbooks::RunFact> runs(3);
  runs[0].id = {3}, runs[0].account = {7}, runs[0].started_at = {300}, runs[0].is_holdout = false;
  runs[1].id = {1}, runs[1].account = {7}, runs[1].started_at = {100}, runs[1].is_holdout = true;
  runs[2].id = {2}, runs[2].account = {5}, runs[2].started_at = {200};
  const auto units = units_of(runs);
  ASSERT_EQ(units.size(), 2u);
  EXPECT_EQ(units[0].start.account.value, 5);
  EXPECT_EQ(units[1].run.value, 1);
  EXPECT_TRUE(units[1].is_holdout);
}

// What is not known yet must not be taken for kept, nor for lost.
TEST(Outcomes, LeaveOutMoneyThatIsNotKnownYetAndSaySo) {
  auto cases = world(300, 200, 95, 70, 6);
  for (std::size_t i = 0; i < cases.treated.size(); i += 3) {
    auto& after = cases.treated[i].after;
    after.arr_minor.reset();
    after.money_day = core::day_from(2026, 6, 1 + static_cast<unsigned>(i % 20));
  }
  const Reading reading{"JPY", 40, 7};
  const auto effects = effects_of(cases, reading);
  EXPECT_EQ(find(effects, Measure::arr_change).found.treated.cases, 200u);
  EXPECT_EQ(find(effects, Measure::retained).found.treated.cases, 200u);
  EXPECT_EQ(find(effects, Measure::health).found.treated.cases, 300u);
  const auto cautions = cautions_of(cases, effects, nullptr, reading, 1);
  const auto said =
      std::find_if(cautions.begin(), cautions.end(), [](const auto& each) { return each.code == "short_of_renewals"; });
  ASSERT_NE(said, cautions.end());
  EXPECT_THAT(said->words.en, HasSubstr("100 accounts"));
  EXPECT_THAT(said->words.en, HasSubstr("20 Jun 2026"));
  EXPECT_THAT(said->words.ja, HasSubstr("100社"));
  EXPECT_THAT(said->words.ja, HasSubstr("2026年6月20日"));
}

}  // namespace
}  // namespace banso::proof
