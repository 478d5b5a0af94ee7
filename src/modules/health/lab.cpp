#include "lab.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "lab_freshness.hpp"
#include "lab_render.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

constexpr std::size_t movers_named = 200;
constexpr std::size_t judged_kept = 8;
constexpr std::size_t published_kept = 4;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point started) {
  return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

core::Error unknown_outcome(const LabState& state) {
  std::string keys;
  for (const auto& each : state.outcomes) keys += (keys.empty() ? "" : ", ") + each.key;
  return core::Error::invalid_field("outcome", {fmt::format("There is no such outcome. Choose one of: {}.", keys),
                                                fmt::format("この結果はありません。次から選んでください: {}", keys)});
}

// Rows stand a week apart. A lead time that is no multiple of it would leave out, of what happened on the last day that
// is known, every row that saw it coming.
int in_whole_weeks(int days) {
  return (days + 6) / 7 * 7;
}

// Whether the outcome is good news: known of contracts, to be said of anything else.
core::Result<bool> is_good(const NamedOutcome& outcome, const LabRequest& request) {
  if (!outcome.is_good && !request.is_good) {
    return core::Error::invalid_field(
        "sense",
        {fmt::format("Say whether \"{}\" is \"bad\" or \"good\": a low score should announce what is bad, a high one "
                     "what is good.",
                     outcome.name.en),
         fmt::format("「{}」が悪いこと（bad）か良いこと（good）かを指定してください。悪いことは低いスコア、良いことは高"
                     "いスコアで予測します。",
                     outcome.name.ja)});
  }
  if (outcome.is_good && request.is_good && *outcome.is_good != *request.is_good) {
    return core::Error::invalid_field(
        "sense",
        {fmt::format("\"{}\" is always \"{}\". Leave this out.", outcome.name.en, *outcome.is_good ? "good" : "bad"),
         fmt::format("「{}」の良し悪しは決まっています。この項目は省略してください。", outcome.name.ja)});
  }
  return request.is_good.value_or(outcome.is_good.value_or(false));
}

core::Error stale_measures(const engine::Definitions& definitions, const std::set<std::string>& keys) {
  core::Text names;
  for (const auto& key : keys) {
    const auto index = definitions.measure_index(key);
    const auto name = index ? definitions.measures[*index].name : core::Text{key, key};
    names.en += (names.en.empty() ? "" : ", ") + name.en;
    names.ja += (names.ja.empty() ? "" : "、") + name.ja;
  }
  return core::Error::conflict(
      {fmt::format("These measures were changed after the panel was built: {}. Build the panel again, so that they are "
                   "judged as they are now.",
                   names.en),
       fmt::format(
           "分析用データの作成後に指標が変更されました（{}）。現在の定義で判定するため、分析用データを作り直して"
           "ください。",
           names.ja)});
}

}  // namespace

core::Result<Lab::StatePtr> Lab::ready() const {
  const std::lock_guard lock(mutex_);
  if (state_) return state_;
  return core::Error::conflict(
      {"There is no panel yet. Build it with POST /api/lab/panel, and wait until it is ready.",
       "分析用データがまだありません。POST /api/lab/panel で作成し、完了までお待ちください。"});
}

// ---- what a request speaks of ----

core::Result<std::shared_ptr<const lab::JudgedOutcome>> Lab::outcome(LabState& state, const LabRequest& request) {
  const auto named = std::find_if(state.outcomes.begin(), state.outcomes.end(),
                                  [&](const NamedOutcome& each) { return each.key == request.outcome; });
  if (named == state.outcomes.end()) return unknown_outcome(state);
  BANSO_TRY_ASSIGN(const bool good, is_good(*named, request));
  const std::lock_guard lock(state.mutex);
  const std::tuple key{request.outcome, good, request.lead_days};
  const auto found = state.judged.find(key);
  if (found != state.judged.end()) return found->second;
  auto judged = std::make_shared<const lab::JudgedOutcome>(
      lab::judged_outcome(*state.panel, outcomes_of(state.panel->book(), *named, state.known_on), good,
                          in_whole_weeks(request.lead_days), pool_.parallel_for()));
  if (state.judged.size() >= judged_kept) state.judged.clear();
  state.judged[key] = judged;
  return judged;
}

// The draft, or the body of the request.
core::Result<engine::Scorecard> Lab::body_of(const LabRequest& request, TriedBody use) const {
  const definitions::Name name{std::string(scorecard_kind), request.scorecard};
  std::string body;
  if (use == TriedBody::given) {
    auto given = *request.body;
    given["key"] = request.scorecard;
    body = json::serialize(given);
  } else {
    const auto definition = from_.definitions->get(name);
    if (!definition || !definition->draft) {
      return core::Error::invalid_field(
          "use",
          {fmt::format("The scorecard \"{}\" has no draft. Use \"published\" or \"body\".", request.scorecard),
           fmt::format("スコアカード「{}」には下書きがありません。公開版を選んでください。", request.scorecard)});
    }
    body = *definition->draft;
  }
  auto read = read_with(*from_.definitions, {{name, body}});
  if (!read) {
    core::Error error = std::move(read).error();
    for (auto& field : error.fields) field.field = "body." + field.field;
    return error;
  }
  const auto& definitions = (*read)->definitions;
  return definitions.scorecards[*definitions.scorecard_index(request.scorecard)];
}

