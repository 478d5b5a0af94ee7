// "What would make it green": the smallest changes that would lift the level.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "explanation_words.hpp"
#include "fact_values.hpp"
#include "plan.hpp"
#include "scoring.hpp"

namespace banso::engine {

namespace {

using core::Text;

constexpr std::size_t most_alternatives = 5;
constexpr double tolerance = 1e-9;
constexpr double best_score = 100;

// The value of a curve nearest to the present one.
struct Target {
  double value = 0;
  bool is_beyond = false;  // the value itself does not suffice, anything past it does
};

// The nearest with at least that many points; nothing where the curve never gives them.
std::optional<Target> nearest_in_bands(const Curve& curve, double now, double points) {
  std::optional<Target> nearest;
  for (const auto& band : curve.bands) {
    if (band.points + tolerance < points) continue;
    const bool is_above = band.from.value && now <= *band.from.value;
    const auto& bound = is_above ? band.from : band.to;
    const Target target{bound.value.value_or(now), !bound.inclusive};
    if (!nearest || std::abs(target.value - now) < std::abs(nearest->value - now)) nearest = target;
  }
  return nearest;
}

std::optional<Target> nearest_on_line(const Curve& curve, double now, double points) {
  std::optional<Target> nearest;
  const auto consider = [&](double value) {
    if (!nearest || std::abs(value - now) < std::abs(nearest->value - now)) nearest = Target{value, false};
  };
  for (std::size_t i = 0; i < curve.linear.size(); ++i) {
    const auto& here = curve.linear[i];
    if (here.points + tolerance >= points) consider(here.value);
    if (i == 0) continue;
    const auto& before = curve.linear[i - 1];
    if ((before.points - points) * (here.points - points) < 0) {
      consider(before.value + (points - before.points) / (here.points - before.points) * (here.value - before.value));
    }
  }
  return nearest;
}

const ChoicePoints* lowest_choice(const Curve& curve, double points) {
  const ChoicePoints* found = nullptr;
  for (const auto& choice : curve.choices) {
    if (choice.points + tolerance < points) continue;
    if (found == nullptr || choice.points < found->points) found = &choice;
  }
  return found;
}

double most_points(const Curve& curve) {
  double most = curve.kind == Curve::Kind::choices ? curve.other_points : 0;
  for (const auto& band : curve.bands) most = std::max(most, band.points);
  for (const auto& point : curve.linear) most = std::max(most, point.points);
  for (const auto& choice : curve.choices) most = std::max(most, choice.points);
  return most;
}

class PathFinder {
 public:
  PathFinder(const Book& book, const Definitions& definitions, const Assessments& assessments, std::size_t scorecard,
             std::size_t account, const AccountNames& names)
      : book_(book),
        definitions_(definitions),
        assessments_(assessments),
        card_(definitions.scorecards[scorecard]),
        column_(assessments.scorecards[scorecard]),
        account_(account),
        names_(names),
        plan_(make_plan(book, definitions)),
        items_(plan_.scorecards[scorecard]) {
    const auto index = book.index_of(assessments.account_ids[account]).value();
    account_day_.account = index;
    account_day_.day = assessments.as_of;
    account_day_.age_days = age_days(book, plan_, index, assessments.as_of);
    if (plan_.phase != nullptr) account_day_.phase = plan_.phase->value_at(index, assessments.as_of);
  }

  Path run() {
    Path path;
    const auto now = column_.machine_levels[account_];
    if (now == no_level || now == 0) return path;
    path.level = static_cast<std::int8_t>(now - 1);
    const auto threshold = Points::from(card_.levels[static_cast<std::size_t>(path.level)].from);
    if (column_.forced_by[account_] != no_rule) return lift_force(std::move(path));
    path.missing = threshold - column_.scores[account_];
    find_alone(path);
    if (path.each.empty()) find_together(path);
    path.is_reachable = !path.each.empty() || !path.together.empty();
    summarise(path);
    return path;
  }

