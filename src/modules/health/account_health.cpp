#include "account_health.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/explanation.hpp"
#include "engine/value_words.hpp"
#include "family_render.hpp"
#include "measure_rows.hpp"
#include "releases.hpp"

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
  if (measure.source == engine::Source::attribute && !measure.is_percentile()) {
    const auto* attribute = book.attribute(measure.attribute);
    const auto code = static_cast<std::size_t>(value);
    if (attribute && code < attribute->dictionary.size()) return json::value(attribute->dictionary[code]);
  }
  return render_number(value);
}

std::string_view use_word(engine::ItemUse use) {
  static constexpr std::string_view words[] = {"left_out", "number", "decayed", "policy", "not_applicable"};
  return words[static_cast<std::size_t>(use)];
}

// One account's assessment by one scorecard, as the page shows it.
class HealthRenderer {
 public:
  HealthRenderer(const engine::Book& book, const DefinitionSet& set, const engine::Assessments& today,
                 std::size_t scorecard)
      : book_(book),
        set_(set),
        today_(today),
        card_(set.definitions.scorecards[scorecard]),
        column_(today.scorecards[scorecard]),
        flat_(engine::flatten(card_)) {}

  json::array groups() {
    const auto bodies = to_bodies(set_.definitions);
    const auto configured = boost::json::parse(bodies.at({std::string(scorecard_kind), card_.key}));
    json::array groups;
    for (std::size_t i = 0; i < card_.groups.size(); ++i) {
      groups.push_back(group(card_.groups[i], configured.at("groups").at(i).as_object()).shown);
    }
    return groups;
  }

 private:
  struct Group {
    json::object shown;
    engine::Points contribution;
    double effective_weight = 0;
  };

  // Groups come in the order of the columns: each before those within it.
  Group group(const engine::ScorecardGroup& definition, const json::object& configured) {
    const std::size_t position = next_group_++;
    Group result;
    json::array measures, groups;
    for (std::size_t i = 0; i < definition.items.size(); ++i) {
      const auto& scored = column_.items[flat_.groups[position].first_item + i];
      result.contribution += scored.contributions[0];
      result.effective_weight += static_cast<double>(scored.effective_weights[0]);
      measures.push_back(item(definition.items[i], scored, configured.at("measures").at(i).as_object()));
    }
    for (std::size_t i = 0; i < definition.groups.size(); ++i) {
      auto nested = group(definition.groups[i], configured.at("groups").at(i).as_object());
      result.contribution += nested.contribution;
      result.effective_weight += nested.effective_weight;
      groups.push_back(std::move(nested.shown));
    }
    const auto& scored = column_.groups[position];
    result.shown = {{"key", definition.key},
                    {"name", render(definition.name)},
                    {"description", render(definition.description)},
                    {"score", scored.present[0] ? render_number(scored.scores[0].value()) : json::value(nullptr)},
                    {"weight", render_number(definition.weight)},
                    {"effective_weight", render_number(result.effective_weight)},
                    {"contribution", render_number(result.contribution.value())},
                    {"measures", std::move(measures)},
                    {"groups", std::move(groups)}};
    return result;
  }

