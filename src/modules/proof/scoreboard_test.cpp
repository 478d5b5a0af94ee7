#include "scoreboard.hpp"

#include <gtest/gtest.h>

namespace banso::proof {
namespace {

BoardCase make_case(std::int64_t person, std::int64_t before, std::int64_t after, double change, int rank,
                    int rank_after) {
  return {{person}, before, after, 50, 50 + change, rank, rank_after};
}

const BoardRow& row_of(const Board& board, std::int64_t person) {
  for (const auto& row : board.rows) {
    if (row.person.value == person) return row;
  }
  throw std::runtime_error("no such person");
}

TEST(Scoreboard, DrawsSmallBooksTowardsAll) {
  std::vector<BoardCase> cases;
  for (int person = 1; person <= 4; ++person) {
    for (int i = 0; i < 60; ++i) {
      const bool stays = i % 10 < 5 + person;  // 60, 70, 80, 90 %
      cases.push_back(make_case(person, 1000, stays ? 1000 : 0, person + i % 3, 2, i % 2));
    }
  }
  cases.push_back(make_case(5, 1000, 1000, 6, 2, 0));  // one customer, kept
  const auto board = make_board(cases);
  ASSERT_EQ(board.rows.size(), 5u);
  const auto& one = row_of(board, 5).retained_arr;
  EXPECT_DOUBLE_EQ(*one.value, 1);
  EXPECT_LT(*one.fair, *row_of(board, 4).retained_arr.fair);
  EXPECT_EQ(one.position, Position::among);
  EXPECT_EQ(row_of(board, 4).retained_arr.position, Position::above);
  EXPECT_EQ(row_of(board, 1).retained_arr.position, Position::below);
  EXPECT_EQ(board.rows.front().person.value, 4);  // by the fair figure, not by the one customer
  EXPECT_LT(*row_of(board, 5).health_change.fair, *row_of(board, 5).health_change.value);
}

TEST(Scoreboard, DoesNotLetGrowthHideLoss) {
  std::vector<BoardCase> cases;
  cases.push_back(make_case(1, 1000, 5000, 0, 1, 1));  // grew
  cases.push_back(make_case(1, 1000, 0, 0, 1, 1));     // left
  const auto board = make_board(cases);
  EXPECT_DOUBLE_EQ(*board.retained_arr, 0.5);
}

TEST(Scoreboard, LeavesOutWhatNobodyLooksAfter) {
  EXPECT_TRUE(make_board(std::vector{make_case(0, 1000, 1000, 0, 1, 1)}).rows.empty());
}

}  // namespace
}  // namespace banso::proof
