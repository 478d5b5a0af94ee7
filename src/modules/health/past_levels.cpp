#include "past_levels.hpp"

#include <unordered_map>

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

std::vector<std::optional<std::string>> past_levels(platform::duckdb::Database& mart, const Evaluation& evaluation,
                                                    std::span<const engine::Level> levels,
                                                    std::span<const AccountDay> questions) {
  std::vector<std::optional<std::string>> answers(questions.size());
  if (questions.empty() || levels.empty()) return answers;
  std::vector<std::int64_t> accounts, days, places;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    accounts.push_back(questions[i].account.value);
    days.push_back(kept_day(evaluation, questions[i].day).days);
    places.push_back(static_cast<std::int64_t>(i));
  }
  auto connection = mart.connect();
  auto result = connection.query(
      fmt::format("SELECT asked.place, kept.level FROM (SELECT unnest($1) AS account_id, unnest($2) AS day, "
                  "unnest($3) AS place) AS asked JOIN health_history_{} AS kept "
                  "ON kept.account_id = asked.account_id AND kept.day = asked.day WHERE kept.level IS NOT NULL",
                  evaluation.number),
      {accounts, days, places});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      const auto level = static_cast<std::size_t>(result.column(1).int32s()[row]);
      if (level >= levels.size()) continue;
      answers[static_cast<std::size_t>(result.column(0).int64s()[row])] = levels[level].key;
    }
  }
  return answers;
}

}  // namespace banso::health