  json::object item(const engine::ScorecardItem& part, const engine::ItemColumn& scored,
                    const json::object& configured) const {
    const std::size_t index = *set_.definitions.measure_index(part.measure);
    const auto& measure = set_.definitions.measures[index];
    const auto& column = today_.measures[index];
    const auto state = column.states[0];
    const auto use = scored.uses[0];
    const bool applies = use != engine::ItemUse::not_applicable;
    const auto* curve = configured.if_contains("curve");
    const auto* curves = configured.if_contains("curves");
    json::value why = nullptr;
    if (!engine::is_number(state)) {
      why = render(engine::describe(state));
    } else if (!applies) {
      why = render(engine::describe(use));
    }
    return {
        {"key", measure.key},
        {"name", render(measure.name)},
        {"description", render(measure.description)},
        {"value", shown_value(book_, measure, column, 0)},
        {"value_text", render(engine::format_value(book_, measure, state, column.values[0]))},
        {"peers", render_peers(book_, set_.definitions, today_, index)},
        {"unit", measure.is_percentile() ? "percentile" : engine::unit_word(measure.unit)},
        {"display_kind", engine::unit_word(measure.unit)},
        {"better", measure.better == engine::Better::higher  ? "higher"
                   : measure.better == engine::Better::lower ? "lower"
                                                             : "neither"},
        {"state", applies ? state_word(state) : "not_applicable"},
        {"use", use_word(use)},
        {"missing_reason", std::move(why)},
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

  const engine::Book& book_;
  const DefinitionSet& set_;
  const engine::Assessments& today_;
  const engine::Scorecard& card_;
  const engine::ScorecardColumn& column_;
  const engine::FlatScorecard flat_;
  std::size_t next_group_ = 0;
};

json::value level_word(const engine::Scorecard& card, std::int8_t level) {
  return level == engine::no_level ? json::value(nullptr)
                                   : json::value(card.levels[static_cast<std::size_t>(level)].key);
}

json::array render_improvements(const std::vector<engine::Improvement>& improvements,
                                const engine::AccountNames& names) {
  json::array items;
  for (const auto& each : improvements) {
    items.push_back(json::object{{"measure", each.child ? json::value(nullptr) : json::value(each.measure)},
                                 {"account", each.child ? json::value(render_account(each.child, names)) : nullptr},
                                 {"value_now", render_number(each.value_now)},
                                 {"value_needed", each.choice_needed.empty() ? render_number(each.value_needed)
                                                                             : json::value(each.choice_needed)},
                                 {"beyond", each.is_beyond},
                                 {"gain", render_number(each.gain.value())},
                                 {"sentence", render(each.sentence)}});
  }
  return items;
}

// What would lift the level; null where it is the best already, or there is none.
json::value render_path(const engine::Path& path, const engine::Scorecard& card, const engine::AccountNames& names) {
  if (path.level == engine::no_level) return nullptr;
  return json::object{{"level", level_word(card, path.level)},
                      {"missing_points", render_number(path.missing.value())},
                      {"reachable", path.is_reachable},
                      {"any_of", render_improvements(path.each, names)},
                      {"all_of", render_improvements(path.together, names)},
                      {"summary", render(path.summary)}};
}

// The rule that lowered the level, where one did.
json::value render_forced(const DefinitionSet& set, const engine::Scorecard& card, std::int8_t rule) {
  if (rule == engine::no_rule) return nullptr;
  const auto& forced = card.forced[static_cast<std::size_t>(rule)];
  const auto& measure = set.definitions.measures[*set.definitions.measure_index(forced.measure)];
  return json::object{{"measure", forced.measure},
                      {"name", render(measure.name)},
                      {"at_most_points", render_number(forced.at_most_points)},
                      {"level", forced.level}};
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
                          const engine::Assessments& now, std::size_t scorecard, const engine::AccountNames& names) {
  if (own_scorecard(then, 0) != own_scorecard(now, 0)) return nullptr;  // different scorecards do not compare
  const auto change = engine::explain_change(book, set.definitions, then, 0, now, 0, scorecard, names);
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
  const auto score = [](std::optional<engine::Points> points) {
    return points ? render_number(points->value()) : json::value(nullptr);
  };
  for (const auto& child : change.children) {
    if (child.change == engine::Points{}) continue;
    const auto name = names(child.child);
    parts.push_back(json::object{{"key", fmt::format("account:{}", child.child.value)},
                                 {"measure", nullptr},
                                 {"account", render_account(child.child, names)},
                                 {"name", json::object{{"en", name}, {"ja", name}}},
                                 {"delta", render_number(child.change.value())},
                                 {"before", score(child.then)},
                                 {"after", score(child.now)},
                                 {"sentence", render(child.sentence)}});
  }
  return json::object{{"day", json::from(now.as_of)},
                      {"from_day", json::from(then.as_of)},
                      {"from_score", render_number(change.then.value())},
                      {"to_score", render_number(change.now.value())},
                      {"delta", render_number(change.change.value())},
                      {"parts", std::move(parts)},
                      {"summary", render(change.summary)}};
}

// What others had under that release is known only after all of them were evaluated.
core::Error peers_needed(std::int64_t release) {
  return core::Error::conflict(
      {fmt::format(
           "Version {} compares accounts with each other, and its history is not kept. Have it evaluated again: "
           "POST /api/evaluation.",
           release),
       fmt::format(
           "第{}版は顧客同士を比較しますが、その履歴は保持されていません。POST /api/evaluation で再計算してください。",
           release)});
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
  return assess(account, days, live_.definitions());
}

core::Result<AccountHealth::Assessed> AccountHealth::assess(core::AccountId account, std::span<const core::Day> days,
                                                            DefinitionSetPtr set) {
  Assessed assessed;
  assessed.set = std::move(set);
  const core::AccountId ids[] = {account};
  assessed.chunk = live_.evaluator().assess(ids, *assessed.set, days);
  if (assessed.chunk.accounts.empty()) {
    return core::Error::not_found(
        {"There is no such account on that day.", "その時点では、この顧客は登録されていません。"});
  }
  if (assessed.set->scorecard()) assessed.scorecard = own_scorecard(assessed.chunk.weeks.back(), 0);
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
  health["release"] = render_publication(*from_.definitions, set.release, from_.surroundings.utc_offset_minutes());
  if (!set.scorecard()) {
    health["scorecard"] = nullptr;
    health["score"] = nullptr;
    health["level"] = nullptr;
    health["groups"] = json::array{};
    health["sentences"] = json::array{};
    health["change_28d"] = nullptr;
    health["override"] = nullptr;
    return health;
  }
  const auto& scored = assessed.chunk.accounts.front();
  const auto children = names_of_children(*from_.customers, assessed.chunk.weeks);
  const auto names = names_from(children);
  const auto explanation = engine::explain(book, set.definitions, now, assessed.scorecard, 0, names);
  json::array sentences;
  for (const auto* note : {&explanation.level_note, &explanation.roll_up_note}) {
    if (!note->en.empty()) sentences.push_back(render(*note));
  }
  for (const auto& sentence : explanation.strongest) sentences.push_back(render(sentence));
  const auto& card = set.definitions.scorecards[assessed.scorecard];
  const auto& column = now.scorecards[assessed.scorecard];
  health["score"] = scored.score ? render_number(scored.score->value()) : json::value(nullptr);
  health["level"] = level_word(card, column.levels[0]);
  health["level_basis"] =
      column.levels[0] == engine::no_level ? json::value(nullptr) : json::value(key_of(level_basis(column, 0)));
  health["machine_level"] = level_word(card, column.machine_levels[0]);
  health["forced"] = render_forced(set, card, column.forced_by[0]);
  health["override"] = render_override(assessed, today);
  health["coverage"] = render_number(scored.coverage);
  health["scorecard"] = json::object{
      {"key", card.key}, {"name", render(card.name)}, {"version", set.release}, {"levels", render_levels(card)}};
  health["groups"] = HealthRenderer(book, set, now, assessed.scorecard).groups();
  health["summary"] = render(explanation.summary);
  health["path"] =
      render_path(engine::path_upwards(book, set.definitions, now, assessed.scorecard, 0, names), card, names);
  health["roll_up"] = render_roll_up(card, column, explanation, names, from_.surroundings.reporting_currency());
  health["sentences"] = std::move(sentences);
  health["change_28d"] = render_change(book, set, assessed.chunk.weeks.front(), now, assessed.scorecard, names);
  return health;
}

json::value AccountHealth::render_override(const Assessed& assessed, core::Day day) const {
  const auto found = assessed.chunk.loaded.level_overrides.find(assessed.chunk.accounts.front().account);
  if (found == assessed.chunk.loaded.level_overrides.end()) return nullptr;
  const auto& card = assessed.set->definitions.scorecards[assessed.scorecard];
  const auto& column = assessed.chunk.weeks.back().scorecards[assessed.scorecard];
  for (const auto& version : found->second) {
    if (!version.known.on(day) || !version.holds_on(day)) continue;
    const auto& users = from_.surroundings.user_name;
    const auto name = version.author && users ? users(version.author) : std::nullopt;
    const bool has_score = column.machine_levels[0] != engine::no_level;
    return json::object{{"level", version.level},
                        {"reason", version.reason},
                        {"expires_on", version.until ? json::value(json::from(*version.until - 1)) : nullptr},
                        {"author", name.value_or(version.author_name)},
                        {"since", json::from(version.from)},
                        {"machine_level", level_word(card, column.machine_levels[0])},
                        {"machine_score", has_score ? render_number(column.scores[0].value()) : nullptr}};
  }
  return nullptr;
}

core::Result<> AccountHealth::set_override(const core::Caller& caller, core::AccountId account,
                                           const OverrideRequest& request) {
  const core::Day today = from_.surroundings.book_day();
  const core::Day days[] = {today};
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, days));
  if (!assessed.set->scorecard()) {
    return core::Error::conflict({"There is no scorecard yet.", "まだスコアカードがありません。"});
  }
  const auto& levels = assessed.set->definitions.scorecards[assessed.scorecard].levels;
  if (std::none_of(levels.begin(), levels.end(), [&](const auto& level) { return level.key == request.level; })) {
    std::string known;
    for (const auto& level : levels) known += (known.empty() ? "" : ", ") + level.key;
    return core::Error::invalid_field(
        "level", {fmt::format("Choose one of: {}.", known), fmt::format("{} のいずれかを指定してください。", known)});
  }
  if (request.expires_on && *request.expires_on < today) {
    return core::Error::invalid_field("expires_on",
                                      {fmt::format("Choose {} or later.", core::to_string(today)),
                                       fmt::format("{}以降の日付を指定してください。", core::to_string(today))});
  }
  LevelOverride value;
  value.account = account;
  value.level = request.level;
  value.reason = request.reason;
  value.from = today;
  if (request.expires_on) value.until = *request.expires_on + 1;
  BANSO_TRY(LevelOverrides(from_.records).set(caller, value));
  live_.mark_records({&account, 1});
  return {};
}

