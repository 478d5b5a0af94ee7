// Random facts about a few accounts, told to a builder as they were known on a day, and definitions that use every kind
// of them: for tests of what must hold of any book.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "book_builder.hpp"
#include "definitions_json.hpp"
#include "evaluate.hpp"
#include "starter.hpp"

namespace banso::engine {

inline constexpr Day origin{20'000};
inline constexpr int span_days = 200;
inline constexpr int account_count = 70;  // more than one block of work

// A fact that can be told to a builder as it was known on a day.
struct Fact {
  Day known;
  std::function<void(BookBuilder&, Day as_known_on)> tell;
};

struct RandomUsage {
  int account;
  Day day;
  std::string person;
  int feature;
  std::uint32_t events;
  Day known;
};

struct RandomFacts {
  std::vector<Fact> facts;
  std::vector<RandomUsage> usage;
};

inline const Feature features[] = {
    {"a", "A", "m1", true}, {"b", "B", "m1", true}, {"c", "C", "m2", true}, {"d", "D", "m3", false}};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  RandomFacts make() {
    for (int account = 0; account < account_count; ++account) {
      if (account % 7 != 0) add_usage(account);
      add_small(account);
    }
    return std::move(facts_);
  }

 private:
  std::mt19937 random_;
  RandomFacts facts_;

  int upto(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  // Mostly known at once, sometimes weeks later.
  Day learned(Day day) { return day + (upto(3) == 0 ? upto(60) : 0); }
  Known known(Day day) {
    const Day from = learned(day);
    return {from, upto(5) == 0 ? from + 1 + upto(50) : forever};
  }

  static std::uint32_t index(BookBuilder& builder, int account) {
    return builder.add_account(core::AccountId{1000 - account}, origin - 100);
  }

  template <class Row>
  void add(int account, Row row) {
    facts_.facts.push_back({row.known.from, [account, row](BookBuilder& builder, Day as_known_on) {
                              Row told = row;
                              if (told.known.until > as_known_on) told.known.until = forever;  // not yet corrected then
                              if constexpr (std::is_same_v<Row, Subscription>) {
                                told.product = builder.add_product(row.product == 0 ? "p0" : "p1");
                              }
                              if constexpr (std::is_same_v<Row, Contact>) {
                                told.person = builder.person(index(builder, account), std::to_string(row.person));
                              }
                              builder.add(index(builder, account), told);
                            }});
  }

  void add_usage(int account) {
    const int people = 1 + upto(12);
    const int rows = upto(400);
    for (int i = 0; i < rows; ++i) {
      const Day day = origin + upto(span_days);
      const RandomUsage row{
          account, day, std::to_string(upto(people)), upto(4), static_cast<std::uint32_t>(1 + upto(9)), learned(day)};
      facts_.usage.push_back(row);
      facts_.facts.push_back({row.known, [row](BookBuilder& builder, Day) {
                                const auto owner = index(builder, row.account);
                                builder.add_usage(owner, {.day = row.day,
                                                          .person = builder.person(owner, row.person),
                                                          .feature = builder.add_feature(features[row.feature]),
                                                          .events = row.events,
                                                          .known_day = row.known});
                              }});
    }
  }

  void add_small(int account) {
    const auto some_day = [&] { return origin + upto(span_days); };
    for (int i = upto(6); i > 0; --i) {
      const Day opened = some_day();
      add(account, Ticket{opened, upto(2) ? opened + upto(40) : forever, upto(3) == 0, known(opened)});
    }
    for (int i = upto(5); i > 0; --i) {
      const Day day = some_day();
      add(account,
          SurveyAnswer{day, upto(2) ? SurveyKind::nps : SurveyKind::csat, static_cast<float>(upto(6)), 10, known(day)});
    }
    for (int i = upto(6); i > 0; --i) {
      const Day day = some_day();
      add(account,
          Interaction{day, static_cast<InteractionKind>(upto(4)), static_cast<ContactRoles>(upto(32)), known(day)});
      add(account, Attendance{day, static_cast<AttendanceKind>(upto(3)), known(day)});
    }
    for (int i = upto(4); i > 0; --i) {
      const Day start = some_day() - 60;
      add(account, Subscription{static_cast<std::uint16_t>(upto(2)), start, start + 30 * (1 + upto(6)), upto(20),
                                upto(9000), 30, true, known(start)});
    }
    for (int i = upto(3); i > 0; --i) {
      const Day first = some_day() - 50;
      add(account, Contact{first, upto(2) ? first + upto(150) : forever, static_cast<ContactRoles>(1 + upto(31)),
                           static_cast<std::uint32_t>(upto(12)), known(first)});
    }
    for (int i = upto(3); i > 0; --i) {
      const Day from = some_day();
      const Known span = known(from);
      const Day until = upto(2) ? forever : from + upto(60);
      const char* const level = upto(2) ? "watch" : "thriving";
      const bool is_trial = upto(2) == 0;
      facts_.facts.push_back({span.from, [=](BookBuilder& builder, Day as_known_on) {
                                LevelOverride row{builder.add_level(level), from, until, span};
                                if (row.known.until > as_known_on) row.known.until = forever;
                                builder.add(index(builder, account), row);
                                const auto phase = builder.add_attribute({"phase", {"p", "相"}, AttributeType::text});
                                builder.set_text(index(builder, account), phase, span.from,
                                                 is_trial ? "trial" : "live");
                              }});
    }
    for (int i = upto(4); i > 0; --i) {
      const Day from = some_day();
      const double value = upto(100);
      facts_.facts.push_back(
          {from, [=](BookBuilder& builder, Day) {
             const auto attribute = builder.add_attribute({"tenure", {"tenure", "期間"}, AttributeType::number});
             builder.set_number(index(builder, account), attribute, from, value);
           }});
    }
  }
};

inline Book book_of(const std::vector<Fact>& facts, Day known_on = forever) {
  BookBuilder builder;
  for (int account = 0; account < account_count; ++account)
    builder.add_account(core::AccountId{1000 - account}, origin - 100);
  for (const auto& feature : features) builder.add_feature(feature);
  builder.add_attribute({"tenure", {"tenure", "期間"}, AttributeType::number});
  const auto tier = builder.add_attribute({"tier", {"tier", "区分"}, AttributeType::choice});
  for (int account = 0; account < account_count; ++account) {
    const char* const tiers[] = {"zinc", "gold", "iron"};
    builder.set_text(builder.add_account(core::AccountId{1000 - account}, origin - 100), tier, origin + account,
                     tiers[account / 10 % 3]);
  }
  builder.add_product("p0");
  builder.add_product("p1");
  for (const auto& fact : facts) {
    if (fact.known <= known_on) fact.tell(builder, known_on);
  }
  return std::move(builder).build();
}

// Nested groups, items for some, decay, curves by phase, forced levels, a formula.
inline void use_everything(Definitions& definitions) {
  const Curve line{Curve::Kind::linear, {}, {{0, 0}, {50, 100}}, {}, 50};
  const core::Text name{"n", "入"};
  MeasureDefinition measure;
  measure.key = "x_formula";
  measure.name = name;
  measure.source = Source::measures;
  measure.aggregate = Aggregate::expression;
  measure.expression = "x_personas * 10 / (x_tenure + 1) - min(x_tickets, 0)";
  definitions.measures.push_back(measure);
  auto& scorecard = definitions.scorecards[0];
  ScorecardItem formula{"x_formula", 7, MissingPolicy::ignore, 50, {{0, line}}};
  formula.applies_when = AppliesWhen{"tier", {"gold", "iron"}, false};
  ScorecardItem old{"x_personas", 5, MissingPolicy::neutral, 30, {{0, line}}};
  old.decay = Decay{20, 15, 40};
  old.curves.push_back({0, {Curve::Kind::linear, {}, {{0, 60}, {3, 90}}, {}, 50}, {"trial"}});
  ScorecardGroup inner{"x_inner", name, {}, 9, {formula}, {}}, outer{"x_outer", name, {}, 11, {old}, {inner}};
  scorecard.groups.push_back(outer);
  scorecard.forced.push_back({"x_tier", 10, "at_risk"});
  scorecard.forced.push_back({"x_personas", 45, "critical"});
}

// The starter's definitions for a book that has everything, with the policies and rarer aggregates mixed in.
inline Definitions definitions_for(const Book& book) {
  auto definitions = starter_definitions(summarise(book, origin + span_days));
  const auto add = [&](std::string json) {
    json.insert(1, R"("name": {"en": "t", "ja": "試"}, )");
    auto more = definitions_from_json("{\"measures\": [" + json + "], \"scorecards\": []}");
    if (!more) throw std::runtime_error(more.error().message.en);
    definitions.measures.push_back(more->measures[0]);
  };
  add(R"({"key": "x_c_people", "source": "usage", "aggregate": "people", "window_days": 14, "filter": {"features": ["c"]}, "divide_by": "unfiltered", "unit": "percent"})");
  add(R"({"key": "x_m1_events", "source": "usage", "aggregate": "events", "window_days": 10, "filter": {"modules": ["m1"]}, "compare": "previous_window"})");
  add(R"({"key": "x_all_people", "source": "usage", "aggregate": "people"})");
  add(R"({"key": "x_stale", "source": "usage", "aggregate": "modules", "window_days": 7, "stale_after_days": 5})");
  add(R"({"key": "x_personas", "source": "interactions", "aggregate": "roles", "window_days": 60})");
  add(R"({"key": "x_tenure", "source": "attribute", "aggregate": "value", "attribute": "tenure"})");
  add(R"({"key": "x_tier", "source": "attribute", "aggregate": "value", "attribute": "tier"})");
  add(R"({"key": "x_young", "source": "subscriptions", "aggregate": "mrr", "minimum_age_days": 45, "unit": "money"})");
  add(R"({"key": "x_tickets", "source": "tickets", "aggregate": "count", "window_days": 30, "compare": "previous_window", "change": "difference"})");
  auto& group = definitions.scorecards[0].groups[0];
  group.items.push_back(
      {"x_tenure", 20, MissingPolicy::neutral, 40, {{0, {Curve::Kind::linear, {}, {{0, 0}, {99, 100}}, {}, 50}}}});
  group.items.push_back(
      {"x_young", 15, MissingPolicy::bad, 50, {{0, {Curve::Kind::linear, {}, {{0, 0}, {9000, 100}}, {}, 50}}}});
  Curve by_tier{Curve::Kind::choices, {}, {}, {{"gold", 90}, {"iron", 40}}, 10};
  group.items.push_back({"x_tier", 10, MissingPolicy::ignore, 50, {{0, by_tier}}});
  use_everything(definitions);
  const auto checked = validate(definitions);
  if (!checked) throw std::runtime_error(checked.error().message.en);
  return definitions;
}

inline std::vector<Day> all_days() {
  std::vector<Day> days;
  for (int i = -20; i < span_days + 80; i += 1 + i % 3 * (i > 0)) days.push_back(origin + i);
  return days;
}

inline void expect_same(const Assessments& a, const Assessments& b) {
  ASSERT_EQ(a.as_of, b.as_of);
  ASSERT_EQ(a.account_ids, b.account_ids);
  for (std::size_t m = 0; m < a.measures.size(); ++m) {
    EXPECT_EQ(a.measures[m].states, b.measures[m].states) << "measure " << m;
    EXPECT_EQ(a.measures[m].newest_days, b.measures[m].newest_days) << "measure " << m;
    for (std::size_t i = 0; i < a.account_ids.size(); ++i) {
      if (is_number(a.measures[m].states[i])) {
        ASSERT_EQ(a.measures[m].values[i], b.measures[m].values[i]) << "measure " << m << " account " << i;
      }
    }
  }
  for (std::size_t s = 0; s < a.scorecards.size(); ++s) {
    EXPECT_EQ(a.scorecards[s].scores, b.scorecards[s].scores);
    EXPECT_EQ(a.scorecards[s].levels, b.scorecards[s].levels);
    EXPECT_EQ(a.scorecards[s].machine_levels, b.scorecards[s].machine_levels);
    EXPECT_EQ(a.scorecards[s].forced_by, b.scorecards[s].forced_by);
    EXPECT_EQ(a.scorecards[s].overridden, b.scorecards[s].overridden);
    EXPECT_EQ(a.scorecards[s].coverage, b.scorecards[s].coverage);
    for (std::size_t i = 0; i < a.scorecards[s].items.size(); ++i) {
      EXPECT_EQ(a.scorecards[s].items[i].contributions, b.scorecards[s].items[i].contributions);
      EXPECT_EQ(a.scorecards[s].items[i].uses, b.scorecards[s].items[i].uses);
    }
  }
}

}  // namespace banso::engine
