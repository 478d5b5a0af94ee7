#include "preview.hpp"

#include <algorithm>
#include <cmath>

#include "measure_sample.hpp"

namespace banso::health {
namespace {

constexpr std::size_t movers_named = 200;

struct Moved {
  const AccountRow* row;
  std::optional<double> after;
  std::string level_before, level_after;
};

json::array render_levels(const DefinitionSet& set, const std::map<std::string, LevelTotals>& totals,
                          const std::string& currency) {
  json::array levels;
  const auto add = [&](const std::string& key, const core::Text& name) {
    const auto found = totals.find(key);
    const LevelTotals total = found == totals.end() ? LevelTotals{} : found->second;
    levels.push_back(json::object{{"level", key.empty() ? json::value(nullptr) : json::value(key)},
                                  {"name", render(name)},
                                  {"count", total.accounts},
                                  {"arr", render_money(total.arr_minor, currency)}});
  };
  if (set.scorecard()) {
    for (const auto& level : set.scorecard()->levels) add(level.key, level.name);
  }
  add("", {"No score", "スコアなし"});
  return levels;
}

json::object render_moved(const Moved& moved) {
  const auto& scored = moved.row->scored;
  const auto text = [](const std::string& level) { return level.empty() ? json::value(nullptr) : json::value(level); };
  return {{"id", moved.row->id().value},
          {"name", moved.row->record.name},
          {"score_before", scored.score ? render_number(scored.score->value()) : json::value(nullptr)},
          {"score_after", moved.after ? render_number(*moved.after) : json::value(nullptr)},
          {"level_before", text(moved.level_before)},
          {"level_after", text(moved.level_after)},
          {"arr_minor", moved.row->arr_minor}};
}

// One for each drafted measure.
std::vector<MeasureSample> samples_of(const DefinitionSet& draft, const definitions::Bodies& replaced,
                                      const BookTable& table) {
  std::vector<MeasureSample> samples;
  for (const auto& [name, body] : replaced) {
    if (name.kind != measure_kind) continue;
    if (const auto index = draft.definitions.measure_index(name.key)) samples.emplace_back(draft, *index, table);
  }
  return samples;
}

}  // namespace

core::Result<json::object> preview(LiveBook& live, definitions::Service& service, const definitions::Bodies& replaced) {
  BANSO_TRY_ASSIGN(const auto draft, read_with(service, replaced));
  BANSO_TRY_ASSIGN(const auto table, live.table(std::nullopt));
  const auto& published = *table->head().set;
  const auto& currency = table->head().currency;
  std::vector<core::AccountId> accounts;
  for (const auto& row : table->rows()) accounts.push_back(row->id());
  std::map<std::string, LevelTotals> before, after;
  std::vector<Moved> moved;
  auto samples = samples_of(*draft, replaced, *table);
  const core::Day days[] = {table->head().as_of};
  live.evaluator().each_chunk(accounts, *draft, days, [&](AssessedChunk& chunk, std::size_t) {
    for (auto& sample : samples) sample.add(chunk);
    for (const auto& scored : chunk.accounts) {
      const auto row = table->find(scored.account);
      if (!row) continue;
      const auto count = [&](std::map<std::string, LevelTotals>& totals, const std::string& level) {
        ++totals[level].accounts;
        totals[level].arr_minor += row->arr_minor;
      };
      Moved change{row.get(), std::nullopt, level_key(published, row->scored.level), level_key(*draft, scored.level)};
      if (scored.score) change.after = scored.score->value();
      count(before, change.level_before);
      count(after, change.level_after);
      if (change.level_before != change.level_after) moved.push_back(std::move(change));
    }
    return true;
  });
  std::stable_sort(moved.begin(), moved.end(),
                   [](const Moved& a, const Moved& b) { return a.row->arr_minor > b.row->arr_minor; });
  json::array movers;
  for (std::size_t i = 0; i < std::min(moved.size(), movers_named); ++i) movers.push_back(render_moved(moved[i]));
  json::array measures;
  for (auto& sample : samples) measures.push_back(sample.render());
  return json::object{{"as_of", json::from(table->head().as_of)},
                      {"currency", currency},
                      {"accounts", accounts.size()},
                      {"before", render_levels(published, before, currency)},
                      {"after", render_levels(*draft, after, currency)},
                      {"moved", std::move(movers)},
                      {"moved_total", moved.size()},
                      {"measures", std::move(measures)}};
}

}  // namespace banso::health