core::Result<> AccountHealth::lift_override(const core::Caller& caller, core::AccountId account) {
  BANSO_TRY(LevelOverrides(from_.records).lift(caller, account, from_.surroundings.book_day()));
  live_.mark_records({&account, 1});
  return {};
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
  auto set = live_.definitions();
  std::optional<json::object> body;
  if (request.release && *request.release != set->release) {
    BANSO_TRY_ASSIGN(set, read_published_at(*from_.definitions, *request.release));
    body = kept_history(account, std::min(from, to), to, *set);
    if (!body && set->definitions.needs_peers()) return peers_needed(set->release);
  }
  if (!body) {
    BANSO_TRY_ASSIGN(body, computed_history(account, days, set));
  }
  (*body)["release"] = set->release;
  (*body)["publications"] = render_publications(*from_.definitions, from_.surroundings.utc_offset_minutes());
  return std::move(*body);
}

core::Result<json::object> AccountHealth::computed_history(core::AccountId account, std::span<const core::Day> asked,
                                                           const DefinitionSetPtr& under) {
  BANSO_TRY_ASSIGN(const auto assessed, assess(account, asked, under));
  const auto& set = *assessed.set;
  json::array shown_days, scores, levels, versions;
  const auto common_groups = set.groups();
  const GroupPositions positions(set);
  std::vector<json::array> groups(common_groups.size());
  for (const auto& day : assessed.chunk.weeks) {
    shown_days.push_back(json::from(day.as_of));
    versions.emplace_back(set.release);
    if (!set.scorecard()) continue;
    const std::size_t scorecard = own_scorecard(day, 0);
    const auto& column = day.scorecards[scorecard];
    const bool has_score = day.has_score(scorecard, 0);
    scores.push_back(has_score ? render_number(column.scores[0].value()) : json::value(nullptr));
    levels.push_back(level_word(set.definitions.scorecards[scorecard], column.levels[0]));
    const auto by_group_now = positions.scores(day, 0);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      groups[i].push_back(has_score ? render_number(by_group_now[i]) : json::value(nullptr));
    }
  }
  json::object by_group;
  for (std::size_t i = 0; i < groups.size(); ++i) by_group[common_groups[i]->key] = std::move(groups[i]);
  return json::object{{"days", std::move(shown_days)}, {"score", std::move(scores)},      {"level", std::move(levels)},
                      {"groups", std::move(by_group)}, {"versions", std::move(versions)}, {"source", "computed"},
                      {"evaluated_at", nullptr}};
}

