#include "lab.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "engine/definitions_json.hpp"
#include "lab_render.hpp"
#include "platform/log/log.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

constexpr int default_days = 728;  // two years of whole weeks
constexpr int longest_days = 3640;
constexpr std::size_t most_bytes = std::size_t{6} << 30;
constexpr std::size_t movers_named = 200;
constexpr std::size_t most_choices = 40;  // an attribute with more is no outcome and no segment
constexpr std::size_t judged_kept = 8;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point started) {
  return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

// Values as float, points and scores of a scorecard, revenue: what a panel of this size takes about.
std::size_t estimated_bytes(std::size_t accounts, std::size_t weeks, std::size_t measures) {
  return accounts * weeks * (measures * 10 + 24);
}

core::Text outcome_name(std::string_view key) {
  if (key == "churned") return {"Churned", "解約"};
  if (key == "contracted") return {"Renewed or changed to less", "契約縮小"};
  return {"Expanded", "契約拡大"};
}

lab::Outcomes contract_outcomes(const engine::Book& book, std::string_view key, core::Day known_on) {
  if (key == "churned") return lab::churned(book, known_on);
  return key == "contracted" ? lab::contracted(book, known_on) : lab::expanded(book, known_on);
}

constexpr std::string_view contract_keys[] = {"churned", "contracted", "expanded"};
constexpr std::string_view attribute_prefix = "attribute.";

// "attribute.plan=Gold" is the attribute "plan" and the choice "Gold".
std::optional<std::pair<std::string, std::string>> attribute_outcome(std::string_view key) {
  if (!key.starts_with(attribute_prefix)) return std::nullopt;
  key.remove_prefix(attribute_prefix.size());
  const auto equals = key.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return std::pair{std::string(key.substr(0, equals)), std::string(key.substr(equals + 1))};
}

core::Error unknown_outcome(const LabState& state) {
  std::string keys;
  for (const auto& each : state.outcomes) keys += (keys.empty() ? "" : ", ") + each.key;
  return core::Error::invalid_field("outcome", {fmt::format("There is no such outcome. Choose one of: {}.", keys),
                                                fmt::format("この結果はありません。次から選んでください: {}", keys)});
}

// The first day whose measures of usage look back on four weeks of it. Before the product was connected every score is
// low, and would be held against the scorecard.
std::optional<core::Day> first_day_with_usage(usage::Service& usage) {
  std::optional<core::Instant> first;
  for (const auto& feature : usage.features()) {
    if (feature.first_at && (!first || *feature.first_at < *first)) first = feature.first_at;
  }
  if (!first) return std::nullopt;
  return core::day_of(*first) + 28;
}

}  // namespace

Lab::Lab(const Dependencies& from, LiveBook& live) : from_(from), live_(live), pool_(from.threads) {}

// ---- the panel ----

core::Result<LabPeriod> Lab::check(const LabPeriod& wanted) {
  const auto source = live_.evaluator().loader();
  const core::Day to = std::min(wanted.to.value_or(source.book_day()), source.book_day());
  const core::Day first = source.first_known_day().value_or(to);
  core::Day from = std::max({wanted.from.value_or(to - default_days), first, to - longest_days});
  if (!wanted.from) {
    const auto with_usage = first_day_with_usage(*from_.usage);
    if (with_usage && *with_usage < to) from = std::max(from, *with_usage);
  }
  if (wanted.from && wanted.to && *wanted.from > *wanted.to) {
    return core::Error::invalid_field(
        "from", {"The period ends before it begins.", "期間の開始日が終了日より後になっています。"});
  }
  if (from > to) {
    return core::Error::invalid_field(
        "to", {fmt::format("Nothing was known before {}. Choose a later day.", core::to_string(first)),
               fmt::format("{}より前のデータはありません。以降の日付を指定してください。", core::to_string(first))});
  }
  const auto accounts = source.accounts_on(source.book_day()).size();
  if (accounts == 0) {
    return core::Error::conflict(
        {"There are no accounts yet. Import them first.", "まだ顧客がありません。先にデータを取り込んでください。"});
  }
  const auto weeks = static_cast<std::size_t>((to - from) / 7 + 1);
  if (estimated_bytes(accounts, weeks, live_.definitions()->definitions.measures.size()) > most_bytes) {
    return core::Error::invalid_field(
        "from", {"So many weeks of so many accounts do not fit into memory. Choose a later first day.",
                 "この期間と顧客数ではメモリに収まりません。開始日を遅らせてください。"});
  }
  return LabPeriod{from, to};
}

void Lab::note_requested() {
  const std::lock_guard lock(mutex_);
  is_building_ = true;
  progress_ = 0;
  failure_.reset();
}