 private:
  struct Candidate {
    std::size_t item = 0;
    const ResolvedCurve* curve = nullptr;
    double points = 0, most = 0, weight = 0, value = 0;
    const ChildShare* child = nullptr;  // instead of an item: its score
    double gain() const { return (most - points) * weight; }
  };

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < items_.items.size(); ++i) {
      const auto& cells = column_.items[i];
      const auto use = cells.uses[account_];
      if (use != ItemUse::number && use != ItemUse::decayed) continue;
      const auto& curve = curve_for(items_.items[i], account_day_.age_days, account_day_.phase);
      Candidate each{i,
                     &curve,
                     cells.points[account_].value(),
                     most_points(*curve.curve),
                     static_cast<double>(cells.effective_weights[account_]),
                     assessments_.measures[items_.items[i].measure].values[account_]};
      if (each.weight > 0 && each.most > each.points + tolerance) found.push_back(each);
    }
    if (column_.children.empty()) return found;
    for (const auto& child : column_.children[account_]) {
      const double score = child.score.value();
      if (score + tolerance < best_score) found.push_back({0, nullptr, score, best_score, child.share, score, &child});
    }
    return found;
  }

  // Of a child only how far its score must rise: its own page says with what.
  Improvement lift_child(const Candidate& candidate, double points) const {
    Improvement improvement;
    improvement.child = candidate.child->account;
    improvement.value_now = candidate.points;
    improvement.value_needed = std::min(best_score, std::ceil(points * 10) / 10);  // as it is shown
    improvement.gain = Points::from((improvement.value_needed - candidate.points) * candidate.weight);
    const auto name = names_ ? names_(improvement.child) : fmt::format("#{}", improvement.child.value);
    const auto now = short_number(improvement.value_now), needed = short_number(improvement.value_needed);
    improvement.sentence = {fmt::format("The score of {} from {} to {}", name, now, needed),
                            fmt::format("{}のスコアを{}点から{}点へ", name, now, needed)};
    return improvement;
  }

  std::optional<Improvement> improve(const Candidate& candidate, double points) const {
    if (candidate.child != nullptr) return lift_child(candidate, points);
    const auto& curve = *candidate.curve->curve;
    const auto& item = items_.items[candidate.item];
    Improvement improvement;
    improvement.measure = item.definition->measure;
    improvement.group = item.group;
    improvement.item = candidate.item;
    improvement.value_now = candidate.value;
    double reached = points;
    if (curve.kind == Curve::Kind::choices) {
      const auto* choice = lowest_choice(curve, points);
      if (choice == nullptr) return std::nullopt;
      improvement.choice_needed = choice->choice;
      reached = choice->points;
    } else {
      const bool is_line = curve.kind == Curve::Kind::linear;
      const auto target =
          is_line ? nearest_on_line(curve, candidate.value, points) : nearest_in_bands(curve, candidate.value, points);
      if (!target) return std::nullopt;
      improvement.value_needed = target->value;
      improvement.is_beyond = target->is_beyond;
      reached = std::max(points, points_on(curve, target->value));
    }
    improvement.gain = Points::from((reached - candidate.points) * candidate.weight);
    improvement.sentence = sentence(item, improvement);
    return improvement;
  }

  Text sentence(const ItemPlan& item, const Improvement& improvement) const {
    const auto& measure = definitions_.measures[item.measure];
    const Text now = format_value(book_, measure, ValueState::number, improvement.value_now);
    const Text needed = improvement.choice_needed.empty()
                            ? format_value(book_, measure, ValueState::number, improvement.value_needed)
                            : Text{"\"" + improvement.choice_needed + "\"", "「" + improvement.choice_needed + "」"};
    if (improvement.is_beyond) {
      const bool is_up = improvement.value_needed >= improvement.value_now;
      return {fmt::format("{} from {} to {} {}", measure.name.en, now.en, is_up ? "above" : "below", needed.en),
              fmt::format("{}を{}から{}{}へ", measure.name.ja, now.ja, needed.ja, is_up ? "超" : "未満")};
    }
    return {fmt::format("{} from {} to {}", measure.name.en, now.en, needed.en),
            fmt::format("{}を{}から{}へ", measure.name.ja, now.ja, needed.ja)};
  }