std::optional<json::object> AccountHealth::kept_history(core::AccountId account, core::Day from, core::Day to,
                                                        const DefinitionSet& set) const {
  const auto kept = live_.mart().evaluations();
  const auto evaluation =
      std::find_if(kept.begin(), kept.end(), [&](const Evaluation& each) { return each.release == set.release; });
  if (evaluation == kept.end()) return std::nullopt;
  const auto weeks = live_.mart().history(*evaluation, account);
  if (!weeks) return std::nullopt;
  json::array days, scores, levels, versions;
  for (const auto& week : *weeks) {
    if (week.day < from || week.day > to) continue;
    days.push_back(json::from(week.day));
    scores.push_back(week.score ? render_number(week.score->value()) : json::value(nullptr));
    const auto level = level_key(set, week.level);
    levels.push_back(level.empty() ? json::value(nullptr) : json::value(level));
    versions.emplace_back(set.release);
  }
  return json::object{{"days", std::move(days)},
                      {"score", std::move(scores)},
                      {"level", std::move(levels)},
                      {"groups", json::object{}},
                      {"versions", std::move(versions)},
                      {"source", "kept"},
                      {"evaluated_at", json::from(evaluation->computed_at)}};
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
    const auto card_on = [&](std::size_t day) { return own_scorecard(weeks[day], 0); };
    const auto score_on = [&](std::size_t day) { return weeks[day].scorecards[card_on(day)].scores[0].value(); };
    const auto scored_on = [&](std::size_t day) { return weeks[day].has_score(card_on(day), 0); };
    const auto children = names_of_children(*from_.customers, weeks);
    const auto names = names_from(children);
    std::optional<std::size_t> anchor;  // the day that the next line is compared with
    for (std::size_t day = 0; day < weeks.size(); ++day) {
      if (!scored_on(day)) {
        anchor.reset();
        continue;
      }
      if (!anchor || card_on(*anchor) != card_on(day)) anchor = day;  // different scorecards do not compare
      const bool is_step = day > 0 && scored_on(day - 1) && card_on(day - 1) == card_on(day) &&
                           std::abs(score_on(day) - score_on(day - 1)) >= noticeable_step;
      const bool is_drift = std::abs(score_on(day) - score_on(*anchor)) >= noticeable_drift;
      if (!is_step && !is_drift) continue;
      auto change = render_change(assessed.chunk.loaded.book, set, weeks[is_step ? day - 1 : *anchor], weeks[day],
                                  card_on(day), names);
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
      {"peers", render_peers(book, set.definitions, now, *index)},
      {"state", state_word(state)},
      {"missing_reason",
       engine::is_number(state) ? json::value(nullptr) : json::value(render(engine::describe(state)))},
      {"newest_fact_day", render_day(column.newest_days[0])},
      {"window", json::object{{"from", render_day(range.first)}, {"to", render_day(range.last)}}},
      {"history", json::object{{"days", std::move(history_days)}, {"values", std::move(history_values)}}},
      {"rows", json::object{{"kind", rows.kind}, {"items", std::move(rows.items)}, {"total", rows.total}}}};
}

}  // namespace banso::health