// Scorecards are tried as they are published now, on the measures that the panel has.
core::Result<TriedScorecard> Lab::tried(const LabState& state, const LabRequest& request, TriedBody use) const {
  const auto live = live_.definitions();
  auto definitions = std::make_shared<engine::Definitions>(live->definitions);
  auto index = definitions->scorecard_index(request.scorecard);
  if (use == TriedBody::published) {
    if (!index) {
      return core::Error::invalid_field(
          "scorecard",
          {fmt::format("No scorecard \"{}\" is published. Choose another, or try its draft.", request.scorecard),
           fmt::format("スコアカード「{}」は公開されていません。別のものを選ぶか、下書きを試してください。",
                       request.scorecard)});
    }
  } else {
    BANSO_TRY_ASSIGN(auto card, body_of(request, use));
    if (!index) {
      index = definitions->scorecards.size();
      definitions->scorecards.emplace_back();
    }
    definitions->scorecards[*index] = std::move(card);
  }
  const engine::Scorecard card = definitions->scorecards[*index];
  const auto changed = changed_measures(state.panel->definitions(), live->definitions);
  const auto stale = used_by(card, changed);
  if (!stale.empty()) return stale_measures(live->definitions, stale);
  if (const auto fault = lab::unfit(*state.panel, card)) {
    return core::Error::invalid_field("body." + fault->field, fault->message);
  }
  definitions->measures = state.panel->definitions().measures;
  // Other scorecards only decide whose own one this is; what they are made of does not matter.
  for (auto& other : definitions->scorecards) {
    if (!lab::unfit(*state.panel, other)) continue;
    other.groups = card.groups;
    other.forced.clear();
  }
  BANSO_TRY(engine::validate(*definitions));
  return TriedScorecard{std::move(definitions), *index};
}

core::Result<lab::JudgeOptions> Lab::options(const LabState& state, const TriedScorecard& tried,
                                             const LabRequest& request) const {
  lab::JudgeOptions options;
  options.baseline_measure = state.set->book.days_since_activity;
  if (request.at_level) {
    const auto& levels = tried.card().levels;
    const auto found = std::find_if(levels.begin(), levels.end(),
                                    [&](const engine::Level& level) { return level.key == *request.at_level; });
    if (found == levels.end()) {
      std::string keys;
      for (const auto& level : levels) keys += (keys.empty() ? "" : ", ") + level.key;
      return core::Error::invalid_field("at_level",
                                        {fmt::format("The scorecard has no such level. Choose one of: {}.", keys),
                                         fmt::format("このレベルはありません。次から選んでください: {}", keys)});
    }
    options.at_level = static_cast<std::size_t>(found - levels.begin());
  }
  if (request.segment_by) {
    const auto* attribute = state.panel->book().attribute(*request.segment_by);
    if (attribute == nullptr || attribute->dictionary.empty()) {
      return core::Error::invalid_field("segment_by", {"Choose one of the segment fields of GET /api/lab/panel.",
                                                       "GET /api/lab/panel の segment_fields から選んでください。"});
    }
    options.segment_by = request.segment_by;
  }
  return options;
}

// ---- answers ----

// The published scorecard may lack a level of a draft: then it is flagged at its own second worst.
core::Result<PublishedJudgementPtr> Lab::published(LabState& state, const LabRequest& request,
                                                   const std::shared_ptr<const lab::JudgedOutcome>& outcome) {
  BANSO_TRY_ASSIGN(const auto tried, this->tried(state, request, TriedBody::published));
  auto asked = request;
  const auto& levels = tried.card().levels;
  const bool has_level = std::any_of(levels.begin(), levels.end(),
                                     [&](const engine::Level& level) { return request.at_level == level.key; });
  if (!has_level && request.use != TriedBody::published) asked.at_level.reset();
  BANSO_TRY_ASSIGN(const auto options, this->options(state, tried, asked));
  const PublishedJudgement::Key key{request.scorecard, live_.definitions()->release,
                                    request.outcome,   outcome->is_good,
                                    request.lead_days, asked.at_level,
                                    request.segment_by};
  {
    const std::lock_guard lock(state.mutex);
    std::erase_if(state.published, [&](const auto& each) { return each->key.release != key.release; });
    const auto found = std::find_if(state.published.begin(), state.published.end(),
                                    [&](const auto& each) { return each->key == key; });
    if (found != state.published.end()) {
      state.published.splice(state.published.begin(), state.published, found);
      return state.published.front();
    }
  }
  const auto parallel_for = pool_.parallel_for();
  auto made = std::make_shared<PublishedJudgement>();
  made->key = key;
  made->scored = state.rescorer->score(tried.definitions, tried.index, parallel_for);
  made->judgement = state.judge->run(made->scored, *outcome, options, parallel_for);
  const std::lock_guard lock(state.mutex);
  state.published.push_front(made);
  if (state.published.size() > published_kept) state.published.pop_back();
  return PublishedJudgementPtr(made);
}

