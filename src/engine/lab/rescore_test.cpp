// The lab has no rules of its own: on random books, whatever scorecard is tried, it says what the engine says.
#include "rescore.hpp"

#include <gtest/gtest.h>

#include "engine/book_assembly.hpp"
#include "engine/random_book.hpp"
#include "test_rows.hpp"

namespace banso::engine::lab {
namespace {

std::shared_ptr<const LabPanel> panel_of(const Book& book, const Definitions& definitions,
                                         const std::vector<Day>& days) {
  PanelBuilder builder(definitions, days);
  builder.add(book, evaluate_history(book, definitions, days));
  return std::make_shared<const LabPanel>(std::move(builder).build());
}

void expect_as_engine(Rescorer& rescorer, const Book& book, const Definitions& definitions) {
  const auto& panel = rescorer.panel();
  const std::vector<Day> days(panel.days().begin(), panel.days().end());
  const auto history = evaluate_history(book, definitions, days);
  for (std::size_t card = 0; card < definitions.scorecards.size(); ++card) {
    const auto scored = rescorer.score(std::make_shared<const Definitions>(definitions), card, threads());
    const auto common = definitions.common_scorecard();
    const bool is_own_only = definitions.scorecards[card].is_for_some() || card == common;
    std::size_t compared = 0;
    for (std::size_t week = 0; week < days.size(); ++week) {
      const auto& column = history[week].scorecards[card];
      for (std::size_t account = 0; account < book.size(); ++account) {
        const std::size_t row = account * days.size() + week;
        const bool is_other = is_own_only && history[week].own_scorecards[account] != static_cast<std::int16_t>(card);
        if (is_other || column.machine_levels[account] == no_level) {
          ASSERT_EQ(scored.scores[row], no_points) << account << " " << week;
          ASSERT_EQ(scored.levels[row], no_level);
          continue;
        }
        ++compared;
        ASSERT_EQ(scored.scores[row], column.scores[account].ten_thousandths) << account << " " << week;
        ASSERT_EQ(scored.levels[row], column.machine_levels[account]);
        for (std::size_t item = 0; item < scored.items.size(); ++item) {
          ASSERT_EQ(std::max(scored.items[item]->points[row], 0), column.items[item].points[account].ten_thousandths);
          ASSERT_EQ(scored.items[item]->uses[row], column.items[item].uses[account]);
        }
      }
    }
    EXPECT_GT(compared, 100u) << "nothing was compared";
  }
}

class Rescore : public testing::TestWithParam<unsigned> {
 protected:
  RandomFacts random = Generator(GetParam()).make();
  Book book = book_of(random.facts);
  Definitions definitions = definitions_for(book);
  std::mt19937 chance{GetParam()};

  double some(double most) { return std::uniform_real_distribution<double>(0, most)(chance); }
};

TEST_P(Rescore, EqualsTheEngineAsPublished) {
  Rescorer rescorer(panel_of(book, definitions, all_days()));
  expect_as_engine(rescorer, book, definitions);
}

TEST_P(Rescore, EqualsTheEngineAfterEveryMoveOfASlider) {
  Rescorer rescorer(panel_of(book, definitions, all_days()));
  for (int move = 0; move < 6; ++move) {
    for (auto& card : definitions.scorecards) {
      for (auto& group : card.groups) {
        group.weight = some(40);
        for (auto& item : group.items) {
          item.weight = some(10) < 2 ? 0 : some(30);
          for (auto& aged : item.curves) {
            for (auto& point : aged.curve.linear) point.points = some(100);
            for (auto& band : aged.curve.bands) band.points = some(100);
          }
          if (some(3) < 1) item.missing = static_cast<MissingPolicy>(chance() % 3);
        }
        group.items.front().weight = 1;
      }
      card.groups.front().weight = 1;
      for (std::size_t level = 0; level + 1 < card.levels.size(); ++level) card.levels[level].from += some(2) - 1;
    }
    ASSERT_TRUE(validate(definitions)) << validate(definitions).error().message.en;
    expect_as_engine(rescorer, book, definitions);
  }
}

// Nested groups, decay, variants by phase, whom items and scorecards apply to, forced levels.
TEST_P(Rescore, EqualsTheEngineWithEverythingAScorecardCanSay) {
  auto& card = definitions.scorecards[0];
  ScorecardGroup inner;
  inner.key = "inner";
  inner.name = {"Inner", "内側"};
  inner.weight = 7;
  inner.items.push_back(card.groups[0].items.back());
  card.groups[0].items.pop_back();
  inner.items.back().applies_when = AppliesWhen{"tier", {"gold", "iron"}, true};
  card.groups[0].groups.push_back(inner);
  auto& first = card.groups[0].items[0];
  first.decay = Decay{3, 10, 40};
  card.groups[0].items[1].applies_when = AppliesWhen{"tier", {"zinc"}, false};
  card.forced.push_back({first.measure, 30, card.levels.back().key});
  Scorecard own = card;
  own.key = "own";
  own.applies_when = AppliesWhen{"tier", {"gold"}, false};
  own.groups[0].weight += 30;
  definitions.scorecards.push_back(own);
  ASSERT_TRUE(validate(definitions)) << validate(definitions).error().message.en;
  Rescorer rescorer(panel_of(book, definitions, all_days()));
  expect_as_engine(rescorer, book, definitions);
}

TEST_P(Rescore, PanelInChunksIsThePanelAtOnce) {
  const auto days = all_days();
  const auto whole = panel_of(book, definitions, days);
  Rescorer rescorer(whole);
  // The same facts, each account in the chunk of its id: dictionaries differ from chunk to chunk.
  PanelBuilder builder(definitions, days);
  for (const std::size_t begin : {std::size_t{0}, book.size() / 3}) {
    const std::size_t end = begin == 0 ? book.size() / 3 : book.size();
    std::vector<BookPart> parts;
    for (std::size_t account = begin; account < end; ++account) parts.push_back({&book, account, nullptr});
    builder.add(assemble(book.features(), parts),
                evaluate_history(assemble(book.features(), parts), definitions, days));
  }
  Rescorer chunked(std::make_shared<const LabPanel>(std::move(builder).build()));
  const auto shared = std::make_shared<const Definitions>(definitions);
  const Book without_usage = [&] {
    std::vector<BookPart> parts;
    for (std::size_t account = 0; account < book.size(); ++account) parts.push_back({&book, account, nullptr});
    return assemble(book.features(), parts);
  }();
  Rescorer at_once(panel_of(without_usage, definitions, days));
  EXPECT_EQ(chunked.score(shared, 0).scores, at_once.score(shared, 0).scores);
  EXPECT_EQ(chunked.score(shared, 0).levels, at_once.score(shared, 0).levels);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Rescore, testing::Values(1u, 2u, 3u));

TEST(RescoreUnfit, NamesTheMeasureAndTheRemedy) {
  const auto random = Generator(1).make();
  const Book book = book_of(random.facts);
  const auto definitions = definitions_for(book);
  const auto panel = panel_of(book, definitions, {origin + 50});
  Scorecard card = definitions.scorecards[0];
  EXPECT_FALSE(unfit(*panel, card));
  card.groups[1].items[0].measure = "unheard_of";
  const auto fault = unfit(*panel, card);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->field, "groups[1].measures[0].measure");
  EXPECT_NE(fault->message.en.find("unheard_of"), std::string::npos);
}

}  // namespace
}  // namespace banso::engine::lab
