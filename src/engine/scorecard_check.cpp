// What is wrong with scorecards, each fault with its path and remedy.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "definitions.hpp"
#include "definitions_faults.hpp"

namespace banso::engine {

namespace {

constexpr std::size_t most_scorecards = 200, most_forced = 20;
constexpr int longest_age_days = 3650;

void check_points(double points, const std::string& path, Faults& faults) {
  if (!(points >= 0 && points <= 100)) {
    faults.add(path, "Points go from 0 to 100.", "点数は0〜100で指定してください。");
  }
}

// "10 to under 50" / 「10以上50未満」
core::Text range_of(const Band& band) {
  core::Text text;
  if (band.from.value) {
    text = {fmt::format("{} {}", band.from.inclusive ? "from" : "above", *band.from.value),
            fmt::format("{}{}", *band.from.value, band.from.inclusive ? "以上" : "超")};
  }
  if (band.to.value) {
    text.en +=
        fmt::format("{}{} {}", text.en.empty() ? "" : " ", band.to.inclusive ? "up to" : "under", *band.to.value);
    text.ja += fmt::format("{}{}", *band.to.value, band.to.inclusive ? "以下" : "未満");
  }
  return text.en.empty() ? core::Text{"everything", "すべて"} : text;
}

// Names both bands and the values concerned, so that an editor can show them.
void check_neighbours(const std::vector<Band>& bands, std::size_t i, const std::string& path, Faults& faults) {
  const auto& below = bands[i - 1].to;
  const auto& above = bands[i].from;
  const std::string at = fmt::format("{}[{}]", path, i);
  const auto both = [&](const core::Text& fault) {
    const core::Text first = range_of(bands[i - 1]), second = range_of(bands[i]);
    faults.add(at, fmt::format("Band {} ({}) and band {} ({}) {}.", i, first.en, i + 1, second.en, fault.en),
               fmt::format("区間{}({})と区間{}({}){}。", i, first.ja, i + 1, second.ja, fault.ja));
  };
  if (!below.value || !above.value) {
    faults.add(at, "Bands ascend: each but the first needs from, each but the last needs to.",
               "区間は小さい順に並べ、最初以外に from、最後以外に to を指定してください。");
  } else if (*below.value < *above.value) {
    both({fmt::format("leave a gap: no band holds the values between {} and {}", *below.value, *above.value),
          fmt::format("の間に隙間があります。{}と{}の間の値がどの区間にも含まれません", *below.value, *above.value)});
  } else if (*below.value > *above.value) {
    both({fmt::format("overlap between {} and {}: say which one holds those values", *above.value, *below.value),
          fmt::format("が{}と{}の間で重なっています。どちらに含めるか決めてください", *above.value, *below.value)});
  } else if (!below.inclusive && !above.inclusive) {
    both({fmt::format("leave a gap: neither holds {}", *below.value),
          fmt::format("の間に隙間があります。{}がどちらにも含まれません", *below.value)});
  } else if (below.inclusive && above.inclusive) {
    both({fmt::format("overlap: both hold {}; say which one does", *below.value),
          fmt::format("が重なっています。{}が両方に含まれるので、どちらに含めるか決めてください", *below.value)});
  }
  if (bands[i].to.value && above.value && *bands[i].to.value < *above.value) {
    faults.add(at, "The band ends before it begins.", "区間の終わりが始まりより小さくなっています。");
  }
}

void check_bands(const std::vector<Band>& bands, const std::string& path, Faults& faults) {
  if (bands.empty()) {
    faults.add(path, "Give at least one band.", "区間を1つ以上指定してください。");
    return;
  }
  if (bands.front().from.value) {
    faults.add(path + "[0].from",
               fmt::format("Values below {} have no band. Leave out from.", *bands.front().from.value),
               fmt::format("{}より小さい値の区間がありません。from を省いてください。", *bands.front().from.value));
  }
  if (bands.back().to.value) {
    faults.add(fmt::format("{}[{}].to", path, bands.size() - 1),
               fmt::format("Values above {} have no band. Leave out to.", *bands.back().to.value),
               fmt::format("{}より大きい値の区間がありません。to を省いてください。", *bands.back().to.value));
  }
  for (std::size_t i = 0; i < bands.size(); ++i) {
    check_points(bands[i].points, fmt::format("{}[{}].points", path, i), faults);
    if (i > 0) check_neighbours(bands, i, path, faults);
  }
}

void check_curve(const Curve& curve, const std::string& path, Faults& faults) {
  switch (curve.kind) {
    case Curve::Kind::bands:
      check_bands(curve.bands, path + ".bands", faults);
      return;
    case Curve::Kind::linear:
      if (curve.linear.empty()) {
        faults.add(path + ".linear", "Give at least one point.", "点を1つ以上指定してください。");
      }
      for (std::size_t i = 0; i < curve.linear.size(); ++i) {
        const std::string at = fmt::format("{}.linear[{}]", path, i);
        check_points(curve.linear[i].points, at + ".points", faults);
        if (i > 0 && !(curve.linear[i - 1].value < curve.linear[i].value)) {
          faults.add(at + ".value", "Values must ascend.", "値は小さい順に並べてください。");
        }
      }
      return;
    case Curve::Kind::choices: {
      std::set<std::string> seen;
      check_points(curve.other_points, path + ".other_points", faults);
      for (std::size_t i = 0; i < curve.choices.size(); ++i) {
        const std::string at = fmt::format("{}.choices[{}]", path, i);
        check_points(curve.choices[i].points, at + ".points", faults);
        if (!seen.insert(curve.choices[i].choice).second) {
          faults.add(at + ".choice", "This choice is listed twice.", "この選択肢が重複しています。");
        }
      }
      return;
    }
  }
}

void check_weight(double weight, const std::string& path, Faults& faults) {
  if (!(weight >= 0 && weight <= 1e6)) {
    faults.add(path + ".weight", "A weight is 0 or more.", "重みは0以上で指定してください。");
  }
}

void check_condition(const AppliesWhen& condition, const std::string& path, Faults& faults) {
  if (condition.attribute.empty()) {
    faults.add(path + ".applies_when.attribute", "Name the attribute that decides.",
               "判定に使う属性を指定してください。");
  }
  if (condition.values.empty()) {
    faults.add(path + (condition.is_excluding ? ".applies_when.notIn" : ".applies_when.in"), "Give at least one value.",
               "値を1つ以上指定してください。");
  }
}

void check_decay(const Decay& decay, const std::string& path, Faults& faults) {
  check_points(decay.towards_points, path + ".towards_points", faults);
  if (decay.after_days < 0 || decay.after_days > longest_age_days) {
    faults.add(path + ".after_days", fmt::format("Give 0 to {} days.", longest_age_days),
               fmt::format("0〜{}日で指定してください。", longest_age_days));
  }
  if (decay.half_life_days < 1 || decay.half_life_days > longest_age_days) {
    faults.add(path + ".half_life_days", fmt::format("Give 1 to {} days.", longest_age_days),
               fmt::format("1〜{}日で指定してください。", longest_age_days));
  }
}

// Those for any phase must hold for every age, and ascend.
void check_variants(const ScorecardItem& item, const std::string& path, Faults& faults) {
  const AgedCurve* before = nullptr;
  for (std::size_t i = 0; i < item.curves.size(); ++i) {
    const auto& variant = item.curves[i];
    const std::string at = fmt::format("{}.curves[{}]", path, i);
    if (variant.from_age_days < 0) {
      faults.add(at + ".from_age_days", "An age is 0 or more.", "経過日数は0以上で指定してください。");
    }
    if (!variant.phases.empty()) continue;
    if (before != nullptr && variant.from_age_days <= before->from_age_days) {
      faults.add(at + ".from_age_days", "Ages must ascend.", "経過日数は小さい順に並べてください。");
    }
    if (before == nullptr && variant.from_age_days != 0) break;
    before = &variant;
  }
  if (before == nullptr) {
    faults.add(path + ".curves", "Give a curve that applies from age 0 in any phase.",
               "経過日数0から、どのフェーズでも使う換算表を指定してください。");
  }
}

void check_item(const Definitions& definitions, const ScorecardItem& item, const std::string& path,
                std::set<std::string>& seen, Faults& faults) {
  const auto measure = definitions.measure_index(item.measure);
  if (!measure) {
    faults.add(path + ".measure", fmt::format("There is no measure \"{}\".", item.measure),
               fmt::format("指標「{}」は存在しません。", item.measure));
  } else if (!seen.insert(item.measure).second) {
    faults.add(path + ".measure", fmt::format("The measure \"{}\" is already in this scorecard.", item.measure),
               fmt::format("指標「{}」はこのスコアカードに既にあります。", item.measure));
  }
  check_weight(item.weight, path, faults);
  check_points(item.neutral_points, path + ".neutral_points", faults);
  if (item.applies_when) check_condition(*item.applies_when, path, faults);
  if (item.decay) check_decay(*item.decay, path + ".decay", faults);
  check_variants(item, path, faults);
  for (std::size_t i = 0; i < item.curves.size(); ++i) {
    const std::string at = item.curves.size() == 1 ? path + ".curve" : fmt::format("{}.curves[{}]", path, i);
    check_curve(item.curves[i].curve, at, faults);
    if (measure && item.curves[i].curve.kind == Curve::Kind::choices &&
        (definitions.measures[*measure].source != Source::attribute ||
         definitions.measures[*measure].is_percentile())) {
      faults.add(at, "Only attributes can be scored by choice.", "選択肢ごとの点数は属性の指標だけに使えます。");
    }
  }
}

void check_levels(const std::vector<Level>& levels, const std::string& path, Faults& faults) {
  if (levels.size() < 2 || levels.size() > 9) {
    faults.add(path + ".levels", "Give two to nine levels.", "レベルは2〜9個指定してください。");
    return;
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::string at = fmt::format("{}.levels[{}]", path, i);
    check_key(levels[i].key, at, seen, faults);
    check_name(levels[i].name, at, faults);
    check_points(levels[i].from, at + ".from", faults);
    if (i > 0 && levels[i].from >= levels[i - 1].from) {
      faults.add(at + ".from", "Levels go from best to worst: each begins lower than the one before.",
                 "レベルは良い順に並べ、下限を順に小さくしてください。");
    }
  }
  if (levels.back().from != 0) {
    faults.add(fmt::format("{}.levels[{}].from", path, levels.size() - 1), "The last level begins at 0.",
               "最後のレベルの下限は0にしてください。");
  }
}

void check_forced(const Scorecard& scorecard, const std::set<std::string>& measures, const std::string& path,
                  Faults& faults) {
  if (scorecard.forced.size() > most_forced) {
    faults.add(path + ".forced", fmt::format("At most {} forced levels.", most_forced),
               fmt::format("強制レベルは{}個までです。", most_forced));
  }
  for (std::size_t i = 0; i < scorecard.forced.size(); ++i) {
    const auto& rule = scorecard.forced[i];
    const std::string at = fmt::format("{}.forced[{}]", path, i);
    check_points(rule.at_most_points, at + ".at_most_points", faults);
    if (!measures.contains(rule.measure)) {
      faults.add(
          at + ".measure",
          fmt::format("The measure \"{}\" is not in this scorecard. Add it, with weight 0 at least.", rule.measure),
          fmt::format("指標「{}」はこのスコアカードにありません。重み0でよいので追加してください。", rule.measure));
    }
    if (std::none_of(scorecard.levels.begin(), scorecard.levels.end(),
                     [&](const Level& level) { return level.key == rule.level; })) {
      faults.add(at + ".level", fmt::format("There is no level \"{}\" in this scorecard.", rule.level),
                 fmt::format("レベル「{}」はこのスコアカードにありません。", rule.level));
    }
  }
}

// Pages count accounts by level over the whole book, so every account's own scorecard needs the same levels.
void check_same_levels(const Definitions& definitions, const Scorecard& scorecard, const std::string& path,
                       Faults& faults) {
  if (!scorecard.is_for_some()) return;
  const auto& common = definitions.scorecards[*definitions.common_scorecard()];
  const bool is_same = std::equal(scorecard.levels.begin(), scorecard.levels.end(), common.levels.begin(),
                                  common.levels.end(), [](const Level& a, const Level& b) { return a.key == b.key; });
  if (is_same) return;
  faults.add(
      path + ".levels",
      fmt::format("A scorecard for some accounts needs the levels of \"{}\", by key and order; where they begin "
                  "may differ.",
                  common.key),
      fmt::format("一部の顧客向けのスコアカードには「{}」と同じキー・順序のレベルが必要です。下限は変えられます。",
                  common.key));
}

// Whether something of the group has a weight all the way down.
bool can_count(const ScorecardGroup& group) {
  if (!(group.weight > 0)) return false;
  return std::any_of(group.items.begin(), group.items.end(), [](const auto& item) { return item.weight > 0; }) ||
         std::any_of(group.groups.begin(), group.groups.end(), can_count);
}

int depth_of(const ScorecardGroup& group) {
  int deepest = 0;
  for (const auto& each : group.groups) deepest = std::max(deepest, depth_of(each));
  return 1 + deepest;
}

void check_scorecard(const Definitions& definitions, const Scorecard& scorecard, const std::string& path,
                     Faults& faults) {
  check_name(scorecard.name, path, faults);
  check_levels(scorecard.levels, path, faults);
  std::set<std::string> group_keys, measures;
  const auto flat = flatten(scorecard);
  for (const auto& group : flat.groups) {
    const std::string at = path + "." + group.path;
    check_key(group.definition->key, at, group_keys, faults);
    check_name(group.definition->name, at, faults);
    check_weight(group.definition->weight, at, faults);
    for (std::size_t i = 0; i < group.definition->items.size(); ++i) {
      check_item(definitions, group.definition->items[i], fmt::format("{}.measures[{}]", at, i), measures, faults);
    }
  }
  for (std::size_t i = 0; i < scorecard.groups.size(); ++i) {
    if (depth_of(scorecard.groups[i]) <= deepest_group) continue;
    faults.add(fmt::format("{}.groups[{}]", path, i),
               fmt::format("Groups may lie in each other at most {} deep.", deepest_group),
               fmt::format("グループの入れ子は{}段までです。", deepest_group));
  }
  if (std::none_of(scorecard.groups.begin(), scorecard.groups.end(), can_count)) {
    faults.add(path + ".groups", "At least one measure needs a weight above 0, in a group with a weight above 0.",
               "重みが0より大きいグループに、重みが0より大きい指標を1つ以上入れてください。");
  }
  check_forced(scorecard, measures, path, faults);
  if (scorecard.applies_when) check_condition(*scorecard.applies_when, path, faults);
  check_same_levels(definitions, scorecard, path, faults);
}

}  // namespace

void check_scorecards(const Definitions& definitions, Faults& faults) {
  std::set<std::string> keys;
  if (definitions.scorecards.size() > most_scorecards) {
    faults.add("scorecards", fmt::format("At most {} scorecards.", most_scorecards),
               fmt::format("スコアカードは{}個までです。", most_scorecards));
  }
  for (std::size_t i = 0; i < definitions.scorecards.size(); ++i) {
    const std::string path = fmt::format("scorecards[{}]", i);
    check_key(definitions.scorecards[i].key, path, keys, faults);
    check_scorecard(definitions, definitions.scorecards[i], path, faults);
  }
}

}  // namespace banso::engine
