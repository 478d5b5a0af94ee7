#include "scoreboard.hpp"

#include <algorithm>
#include <cmath>

#include "engine/effects/shrinkage.hpp"
#include "outcomes.hpp"

namespace banso::proof {
namespace {

// One figure of one case: how good (0 to 1), and how much it weighs.
struct Weighed {
  double good = 0;
  double weight = 1;
};
using TakeShare = std::optional<Weighed> (*)(const BoardCase&);

// Revenue that was there is kept or lost; what was added does not make up for it.
std::optional<Weighed> kept_revenue(const BoardCase& of) {
  if (of.arr_before_minor <= 0) return std::nullopt;
  const auto before = static_cast<double>(of.arr_before_minor);
  return Weighed{std::clamp(static_cast<double>(of.arr_after_minor) / before, 0.0, 1.0), before};
}

std::optional<Weighed> improved(const BoardCase& of) {
  if (!of.rank_before || !of.rank_after || *of.rank_before == 0) return std::nullopt;
  return Weighed{*of.rank_after < *of.rank_before ? 1.0 : 0.0, 1};
}

std::optional<Weighed> kept_level(const BoardCase& of) {
  if (!of.rank_before || !of.rank_after) return std::nullopt;
  return Weighed{*of.rank_after <= *of.rank_before ? 1.0 : 0.0, 1};
}

struct ShareSums {
  double good = 0, weight = 0;
  std::vector<double> weights;

