#include "account_health.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/explanation.hpp"
#include "measure_rows.hpp"

namespace banso::health {
namespace {

constexpr int longest_history_days = 1100;  // of daily steps; weekly ones may reach further
constexpr int longest_weekly_days = 3650;
constexpr int changes_shown_days = 180;  // where nobody says how far back
constexpr int measure_history_weeks = 52;
// A move worth a line: this much in one step, or this much in small steps since the last line.
constexpr double noticeable_step = 3.0, noticeable_drift = 5.0;

std::string_view state_word(engine::ValueState state) {
  return engine::is_number(state) ? "ok" : engine::is_missing(state) ? "missing" : "not_applicable";
}

std::string_view policy_word(engine::MissingPolicy policy) {
  static constexpr std::string_view words[] = {"ignore", "neutral", "bad"};
  return words[static_cast<std::size_t>(policy)];
}

// A measure's value as people read it: a choice by its word.
json::value shown_value(const engine::Book& book, const engine::MeasureDefinition& measure,
                        const engine::MeasureColumn& column, std::size_t account) {
  if (!engine::is_number(column.states[account])) return nullptr;
  const double value = column.values[account];
  if (measure.source == engine::Source::attribute) {
    const auto* attribute = book.attribute(measure.attribute);
    const auto code = static_cast<std::size_t>(value);
    if (attribute && code < attribute->dictionary.size()) return json::value(attribute->dictionary[code]);
  }
  return render_number(value);
}

// The item of a scorecard as it is configured, for its curve.
const json::object& configured_item(const json::value& scorecard, std::size_t group, std::size_t item) {
  return scorecard.at("groups").at(group).at("measures").at(item).as_object();
}

json::object render_item(const engine::Book& book, const DefinitionSet& set, const engine::Assessments& today,
                         std::size_t scorecard, std::size_t group, std::size_t item, const json::value& configured) {
  const auto& card = set.definitions.scorecards[scorecard];
  const auto& part = card.groups[group].items[item];
  const std::size_t index = *set.definitions.measure_index(part.measure);
  const auto& measure = set.definitions.measures[index];
  const auto& column = today.measures[index];
  const auto& scored = today.scorecards[scorecard].items[engine::item_index(card, group, item)];
  const auto state = column.states[0];
  const auto& as_configured = configured_item(configured, group, item);
  const auto* curve = as_configured.if_contains("curve");
  const auto* curves = as_configured.if_contains("curves");
  return {{"key", measure.key},
          {"name", render(measure.name)},
          {"description", render(measure.description)},
          {"value", shown_value(book, measure, column, 0)},
          {"value_text", render(engine::format_value(book, measure, state, column.values[0]))},
          {"unit", unit_word(measure.unit)},
          {"display_kind", unit_word(measure.unit)},
          {"better", measure.better == engine::Better::higher  ? "higher"
                     : measure.better == engine::Better::lower ? "lower"
                                                               : "neither"},
          {"state", state_word(state)},
          {"missing_reason",
           engine::is_number(state) ? json::value(nullptr) : json::value(render(engine::describe(state)))},
          {"policy", policy_word(part.missing)},
          {"points", scored.effective_weights[0] > 0 ? render_number(scored.points[0].value()) : json::value(nullptr)},
          {"weight", render_number(part.weight)},
          {"effective_weight", render_number(static_cast<double>(scored.effective_weights[0]))},
          {"contribution", render_number(scored.contributions[0].value())},
          {"newest_fact_day", render_day(column.newest_days[0])},
          {"window_days", measure.window_days},
          {"curve", curve    ? *curve
                    : curves ? *curves
                             : json::value(nullptr)}};
}

json::array render_groups(const engine::Book& book, const DefinitionSet& set, const engine::Assessments& today,
                          std::size_t scorecard) {
  const auto& card = set.definitions.scorecards[scorecard];
  const auto bodies = to_bodies(set.definitions);
  const auto configured = boost::json::parse(bodies.at({std::string(scorecard_kind), card.key}));
  json::array groups;
  for (std::size_t group = 0; group < card.groups.size(); ++group) {
    const auto& column = today.scorecards[scorecard].groups[group];
    json::array measures;
    engine::Points contribution;
    double effective_weight = 0;
    for (std::size_t item = 0; item < card.groups[group].items.size(); ++item) {
      const auto& scored = today.scorecards[scorecard].items[engine::item_index(card, group, item)];
      contribution += scored.contributions[0];
      effective_weight += static_cast<double>(scored.effective_weights[0]);
      measures.push_back(render_item(book, set, today, scorecard, group, item, configured));
    }
    groups.push_back(
        json::object{{"key", card.groups[group].key},
                     {"name", render(card.groups[group].name)},
                     {"description", render(card.groups[group].description)},
                     {"score", column.present[0] ? render_number(column.scores[0].value()) : json::value(nullptr)},
                     {"weight", render_number(card.groups[group].weight)},
                     {"effective_weight", render_number(effective_weight)},
                     {"contribution", render_number(contribution.value())},
                     {"measures", std::move(measures)}});
  }
  return groups;
}

json::array render_levels(const engine::Scorecard& card) {
  json::array levels;
  for (const auto& level : card.levels) {
    levels.push_back(json::object{{"key", level.key},
                                  {"name", render(level.name)},
                                  {"meaning", render(level.meaning)},
                                  {"from", render_number(level.from)}});
  }
  return levels;
}

json::value render_change(const engine::Book& book, const DefinitionSet& set, const engine::Assessments& then,
                          const engine::Assessments& now, std::size_t scorecard) {
  const auto change = engine::explain_change(book, set.definitions, then, 0, now, 0, scorecard);
  if (!change.comparable) return nullptr;
  json::array parts;
  for (const auto& reason : change.reasons) {
    if (reason.change == engine::Points{}) continue;
    const std::size_t index = *set.definitions.measure_index(reason.measure);
    const auto& measure = set.definitions.measures[index];
    parts.push_back(json::object{{"key", reason.measure},
                                 {"measure", reason.measure},
                                 {"name", render(measure.name)},
                                 {"delta", render_number(reason.change.value())},
                                 {"before", shown_value(book, measure, then.measures[index], 0)},
                                 {"after", shown_value(book, measure, now.measures[index], 0)},
                                 {"sentence", render(reason.sentence)}});
  }
  return json::object{{"day", json::from(now.as_of)},
                      {"from_day", json::from(then.as_of)},
                      {"from_score", render_number(change.then.value())},
                      {"to_score", render_number(change.now.value())},
                      {"delta", render_number(change.change.value())},
                      {"parts", std::move(parts)},
                      {"summary", render(change.summary)}};
}

std::vector<core::Day> days_between(core::Day from, core::Day to, int step) {
  std::vector<core::Day> days;
  for (core::Day day = to; day >= from; day = day - step) days.push_back(day);
  std::reverse(days.begin(), days.end());
  return days;
}

}  // namespace

core::Result<core::Day> AccountHealth::day_or_book_day(std::string_view field, std::optional<core::Day> day) const {
  const core::Day book_day = from_.surroundings.book_day();
  if (day && *day > book_day) {
    return core::Error::invalid_field(std::string(field),
                                      {fmt::format("Choose a day up to {}.", core::to_string(book_day)),
                                       fmt::format("{}以前の日付を指定してください。", core::to_string(book_day))});
  }
  return day.value_or(book_day);
}

core::Result<AccountHealth::Assessed> AccountHealth::assess(core::AccountId account, std::span<const core::Day> days) {
  Assessed assessed;
  assessed.set = live_.definitions();
  const core::AccountId ids[] = {account};
  assessed.chunk = live_.evaluator().assess(ids, *assessed.set, days);
  if (assessed.chunk.accounts.empty()) {
    return core::Error::not_found(
        {"There is no such account on that day.", "その時点では、この顧客は登録されていません。"});
  }
  assessed.scorecard = assessed.set->scorecard_index();
  return assessed;
}

core::Result<json::object> AccountHealth::explain(core::AccountId account, std::optional<core::Day> as_of) {
  BANSO_TRY_ASSIGN(const auto today, day_or_book_day("as_of", as_of));
  const core::Day days[] = {today - change_days, today};
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, days));
  const auto& set = *assessed.set;
  const auto& book = assessed.chunk.loaded.book;
  const auto& now = assessed.chunk.weeks.back();
  json::object health{{"as_of", json::from(today)}, {"account_id", account.value}};
  if (!set.scorecard()) {
    health["scorecard"] = nullptr;
    health["score"] = nullptr;
    health["level"] = nullptr;
    health["groups"] = json::array{};
    health["sentences"] = json::array{};
    health["change_28d"] = nullptr;
    return health;
  }
  const auto& scored = assessed.chunk.accounts.front();
  const auto explanation = engine::explain(book, set.definitions, now, assessed.scorecard, 0);
  json::array sentences;
  for (const auto& reason : explanation.reasons) {
    if (reason.pull != 0) sentences.push_back(render(reason.sentence));
  }
  const auto level = level_key(set, scored.level);
  health["score"] = scored.score ? render_number(scored.score->value()) : json::value(nullptr);
  health["level"] = level.empty() ? json::value(nullptr) : json::value(level);
  health["coverage"] = render_number(scored.coverage);
  health["scorecard"] = json::object{{"key", set.scorecard()->key},
                                     {"name", render(set.scorecard()->name)},
                                     {"version", set.release},
                                     {"levels", render_levels(*set.scorecard())}};
  health["groups"] = render_groups(book, set, now, assessed.scorecard);
  health["summary"] = render(explanation.summary);
  health["sentences"] = std::move(sentences);
  health["change_28d"] = render_change(book, set, assessed.chunk.weeks.front(), now, assessed.scorecard);
  return health;
}