std::vector<engine::Scorecard> Lab::drafts() const {
  std::vector<engine::Scorecard> drafts;
  for (const auto& line : from_.definitions->list(std::string(scorecard_kind))) {
    if (!line.has_draft) continue;
    const auto definition = from_.definitions->get(line.name);
    if (!definition || !definition->draft) continue;
    const auto set = read_with(*from_.definitions, {{line.name, *definition->draft}});
    if (!set) continue;  // a draft that does not fit is refused when somebody wants to try it
    const auto index = (*set)->definitions.scorecard_index(line.name.key);
    if (index) drafts.push_back((*set)->definitions.scorecards[*index]);
  }
  return drafts;
}

core::Result<Lab::StatePtr> Lab::build_state(const LabPeriod& period, const ShowProgress& show) {
  auto state = std::make_shared<LabState>();
  state->set = live_.definitions();
  const auto evaluation = live_.evaluation();
  if (evaluation) state->evaluated_at = evaluation->computed_at;
  const auto source = live_.evaluator().loader();
  state->known_on = source.book_day();
  state->currency = from_.surroundings.reporting_currency();
  BANSO_TRY_ASSIGN(const auto checked, check(period));
  const auto days = weekly_days(*checked.from, *checked.to);
  const auto accounts = source.accounts_on(state->known_on);
  lab::PanelBuilder builder(state->set->definitions, days, drafts());
  bool stopped = false;
  live_.evaluator().each_chunk(accounts, *state->set, days, [&](AssessedChunk& chunk, std::size_t done) {
    builder.add(chunk.loaded.book, chunk.weeks);
    progress_ = static_cast<double>(done) / static_cast<double>(accounts.size());
    stopped = !show(progress_, {fmt::format("{} of {} accounts", done, accounts.size()),
                                fmt::format("{} / {} 社", done, accounts.size())});
    return !stopped;
  });
  if (stopped) {
    return core::Error::conflict({"The building of the panel was stopped. The last whole one stays.",
                                  "分析用データの作成を中止しました。前回のデータをそのまま使います。"});
  }
  state->panel = std::make_shared<const lab::LabPanel>(std::move(builder).build());
  state->rescorer = std::make_unique<lab::Rescorer>(state->panel);
  state->judge = std::make_unique<lab::Judge>(state->panel);
  state->built_at = core::now();
  state->outcomes = outcomes_of(*state);
  return state;
}

core::Result<std::string> Lab::build(const LabPeriod& period, const ShowProgress& show) {
  const std::lock_guard one_at_a_time(building_);
  note_requested();
  const auto end = [&](std::optional<core::Text> failure, StatePtr state) {
    const std::lock_guard lock(mutex_);
    is_building_ = false;
    failure_ = std::move(failure);
    if (state) state_ = std::move(state);
  };
  try {
    auto state = build_state(period, show);
    if (!state) {
      end(state.error().message, nullptr);
      return state.error();
    }
    end(std::nullopt, *state);
    const auto& panel = *(*state)->panel;
    return json::serialize(
        json::object{{"accounts", panel.accounts()}, {"weeks", panel.weeks()}, {"bytes", panel.memory_bytes()}});
  } catch (...) {
    end(core::Text{"The panel could not be built. The log says why.",
                   "分析用データを作成できませんでした。ログを確認してください。"},
        nullptr);
    throw;
  }
}

std::vector<NamedOutcome> Lab::outcomes_of(const LabState& state) const {
  std::vector<NamedOutcome> outcomes;
  const auto& book = state.panel->book();
  for (const auto key : contract_keys) {
    outcomes.push_back({std::string(key), outcome_name(key), contract_outcomes(book, key, state.known_on).accounts()});
  }
  for (const auto& attribute : book.attributes()) {
    if (attribute.dictionary.size() > most_choices) continue;
    auto choices = attribute.dictionary;
    if (attribute.description.type == engine::AttributeType::yes_no) choices = {"yes", "no"};
    for (const auto& choice : choices) {
      const auto accounts = lab::attribute_became(book, attribute.description.key, choice, state.known_on).accounts();
      if (accounts == 0) continue;
      outcomes.push_back({fmt::format("{}{}={}", attribute_prefix, attribute.description.key, choice),
                          {fmt::format("{}: {}", attribute.description.name.en, choice),
                           fmt::format("{}：{}", attribute.description.name.ja, choice)},
                          accounts});
    }
  }
  return outcomes;
}

json::object Lab::status() {
  const std::lock_guard lock(mutex_);
  json::object status = state_ ? render_panel(*state_) : json::object{};
  status["state"] = is_building_ ? "building" : failure_ && !state_ ? "failed" : state_ ? "ready" : "none";
  status["progress"] = is_building_ ? json::value(progress_.load()) : json::value(nullptr);
  status["error"] = failure_ ? json::value(render(*failure_)) : json::value(nullptr);
  status["currency"] = from_.surroundings.reporting_currency();
  if (state_) {
    const auto evaluation = live_.evaluation();
    status["stale"] = live_.definitions()->release != state_->set->release ||
                      (evaluation && evaluation->computed_at != state_->evaluated_at);
  }
  const auto set = live_.definitions();
  status["scorecards"] = render_scorecards(*from_.definitions, set->definitions);
  return status;
}

