// Outcomes of customers by who looked after them: revenue kept, levels improved and kept, change of health. Never how
// much anybody did. Small books are drawn towards all. Internal to the module.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "measuring.hpp"

namespace banso::proof {

// One account over the window.
struct BoardCase {
  core::UserId person;  // its owner on the first day
  std::int64_t arr_before_minor = 0, arr_after_minor = 0;
  std::optional<double> health_before, health_after;
  std::optional<int> rank_before, rank_after;  // of levels; 0: the best one
};

enum class Position { above, among, below, unknown };
std::string_view word_of(Position position);

struct BoardFigure {
  std::int64_t cases = 0;
  std::optional<double> value, fair, low, high;
  Position position = Position::unknown;
};

struct BoardRow {
  core::UserId person;
  std::int64_t accounts = 0;
  std::int64_t arr_minor = 0;  // on the first day
  BoardFigure retained_arr, levels_improved, levels_kept, health_change;
};

struct Board {
  std::vector<BoardRow> rows;  // most of the revenue kept first, by the fair figure
  std::int64_t accounts = 0;
  std::optional<double> retained_arr, levels_improved, levels_kept, health_change;  // of all
};

// Pure.
Board make_board(std::span<const BoardCase> cases);

std::vector<BoardCase> read_board_cases(const Dependencies& from, core::Day first, core::Day last);

}  // namespace banso::proof
