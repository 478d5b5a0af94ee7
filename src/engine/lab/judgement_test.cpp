// Whole judgements against a small world counted by hand, and against counts that share no code with them.
#include "judgement.hpp"

#include <gtest/gtest.h>

#include "engine/book_builder.hpp"
#include "suggestion.hpp"
#include "test_rows.hpp"

namespace banso::engine::lab {
namespace {

constexpr Day first_day{20'000};
constexpr int week_count = 60;

// Accounts with two attributes as measures: "signal" falls `early_weeks` before the account leaves, "dice" is random.
struct World {
  std::shared_ptr<const LabPanel> panel;
  std::shared_ptr<Definitions> definitions = std::make_shared<Definitions>();
  Day known_on;
};

ScorecardItem item_of(const char* measure, double weight) {
  const Curve curve{Curve::Kind::linear, {}, {{0, 0}, {100, 100}}, {}, 50};
  return {measure, weight, MissingPolicy::ignore, 50, {{0, curve}}};
}

World world_of(int accounts, int every, int early_weeks) {
  World world;
  BookBuilder builder;
  const auto product = builder.add_product("suite");
  const auto signal = builder.add_attribute({"signal", {"Signal", "兆候"}, AttributeType::number});
  const auto dice = builder.add_attribute({"dice", {"Dice", "さいころ"}, AttributeType::number});
  const auto region = builder.add_attribute({"region", {"Region", "地域"}, AttributeType::choice});
  std::mt19937 random(7);
  for (int i = 0; i < accounts; ++i) {
    const auto account = builder.add_account(core::AccountId{i + 1}, first_day - 100);
    Subscription row;
    row.product = product;
    row.start = first_day - 50;
    row.mrr_minor = 100;
    row.known = {row.start};
    builder.set_text(account, region, first_day - 100, i % 2 == 0 ? "east" : "west");
    builder.set_number(account, signal, first_day - 100, 70 + i % 20);
    for (int week = -1; week < week_count; ++week) {
      builder.set_number(account, dice, first_day + 7 * week, static_cast<double>(random() % 100));
    }
    if (i % every == 0) {
      const Day left = first_day + 7 * (20 + i % 30) + 3;
      row.end = left;
      builder.set_number(account, signal, left - 7 * early_weeks, 10);
    }
    builder.add(account, row);
  }
  auto& definitions = *world.definitions;
  for (const char* key : {"signal", "dice"}) {
    MeasureDefinition measure;
    measure.key = key;
    measure.name = {key, key};
    measure.source = Source::attribute;
    measure.aggregate = Aggregate::value;
    measure.attribute = key;
    definitions.measures.push_back(measure);
  }
  Scorecard card{"health", {"Health", "ヘルス"}, {}, {}, standard_levels()};
  card.groups.push_back({"all", {"All", "全体"}, {}, 1, {item_of("signal", 50), item_of("dice", 50)}});
  definitions.scorecards.push_back(card);
  std::vector<Day> days;
  for (int week = 0; week < week_count; ++week) days.push_back(first_day + 7 * week);
  world.known_on = days.back();
  const Book book = std::move(builder).build();
  PanelBuilder panel(definitions, days);
  panel.add(book, evaluate_history(book, definitions, days));
  world.panel = std::make_shared<const LabPanel>(std::move(panel).build());
  return world;
}

struct Judged {
  ScoredPanel scored;
  JudgedOutcome outcome;
  Judgement judgement;
};

Judged judge(const World& world, const JudgeOptions& options = {}) {
  Rescorer rescorer(world.panel);
  Judge judging(world.panel);
  auto outcome = judged_outcome(*world.panel, churned(world.panel->book(), world.known_on), false, 30);
  auto scored = rescorer.score(world.definitions, 0, threads());
  auto judgement = judging.run(scored, outcome, options, threads());
  return {std::move(scored), std::move(outcome), std::move(judgement)};
}

TEST(Judgement, CountsAsOneWouldByHand) {
  const auto world = world_of(200, 5, 10);
  const auto [scored, outcome, judgement] = judge(world);
  std::size_t rows = 0, with = 0, flagged = 0, caught = 0;
  for (std::size_t row = 0; row < scored.scores.size(); ++row) {
    const auto label = (*outcome.labels)[row];
    if (label == Label::no_part || scored.levels[row] == no_level) continue;
    const bool is_flagged = scored.scores[row] < 50 * Points::scale;  // at risk and critical
    ++rows;
    with += label == Label::with;
    flagged += is_flagged;
    caught += is_flagged && label == Label::with;
  }
  const auto& tally = judgement.tally;
  EXPECT_EQ(tally.base.trials(), static_cast<double>(rows));
  EXPECT_EQ(tally.base.hits(), static_cast<double>(with));
  EXPECT_EQ(tally.precision.trials(), static_cast<double>(flagged));
  EXPECT_EQ(tally.precision.hits(), static_cast<double>(caught));
  EXPECT_EQ(tally.recall.trials(), static_cast<double>(with));
  EXPECT_EQ(tally.accounts, 200u);
  EXPECT_EQ(tally.accounts_with, 40u);
  EXPECT_EQ(tally.accounts_caught + tally.accounts_missed, 40u);
  EXPECT_EQ(tally.arr_caught_minor + tally.arr_missed_minor, 40 * 1200);
  EXPECT_TRUE(judgement.warnings.empty());
}

TEST(Judgement, TellsTheLeadingMeasureFromTheNoise) {
  const auto judged = judge(world_of(200, 5, 10)).judgement;
  EXPECT_EQ(judged.items[0].verdict, Verdict::leading);
  EXPECT_GT(judged.items[0].auc->value, 0.95);
  EXPECT_EQ(judged.items[1].verdict, Verdict::noise);
  EXPECT_LT(judged.items[1].auc->low, 0.5);
  EXPECT_EQ(judged.items[0].coverage, 1);
  EXPECT_GT(*judged.items[0].monthly_stability, 0.5);
  EXPECT_LT(std::abs(*judged.items[1].monthly_stability), 0.1);
}

TEST(Judgement, OfTwinsKeepsOne) {
  auto world = world_of(200, 5, 10);
  world.definitions->scorecards[0].groups[0].items.push_back(item_of("signal", 10));
  const auto judged = judge(world).judgement;
  EXPECT_EQ(judged.items[0].verdict, Verdict::leading);
  EXPECT_EQ(judged.items[2].verdict, Verdict::redundant);
  ASSERT_FALSE(judged.items[2].redundant_with.empty());
  EXPECT_EQ(judged.items[2].redundant_with[0].item, 0u);
  EXPECT_NEAR(judged.items[2].redundant_with[0].correlation, 1, 1e-12);
}

// The signal falls ten weeks before: with the signal alone, every account is flagged since then without a break.
TEST(Judgement, SaysHowEarlyTheScoreFell) {
  auto world = world_of(200, 5, 10);
  world.definitions->scorecards[0].groups[0].items[1].weight = 0;
  const auto judged = judge(world).judgement;
  EXPECT_EQ(judged.before.never_share, 0);
  EXPECT_NEAR(*judged.before.median, 70, 7);
  std::size_t counted = 0;
  for (const auto& step : judged.before.histogram) counted += step.accounts;
  EXPECT_EQ(counted, 40u);
  EXPECT_EQ(judged.before.weeks.back().weeks_before, 0);
  EXPECT_EQ(judged.before.weeks.back().median, 10);
  EXPECT_GT(judged.before.weeks.front().median, 60);
}

TEST(Judgement, WarnsOfSmallSamplesAndGivesNoFigureForTinyOnes) {
  const auto few = judge(world_of(100, 10, 10)).judgement;
  ASSERT_EQ(few.warnings.size(), 1u);
  EXPECT_EQ(few.warnings[0].code, "few_outcomes");
  EXPECT_TRUE(few.auc);
  const auto tiny = judge(world_of(100, 50, 10)).judgement;
  EXPECT_FALSE(tiny.auc);
  const auto none = judge(world_of(100, 1000, 10)).judgement;  // only the first account leaves
  EXPECT_FALSE(none.auc);
}

TEST(Judgement, BySegmentAddsUpToTheWhole) {
  const auto judged = judge(world_of(300, 3, 10), {std::nullopt, "region", std::nullopt}).judgement;
  ASSERT_EQ(judged.segments.size(), 2u);
  EXPECT_EQ(judged.segments[0].accounts + judged.segments[1].accounts, judged.tally.accounts);
  EXPECT_EQ(judged.segments[0].accounts_with + judged.segments[1].accounts_with, judged.tally.accounts_with);
  for (const auto& segment : judged.segments) EXPECT_NEAR(segment.auc->value, judged.auc->value, 0.1);
}

// Two measures of whole numbers without gaps: four bytes each, and the revenue of each row.
TEST(Panel, TakesNoMoreMemoryThanItsValuesNeed) {
  const auto world = world_of(200, 5, 10);
  const auto& panel = *world.panel;
  const std::size_t values = panel.rows() * (2 * sizeof(float) + sizeof(std::int64_t));
  EXPECT_LT(panel.memory_bytes() - panel.book().memory_bytes(), values * 11 / 10);
}

TEST(Suggestion, GivesTheWeightToWhatTells) {
  const auto world = world_of(300, 3, 10);
  Rescorer rescorer(world.panel);
  const auto outcome = judged_outcome(*world.panel, churned(world.panel->book(), world.known_on), false, 30);
  const auto scored = rescorer.score(world.definitions, 0, threads());
  const auto suggestion = suggest_weights(rescorer, scored, outcome, std::nullopt, threads());
  EXPECT_NEAR(suggestion.shares_now[0], 0.5, 1e-12);
  EXPECT_GT(suggestion.shares_suggested[0], 0.9);
  EXPECT_NEAR(suggestion.shares_suggested[0] + suggestion.shares_suggested[1], 1, 1e-9);
  ASSERT_FALSE(suggestion.folds.empty());
  for (const auto& fold : suggestion.folds) EXPECT_LE(fold.train_to, fold.test_from);
  EXPECT_GT(suggestion.auc_suggested->value, suggestion.auc_now->value);
  EXPECT_GT(suggestion.penalty, 0);
  std::size_t judged = 0;
  for (const auto& fold : suggestion.folds) {
    EXPECT_EQ(fold.auc_suggested.has_value(), fold.accounts_with >= too_few_outcome_accounts);
    if (!fold.auc_suggested) continue;
    ++judged;
    EXPECT_LE(fold.auc_suggested->low, fold.auc_suggested->value);
    EXPECT_GE(fold.auc_suggested->high, fold.auc_suggested->value);
  }
  EXPECT_GT(judged, 0u);
}

// Without the signal only the dice are left, whose area is that of chance; without the dice the signal tells more.
TEST(Suggestion, SaysWhatWouldBeMissedWithoutAMeasure) {
  const auto world = world_of(300, 3, 10);
  Rescorer rescorer(world.panel);
  const auto outcome = judged_outcome(*world.panel, churned(world.panel->book(), world.known_on), false, 30);
  const auto scored = rescorer.score(world.definitions, 0, threads());
  const auto suggestion = suggest_weights(rescorer, scored, outcome, std::nullopt, threads());
  ASSERT_EQ(suggestion.missed_if_dropped.size(), 2u);
  const auto area = [&](std::size_t item) {
    const RankedRows rows{world.panel->weeks(), scored.items[item]->points, *outcome.labels};
    return clustered_auc(rows, count_values(rows), Predicts::low)->value;
  };
  const RankedRows whole{world.panel->weeks(), scored.scores, *outcome.labels};
  const double now = clustered_auc(whole, count_values(whole), Predicts::low)->value;
  EXPECT_NEAR(*suggestion.missed_if_dropped[0], now - area(1), 1e-6);
  EXPECT_NEAR(*suggestion.missed_if_dropped[1], now - area(0), 1e-6);
  EXPECT_GT(*suggestion.missed_if_dropped[0], 0.2);
  EXPECT_LT(*suggestion.missed_if_dropped[1], 0);
}

TEST(Suggestion, SharesBecomeWeightsOfNestedGroups) {
  Scorecard card{"health", {"Health", "ヘルス"}, {}, {}, standard_levels()};
  ScorecardGroup inner{"inner", {"Inner", "内側"}, {}, 3, {item_of("c", 1)}};
  card.groups.push_back({"one", {"One", "一"}, {}, 1, {item_of("a", 1), item_of("b", 2)}, {inner}});
  card.groups.push_back({"two", {"Two", "二"}, {}, 5, {item_of("d", 4)}});
  const std::vector<double> shares{0.1, 0.2, 0.3, 0.4};
  const auto set = nominal_shares(with_shares(card, shares));
  ASSERT_EQ(set.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(set[i], shares[i], 1e-9) << i;
}

}  // namespace
}  // namespace banso::engine::lab
