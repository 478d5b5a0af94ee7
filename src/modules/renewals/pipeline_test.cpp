// The pipeline over many random accounts: amounts add up, inputs decide as they should, the past stays what it was.
#include "pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "figures.hpp"
#include "forecast_changes.hpp"
#include "opportunities.hpp"

namespace banso::renewals {
namespace {

const core::Day today = core::day_from(2026, 4, 1);

struct World {
  Versions versions;
  std::map<core::AccountId, AccountOfBook> accounts;
  std::vector<Input> inputs;
};

World random_world(unsigned seed) {
  std::mt19937 random(seed);
  World world;
  const std::array levels{"healthy", "watch", "critical", ""};
  std::int64_t id = 0;
  for (int number = 1; number <= 60; ++number) {
    const core::AccountId account{number};
    world.accounts[account] = {"Account " + std::to_string(number), levels[random() % 4], 50.0, "7"};
    core::Day start = today - 900 + static_cast<int>(random() % 300);
    while (start < today + 200 && random() % 8 != 0) {
      revenue::SubscriptionFact fact;
      fact.subscription = {++id};
      fact.account = account;
      fact.product = "base";
      fact.seats = 10;
      fact.start = start;
      fact.known = {start - 20};
      fact.end = start + 90 + static_cast<int>(random() % 300);
      fact.mrr_minor = static_cast<std::int64_t>(1000 + random() % 4 * 250);
      world.versions[account].push_back(fact);
      start = *fact.end;
      if (random() % 3 != 0) continue;
      Input input;
      input.id = id;
      input.account = account;
      input.due = start;
      input.category = static_cast<Category>(random() % 5);
      if (random() % 2) input.forecast_minor = static_cast<std::int64_t>(random() % 20'000);
      if (random() % 2) input.reasons = {"a", "b", "c"};
      world.inputs.push_back(input);
    }
  }
  return world;
}

Pipeline pipeline_of(const World& world, core::Day as_of, std::vector<Input> inputs, std::vector<Decision> more = {},
                     std::optional<core::Day> levels_from = {}) {
  Knowledge knowledge;
  knowledge.as_of = as_of;
  knowledge.currency = "JPY";
  knowledge.inputs = std::move(inputs);
  knowledge.decisions = std::move(more);
  knowledge.levels_from = levels_from;
  knowledge.account = [&](core::AccountId id) { return &world.accounts.at(id); };
  knowledge.past_levels = [&](std::span<const health::AccountDay> questions) {
    std::vector<std::optional<std::string>> levels;
    for (const auto& question : questions) levels.emplace_back(world.accounts.at(question.account).level);
    return levels;
  };
  knowledge.level_name = [](const std::string& level) { return core::Text{level, level}; };
  knowledge.user_name = [](core::UserId) { return std::optional<std::string>("Somebody"); };
  return build_pipeline(world.versions, knowledge);
}

TEST(Pipeline, ChangesOfTheForecastAddUp) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto world = random_world(seed);
    const auto before = pipeline_of(world, today - 30, {});
    const auto after = pipeline_of(world, today, world.inputs);
    const auto compared = compare_forecasts(before, after, today - 200, today + 300);
    std::int64_t opening = 0, closing = 0, changed = 0;
    for (const auto& renewal : before.between(today - 200, today + 300)) opening += renewal.total_minor();
    for (const auto& renewal : after.between(today - 200, today + 300)) closing += renewal.total_minor();
    for (const auto& change : compared.changes) changed += change.delta_minor();
    EXPECT_EQ(compared.before_minor, opening);
    EXPECT_EQ(compared.after_minor, closing);
    EXPECT_EQ(opening + changed, closing);
    EXPECT_FALSE(compared.changes.empty());
  }
}

// Before use was known everybody looked critical: such cases tell of all, not of a level.
TEST(Pipeline, LevelsFromBeforeUseWasKnownTeachNothing) {
  const auto world = random_world(5);
  const auto with = pipeline_of(world, today, {});
  const auto without = pipeline_of(world, today, {}, {}, today);
  EXPECT_EQ(with.rates.cases(), without.rates.cases());
  EXPECT_GT(with.rates.view("critical", {"c", "c"}).cases, 0);
  EXPECT_EQ(without.rates.view("critical", {"c", "c"}).cases, 0);
}

TEST(Pipeline, AForecastRestsOnTheStrongestThatIsKnown) {
  const auto world = random_world(3);
  for (const auto& renewal : pipeline_of(world, today, world.inputs).renewals) {
    if (!renewal.is_open()) {
      EXPECT_EQ(renewal.basis, ForecastBasis::outcome);
      EXPECT_EQ(renewal.forecast_minor, renewal.final_minor);
    } else if (renewal.input && renewal.input->forecast_minor) {
      EXPECT_EQ(renewal.basis, ForecastBasis::person);
      EXPECT_EQ(renewal.forecast_minor, renewal.input->forecast_minor);
    } else if (renewal.category == Category::lost) {
      EXPECT_EQ(renewal.forecast_minor, 0);
    } else {
      EXPECT_EQ(renewal.basis, ForecastBasis::machine);
      EXPECT_LE(renewal.forecast_minor, renewal.due_minor);
    }
  }
}

TEST(Pipeline, RatesNeverExceedWhatWasDueAndReasonsShareWhatWasLost) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const auto world = random_world(seed);
    const auto pipeline = pipeline_of(world, today, world.inputs);
    std::int64_t lost = 0, shared = 0;
    for (const auto& month : renewal_rates(pipeline, today - 400, today)) {
      EXPECT_LE(month.on_time_minor, month.renewed_minor);
      EXPECT_LE(month.renewed_minor, month.due_minor);
      EXPECT_EQ(month.due, month.renewed + month.lost);
      EXPECT_EQ(month.renewed, month.on_time + month.late);
      lost += month.due_minor - month.renewed_minor;
    }
    for (const auto& month : churn_reasons(pipeline, {}, today - 400, today)) {
      shared += month.churned_minor + month.contracted_minor;
    }
    EXPECT_EQ(lost, shared);
  }
}