core::Result<json::object> AccountHealth::history(core::AccountId account, const HistoryRequest& request) {
  BANSO_TRY_ASSIGN(const auto to, day_or_book_day("to", request.to));
  const int longest = request.daily ? longest_history_days : longest_weekly_days;
  core::Day from = request.from.value_or(to - longest);
  if (request.from && to - from > longest) {
    return core::Error::invalid_field("from", {fmt::format("Ask for at most {} days.", longest),
                                               fmt::format("一度に取得できるのは{}日分までです。", longest)});
  }
  if (!request.from) {  // from the account's beginning
    const core::AccountId ids[] = {account};
    const auto loaded = live_.evaluator().loader().load(ids);
    if (loaded.book.size() > 0) from = std::max(from, loaded.book.known_from()[0]);
  }
  const auto days = days_between(std::min(from, to), to, request.daily ? 1 : 7);
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, days));
  const auto& set = *assessed.set;
  json::array shown_days, scores, levels, versions;
  std::vector<json::array> groups(set.scorecard() ? set.scorecard()->groups.size() : 0);
  for (const auto& day : assessed.chunk.weeks) {
    shown_days.push_back(json::from(day.as_of));
    versions.emplace_back(set.release);
    if (!set.scorecard()) continue;
    const auto& column = day.scorecards[assessed.scorecard];
    const bool has_score = day.has_score(assessed.scorecard, 0);
    scores.push_back(has_score ? render_number(column.scores[0].value()) : json::value(nullptr));
    levels.push_back(has_score ? json::value(level_key(set, column.levels[0])) : json::value(nullptr));
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const auto& group = column.groups[i];
      groups[i].push_back(has_score && group.present[0] ? render_number(group.scores[0].value())
                                                        : json::value(nullptr));
    }
  }
  json::object by_group;
  for (std::size_t i = 0; i < groups.size(); ++i) by_group[set.scorecard()->groups[i].key] = std::move(groups[i]);
  return json::object{{"days", std::move(shown_days)},
                      {"score", std::move(scores)},
                      {"level", std::move(levels)},
                      {"groups", std::move(by_group)},
                      {"versions", std::move(versions)}};
}

