// validate(): what is wrong with definitions, each fault with its path and remedy.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "definitions.hpp"
#include "names.hpp"

namespace banso::engine {

namespace {

constexpr int longest_window_days = 3650;
constexpr std::size_t most_measures = 1000, most_scorecards = 200;

class Faults {
 public:
  void add(std::string path, std::string en, std::string ja) {
    fields_.push_back({std::move(path), {std::move(en), std::move(ja)}});
  }
  core::Result<void> result() && {
    if (fields_.empty()) return {};
    core::Error error;
    error.message = {fmt::format("The definitions have {} fault(s). First: {}: {}", fields_.size(), fields_[0].field,
                                 fields_[0].message.en),
                     fmt::format("定義に{}件の誤りがあります。最初の誤りは {} です。{}", fields_.size(),
                                 fields_[0].field, fields_[0].message.ja)};
    error.fields = std::move(fields_);
    return error;
  }

 private:
  std::vector<core::FieldError> fields_;
};

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void check_key(const std::string& key, const std::string& path, std::set<std::string>& seen, Faults& faults) {
  if (!is_key(key)) {
    faults.add(path + ".key", "A key needs 1 to 100 of a-z, 0-9 and _.",
               "キーは英小文字・数字・_ の1〜100文字で指定してください。");
  } else if (!seen.insert(key).second) {
    faults.add(path + ".key", fmt::format("The key \"{}\" is used twice. Choose another.", key),
               fmt::format("キー「{}」が重複しています。別のキーにしてください。", key));
  }
}

void check_name(const core::Text& name, const std::string& path, Faults& faults) {
  if (name.en.empty() && name.ja.empty()) {
    faults.add(path + ".name", "Give a name in at least one language.",
               "少なくとも1つの言語で名前を入力してください。");
  }
}

void check_days(int days, const std::string& path, Faults& faults) {
  if (days < 0 || days > longest_window_days) {
    faults.add(path, fmt::format("Give 0 to {} days.", longest_window_days),
               fmt::format("0〜{}日で指定してください。", longest_window_days));
  }
}

// ---- measures ----

template <class Enum>
void check_kinds(const MeasureDefinition& measure, const std::string& path, Faults& faults) {
  for (std::size_t i = 0; i < measure.filter.kinds.size(); ++i) {
    if (from_name<Enum>(measure.filter.kinds[i])) continue;
    faults.add(fmt::format("{}.filter.kinds[{}]", path, i),
               fmt::format("Unknown kind \"{}\". Use one of: {}.", measure.filter.kinds[i], all_names<Enum>()),
               fmt::format("種別「{}」は使えません。{} のいずれかを指定してください。", measure.filter.kinds[i],
                           all_names<Enum>()));
  }
}

void check_filter(const MeasureDefinition& measure, const std::string& path, Faults& faults) {
  const auto refuse = [&](bool given, std::string_view field) {
    if (!given) return;
    faults.add(fmt::format("{}.filter.{}", path, field),
               fmt::format("This filter does not apply to the source {}. Remove it.", name_of(measure.source)),
               fmt::format("データ源 {} にはこの絞り込みを使えません。削除してください。", name_of(measure.source)));
  };
  const bool is_usage = measure.source == Source::usage;
  const bool counts_usage = is_usage || (measure.source == Source::contacts && measure.aggregate == Aggregate::active);
  refuse(!counts_usage && !measure.filter.features.empty(), "features");
  refuse(!counts_usage && !measure.filter.modules.empty(), "modules");
  refuse(!counts_usage && measure.filter.active_only, "active_only");
  refuse(measure.source != Source::tickets && measure.filter.urgent_only, "urgent_only");
  refuse(measure.source != Source::contacts && measure.source != Source::interactions && !measure.filter.roles.empty(),
         "roles");
  refuse(measure.source != Source::subscriptions && measure.divide_by != DivideBy::seats &&
             !measure.filter.products.empty(),
         "products");
  switch (measure.source) {
    case Source::surveys:
      check_kinds<SurveyKind>(measure, path, faults);
      break;
    case Source::interactions:
      check_kinds<InteractionKind>(measure, path, faults);
      break;
    case Source::attendance:
      check_kinds<AttendanceKind>(measure, path, faults);
      break;
    default:
      refuse(!measure.filter.kinds.empty(), "kinds");
  }
  for (std::size_t i = 0; i < measure.filter.roles.size(); ++i) {
    if (from_name<ContactRole>(measure.filter.roles[i])) continue;
    faults.add(fmt::format("{}.filter.roles[{}]", path, i),
               fmt::format("Unknown role \"{}\". Use one of: {}.", measure.filter.roles[i], all_names<ContactRole>()),
               fmt::format("役割「{}」は使えません。{} のいずれかを指定してください。", measure.filter.roles[i],
                           all_names<ContactRole>()));
  }
}

void check_divisor(const MeasureDefinition& measure, const std::string& path, Faults& faults) {
  const bool windowed = is_windowed(measure.source, measure.aggregate);
  if ((measure.divide_by == DivideBy::active_people || measure.divide_by == DivideBy::unfiltered) &&
      !(measure.source == Source::usage && windowed)) {
    faults.add(path + ".divide_by", "Only windowed usage can be divided by active people or by the unfiltered whole.",
               "アクティブ人数や全体での割り算は、期間で集計する利用データだけに使えます。");
  }
  if (measure.divide_by == DivideBy::thirty_days && !(windowed && measure.window_days > 0)) {
    faults.add(path + ".divide_by", "A rate per thirty days needs a window: set window_days.",
               "30日あたりの値には期間が必要です。window_days を指定してください。");
  }
  if (measure.compare != CompareWith::nothing && !(windowed && measure.window_days > 0)) {
    faults.add(path + ".compare", "Only windowed values can be compared with an earlier window: set window_days.",
               "以前の期間と比べるには期間が必要です。window_days を指定してください。");
  }
}

void check_operands(const Definitions& definitions, const MeasureDefinition& measure, const std::string& path,
                    Faults& faults) {
  if (measure.source != Source::measures) {
    if (!measure.of.empty()) {
      faults.add(path + ".of", "Only formulas (source \"measures\") have operands. Remove them.",
                 "演算対象を指定できるのは、データ源が measures の指標だけです。削除してください。");
    }
    return;
  }
  const bool is_ratio = measure.aggregate == Aggregate::ratio;
  if (is_ratio ? measure.of.size() != 2 : measure.of.empty()) {
    faults.add(path + ".of", is_ratio ? "A ratio needs exactly two measures." : "A formula needs at least one measure.",
               is_ratio ? "比率には指標を2つ指定してください。" : "計算式には指標を1つ以上指定してください。");
  }
  for (std::size_t i = 0; i < measure.of.size(); ++i) {
    if (definitions.measure_index(measure.of[i])) continue;
    faults.add(fmt::format("{}.of[{}]", path, i), fmt::format("There is no measure \"{}\".", measure.of[i]),
               fmt::format("指標「{}」は存在しません。", measure.of[i]));
  }
}

// Names the circle, e.g. "a → b → a", where a formula rests on itself.
void check_cycles(const Definitions& definitions, Faults& faults) {
  enum class Mark { fresh, open, done };
  std::vector<Mark> marks(definitions.measures.size(), Mark::fresh);
  std::vector<std::size_t> trail;
  const auto visit = [&](auto&& self, std::size_t index) -> void {
    if (marks[index] == Mark::done) return;
    if (marks[index] == Mark::open) {
      std::string circle;
      for (auto at = std::find(trail.begin(), trail.end(), index); at != trail.end(); ++at) {
        circle += definitions.measures[*at].key + " → ";
      }
      circle += definitions.measures[index].key;
      faults.add(fmt::format("measures[{}].of", index), fmt::format("The formula goes in a circle: {}.", circle),
                 fmt::format("計算式が循環しています: {}", circle));
      return;
    }
    marks[index] = Mark::open;
    trail.push_back(index);
    for (const auto& key : definitions.measures[index].of) {
      if (const auto operand = definitions.measure_index(key)) self(self, *operand);
    }
    trail.pop_back();
    marks[index] = Mark::done;
  };
  for (std::size_t index = 0; index < definitions.measures.size(); ++index) visit(visit, index);
}

void check_measure(const Definitions& definitions, const MeasureDefinition& measure, const std::string& path,
                   Faults& faults) {
  check_name(measure.name, path, faults);
  const auto allowed = allowed_aggregates(measure.source);
  if (std::find(allowed.begin(), allowed.end(), measure.aggregate) == allowed.end()) {
    std::string list;
    for (const auto aggregate : allowed) list += (list.empty() ? "" : ", ") + std::string(name_of(aggregate));
    faults.add(path + ".aggregate",
               fmt::format("The source {} has no aggregate {}. Use one of: {}.", name_of(measure.source),
                           name_of(measure.aggregate), list),
               fmt::format("データ源 {} に集計方法 {} は使えません。{} のいずれかを指定してください。",
                           name_of(measure.source), name_of(measure.aggregate), list));
  }
  check_days(measure.window_days, path + ".window_days", faults);
  check_days(measure.stale_after_days, path + ".stale_after_days", faults);
  check_days(measure.minimum_age_days, path + ".minimum_age_days", faults);
  check_filter(measure, path, faults);
  check_divisor(measure, path, faults);
  check_operands(definitions, measure, path, faults);
  if ((measure.source == Source::attribute) == measure.attribute.empty()) {
    faults.add(path + ".attribute",
               measure.attribute.empty() ? "Name the attribute to read."
                                         : "Only the source \"attribute\" reads one. Remove it.",
               measure.attribute.empty()
                   ? "読み取る属性を指定してください。"
                   : "属性を指定できるのは、データ源が attribute の指標だけです。削除してください。");
  }
}

// ---- scorecards ----

void check_points(double points, const std::string& path, Faults& faults) {
  if (!(points >= 0 && points <= 100)) {
    faults.add(path, "Points go from 0 to 100.", "点数は0〜100で指定してください。");
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
    if (i == 0) continue;
    const auto& below = bands[i - 1].to;
    const auto& above = bands[i].from;
    const std::string at = fmt::format("{}[{}]", path, i);
    if (!below.value || !above.value) {
      faults.add(at, "Bands ascend: each but the first needs from, each but the last needs to.",
                 "区間は小さい順に並べ、最初以外に from、最後以外に to を指定してください。");
    } else if (*below.value < *above.value || (*below.value == *above.value && !below.inclusive && !above.inclusive)) {
      faults.add(
          at, fmt::format("There is a gap between {} and {}: no band holds those values.", *below.value, *above.value),
          fmt::format("{}と{}の間に、どの区間にも含まれない値があります。", *below.value, *above.value));
    } else if (*below.value > *above.value || (below.inclusive && above.inclusive)) {
      faults.add(at,
                 fmt::format("Two bands overlap between {} and {}: say which one holds the boundary.", *above.value,
                             *below.value),
                 fmt::format("{}と{}の間で区間が重なっています。境界をどちらに含めるか指定してください。", *above.value,
                             *below.value));
    }
    if (bands[i].to.value && above.value && *bands[i].to.value < *above.value) {
      faults.add(at, "The band ends before it begins.", "区間の終わりが始まりより小さくなっています。");
    }
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
  if (item.curves.empty() || item.curves.front().from_age_days != 0) {
    faults.add(path + ".curves", "Give a curve that applies from age 0.",
               "経過日数0から使う換算表を指定してください。");
  }
  for (std::size_t i = 0; i < item.curves.size(); ++i) {
    const std::string at = item.curves.size() == 1 ? path + ".curve" : fmt::format("{}.curves[{}]", path, i);
    check_curve(item.curves[i].curve, at, faults);
    if (i > 0 && item.curves[i].from_age_days <= item.curves[i - 1].from_age_days) {
      faults.add(at + ".from_age_days", "Ages must ascend.", "経過日数は小さい順に並べてください。");
    }
    if (measure && item.curves[i].curve.kind == Curve::Kind::choices &&
        definitions.measures[*measure].source != Source::attribute) {
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

void check_scorecard(const Definitions& definitions, const Scorecard& scorecard, const std::string& path,
                     Faults& faults) {
  check_name(scorecard.name, path, faults);
  check_levels(scorecard.levels, path, faults);
  std::set<std::string> group_keys, measures;
  bool counts = false;
  for (std::size_t g = 0; g < scorecard.groups.size(); ++g) {
    const auto& group = scorecard.groups[g];
    const std::string at = fmt::format("{}.groups[{}]", path, g);
    check_key(group.key, at, group_keys, faults);
    check_name(group.name, at, faults);
    check_weight(group.weight, at, faults);
    for (std::size_t i = 0; i < group.items.size(); ++i) {
      check_item(definitions, group.items[i], fmt::format("{}.measures[{}]", at, i), measures, faults);
      counts = counts || (group.weight > 0 && group.items[i].weight > 0);
    }
  }
  if (!counts) {
    faults.add(path + ".groups", "At least one measure needs a weight above 0, in a group with a weight above 0.",
               "重みが0より大きいグループに、重みが0より大きい指標を1つ以上入れてください。");
  }
}

}  // namespace

core::Result<void> validate(const Definitions& definitions) {
  Faults faults;
  std::set<std::string> measure_keys, scorecard_keys;
  if (definitions.measures.size() > most_measures) {
    faults.add("measures", fmt::format("At most {} measures.", most_measures),
               fmt::format("指標は{}個までです。", most_measures));
  }
  if (definitions.scorecards.size() > most_scorecards) {
    faults.add("scorecards", fmt::format("At most {} scorecards.", most_scorecards),
               fmt::format("スコアカードは{}個までです。", most_scorecards));
  }
  for (std::size_t i = 0; i < definitions.measures.size(); ++i) {
    const std::string path = fmt::format("measures[{}]", i);
    check_key(definitions.measures[i].key, path, measure_keys, faults);
    check_measure(definitions, definitions.measures[i], path, faults);
  }
  check_cycles(definitions, faults);
  for (std::size_t i = 0; i < definitions.scorecards.size(); ++i) {
    const std::string path = fmt::format("scorecards[{}]", i);
    check_key(definitions.scorecards[i].key, path, scorecard_keys, faults);
    check_scorecard(definitions, definitions.scorecards[i], path, faults);
  }
  return std::move(faults).result();
}

}  // namespace banso::engine
