// The published examples of the practice that the touch-model scorecard follows.
#include <gtest/gtest.h>

#include "book_builder.hpp"
#include "evaluate.hpp"
#include "templates.hpp"

namespace banso::engine {

namespace {

const Day today = *core::parse_day("2026-06-30");

struct Facts {
  int age_days = 500;
  int seats = 100;
  int users = 90;  // of the whole product, in the last days
  std::optional<int> last_use_days_ago = 1;
  int deploying = 10;          // people: 10% is yellow
  int deployments = 800;       // 8 per seat is green
  double success_share = 0.5;  // of the deployments: yellow
  std::string sentiment = "green";
  int sentiment_days_ago = 10;
  std::string touch = "high_touch";
  int ticket_days_ago = 3;
  int meeting_days_ago = 20;
};

class TouchModel : public testing::Test {
 protected:
  Definitions definitions = templates().front().definitions;
  FlatScorecard flat = flatten(definitions.scorecards[0]);

  Book book_of(const Facts& facts) {
    BookBuilder builder;
    const auto account = builder.add_account(core::AccountId{1}, today - 1000);
    const auto source = builder.add_feature({"commit", "commit", "source", true});
    const auto good = builder.add_feature({"deployment_succeeded", "d", "delivery", true});
    const auto bad = builder.add_feature({"deployment_failed", "d", "delivery", true});
    const auto choice = [&](const char* key, Day from, const std::string& value) {
      builder.set_text(account, builder.add_attribute({key, {key, key}, AttributeType::choice}), from, value);
    };
    builder.add(account, Subscription{.product = builder.add_product("p"),
                                      .start = today - facts.age_days,
                                      .seats = facts.seats,
                                      .mrr_minor = 1,
                                      .known = {today - 1000}});
    if (facts.last_use_days_ago) {
      const Day day = today - *facts.last_use_days_ago;
      for (int i = 0; i < facts.users; ++i) {
        builder.add_usage(account, {.day = day, .person = static_cast<std::uint32_t>(i), .feature = source});
      }
      const auto succeeded = static_cast<int>(facts.deployments * facts.success_share);
      for (int i = 0; i < facts.deploying; ++i) {
        const auto each = [&](int all) { return static_cast<std::uint32_t>(all / facts.deploying); };
        const auto person = static_cast<std::uint32_t>(i);
        builder.add_usage(account, {.day = day, .person = person, .feature = good, .events = each(succeeded)});
        builder.add_usage(
            account, {.day = day, .person = person, .feature = bad, .events = each(facts.deployments - succeeded)});
      }
    }
    choice("csm_sentiment", today - facts.sentiment_days_ago, facts.sentiment);
    choice("touch_model", today - 1000, facts.touch);
    choice("plan", today - 1000, "premium");
    choice("success_plan", today - 100, "complete");
    choice("priority", today - 1000, "1");
    builder.add(account, Ticket{today - facts.ticket_days_ago, forever, false, {today - facts.ticket_days_ago}});
    builder.add(account, Interaction{today - facts.meeting_days_ago,
                                     InteractionKind::meeting,
                                     static_cast<ContactRoles>(bit(ContactRole::executive_sponsor) |
                                                               bit(ContactRole::decision_maker)),
                                     {today - facts.meeting_days_ago}});
    return std::move(builder).build();
  }

  Assessments assess(const Facts& facts) { return evaluate(book_of(facts), definitions, today); }