core::Result<json::object> AccountHealth::changes(core::AccountId account, std::optional<core::Day> from,
                                                  std::optional<core::Day> to) {
  BANSO_TRY_ASSIGN(const auto last, day_or_book_day("to", to));
  const core::Day first = from.value_or(last - changes_shown_days);
  if (last - first > longest_history_days) {
    return core::Error::invalid_field("from",
                                      {fmt::format("Ask for at most {} days.", longest_history_days),
                                       fmt::format("一度に取得できるのは{}日分までです。", longest_history_days)});
  }
  const auto days = days_between(std::min(first, last), last, 1);
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, days));
  const auto& set = *assessed.set;
  json::array items;
  const auto& weeks = assessed.chunk.weeks;
  if (set.scorecard()) {
    const auto score_on = [&](std::size_t day) { return weeks[day].scorecards[assessed.scorecard].scores[0].value(); };
    const auto scored_on = [&](std::size_t day) { return weeks[day].has_score(assessed.scorecard, 0); };
    std::optional<std::size_t> anchor;  // the day that the next line is compared with
    for (std::size_t day = 0; day < weeks.size(); ++day) {
      if (!scored_on(day)) {
        anchor.reset();
        continue;
      }
      if (!anchor) anchor = day;
      const bool is_step =
          day > 0 && scored_on(day - 1) && std::abs(score_on(day) - score_on(day - 1)) >= noticeable_step;
      const bool is_drift = std::abs(score_on(day) - score_on(*anchor)) >= noticeable_drift;
      if (!is_step && !is_drift) continue;
      auto change = render_change(assessed.chunk.loaded.book, set, weeks[is_step ? day - 1 : *anchor], weeks[day],
                                  assessed.scorecard);
      if (!change.is_null()) items.push_back(std::move(change));
      anchor = day;
    }
  }
  std::reverse(items.begin(), items.end());  // newest first
  const auto total = items.size();
  return json::object{{"items", std::move(items)}, {"total", total}};
}