TEST(Pipeline, WhatWasSaidFollowsAContractWhoseDayMoves) {
  World world;
  const core::AccountId account{1};
  world.accounts[account] = {"Account", "healthy", 60.0, ""};
  revenue::SubscriptionFact fact;
  fact.subscription = {5};
  fact.account = account;
  fact.known = {today - 300};
  fact.product = "base";
  fact.mrr_minor = 100;
  fact.start = today - 300;
  fact.end = today + 95;
  world.versions[account] = {fact};
  Input said;
  said.account = account;
  said.due = today + 65;
  said.subscriptions = {{5}};
  said.category = Category::at_risk;
  const auto pipeline = pipeline_of(world, today, {said});
  ASSERT_EQ(pipeline.renewals.size(), 1u);
  EXPECT_EQ(pipeline.renewals[0].category, Category::at_risk);
}

TEST(Pipeline, ATakenOpportunityJoinsTheForecast) {
  const auto world = random_world(4);
  const auto plain = pipeline_of(world, today, {});
  const auto* next = [&]() -> const Renewal* {
    for (const auto& renewal : plain.renewals) {
      if (renewal.is_open()) return &renewal;
    }
    return nullptr;
  }();
  ASSERT_NE(next, nullptr);
  Decision decision;
  decision.account = next->key.account;
  decision.status = "converted";
  decision.amount_minor = 777;
  decision.due = next->key.due;
  const auto with = pipeline_of(world, today, {}, {decision});
  EXPECT_EQ(with.find(next->key)->total_minor(), next->total_minor() + 777);
}

TEST(Pipeline, PriceRisesRoundHalvesAwayFromZero) {
  Input input;
  input.rise_hundredths_percent = 250;
  EXPECT_EQ(with_rise(1'000, input), 1'025);
  EXPECT_EQ(with_rise(20, input), 21);  // 20.5
  input.rise_hundredths_percent.reset();
  input.rise_minor = 5;
  EXPECT_EQ(with_rise(1'000, input), 1'005);
}

TEST(Opportunities, SeatsNearTheLimitAreWorthWhatTheAccountPaysForOne) {
  Versions versions;
  UsageSummaries usage;
  for (int number = 1; number <= 2; ++number) {
    revenue::SubscriptionFact fact;
    fact.subscription = {number};
    fact.account = {number};
    fact.known = {today - 10};
    fact.product = "base";
    fact.seats = 100;
    fact.mrr_minor = 5'000;
    fact.start = today - 10;
    versions[{number}].push_back(fact);
  }
  usage[{1}].active_people = 95;
  usage[{2}].active_people = 60;
  usage[{2}].active_people_earlier = 50;
  const auto found = find_opportunities({today, versions, usage, {}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].account.value, 1);
  EXPECT_EQ(found[0].kind, OpportunityKind::seats);
  EXPECT_EQ(found[0].amount_minor, 19 * 600);  // to 119 seats, of which 95 are four fifths
  usage[{2}].active_people = 90;
  usage[{2}].active_people_earlier = 60;
  EXPECT_EQ(find_opportunities({today, versions, usage, {}}).size(), 2u);
}

}  // namespace
}  // namespace banso::renewals