core::Result<json::object> Lab::judge(const LabRequest& request) {
  const auto started = Clock::now();
  BANSO_TRY_ASSIGN(const auto state, ready());
  BANSO_TRY_ASSIGN(const auto outcome, this->outcome(*state, request));
  if (request.use == TriedBody::published) {
    BANSO_TRY_ASSIGN(const auto published, this->published(*state, request, outcome));
    return render_judgement(*state, published->scored, published->judgement, request, ms_since(started));
  }
  BANSO_TRY_ASSIGN(const auto tried, this->tried(*state, request, request.use));
  BANSO_TRY_ASSIGN(const auto options, this->options(*state, tried, request));
  const auto parallel_for = pool_.parallel_for();
  const auto scored = state->rescorer->score(tried.definitions, tried.index, parallel_for);
  const auto judgement = state->judge->run(scored, *outcome, options, parallel_for);
  return render_judgement(*state, scored, judgement, request, ms_since(started));
}

json::array Lab::moved(const LabState& state, const lab::ScoredPanel& before, const lab::ScoredPanel& after,
                       std::size_t& total) {
  const auto& panel = *state.panel;
  std::vector<std::size_t> rows;
  for (std::size_t account = 0; account < panel.accounts(); ++account) {
    const std::size_t row = account * panel.weeks() + panel.weeks() - 1;
    const auto key = [row](const lab::ScoredPanel& scored) {
      return scored.levels[row] == engine::no_level
                 ? std::string()
                 : scored.card().levels[static_cast<std::size_t>(scored.levels[row])].key;
    };
    if (key(before) != key(after)) rows.push_back(row);
  }
  total = rows.size();
  const auto arr = panel.arr_minor();
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return arr[a] > arr[b]; });
  if (rows.size() > movers_named) rows.resize(movers_named);
  std::vector<core::AccountId> ids;
  ids.reserve(rows.size());
  for (const auto row : rows) ids.push_back(panel.book().account_ids()[row / panel.weeks()]);
  std::map<core::AccountId, std::string> names;
  if (!ids.empty()) {
    from_.customers->each_book_row(customers::Selection::of(ids),
                                   [&](const customers::BookRow& row) { names[row.id] = row.name; });
  }
  json::array movers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    movers.push_back(render_moved(before, after, rows[i], ids[i], names[ids[i]], arr[rows[i]]));
  }
  return movers;
}

core::Result<json::object> Lab::compare(const LabRequest& request) {
  const auto started = Clock::now();
  if (request.use == TriedBody::published) {
    return core::Error::invalid_field("use",
                                      {"Say what to compare with the published scorecard: \"draft\" or \"body\".",
                                       "公開版と比べる対象（draft または body）を指定してください。"});
  }
  BANSO_TRY_ASSIGN(const auto state, ready());
  BANSO_TRY_ASSIGN(const auto outcome, this->outcome(*state, request));
  BANSO_TRY_ASSIGN(const auto before, published(*state, request, outcome));
  const double before_ms = ms_since(started);
  BANSO_TRY_ASSIGN(const auto candidate, tried(*state, request, request.use));
  BANSO_TRY_ASSIGN(const auto options, this->options(*state, candidate, request));
  const auto parallel_for = pool_.parallel_for();
  const auto after = state->rescorer->score(candidate.definitions, candidate.index, parallel_for);
  const auto judged_after = state->judge->run(after, *outcome, options, parallel_for);
  const double after_ms = ms_since(started) - before_ms;
  std::size_t total = 0;
  auto movers = moved(*state, before->scored, after, total);
  return json::object{{"published", render_judgement(*state, before->scored, before->judgement, request, before_ms)},
                      {"candidate", render_judgement(*state, after, judged_after, request, after_ms)},
                      {"moved", std::move(movers)},
                      {"moved_total", total}};
}

core::Result<json::object> Lab::suggest(const LabRequest& request) {
  BANSO_TRY_ASSIGN(const auto state, ready());
  BANSO_TRY_ASSIGN(const auto outcome, this->outcome(*state, request));
  BANSO_TRY_ASSIGN(const auto tried, this->tried(*state, request, request.use));
  const auto parallel_for = pool_.parallel_for();
  const auto scored = state->rescorer->score(tried.definitions, tried.index, parallel_for);
  const auto suggestion =
      lab::suggest_weights(*state->rescorer, scored, *outcome, state->set->book.days_since_activity, parallel_for);
  return render_suggestion(scored, suggestion);
}

}  // namespace banso::health
