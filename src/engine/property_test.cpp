// Properties that hold for any book: tried on random ones, with oracles that share no code with the engine.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "explanation.hpp"
#include "random_book.hpp"

namespace banso::engine {
namespace {

class Properties : public testing::TestWithParam<unsigned> {
 protected:
  RandomFacts random = Generator(GetParam()).make();
  Book book = book_of(random.facts);
  Definitions definitions = definitions_for(book);
};

TEST_P(Properties, HistoryEqualsDayByDay) {
  const auto days = all_days();
  const auto history = evaluate_history(book, definitions, days);
  ASSERT_EQ(history.size(), days.size());
  for (std::size_t i = 0; i < days.size(); ++i) expect_same(history[i], evaluate(book, definitions, days[i]));
}

TEST_P(Properties, LaterKnowledgeNeverChangesAnEarlierResult) {
  for (const int offset : {10, 60, 120, 199}) {
    const Day as_of = origin + offset;
    expect_same(evaluate(book, definitions, as_of), evaluate(book_of(random.facts, as_of), definitions, as_of));
  }
}

TEST_P(Properties, OrderOfFactsNeverMatters) {
  auto shuffled = random.facts;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(GetParam() + 1));
  const Book other = book_of(shuffled);
  for (const int offset : {50, 150}) {
    expect_same(evaluate(book, definitions, origin + offset), evaluate(other, definitions, origin + offset));
  }
}

TEST_P(Properties, ThreadsNeverMatter) {
  const ParallelFor on_threads = [](std::size_t count, const std::function<void(std::size_t)>& body) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i); });
    for (auto& thread : threads) thread.join();
  };
  expect_same(evaluate(book, definitions, origin + 150), evaluate(book, definitions, origin + 150, on_threads));
}

TEST_P(Properties, ContributionsAddUpToTheScoreAndChangesToTheChange) {
  const auto history = evaluate_history(book, definitions, all_days());
  for (const auto& each : history) {
    const auto& card = each.scorecards[0];
    for (std::size_t account = 0; account < book.size(); ++account) {
      Points sum;
      double weights = 0;
      for (const auto& item : card.items) {
        sum += item.contributions[account];
        weights += item.effective_weights[account];
      }
      ASSERT_EQ(sum, card.scores[account]);
      if (!each.has_score(0, account)) continue;
      ASSERT_NEAR(weights, 1, 1e-5);
      ASSERT_GE(card.scores[account], Points{});
      ASSERT_LE(card.scores[account], Points::from(100));
    }
  }
  const auto &then = history[40], &now = history[90];
  for (std::size_t account = 0; account < book.size(); ++account) {
    const auto change = explain_change(book, definitions, then, account, now, account, 0);
    Points sum;
    for (const auto& reason : change.reasons) sum += reason.change;
    ASSERT_EQ(sum, change.change);
  }
}

// Counts from the raw rows, day by day, with sets.
TEST_P(Properties, RollingNumbersEqualBruteForce) {
  const auto index = [&](const char* key) { return definitions.measure_index(key).value(); };
  const auto people28 = index("active_users_28d"), people7 = index("active_users_7d"), events28 = index("events_28d"),
             days28 = index("days_active_28d"), features28 = index("features_used_28d"), ever = index("x_all_people");
  const auto days = all_days();
  const auto history = evaluate_history(book, definitions, days);
  for (std::size_t i = 0; i < days.size(); i += 5) {
    const Day as_of = days[i];
    for (int account = 0; account < account_count; ++account) {
      std::set<std::string> in_28, in_7, in_all;
      std::set<Day> active_days;
      std::set<int> used;
      std::uint64_t events = 0;
      for (const auto& row : random.usage) {
        if (row.account != account || row.day > as_of || row.known > as_of) continue;
        in_all.insert(row.person);
        if (row.feature == 3) continue;  // does not show use
        if (row.day > as_of - 7) in_7.insert(row.person);
        if (row.day <= as_of - 28) continue;
        in_28.insert(row.person);
        active_days.insert(row.day);
        used.insert(row.feature);
        events += row.events;
      }
      const auto row = book.index_of(core::AccountId{1000 - account}).value();
      const auto value = [&](std::size_t measure) {
        const auto& column = history[i].measures[measure];
        return is_number(column.states[row]) ? column.values[row] : -1;
      };
      const double if_none = in_all.empty() ? -1 : 0;  // nothing known at all is missing, not zero
      const auto expected = [&](std::size_t count) { return count == 0 ? if_none : static_cast<double>(count); };
      ASSERT_EQ(value(people28), expected(in_28.size())) << core::to_string(as_of) << " account " << account;
      ASSERT_EQ(value(people7), expected(in_7.size()));
      ASSERT_EQ(value(events28), expected(events));
      ASSERT_EQ(value(days28), expected(active_days.size()));
      ASSERT_EQ(value(features28), expected(used.size()));
      ASSERT_EQ(value(ever), expected(in_all.size()));
    }
  }
}

TEST_P(Properties, DefinitionsSurviveTheirText) {
  const auto text = to_json(definitions);
  const auto read = definitions_from_json(text);
  ASSERT_TRUE(read) << read.error().message.en;
  EXPECT_EQ(*read, definitions);
  EXPECT_EQ(to_json(*read), text);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Properties, testing::Values(1u, 2u, 3u));

}  // namespace
}  // namespace banso::engine
