// validate(): what is wrong with definitions, each fault with its path and remedy.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "definitions.hpp"
#include "definitions_faults.hpp"
#include "expression.hpp"
#include "names.hpp"
#include "peers.hpp"

namespace banso::engine {

namespace {

constexpr int longest_window_days = 3650;
constexpr std::size_t most_measures = 1000;

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

void check_expression(const Definitions& definitions, const MeasureDefinition& measure, const std::string& path,
                      Faults& faults) {
  const auto expression = Expression::parse(measure.expression);
  const auto refuse = [&](const core::Text& why) { faults.add(path + ".expression", why.en, why.ja); };
  if (!expression) return refuse(expression.error().message);
  std::vector<Unit> units;
  for (const auto& key : expression->keys()) {
    if (const auto index = definitions.measure_index(key)) {
      units.push_back(definitions.measures[*index].unit);
    } else {
      refuse({fmt::format("There is no measure \"{}\".", key), fmt::format("指標「{}」は存在しません。", key)});
    }
  }
  if (units.size() != expression->keys().size()) return;
  const auto result = expression->check(units);
  if (!result) return refuse(result.error().message);
  const bool is_money = measure.unit == Unit::money, gives_money = result->money == 1 && result->days == 0;
  if (!result->is_constant && is_money != gives_money) {
    faults.add(path + ".unit",
               gives_money ? "The formula gives an amount of money: set the unit money."
                           : "The formula gives no amount of money: choose another unit.",
               gives_money ? "計算結果は金額です。単位を money にしてください。"
                           : "計算結果は金額ではありません。別の単位を選んでください。");
  }
}

void check_operands(const Definitions& definitions, const MeasureDefinition& measure, const std::string& path,
                    Faults& faults) {
  const bool is_expression = measure.aggregate == Aggregate::expression;
  if (!is_expression && !measure.expression.empty()) {
    faults.add(path + ".expression", "Only the aggregate \"expression\" has a formula. Remove it.",
               "計算式を指定できるのは、集計方法が expression の指標だけです。削除してください。");
  }
  if (measure.source != Source::measures || is_expression) {
    if (!measure.of.empty()) {
      faults.add(path + ".of", "Only formulas (source \"measures\") have operands. Remove them.",
                 "演算対象を指定できるのは、データ源が measures の指標だけです。削除してください。");
    }
    if (is_expression) check_expression(definitions, measure, path, faults);
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
      const bool is_expression = definitions.measures[index].aggregate == Aggregate::expression;
      faults.add(fmt::format("measures[{}].{}", index, is_expression ? "expression" : "of"),
                 fmt::format("The formula goes in a circle: {}.", circle),
                 fmt::format("計算式が循環しています: {}", circle));
      return;
    }
    marks[index] = Mark::open;
    trail.push_back(index);
    for (const auto& key : operands_of(definitions.measures[index])) {
      if (const auto operand = definitions.measure_index(key)) self(self, *operand);
    }
    trail.pop_back();
    marks[index] = Mark::done;
  };
  for (std::size_t index = 0; index < definitions.measures.size(); ++index) visit(visit, index);
}

// A rank among peers rests on values, not on other ranks: names the way from one to the other, e.g. "a → b → c".
void check_percentile(const Definitions& definitions, const MeasureDefinition& measure, const std::string& path,
                      Faults& faults) {
  if (!measure.is_percentile()) return;
  if (!is_key(measure.percentile_among)) {
    faults.add(path + ".percentile_among", "Name an attribute by its key, or \"book\" for all accounts.",
               "属性のキー、または全顧客を表す book を指定してください。");
  }
  std::set<std::string> seen;
  const auto visit = [&](auto&& self, const MeasureDefinition& each, const std::string& trail) -> void {
    for (const auto& key : operands_of(each)) {
      const auto index = definitions.measure_index(key);
      if (!index || !seen.insert(key).second) continue;
      const std::string way = fmt::format("{} → {}", trail, key);
      if (definitions.measures[*index].is_percentile()) {
        faults.add(path + ".percentile_among", fmt::format("A percentile cannot be taken of percentiles: {}.", way),
                   fmt::format("百分位からさらに百分位を計算することはできません: {}", way));
      } else {
        self(self, definitions.measures[*index], way);
      }
    }
  };
  seen.insert(measure.key);  // that it rests on itself is told as a circle
  visit(visit, measure, measure.key);
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
  check_percentile(definitions, measure, path, faults);
  if ((measure.source == Source::attribute) == measure.attribute.empty()) {
    faults.add(path + ".attribute",
               measure.attribute.empty() ? "Name the attribute to read."
                                         : "Only the source \"attribute\" reads one. Remove it.",
               measure.attribute.empty()
                   ? "読み取る属性を指定してください。"
                   : "属性を指定できるのは、データ源が attribute の指標だけです。削除してください。");
  }
}

}  // namespace

core::Result<void> validate(const Definitions& definitions) {
  Faults faults;
  std::set<std::string> measure_keys;
  if (definitions.measures.size() > most_measures) {
    faults.add("measures", fmt::format("At most {} measures.", most_measures),
               fmt::format("指標は{}個までです。", most_measures));
  }
  for (std::size_t i = 0; i < definitions.measures.size(); ++i) {
    const std::string path = fmt::format("measures[{}]", i);
    check_key(definitions.measures[i].key, path, measure_keys, faults);
    check_measure(definitions, definitions.measures[i], path, faults);
  }
  const auto percentiles = std::count_if(definitions.measures.begin(), definitions.measures.end(),
                                         [](const auto& measure) { return measure.is_percentile(); });
  if (static_cast<std::size_t>(percentiles) > most_percentiles) {
    faults.add("measures", fmt::format("At most {} measures may be percentiles among peers.", most_percentiles),
               fmt::format("顧客群の中での百分位にできる指標は{}個までです。", most_percentiles));
  }
  check_cycles(definitions, faults);
  check_scorecards(definitions, faults);
  return std::move(faults).result();
}

}  // namespace banso::engine