core::Result<json::object> AccountHealth::measure(core::AccountId account, const std::string& key,
                                                  std::optional<core::Day> as_of, core::PageRequest page) {
  BANSO_TRY_ASSIGN(const auto today, day_or_book_day("as_of", as_of));
  const auto days = days_between(today - 7 * (measure_history_weeks - 1), today, 7);
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, days));
  const auto& set = *assessed.set;
  const auto index = set.definitions.measure_index(key);
  if (!index) return core::Error::not_found({"There is no such measure.", "指定された指標はありません。"});
  const auto& definition = set.definitions.measures[*index];
  const auto& book = assessed.chunk.loaded.book;
  const auto& now = assessed.chunk.weeks.back();
  const auto& column = now.measures[*index];
  json::array history_days, history_values;
  for (const auto& week : assessed.chunk.weeks) {
    history_days.push_back(json::from(week.as_of));
    history_values.push_back(shown_value(book, definition, week.measures[*index], 0));
  }
  const auto loader = live_.evaluator().loader();
  auto rows = measure_rows(from_, loader, account, set.definitions, *index, now, page);
  const auto range = engine::fact_days(definition, today);
  const auto body = to_bodies(set.definitions).at({std::string(measure_kind), key});
  const auto state = column.states[0];
  return json::object{
      {"as_of", json::from(today)},
      {"measure", boost::json::parse(body)},
      {"value", shown_value(book, definition, column, 0)},
      {"value_text", render(engine::format_value(book, definition, state, column.values[0]))},
      {"state", state_word(state)},
      {"missing_reason",
       engine::is_number(state) ? json::value(nullptr) : json::value(render(engine::describe(state)))},
      {"newest_fact_day", render_day(column.newest_days[0])},
      {"window", json::object{{"from", render_day(range.first)}, {"to", render_day(range.last)}}},
      {"history", json::object{{"days", std::move(history_days)}, {"values", std::move(history_values)}}},
      {"rows", json::object{{"kind", rows.kind}, {"items", std::move(rows.items)}, {"total", rows.total}}}};
}

}  // namespace banso::health
