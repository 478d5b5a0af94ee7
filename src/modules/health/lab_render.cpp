#include "lab_render.hpp"

#include <cmath>

#include <fmt/format.h>

#include "render.hpp"

namespace banso::health {
namespace {

constexpr double precision = 1e6;

json::value number(double value) {
  return std::isfinite(value) ? json::value(std::round(value * precision) / precision) : json::value(nullptr);
}

json::value number(const std::optional<double>& value) {
  return value ? number(*value) : json::value(nullptr);
}

json::value interval(const std::optional<lab::Interval>& value) {
  if (!value) return nullptr;
  return json::object{{"value", number(value->value)}, {"low", number(value->low)}, {"high", number(value->high)}};
}

std::int64_t whole(double count) {
  return std::llround(count);
}

json::array warnings(const std::vector<lab::Warning>& all) {
  json::array rendered;
  for (const auto& each : all) rendered.push_back(json::object{{"code", each.code}, {"message", render(each.message)}});
  return rendered;
}

json::object at_threshold(const lab::Tally& tally) {
  const auto precision_of = tally.precision.interval();
  const double base_rate = tally.base.trials() > 0 ? tally.base.hits() / tally.base.trials() : 0;
  const std::optional<double> lift =
      precision_of && base_rate > 0 ? std::optional(precision_of->value / base_rate) : std::nullopt;
  return {{"flagged", whole(tally.precision.trials())},
          {"caught", whole(tally.precision.hits())},
          {"missed", whole(tally.base.hits() - tally.precision.hits())},
          {"accounts_flagged", tally.accounts_flagged},
          {"accounts_caught", tally.accounts_caught},
          {"accounts_missed", tally.accounts_missed},
          {"precision", interval(precision_of)},
          {"recall", interval(tally.recall.interval())},
          {"lift", number(lift)},
          {"arr_caught_minor", tally.arr_caught_minor},
          {"arr_missed_minor", tally.arr_missed_minor},
          {"arr_flagged_minor", tally.arr_flagged_minor}};
}

json::array levels(const engine::Scorecard& card, const lab::Tally& tally) {
  json::array rendered;
  for (std::size_t i = 0; i < tally.levels.size(); ++i) {
    const auto& level = tally.levels[i];
    rendered.push_back(json::object{{"level", card.levels[i].key},
                                    {"name", render(card.levels[i].name)},
                                    {"rows", whole(level.rate.trials())},
                                    {"outcomes", whole(level.rate.hits())},
                                    {"rate", interval(level.rate.interval())},
                                    {"arr_minor", level.arr_minor}});
  }
  return rendered;
}

json::array calibration(const lab::Tally& tally) {
  json::array rendered;
  constexpr int width = 100 / static_cast<int>(lab::calibration_bins);
  for (std::size_t i = 0; i < tally.bins.size(); ++i) {
    const auto& bin = tally.bins[i];
    const double rows = bin.rate.trials();
    rendered.push_back(json::object{{"from", static_cast<int>(i) * width},
                                    {"to", (static_cast<int>(i) + 1) * width},
                                    {"mean_score", rows > 0 ? number(bin.score_sum / rows) : json::value(nullptr)},
                                    {"rows", whole(rows)},
                                    {"outcomes", whole(bin.rate.hits())},
                                    {"rate", interval(bin.rate.interval())}});
  }
  return rendered;
}

json::object before_outcome(const lab::Judgement& judgement) {
  json::array weeks, histogram;
  for (const auto& week : judgement.before.weeks) {
    weeks.push_back(json::object{{"weeks_before", week.weeks_before},
                                 {"accounts", week.accounts},
                                 {"p25", number(week.p25)},
                                 {"median", number(week.median)},
                                 {"p75", number(week.p75)},
                                 {"others_median", number(judgement.others_median)}});
  }
  for (const auto& step : judgement.before.histogram) {
    histogram.push_back(
        json::object{{"from_days", step.from_days}, {"to_days", step.to_days}, {"accounts", step.accounts}});
  }
  return {{"weeks", std::move(weeks)},
          {"first_flagged_days", json::object{{"p25", number(judgement.before.p25)},
                                              {"median", number(judgement.before.median)},
                                              {"p75", number(judgement.before.p75)},
                                              {"never_share", number(judgement.before.never_share)},
                                              {"histogram", std::move(histogram)}}}};
}

json::array measures(const lab::ScoredPanel& scored, const lab::Judgement& judgement) {
  const auto flat = engine::flatten(scored.card());
  const auto shares = lab::nominal_shares(scored.card());
  json::array rendered;
  for (std::size_t i = 0; i < judgement.items.size(); ++i) {
    const auto& item = judgement.items[i];
    const auto& key = flat.items[i].definition->measure;
    const auto measure = scored.definitions->measure_index(key);
    json::array redundant_with;
    for (const auto& other : item.redundant_with) {
      redundant_with.push_back(json::object{{"key", flat.items[other.item].definition->measure},
                                            {"correlation", number(other.correlation)}});
    }
    rendered.push_back(json::object{{"key", key},
                                    {"name", render(scored.definitions->measures[*measure].name)},
                                    {"group", flat.groups[flat.items[i].group].definition->key},
                                    {"weight_share", number(shares[i])},
                                    {"auc", interval(item.auc)},
                                    {"coverage", number(item.coverage)},
                                    {"monthly_stability", number(item.monthly_stability)},
                                    {"redundant_with", std::move(redundant_with)},
                                    {"verdict", lab::name_of(item.verdict)}});
  }
  return rendered;
}

json::array segments(const lab::Judgement& judgement) {
  json::array rendered;
  for (const auto& each : judgement.segments) {
    const core::Text name = each.value.empty() ? core::Text{"No value", "値なし"} : core::Text{each.value, each.value};
    rendered.push_back(json::object{{"value", each.value.empty() ? json::value(nullptr) : json::value(each.value)},
                                    {"name", render(name)},
                                    {"accounts", each.accounts},
                                    {"outcomes", each.accounts_with},
                                    {"auc", interval(each.auc)}});
  }
  return rendered;
}

json::array level_list(const engine::Scorecard& card) {
  json::array rendered;
  for (const auto& level : card.levels)
    rendered.push_back(json::object{{"key", level.key}, {"name", render(level.name)}});
  return rendered;
}

}  // namespace

json::object render_panel(const LabState& state) {
  const auto& panel = *state.panel;
  json::array outcomes, fields;
  for (const auto& each : state.outcomes) {
    const auto& attribute = each.of_attribute;
    outcomes.push_back(json::object{
        {"key", each.key},
        {"name", render(each.name)},
        {"attribute", attribute ? json::value(json::object{{"key", attribute->attribute},
                                                           {"name", render(attribute->attribute_name)},
                                                           {"choice", attribute->choice},
                                                           {"choice_name", render(attribute->choice_name)}})
                                : json::value(nullptr)},
        {"sense", each.is_good ? json::value(*each.is_good ? "good" : "bad") : json::value(nullptr)},
        {"accounts", each.accounts}});
  }
  constexpr std::size_t most_segment_values = 200;
  for (const auto& attribute : panel.book().attributes()) {
    if (attribute.dictionary.empty() || attribute.dictionary.size() > most_segment_values) continue;
    fields.push_back(json::object{{"key", attribute.description.key}, {"name", render(attribute.description.name)}});
  }
  return {{"from", json::from(panel.days().front())},
          {"to", json::from(panel.days().back())},
          {"accounts", panel.accounts()},
          {"weeks", panel.weeks()},
          {"rows", panel.rows()},
          {"bytes", panel.memory_bytes() + state.rescorer->memory_bytes()},
          {"release", state.set->release},
          {"built_at", json::from(state.built_at)},
          {"outcomes", std::move(outcomes)},
          {"segment_fields", std::move(fields)}};
}

json::array render_scorecards(definitions::Service& service, const engine::Definitions& published) {
  json::array scorecards;
  for (const auto& line : service.list(std::string(scorecard_kind))) {
    if (line.retired) continue;
    const auto index = published.scorecard_index(line.name.key);
    scorecards.push_back(json::object{{"key", line.name.key},
                                      {"name", render(line.title)},
                                      {"has_draft", line.has_draft},
                                      {"levels", index ? level_list(published.scorecards[*index]) : json::array{}}});
  }
  return scorecards;
}

json::object render_judgement(const LabState& state, const lab::ScoredPanel& scored, const lab::Judgement& judgement,
                              const LabRequest& request, double computed_ms) {
  const auto& tally = judgement.tally;
  const auto at = static_cast<std::uint8_t>(judgement.is_good ? judgement.flagged.last : judgement.flagged.first);
  json::array roc, precision_recall;
  for (const auto& point : judgement.roc) {
    roc.push_back(json::object{{"false_rate", number(point.false_rate)}, {"true_rate", number(point.true_rate)}});
  }
  for (const auto& point : judgement.precision_recall) {
    precision_recall.push_back(json::object{{"score", number(point.score)},
                                            {"precision", number(point.precision)},
                                            {"recall", number(point.recall)},
                                            {"flagged_share", number(point.flagged_share)},
                                            {"lift", number(point.lift)}});
  }
  const double rows = tally.base.trials();
  return {{"scorecard", request.scorecard},
          {"outcome", request.outcome},
          {"sense", judgement.is_good ? "good" : "bad"},
          {"lead_days", request.lead_days},
          {"at_level", scored.card().levels[at].key},
          {"from", json::from(state.panel->days().front())},
          {"to", json::from(state.panel->days().back())},
          {"currency", state.currency},
          {"rows", whole(rows)},
          {"accounts", tally.accounts},
          {"outcomes", tally.accounts_with},
          {"base_rate", rows > 0 ? number(tally.base.hits() / rows) : json::value(nullptr)},
          {"warnings", warnings(judgement.warnings)},
          {"auc", interval(judgement.auc)},
          {"baseline", json::object{{"name", render({"Days since last activity", "最終利用からの日数"})},
                                    {"auc", interval(judgement.baseline_auc)}}},
          {"at_threshold", at_threshold(tally)},
          {"levels", levels(scored.card(), tally)},
          {"roc", std::move(roc)},
          {"precision_recall", std::move(precision_recall)},
          {"calibration", calibration(tally)},
          {"before_outcome", before_outcome(judgement)},
          {"measures", measures(scored, judgement)},
          {"segments", segments(judgement)},
          {"computed_ms", number(computed_ms)}};
}

json::object render_moved(const lab::ScoredPanel& before, const lab::ScoredPanel& after, std::size_t row,
                          core::AccountId account, const std::string& name, std::int64_t arr_minor) {
  const auto level = [row](const lab::ScoredPanel& scored) {
    const auto index = scored.levels[row];
    return index == engine::no_level ? json::value(nullptr)
                                     : json::value(scored.card().levels[static_cast<std::size_t>(index)].key);
  };
  const auto score = [row](const lab::ScoredPanel& scored) {
    return scored.scores[row] < 0 ? json::value(nullptr) : number(engine::Points{scored.scores[row]}.value());
  };
  return {{"id", account.value},         {"name", name},
          {"arr_minor", arr_minor},      {"level_before", level(before)},
          {"level_after", level(after)}, {"score_before", score(before)},
          {"score_after", score(after)}};
}

json::object render_suggestion(const lab::ScoredPanel& scored, const lab::Suggestion& suggestion) {
  const auto flat = engine::flatten(scored.card());
  json::array weights, folds;
  for (std::size_t i = 0; i < flat.items.size(); ++i) {
    const auto& group = flat.groups[flat.items[i].group];
    const auto& key = flat.items[i].definition->measure;
    weights.push_back(
        json::object{{"path", fmt::format("{}.measures[{}]", group.path, i - group.first_item)},
                     {"measure", key},
                     {"name", render(scored.definitions->measures[*scored.definitions->measure_index(key)].name)},
                     {"weight_now", number(100 * suggestion.shares_now[i])},
                     {"weight_suggested", number(100 * suggestion.shares_suggested[i])},
                     {"missed_if_dropped", number(suggestion.missed_if_dropped[i])}});
  }
  for (const auto& fold : suggestion.folds) {
    folds.push_back(json::object{{"train_to", json::from(fold.train_to)},
                                 {"test_from", json::from(fold.test_from)},
                                 {"test_to", json::from(fold.test_to)},
                                 {"outcomes", fold.accounts_with},
                                 {"penalty", number(fold.penalty)},
                                 {"auc_now", interval(fold.auc_now)},
                                 {"auc_suggested", interval(fold.auc_suggested)},
                                 {"auc_baseline", interval(fold.auc_baseline)}});
  }
  engine::Definitions alone;
  alone.scorecards.push_back(suggestion.scorecard);
  const auto bodies = to_bodies(alone);
  return {{"weights", std::move(weights)},
          {"body", boost::json::parse(bodies.begin()->second)},
          {"penalty", suggestion.penalty > 0 ? number(suggestion.penalty) : json::value(nullptr)},
          {"folds", std::move(folds)},
          {"auc_now", interval(suggestion.auc_now)},
          {"auc_suggested", interval(suggestion.auc_suggested)},
          {"auc_baseline", interval(suggestion.auc_baseline)},
          {"warnings", warnings(suggestion.warnings)}};
}

}  // namespace banso::health