core::Result<Lab::StatePtr> Lab::ready() const {
  const std::lock_guard lock(mutex_);
  if (state_) return state_;
  return core::Error::conflict(
      {"There is no panel yet. Build it with POST /api/lab/panel, and wait until it is ready.",
       "分析用データがまだありません。POST /api/lab/panel で作成し、完了までお待ちください。"});
}

// ---- what a request speaks of ----

namespace {

// Rows stand a week apart. A lead time that is no multiple of it would leave out, of what happened on the last day that
// is known, every row that saw it coming.
int in_whole_weeks(int days) {
  return (days + 6) / 7 * 7;
}

}  // namespace

core::Result<std::shared_ptr<const lab::JudgedOutcome>> Lab::outcome(LabState& state, const LabRequest& request) {
  const bool is_contract =
      std::find(std::begin(contract_keys), std::end(contract_keys), request.outcome) != std::end(contract_keys);
  const auto of_attribute = attribute_outcome(request.outcome);
  const bool is_listed = std::any_of(state.outcomes.begin(), state.outcomes.end(),
                                     [&](const NamedOutcome& each) { return each.key == request.outcome; });
  if (!is_listed) return unknown_outcome(state);
  const std::lock_guard lock(state.mutex);
  const std::pair key{request.outcome, request.lead_days};
  const auto found = state.judged.find(key);
  if (found != state.judged.end()) return found->second;
  const auto& book = state.panel->book();
  auto outcomes = is_contract ? contract_outcomes(book, request.outcome, state.known_on)
                              : lab::attribute_became(book, of_attribute->first, of_attribute->second, state.known_on);
  const bool is_good = request.outcome == "expanded";
  auto judged = std::make_shared<const lab::JudgedOutcome>(lab::judged_outcome(
      *state.panel, std::move(outcomes), is_good, in_whole_weeks(request.lead_days), pool_.parallel_for()));
  if (state.judged.size() >= judged_kept) state.judged.clear();
  state.judged[key] = judged;
  return judged;
}

core::Result<TriedScorecard> Lab::tried(const LabState& state, const LabRequest& request, TriedBody use) const {
  const definitions::Name name{std::string(scorecard_kind), request.scorecard};
  auto definitions = std::make_shared<engine::Definitions>(state.panel->definitions());
  const auto published = definitions->scorecard_index(request.scorecard);
  if (use == TriedBody::published) {
    if (published) return TriedScorecard{std::move(definitions), *published};
    return core::Error::invalid_field(
        "scorecard",
        {fmt::format("No scorecard \"{}\" was published when the panel was built. Choose another, or try its draft.",
                     request.scorecard),
         fmt::format("スコアカード「{}」は公開されていません。別のものを選ぶか、下書きを試してください。",
                     request.scorecard)});
  }
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
  const auto& set = **read;
  auto card = set.definitions.scorecards[*set.definitions.scorecard_index(request.scorecard)];
  if (const auto fault = lab::unfit(*state.panel, card)) {
    return core::Error::invalid_field("body." + fault->field, fault->message);
  }
  const std::size_t index = published.value_or(definitions->scorecards.size());
  if (!published) {
    definitions->scorecards.push_back(std::move(card));
  } else {
    definitions->scorecards[index] = std::move(card);
  }
  BANSO_TRY(engine::validate(*definitions));
  return TriedScorecard{std::move(definitions), index};
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

core::Result<json::object> Lab::judge(const LabRequest& request) {
  const auto started = Clock::now();
  BANSO_TRY_ASSIGN(const auto state, ready());
  BANSO_TRY_ASSIGN(const auto outcome, this->outcome(*state, request));
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
  BANSO_TRY_ASSIGN(const auto published, tried(*state, request, TriedBody::published));
  BANSO_TRY_ASSIGN(const auto candidate, tried(*state, request, request.use));
  // The published scorecard may lack a level of the draft: then each is flagged at its own second worst.
  auto of_published = request;
  const auto& levels = published.card().levels;
  if (std::none_of(levels.begin(), levels.end(),
                   [&](const engine::Level& level) { return request.at_level == level.key; })) {
    of_published.at_level.reset();
  }
  BANSO_TRY_ASSIGN(const auto published_options, options(*state, published, of_published));
  BANSO_TRY_ASSIGN(const auto candidate_options, options(*state, candidate, request));
  const auto parallel_for = pool_.parallel_for();
  const auto before = state->rescorer->score(published.definitions, published.index, parallel_for);
  const auto judged_before = state->judge->run(before, *outcome, published_options, parallel_for);
  const double before_ms = ms_since(started);
  const auto after = state->rescorer->score(candidate.definitions, candidate.index, parallel_for);
  const auto judged_after = state->judge->run(after, *outcome, candidate_options, parallel_for);
  const double after_ms = ms_since(started) - before_ms;
  std::size_t total = 0;
  auto movers = moved(*state, before, after, total);
  return json::object{{"published", render_judgement(*state, before, judged_before, request, before_ms)},
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
