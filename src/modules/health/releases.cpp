#include "releases.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "release_retention.hpp"

namespace banso::health {
namespace {

constexpr int releases_listed = 500;
constexpr int longest_history_days = 3650;
const std::vector<std::string> kinds{std::string(measure_kind), std::string(scorecard_kind)};

// Which version of each definition a release made, and what it is called by now.
class Versions {
 public:
  explicit Versions(definitions::Service& service) : service_(service) {
    for (const auto& kind : kinds) {
      for (const auto& summary : service_.list(kind)) titles_[summary.name] = summary.title;
    }
  }

  json::object render(const definitions::Name& name, std::int64_t release) {
    const auto title = titles_.find(name);
    return {{"kind", name.kind},
            {"key", name.key},
            {"name", title == titles_.end() ? json::value(nullptr) : json::value(health::render(title->second))},
            {"version", version(name, release)}};
  }

 private:
  json::value version(const definitions::Name& name, std::int64_t release) {
    auto known = versions_.find(name);
    if (known == versions_.end()) known = versions_.emplace(name, service_.versions(name)).first;
    const auto found = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const definitions::Version& version) { return version.release == release; });
    return found == known->second.end() ? json::value(nullptr) : json::value(found->version);
  }

  definitions::Service& service_;
  std::map<definitions::Name, core::Text> titles_;
  std::map<definitions::Name, std::vector<definitions::Version>> versions_;
};

json::object render_evaluation(const Evaluation& evaluation) {
  return {{"as_of", json::from(evaluation.as_of)},
          {"first_day", json::from(evaluation.first_day)},
          {"computed_at", json::from(evaluation.computed_at)},
          {"accounts", evaluation.accounts},
          {"weeks", weekly_days(evaluation.first_day, evaluation.as_of).size()},
          {"seconds", render_number(evaluation.seconds)}};
}

json::object render_publication(const definitions::Release& release, int utc_offset_minutes) {
  return {{"release", release.number},
          {"published_at", json::from(release.published_at)},
          {"day", json::from(core::day_of(release.published_at, utc_offset_minutes))},
          {"author", release.author_name},
          {"why", render(release.why)}};
}

json::array render_levels(const DefinitionSet& set, const WeekLevels& week) {
  json::array levels;
  const auto add = [&](json::value key, core::Text name, std::int8_t level) {
    const auto found = week.accounts.find(level);
    levels.push_back(json::object{{"level", std::move(key)},
                                  {"name", render(name)},
                                  {"accounts", found == week.accounts.end() ? 0 : found->second}});
  };
  if (const auto* card = set.scorecard()) {
    for (std::size_t i = 0; i < card->levels.size(); ++i) {
      add(json::value(card->levels[i].key), card->levels[i].name, static_cast<std::int8_t>(i));
    }
  }
  add(nullptr, {"No score", "スコアなし"}, engine::no_level);
  return levels;
}

core::Error stopped_by_hand() {
  return core::Error::conflict({"The evaluation was stopped. What was kept of this version stays as it was.",
                                "評価を中止しました。この版の履歴は元のままです。"});
}

core::Text progress_text(std::int64_t release, std::size_t done, std::size_t all) {
  return {fmt::format("{} of {} accounts evaluated under version {}", done, all, release),
          fmt::format("第{}版で {} / {} 社を評価しました", release, done, all)};
}

}  // namespace

json::array render_publications(definitions::Service& service, int utc_offset_minutes) {
  json::array publications;
  for (const auto& release : service.releases(kinds, releases_listed)) {
    publications.push_back(render_publication(release, utc_offset_minutes));
  }
  return publications;
}

json::value render_publication(definitions::Service& service, std::int64_t release, int utc_offset_minutes) {
  for (const auto& each : service.releases(kinds, releases_listed)) {
    if (each.number == release) return render_publication(each, utc_offset_minutes);
  }
  return nullptr;
}

json::object Releases::list() const {
  const auto present = live_.evaluation();
  const auto evaluations = live_.mart().evaluations();
  const auto dropped = live_.mart().dropped();
  Versions versions(*from_.definitions);
  const int offset_minutes = from_.surroundings.utc_offset_minutes();
  json::array items;
  for (const auto& release : from_.definitions->releases(kinds, releases_listed)) {
    auto item = render_publication(release, offset_minutes);
    json::array definitions;
    for (const auto& name : release.names) {
      if (std::find(kinds.begin(), kinds.end(), name.kind) != kinds.end()) {
        definitions.push_back(versions.render(name, release.number));
      }
    }
    item["definitions"] = std::move(definitions);
    const bool is_present = present && present->release == release.number;
    item["is_present"] = is_present;
    const auto kept = std::find_if(evaluations.begin(), evaluations.end(),
                                   [&](const Evaluation& each) { return each.release == release.number; });
    const auto gone = std::find_if(dropped.begin(), dropped.end(),
                                   [&](const DroppedRelease& each) { return each.release == release.number; });
    item["evaluation"] = nullptr;
    if (is_present) {
      item["evaluation"] = render_evaluation(*present);
    } else if (kept != evaluations.end()) {
      item["evaluation"] = render_evaluation(*kept);
    }
    item["deleted"] = nullptr;
    if (item.at("evaluation").is_null() && gone != dropped.end()) {
      item["deleted"] =
          json::object{{"evaluated_at", json::from(gone->computed_at)}, {"deleted_at", json::from(gone->dropped_at)}};
    }
    items.push_back(std::move(item));
  }
  const auto total = items.size();
  return {{"items", std::move(items)},
          {"total", total},
          {"kept", releases_kept(from_.records.get())},
          {"most_kept", most_releases_kept}};
}

