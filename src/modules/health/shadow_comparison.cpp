#include "shadow_comparison.hpp"

#include <algorithm>

#include "render.hpp"

namespace banso::health {
namespace {

constexpr std::size_t moved_named = 200;

void count(std::map<std::string, LevelTotals>& totals, const std::string& level, const AccountRow& row) {
  ++totals[level].accounts;
  totals[level].arr_minor += row.arr_minor;
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value points_or_null(const std::optional<engine::Points>& points) {
  return points ? render_number(points->value()) : json::value(nullptr);
}

LevelTotals total_of(const std::map<std::string, LevelTotals>& totals, const std::string& level) {
  const auto found = totals.find(level);
  return found == totals.end() ? LevelTotals{} : found->second;
}

}  // namespace

ShadowComparison compare(const BookTable& table, const ShadowScores& scores) {
  ShadowComparison comparison;
  comparison.day.day = table.head().as_of;
  for (const auto& row : table.rows()) {
    const auto found = scores.find(row->id());
    if (found == scores.end()) continue;
    const auto& scored = row->scored;
    const auto level = level_key(*table.head().set, scored.level);
    ++comparison.day.accounts;
    count(comparison.published, level, *row);
    count(comparison.draft, found->second.level, *row);
    if (scored.score && found->second.score) {
      ++comparison.day.compared;
      comparison.day.difference_sum += found->second.score->ten_thousandths - scored.score->ten_thousandths;
    }
    if (level != found->second.level) {
      ++comparison.day.differing;
      comparison.moved.emplace_back(row.get(), &found->second);
    }
  }
  return comparison;
}

json::array render_levels(const ShadowComparison& comparison, const engine::Scorecard* published,
                          const engine::Scorecard* draft) {
  json::array levels;
  std::vector<std::string> shown;
  const auto add = [&](const std::string& key, const core::Text& name) {
    if (std::find(shown.begin(), shown.end(), key) != shown.end()) return;
    shown.push_back(key);
    const auto before = total_of(comparison.published, key), after = total_of(comparison.draft, key);
    levels.push_back(json::object{{"level", text_or_null(key)},
                                  {"name", render(name)},
                                  {"accounts_published", before.accounts},
                                  {"accounts_draft", after.accounts},
                                  {"arr_published_minor", before.arr_minor},
                                  {"arr_draft_minor", after.arr_minor}});
  };
  for (const auto* card : {published, draft}) {
    if (!card) continue;
    for (const auto& level : card->levels) add(level.key, level.name);
  }
  add("", {"No score", "スコアなし"});
  return levels;
}

json::array render_moved(ShadowComparison& comparison, const DefinitionSet& published) {
  auto& moved = comparison.moved;
  std::stable_sort(moved.begin(), moved.end(),
                   [](const auto& a, const auto& b) { return a.first->arr_minor > b.first->arr_minor; });
  json::array items;
  for (std::size_t i = 0; i < std::min(moved.size(), moved_named); ++i) {
    const auto& [row, draft] = moved[i];
    items.push_back(json::object{{"id", row->id().value},
                                 {"name", row->record.name},
                                 {"arr_minor", row->arr_minor},
                                 {"level_before", text_or_null(level_key(published, row->scored.level))},
                                 {"level_after", text_or_null(draft->level)},
                                 {"score_before", points_or_null(row->scored.score)},
                                 {"score_after", points_or_null(draft->score)}});
  }
  return items;
}

json::array render_days(const std::vector<ShadowDay>& days) {
  json::array items;
  for (const auto& day : days) {
    const auto mean = day.mean_difference();
    items.push_back(json::object{{"day", json::from(day.day)},
                                 {"accounts", day.accounts},
                                 {"differing", day.differing},
                                 {"mean_difference", mean ? render_number(*mean) : json::value(nullptr)}});
  }
  return items;
}

}  // namespace banso::health