  std::size_t group(std::string_view key) const {
    for (std::size_t i = 0; i < flat.groups.size(); ++i) {
      if (flat.groups[i].definition->key == key) return i;
    }
    throw std::out_of_range("group");
  }
  std::size_t item(std::string_view measure) const {
    for (std::size_t i = 0; i < flat.items.size(); ++i) {
      if (flat.items[i].definition->measure == measure) return i;
    }
    throw std::out_of_range("item");
  }
  double share(const Assessments& got, std::string_view measure) const {
    return static_cast<double>(got.scorecards[0].items[item(measure)].effective_weights[0]);
  }
  double share_of_group(const Assessments& got, std::string_view key) const {
    double sum = 0;
    for (std::size_t i = 0; i < flat.items.size(); ++i) {
      std::size_t at = flat.items[i].group;
      while (at != no_parent && flat.groups[at].definition->key != key) at = flat.groups[at].parent;
      if (at != no_parent) sum += static_cast<double>(got.scorecards[0].items[i].effective_weights[0]);
    }
    return sum;
  }
  std::string level(const Assessments& got) const {
    return definitions.scorecards[0].levels[static_cast<std::size_t>(got.scorecards[0].levels[0])].key;
  }
  ItemUse use(const Assessments& got, std::string_view measure) const {
    return got.scorecards[0].items[item(measure)].uses[0];
  }
  std::string level_of_points(double points) const {
    const auto& levels = definitions.scorecards[0].levels;
    for (const auto& each : levels) {
      if (points >= each.from) return each.key;
    }
    return "";
  }
};

TEST_F(TouchModel, MeanOfYellowGreenYellowIs7083AndYellow) {
  const auto got = assess({});
  const auto& delivery = got.scorecards[0].groups[group("delivery")];
  EXPECT_EQ(delivery.scores[0], Points::from(70.8333));
  EXPECT_EQ(level_of_points(delivery.scores[0].value()), "yellow");
}

TEST_F(TouchModel, TwoGreensAndAYellowAreGreen) {
  Facts facts;
  facts.deploying = 20;
  const auto got = assess(facts);
  EXPECT_EQ(got.scorecards[0].groups[group("delivery")].scores[0], Points::from(79.1667));
  EXPECT_EQ(level_of_points(79.1667), "green");
}

// A measure of 5% of the whole gets about 7% where one of 15% of the same group of 50% is missing.
TEST_F(TouchModel, MissingWeightGoesToTheSameGroupFirst) {
  definitions.scorecards[0].groups[0].groups.erase(definitions.scorecards[0].groups[0].groups.begin());
  definitions.scorecards[0].groups[0].items[2].weight = 30;  // instead of security: 30 + 10 + 30 + 15 + 15 = 100
  flat = flatten(definitions.scorecards[0]);
  const auto whole = assess({});
  EXPECT_NEAR(share(whole, "tm_user_engagement"), 0.05, 1e-6);
  definitions.scorecards[0].groups[0].items[0].applies_when = AppliesWhen{"plan", {"ultimate"}, false};
  const auto missing = assess({});
  EXPECT_EQ(use(missing, "tm_licence_utilisation"), ItemUse::not_applicable);
  EXPECT_NEAR(share(missing, "tm_user_engagement"), 0.0714, 1e-4);
  EXPECT_NEAR(share_of_group(missing, "product"), 0.5, 1e-6);
  EXPECT_NEAR(share_of_group(missing, "risk"), 0.25, 1e-6);
}

TEST_F(TouchModel, AWholeMissingGroupGoesToTheOthersInProportion) {
  Facts facts;
  facts.last_use_days_ago.reset();
  const auto got = assess(facts);
  EXPECT_EQ(got.scorecards[0].groups[group("product")].present[0], 0);
  EXPECT_NEAR(share_of_group(got, "risk"), 0.50, 1e-6);
  EXPECT_NEAR(share_of_group(got, "outcomes"), 0.20, 1e-6);
  EXPECT_NEAR(share_of_group(got, "voice"), 0.10, 1e-6);
  EXPECT_NEAR(share_of_group(got, "engagement"), 0.20, 1e-6);
}

TEST_F(TouchModel, RedSentimentForcesRedAndLeavingItRestoresTheScore) {
  Facts facts;
  facts.sentiment = "red";
  const auto red = assess(facts);
  EXPECT_EQ(level(red), "red");
  EXPECT_EQ(red.scorecards[0].forced_by[0], 0);
  EXPECT_GE(red.scorecards[0].scores[0].value(), 50);  // the score stays what the measures say
  facts.sentiment = "yellow";
  const auto yellow = assess(facts);
  EXPECT_EQ(yellow.scorecards[0].forced_by[0], no_rule);
  EXPECT_EQ(level(yellow), level_of_points(yellow.scorecards[0].scores[0].value()));
  EXPECT_NE(level(yellow), "red");
}

TEST_F(TouchModel, OnlySentimentCountsInTheFirstThirtyDays) {
  Facts facts;
  facts.age_days = 29;
  const auto young = assess(facts);
  EXPECT_NEAR(share(young, "tm_csm_sentiment"), 1, 1e-6);
  EXPECT_EQ(young.scorecards[0].scores[0], Points::from(87.5));
  facts.age_days = 30;
  EXPECT_LT(share(assess(facts), "tm_csm_sentiment"), 0.5);
}

TEST_F(TouchModel, StaleAfter60DaysOfUsage30OfTicketsAnd120OfSentiment) {
  const auto counts = [&](const Facts& facts, std::string_view measure) { return share(assess(facts), measure) > 0; };
  Facts facts;
  for (const auto& [days, is_counted] : {std::pair{60, true}, std::pair{61, false}}) {
    facts.last_use_days_ago = days;
    EXPECT_EQ(counts(facts, "tm_user_engagement"), is_counted) << days;
  }
  for (const auto& [days, is_counted] : {std::pair{120, true}, std::pair{121, false}}) {
    facts.sentiment_days_ago = days;
    EXPECT_EQ(counts(facts, "tm_csm_sentiment"), is_counted) << days;
  }
  for (const auto& [days, is_counted] : {std::pair{30, true}, std::pair{31, false}}) {
    facts.ticket_days_ago = days;
    EXPECT_EQ(counts(facts, "tm_tickets_30d"), is_counted) << days;
  }
}

TEST_F(TouchModel, ThresholdsTightenWithAge) {
  Facts facts;
  facts.users = 60;
  const auto points = [&](int age_days) {
    facts.age_days = age_days;
    return assess(facts).scorecards[0].items[item("tm_licence_utilisation")].points[0].value();
  };
  EXPECT_EQ(points(100), 87.5);
  EXPECT_EQ(points(200), 62.5);
  EXPECT_EQ(points(300), 25);
}

TEST_F(TouchModel, WhatDoesNotFitTheTouchModelIsNotApplicable) {
  Facts facts;
  facts.touch = "tech_touch";
  const auto got = assess(facts);
  EXPECT_EQ(use(got, "tm_csm_sentiment"), ItemUse::not_applicable);
  EXPECT_EQ(use(got, "tm_success_plan"), ItemUse::not_applicable);
  EXPECT_EQ(use(got, "tm_personas_90d"), ItemUse::not_applicable);
  EXPECT_EQ(use(got, "tm_meeting_priority_2"), ItemUse::not_applicable);
  EXPECT_EQ(use(got, "tm_meeting_priority_1"), ItemUse::number);
}

}  // namespace
}  // namespace banso::engine
