#include "past_levels.hpp"

#include <fmt/format.h>

namespace banso::health {
namespace {

constexpr int days_per_week = 7;

// History is kept every seven days back from the evaluation's day.
core::Day kept_day(const Evaluation& evaluation, core::Day day) {
  const int days_ago = evaluation.as_of - day;
  if (days_ago <= 0) return evaluation.as_of;
  return evaluation.as_of - (days_ago + days_per_week - 1) / days_per_week * days_per_week;
}

}  // namespace

std::optional<std::vector<PastScore>> past_scores(platform::duckdb::Database& mart, const Evaluation& evaluation,
                                                  std::span<const engine::Level> levels,
                                                  std::span<const AccountDay> questions) {
  std::vector<PastScore> answers(questions.size());
  if (questions.empty()) return answers;
  std::vector<std::int64_t> accounts, days, places;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    accounts.push_back(questions[i].account.value);
    days.push_back(kept_day(evaluation, questions[i].day).days);
    places.push_back(static_cast<std::int64_t>(i));
  }
  auto connection = mart.connect();
  const platform::duckdb::Transaction snapshot(connection);
  if (!has_history(connection, evaluation)) return std::nullopt;
  auto result =
      connection.query(fmt::format("SELECT asked.place, kept.score, kept.level FROM (SELECT unnest($1) AS account_id, "
                                   "unnest($2) AS day, unnest($3) AS place) AS asked JOIN health_history_{} AS kept "
                                   "ON kept.account_id = asked.account_id AND kept.day = asked.day",
                                   evaluation.number),
                       {accounts, days, places});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      auto& answer = answers[static_cast<std::size_t>(result.column(0).int64s()[row])];
      if (!result.column(1).is_null(row)) answer.score = engine::Points{result.column(1).int32s()[row]}.value();
      if (result.column(2).is_null(row)) continue;
      const auto level = static_cast<std::size_t>(result.column(2).int32s()[row]);
      if (level >= levels.size()) continue;
      answer.level = levels[level].key;
      answer.rank = static_cast<int>(level);
    }
  }
  return answers;
}

}  // namespace banso::health