  // How far a change goes, as a share of the points it may still gain: small steps first.
  void find_alone(Path& path) const {
    std::vector<std::pair<double, Improvement>> found;
    for (const auto& candidate : candidates()) {
      const double needed = candidate.points + path.missing.value() / candidate.weight;
      if (needed > candidate.most + tolerance) continue;
      if (auto improvement = improve(candidate, std::min(needed, candidate.most))) {
        found.emplace_back(needed - candidate.points, std::move(*improvement));
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (found.size() > most_alternatives) found.resize(most_alternatives);
    for (auto& each : found) path.each.push_back(std::move(each.second));
  }

  void find_together(Path& path) const {
    auto all = candidates();
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.gain() > b.gain(); });
    double missing = path.missing.value();
    for (const auto& candidate : all) {
      const double points = std::min(candidate.most, candidate.points + missing / candidate.weight);
      auto improvement = improve(candidate, points);
      if (!improvement) continue;
      missing -= (points - candidate.points) * candidate.weight;
      path.together.push_back(std::move(*improvement));
      if (missing <= tolerance) return;
    }
    path.together.clear();  // not even all of them are enough
  }

  // While a measure forces the level, only that measure can lift it.
  Path lift_force(Path path) const {
    const auto& rule = card_.forced[static_cast<std::size_t>(column_.forced_by[account_])];
    const auto& forced = items_.forced[static_cast<std::size_t>(column_.forced_by[account_])];
    path.level = level_of(card_, column_.scores[account_]);
    const auto& item = items_.items[forced.item];
    const auto& curve = curve_for(item, account_day_.age_days, account_day_.phase);
    const Candidate candidate{forced.item,
                              &curve,
                              column_.items[forced.item].points[account_].value(),
                              most_points(*curve.curve),
                              static_cast<double>(column_.items[forced.item].effective_weights[account_]),
                              assessments_.measures[item.measure].values[account_]};
    const double above = rule.at_most_points + 1.0 / Points::scale;
    if (auto improvement = improve(candidate, above)) path.each.push_back(std::move(*improvement));
    path.is_reachable = !path.each.empty();
    summarise(path);
    return path;
  }

  void summarise(Path& path) const {
    const Text& level = card_.levels[static_cast<std::size_t>(path.level)].name;
    if (!path.is_reachable) {
      path.summary = {fmt::format("No change of the measures that have a value reaches {}.", level.en),
                      fmt::format("値のある指標の変化だけでは「{}」に届きません。", level.ja)};
      return;
    }
    const auto& list = path.each.empty() ? path.together : path.each;
    const bool is_any = !path.each.empty();
    Text joined;
    for (std::size_t i = 0; i < list.size(); ++i) {
      joined.en += (i == 0 ? "" : is_any ? "; or " : "; and ") + list[i].sentence.en;
      joined.ja += (i == 0 ? "" : is_any ? "、または" : "、さらに") + list[i].sentence.ja;
    }
    path.summary = {fmt::format("{} is reached with: {}.", level.en, joined.en),
                    fmt::format("次の変化で「{}」になります: {}。", level.ja, joined.ja)};
  }

  const Book& book_;
  const Definitions& definitions_;
  const Assessments& assessments_;
  const Scorecard& card_;
  const ScorecardColumn& column_;
  const std::size_t account_;
  const AccountNames& names_;
  const Plan plan_;
  const ScorecardPlan& items_;
  AccountDay account_day_;
};

}  // namespace

Path path_upwards(const Book& book, const Definitions& definitions, const Assessments& assessments,
                  std::size_t scorecard, std::size_t account, const AccountNames& names) {
  return PathFinder(book, definitions, assessments, scorecard, account, names).run();
}

}  // namespace banso::engine
