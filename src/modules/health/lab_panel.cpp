// How the panel comes to be: chosen, built by the job, told of.
#include <algorithm>

#include <fmt/format.h>

#include "lab.hpp"
#include "lab_freshness.hpp"
#include "lab_render.hpp"
#include "platform/log/log.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

constexpr int default_days = 728;  // two years of whole weeks
constexpr int longest_days = 3640;
constexpr std::size_t most_bytes = std::size_t{6} << 30;

// Values as float, points and scores of a scorecard, revenue: what a panel of this size takes about.
std::size_t estimated_bytes(std::size_t accounts, std::size_t weeks, std::size_t measures) {
  return accounts * weeks * (measures * 10 + 24);
}

core::Error stopped_by_hand() {
  return core::Error::conflict({"The building of the panel was stopped. The last whole one stays.",
                                "分析用データの作成を中止しました。前回のデータをそのまま使います。"});
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
  const auto weeks = static_cast<std::size_t>((to - from) / 7) + 1;
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
  const double collecting = state->set->definitions.needs_peers() ? 1.0 / 3 : 0;
  engine::WholeBook whole;  // own scores are judged: families need not be known
  if (state->set->definitions.needs_peers()) {
    whole.peers =
        live_.evaluator().collect_peers(accounts, *state->set, days, [&](double share, const core::Text& text) {
          progress_ = collecting * share;
          return show(progress_, text);
        });
    if (!whole.peers) return stopped_by_hand();
  }
  bool stopped = false;
  live_.evaluator().each_chunk(accounts, *state->set, days, whole, [&](AssessedChunk& chunk, std::size_t done) {
    builder.add(chunk.loaded.book, chunk.weeks);
    progress_ = collecting + (1 - collecting) * static_cast<double>(done) / static_cast<double>(accounts.size());
    stopped = !show(progress_, {fmt::format("{} of {} accounts", done, accounts.size()),
                                fmt::format("{} / {} 社", done, accounts.size())});
    return !stopped;
  });
  if (stopped) return stopped_by_hand();
  state->panel = std::make_shared<const lab::LabPanel>(std::move(builder).build());
  state->built_at = core::now();
  make_ready(*state);
  keep(*state);
  return state;
}

// What can be computed of the panel alone.
void Lab::make_ready(LabState& state) const {
  state.rescorer = std::make_unique<lab::Rescorer>(state.panel);
  state.judge = std::make_unique<lab::Judge>(state.panel);
  state.outcomes = list_outcomes(state.panel->book(), from_.customers->attribute_definitions(), state.known_on);
}

core::Result<std::string> Lab::run(const std::function<core::Result<StatePtr>()>& make) {
  const std::lock_guard one_at_a_time(building_);
  note_requested();
  const auto end = [&](std::optional<core::Text> failure, StatePtr state) {
    const std::lock_guard lock(mutex_);
    is_building_ = false;
    failure_ = std::move(failure);
    if (state) state_ = std::move(state);
  };
  try {
    auto state = make();
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

core::Result<std::string> Lab::build(const LabPeriod& period, const ShowProgress& show) {
  return run([&] { return build_state(period, show); });
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
    const auto published = live_.definitions();
    json::array changed;
    for (const auto& key : changed_measures(state_->panel->definitions(), published->definitions)) {
      const auto index = published->definitions.measure_index(key);
      const auto name = index ? published->definitions.measures[*index].name : core::Text{key, key};
      changed.push_back(json::object{{"key", key}, {"name", render(name)}});
    }
    status["stale"] = !changed.empty() || (evaluation && evaluation->computed_at != state_->evaluated_at);
    status["changed_measures"] = std::move(changed);
  }
  const auto set = live_.definitions();
  status["scorecards"] = render_scorecards(*from_.definitions, set->definitions);
  return status;
}

}  // namespace banso::health
