// Keeping the tables of daily facts few and sorted.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "daily_facts_round.hpp"

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;

// Runs are of about one size if they fall into the same class; each class is eight times the one before.
constexpr std::int64_t smallest_class_rows = 1'000'000;

int size_class(std::int64_t rows) {
  int found = 0;
  for (auto limit = smallest_class_rows; rows >= limit; limit *= 8) ++found;
  return found;
}

std::string pairs_of_generation(std::int64_t generation) {
  return "(SELECT DISTINCT account_id, day FROM (" +
         union_of({recent_day_table(generation), recent_stale_table(generation)}, "account_id, day") + "))";
}

// The largest count that the column holds stands for anything larger.
std::string merged(const std::vector<std::string>& tables) {
  return "SELECT account_id, day, person_number, type_number, CAST(least(sum(events), 2147483647) AS INTEGER), "
         "known_day FROM (" +
         union_of(tables, fact_columns) +
         ") GROUP BY account_id, day, person_number, type_number, known_day ORDER BY account_id, day, person_number";
}

}  // namespace

bool DailyFacts::compact(const std::function<FeatureOfType()>& types_of_features) {
  const std::lock_guard alone(compacting_);
  auto input = due_generation(false);
  if (!input) input = due_merge();
  if (!input) return false;
  compact(*input, types_of_features());
  return true;
}

void DailyFacts::compact_recent(const std::function<FeatureOfType()>& types_of_features) {
  const std::lock_guard alone(compacting_);
  if (const auto input = due_generation(true)) compact(*input, types_of_features());
}

std::optional<DailyFacts::CompactionInput> DailyFacts::due_generation(bool at_once) {
  const std::lock_guard lock(writing_);
  if (frozen_) return frozen_;  // the last attempt failed
  if (!recent_since_) return std::nullopt;
  const auto age = std::chrono::steady_clock::now() - *recent_since_;
  if (!at_once && recent_rows_ < limits_.recent_rows && age < limits_.recent_age) return std::nullopt;
  const auto generation = tables_.generations.back();
  tables_.begin_generation(generation + 1);
  {
    const std::lock_guard publishing(tables_.publishing);
    tables_.generations.push_back(generation + 1);
  }
  recent_rows_ = 0;
  recent_since_.reset();
  frozen_ = CompactionInput{{}, generation, *position_};
  return frozen_;
}

std::optional<DailyFacts::CompactionInput> DailyFacts::due_merge() {
  std::map<int, std::vector<std::int64_t>> by_class;
  auto connection = mart_->connect();
  for (auto rows = connection.query("SELECT run_number, row_count FROM usage_run ORDER BY 1"); rows.next();) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      by_class[size_class(rows.column(1).int64s()[row])].push_back(rows.column(0).int64s()[row]);
    }
  }
  for (auto& [size, runs] : by_class) {
    if (runs.size() >= limits_.runs_of_a_size) return CompactionInput{std::move(runs), std::nullopt, 0};
  }
  return std::nullopt;
}

void DailyFacts::compact(const CompactionInput& input, const FeatureOfType& feature_of) {
  std::optional<FactSnapshot> snapshot;
  {
    const std::lock_guard lock(writing_);
    rewritten_meanwhile_.clear();
    snapshot.emplace(tables_);
  }
  auto& connection = snapshot->connection();
  const auto is_input = [&](std::int64_t run) { return std::ranges::find(input.runs, run) != input.runs.end(); };
  auto runs = tables_.runs;  // only compactions change them
  const auto run = runs.empty() ? 1 : *std::ranges::max_element(runs) + 1;
  std::vector<std::string> tables;
  for (const auto old : input.runs) tables.push_back(run_table(old));
  if (input.generation) tables.push_back(recent_day_table(*input.generation));
  make_run_table(connection, run);
  connection.execute("INSERT INTO " + run_table(run) + " " + merged(tables));
  std::erase_if(runs, is_input);
  runs.push_back(run);
  if (input.generation) {
    connection.execute("INSERT INTO usage_person SELECT * FROM " + recent_person_table(*input.generation));
    std::vector<std::string> all;
    for (const auto each : runs) all.push_back(run_table(each));
    FeaturesOfTypes features;
    const auto numbered = features_by_number(feature_of);
    for (std::size_t number = 1; number < numbered.size(); ++number) {
      if (numbered[number] != 0) features.emplace(static_cast<std::int64_t>(number), numbered[number]);
    }
    settle_feature_days(connection, "(" + union_of(all, fact_columns) + ")", pairs_of_generation(*input.generation),
                        features);
  }

  // What follows is quick; rounds of following wait for it.
  const std::lock_guard lock(writing_);
  delete_pairs(connection, run_table(run), rewritten_meanwhile_);
  const auto rows = connection.query_integer("SELECT count(*) FROM " + run_table(run)).value_or(0);
  for (const auto old : input.runs) {
    connection.execute("DROP TABLE " + run_table(old));
    connection.execute("DELETE FROM usage_run WHERE run_number = $1", {old});
  }
  if (rows > 0) {
    connection.execute("INSERT INTO usage_run VALUES ($1, $2)", {run, rows});
  } else {
    connection.execute("DROP TABLE " + run_table(run));
    runs.pop_back();
  }
  if (input.generation) connection.execute("UPDATE usage_reached SET position = $1", {input.position});
  {
    const std::lock_guard publishing(tables_.publishing);
    snapshot->commit();
    tables_.runs = runs;
    if (input.generation) std::erase(tables_.generations, *input.generation);
  }
  if (input.generation) {
    snapshot.reset();
    tables_.drop_generation(*input.generation);
    frozen_.reset();
  }
}

}  // namespace banso::usage