core::Result<Evaluation> Releases::kept(std::int64_t release) const {
  for (const auto& evaluation : live_.mart().evaluations()) {
    if (evaluation.release == release) return evaluation;
  }
  return core::Error::not_found(
      {fmt::format("The history under version {} is not kept. Have it evaluated again: POST /api/evaluation.", release),
       fmt::format("第{}版での履歴は保持されていません。POST /api/evaluation で再計算してください。", release)});
}

core::Result<json::object> Releases::level_weeks(std::optional<std::int64_t> release) const {
  const auto present = live_.evaluation();
  if (!release && !present) {
    return json::object{{"release", nullptr}, {"evaluated_at", nullptr}, {"weeks", json::array{}}};
  }
  const std::int64_t wanted = release.value_or(present ? present->release : 0);
  BANSO_TRY_ASSIGN(const auto set, read_published_at(*from_.definitions, wanted));
  BANSO_TRY_ASSIGN(const auto evaluation, kept(wanted));
  json::array weeks;
  for (const auto& week : live_.mart().level_weeks(evaluation).value_or(std::vector<WeekLevels>{})) {
    weeks.push_back(json::object{{"day", json::from(week.day)}, {"levels", render_levels(*set, week)}});
  }
  return json::object{
      {"release", wanted}, {"evaluated_at", json::from(evaluation.computed_at)}, {"weeks", std::move(weeks)}};
}

core::Result<json::object> Releases::choose_kept(const core::Caller& caller, std::int64_t releases) {
  BANSO_TRY(choose_releases_kept(from_.records.get(), caller, releases));
  json::array deleted;
  for (const auto release : live_.drop_beyond_kept()) deleted.emplace_back(release);
  return json::object{{"kept", releases}, {"deleted", std::move(deleted)}};
}

core::Result<> Releases::check(std::int64_t release) const {
  BANSO_TRY(read_published_at(*from_.definitions, release));
  return {};
}

core::Result<EvaluationReport> Releases::recompute(std::int64_t release, const ShowProgress& show) {
  const std::lock_guard one_at_a_time(recomputing_);
  const auto started = std::chrono::steady_clock::now();
  BANSO_TRY_ASSIGN(const auto set, read_published_at(*from_.definitions, release));
  auto& evaluator = live_.evaluator();
  const auto source = evaluator.loader();
  EvaluationReport report;
  report.as_of = source.book_day();
  report.release = release;
  const auto accounts = source.accounts_on(report.as_of);
  const auto first = std::max(source.first_known_day().value_or(report.as_of), report.as_of - longest_history_days);
  const auto days = weekly_days(first, report.as_of);
  auto evaluation = live_.begin_aside(*set, report.as_of, days.front());
  const auto& definitions = set->definitions;
  const double collecting = definitions.needs_peers() || definitions.rolls_up() ? 1.0 / 3 : 0;
  const auto whole = evaluator.collect(
      accounts, *set, days, [&](double share, const core::Text& message) { return show(collecting * share, message); });
  if (!whole) return stopped_by_hand();
  bool stopped = false;
  evaluator.each_chunk(accounts, *set, days, *whole, [&](AssessedChunk& chunk, std::size_t done) {
    live_.mart().append(evaluation, *set, chunk.accounts, chunk.loaded.book, chunk.weeks);
    add(evaluation.freshness, freshness_of(chunk.loaded.book, report.as_of));
    evaluation.accounts += static_cast<std::int64_t>(chunk.accounts.size());
    const double share = static_cast<double>(done) / static_cast<double>(accounts.size());
    stopped = !show(collecting + (1 - collecting) * share, progress_text(release, done, accounts.size()));
    return !stopped;
  });
  if (stopped) return stopped_by_hand();
  evaluation.computed_at = core::now();
  evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  live_.finish_aside(evaluation);
  report.accounts = evaluation.accounts;
  report.weeks = static_cast<std::int64_t>(days.size());
  report.seconds = evaluation.seconds;
  return report;
}

}  // namespace banso::health