  void add(const Weighed& each) {
    good += each.good * each.weight;
    weight += each.weight;
    weights.push_back(each.weight);
  }
  std::optional<double> share() const { return weight > 0 ? std::optional(good / weight) : std::nullopt; }
};

void place(BoardFigure& figure, double all) {
  if (figure.cases == 0 || !figure.low) return;
  figure.position = *figure.low > all ? Position::above : *figure.high < all ? Position::below : Position::among;
}

using People = std::map<core::UserId, std::vector<const BoardCase*>>;

// Fills one figure of every row; returns that of all.
std::optional<double> fill_shares(Board& board, const People& people, TakeShare take, BoardFigure BoardRow::*into) {
  ShareSums all;
  std::vector<ShareSums> of_people;
  for (const auto& row : board.rows) {
    auto& sums = of_people.emplace_back();
    for (const auto* each : people.at(row.person)) {
      const auto weighed = take(*each);
      if (!weighed) continue;
      sums.add(*weighed);
      all.add(*weighed);
    }
  }
  std::vector<engine::effects::GroupShare> groups;
  for (const auto& sums : of_people) {
    const double cases = engine::effects::effective_cases(sums.weights);
    groups.push_back({sums.share().value_or(0) * cases, cases});
  }
  const auto fair = engine::effects::shrink_shares(groups, confidence);
  for (std::size_t i = 0; i < board.rows.size(); ++i) {
    auto& figure = board.rows[i].*into;
    figure.cases = static_cast<std::int64_t>(of_people[i].weights.size());
    figure.value = of_people[i].share();
    if (figure.cases == 0) continue;
    figure.fair = fair[i].fair;
    figure.low = fair[i].interval.low;
    figure.high = fair[i].interval.high;
    if (all.share()) place(figure, *all.share());
  }
  return all.share();
}

std::optional<double> fill_health(Board& board, const People& people) {
  std::vector<std::vector<double>> changes;
  double sum = 0, squares = 0;
  std::size_t count = 0;
  for (const auto& row : board.rows) {
    auto& mine = changes.emplace_back();
    for (const auto* each : people.at(row.person)) {
      if (each->health_before && each->health_after) mine.push_back(*each->health_after - *each->health_before);
    }
    for (const double change : mine) sum += change;
    count += mine.size();
  }
  if (count < 2) return std::nullopt;
  const double mean = sum / static_cast<double>(count);
  for (const auto& mine : changes) {
    for (const double change : mine) squares += (change - mean) * (change - mean);
  }
  // The spread of single accounts is taken to be the same for all, since a small book does not show its own.
  const double variance = squares / static_cast<double>(count - 1);
  std::vector<engine::effects::GroupMean> groups;
  for (const auto& mine : changes) {
    double mine_sum = 0;
    for (const double change : mine) mine_sum += change;
    const auto cases = static_cast<double>(mine.size());
    groups.push_back(mine.empty() ? engine::effects::GroupMean{}
                                  : engine::effects::GroupMean{mine_sum / cases, variance / cases});
  }
  const auto fair = engine::effects::shrink_means(groups, confidence);
  for (std::size_t i = 0; i < board.rows.size(); ++i) {
    auto& figure = board.rows[i].health_change;
    figure.cases = static_cast<std::int64_t>(changes[i].size());
    if (figure.cases == 0) continue;
    figure.value = groups[i].mean;
    figure.fair = fair[i].fair;
    figure.low = fair[i].interval.low;
    figure.high = fair[i].interval.high;
    place(figure, mean);
  }
  return mean;
}

}  // namespace

std::string_view word_of(Position position) {
  switch (position) {
    case Position::above:
      return "above";
    case Position::among:
      return "among";
    case Position::below:
      return "below";
    case Position::unknown:
      break;
  }
  return "unknown";
}

Board make_board(std::span<const BoardCase> cases) {
  Board board;
  People people;
  for (const auto& each : cases) {
    if (each.person) people[each.person].push_back(&each);
  }
  for (const auto& [person, mine] : people) {
    BoardRow row;
    row.person = person;
    row.accounts = static_cast<std::int64_t>(mine.size());
    for (const auto* each : mine) row.arr_minor += each->arr_before_minor;
    board.accounts += row.accounts;
    board.rows.push_back(row);
  }
  board.retained_arr = fill_shares(board, people, kept_revenue, &BoardRow::retained_arr);
  board.levels_improved = fill_shares(board, people, improved, &BoardRow::levels_improved);
  board.levels_kept = fill_shares(board, people, kept_level, &BoardRow::levels_kept);
  board.health_change = fill_health(board, people);
  std::stable_sort(board.rows.begin(), board.rows.end(), [](const BoardRow& a, const BoardRow& b) {
    return a.retained_arr.fair.value_or(-1) > b.retained_arr.fair.value_or(-1);
  });
  return board;
}

std::vector<BoardCase> read_board_cases(const Dependencies& from, core::Day first, core::Day last) {
  std::vector<BoardCase> cases;
  std::vector<core::AccountId> accounts;
  std::map<core::AccountId, core::UserId> owners;
  from.customers->each_account(customers::Selection::all(), [&](const customers::AccountFact& fact) {
    if (!fact.known.on(first) || !fact.owner) return;
    owners[fact.account] = fact.owner;
  });
  std::vector<AccountDayArr> arr;
  std::vector<health::AccountDay> questions;
  for (const auto& [account, owner] : owners) {
    for (const auto day : {first, last}) {
      arr.push_back({{account, day}, 0});
      questions.push_back({account, day});
    }
  }
  fill_arr(*from.revenue, arr);
  const auto scores = from.health->past_scores(questions);
  std::size_t place = 0;
  for (const auto& [account, owner] : owners) {
    BoardCase each;
    each.person = owner;
    each.arr_before_minor = arr[place].arr_minor;
    each.arr_after_minor = arr[place + 1].arr_minor;
    each.health_before = scores[place].score;
    each.health_after = scores[place + 1].score;
    if (!scores[place].level.empty()) each.rank_before = scores[place].rank;
    if (!scores[place + 1].level.empty()) each.rank_after = scores[place + 1].rank;
    place += 2;
    if (each.arr_before_minor > 0 || each.health_before) cases.push_back(each);
  }
  return cases;
}

}  // namespace banso::proof
