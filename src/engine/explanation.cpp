#include "explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/day_in_words.hpp"
#include "evaluate.hpp"
#include "explanation_words.hpp"
#include "scoring.hpp"
#include "value_words.hpp"

namespace banso::engine {

using core::Text;

namespace {

constexpr std::size_t reasons_in_summary = 3;
constexpr double any_pull = 1e-9;

std::string grouped(double number, int decimals) {
  std::string digits = fmt::format("{:.{}f}", std::abs(number), decimals);
  const auto point = std::min(digits.find('.'), digits.size());
  for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return number < 0 ? fmt::format("-{}", digits) : digits;
}

std::string points_text(double points) {
  return fmt::format("{:.1f}", std::abs(points));
}

}  // namespace

std::string short_number(double number) {
  const double tenths = std::round(number * 10) / 10;
  return grouped(tenths, tenths == std::floor(tenths) ? 0 : 1);
}

Text effect(double pull) {
  if (std::abs(pull) < weak_pull) return {"which hardly moves the score", "スコアへの影響はわずかです"};
  const std::string points = points_text(pull);
  return {fmt::format("{} the score by {} points", pull < 0 ? "lowering" : "raising", points),
          fmt::format("スコアを{}点{}", points, pull < 0 ? "下げています" : "上げています")};
}

Text change_effect(Points change) {
  if (std::abs(change.value()) < weak_pull) return {"hardly moved the score", "スコアへの影響はわずかでした"};
  const std::string points = points_text(change.value());
  return {fmt::format("{} the score by {} points", change < Points{} ? "lowered" : "raised", points),
          fmt::format("スコアを{}点{}", points, change < Points{} ? "下げました" : "上げました")};
}

namespace {

bool is_choice(const AttributeColumn* column) {
  return column != nullptr && !column->dictionary.empty();
}

// The plain measure that a comparison is about ("active users"), so that the sentence can say what fell.
const MeasureDefinition& subject_of(const Definitions& definitions, const MeasureDefinition& measure) {
  for (const auto& each : definitions.measures) {
    if (each.compare == CompareWith::nothing && each.source == measure.source && each.aggregate == measure.aggregate &&
        each.filter == measure.filter && each.window_days == measure.window_days &&
        each.divide_by == measure.divide_by) {
      return each;
    }
  }
  return measure;
}

// "Active users (28 days) fell 34% against the previous window" / 「…が前期間比34%減少し」
Text comparison_clause(const Definitions& definitions, const MeasureDefinition& measure, double value) {
  const Text& name = subject_of(definitions, measure).name;
  const bool is_year = measure.compare == CompareWith::last_year;
  const Text against{is_year ? "against last year" : "against the period before", is_year ? "前年同期比" : "前期間比"};
  const bool is_percent = measure.change == Change::percent;
  const std::string amount = short_number(std::abs(value));
  if (value == 0) {
    return {fmt::format("{} did not change {}", name.en, against.en),
            fmt::format("{}は{}で横ばいで", name.ja, against.ja)};
  }
  return {
      fmt::format("{} {} {}{} {}", name.en, value < 0 ? "fell" : "rose", is_percent ? "" : "by ",
                  amount + (is_percent ? "%" : ""), against.en),
      fmt::format("{}が{}{}{}し", name.ja, against.ja, amount + (is_percent ? "%" : ""), value < 0 ? "減少" : "増加")};
}

Text plain_clause(const Book& book, const Definitions& definitions, const MeasureDefinition& measure, double value) {
  if (measure.compare != CompareWith::nothing) return comparison_clause(definitions, measure, value);
  const Text formatted = format_underlying(book, measure, value);
  return {fmt::format("{} is {}", measure.name.en, formatted.en),
          fmt::format("{}は{}で", measure.name.ja, formatted.ja)};
}

// The value, and where it stands among its peers.
Text value_clause(const Book& book, const Definitions& definitions, const Assessments& assessments,
                  std::size_t measure_index, std::size_t account) {
  const auto& measure = definitions.measures[measure_index];
  const auto& column = assessments.measures[measure_index];
  const auto note = peer_note(book, measure, assessments, measure_index, account);
  if (!note) return plain_clause(book, definitions, measure, column.values[account]);
  const Text value = plain_clause(book, definitions, measure, column.underlying[account]);
  return {value.en + ", " + note->text.en, value.ja + "、" + note->text.ja};
}

Text reason_sentence(const Book& book, const Definitions& definitions, const Assessments& assessments,
                     std::size_t account, const ScorecardItem& item, const Reason& reason) {
  const auto index = definitions.measure_index(reason.measure).value();
  const auto& measure = definitions.measures[index];
  const bool counts = reason.effective_weight > 0;
  if (reason.use == ItemUse::not_applicable && !is_not_applicable(reason.state)) {
    return {fmt::format("{} does not apply to this account; left out of the score.", measure.name.en),
            fmt::format("{}はこの顧客には当てはまらないため、スコアに含めていません。", measure.name.ja)};
  }
  if (is_number(reason.state)) {
    const Text value = value_clause(book, definitions, assessments, index, account);
    if (!counts) return {value.en + "; it carries no weight.", value.ja + "、スコアには含めていません。"};
    const Text moved = effect(reason.pull);
    if (reason.use == ItemUse::decayed) {
      const std::string points = short_number(reason.points.value());
      const auto day = core::day_in_words(reason.newest_day);
      return {fmt::format("{}, but nothing newer than {} is known, so it has drifted to {} points, {}.", value.en,
                          day.en, points, moved.en),
              fmt::format("{}、{}より新しい情報がないため{}点まで補正し、{}。", value.ja, day.ja, points, moved.ja)};
    }
    return {fmt::format("{}, {}.", value.en, moved.en), fmt::format("{}、{}。", value.ja, moved.ja)};
  }
  const Text why = describe(reason.state);
  if (!counts) {
    return {fmt::format("{}: {}; left out of the score.", measure.name.en, why.en),
            fmt::format("{}は{}ため、スコアに含めていません。", measure.name.ja, why.ja)};
  }
  const Text moved = effect(reason.pull);
  const std::string assumed = short_number(reason.points.value());
  const bool is_neutral = item.missing == MissingPolicy::neutral;
  return {fmt::format("{}: {}; counted as {} points{}, {}.", measure.name.en, why.en, assumed,
                      is_neutral ? " (neutral)" : "", moved.en),
          fmt::format("{}は{}ため{}点として扱い、{}。", measure.name.ja, why.ja, assumed, moved.ja)};
}

Text change_sentence(const Book& book, const MeasureDefinition& measure, const ChangeReason& reason) {
  const Text moved = change_effect(reason.change);
  const Text then = format_value(book, measure, reason.state_then, reason.value_then);
  const Text now = format_value(book, measure, reason.state_now, reason.value_now);
  const bool had = is_number(reason.state_then), has = is_number(reason.state_now);
  if (had && has && then.en == now.en) {
    return {fmt::format("{} stayed at {}; its share of the whole {}.", measure.name.en, now.en, moved.en),
            fmt::format("{}は{}のまま、配点の割合が変わり、{}。", measure.name.ja, now.ja, moved.ja)};
  }
  if (had && has) {
    return {fmt::format("{} went from {} to {} and {}.", measure.name.en, then.en, now.en, moved.en),
            fmt::format("{}が{}から{}に変わり、{}。", measure.name.ja, then.ja, now.ja, moved.ja)};
  }
  if (has) {
    return {fmt::format("{} now has a value ({}) and {}.", measure.name.en, now.en, moved.en),
            fmt::format("{}に値({})が入り、{}。", measure.name.ja, now.ja, moved.ja)};
  }
  const Text why = describe(reason.state_now);
  if (had) {
    return {fmt::format("{} lost its value ({}), which {}.", measure.name.en, why.en, moved.en),
            fmt::format("{}は{}ため値がなくなり、{}。", measure.name.ja, why.ja, moved.ja)};
  }
  return {fmt::format("{} has no value ({}); its share {}.", measure.name.en, why.en, moved.en),
          fmt::format("{}は{}ため値がなく、{}。", measure.name.ja, why.ja, moved.ja)};
}

// Joins the first sentences.
Text joined(const std::vector<Text>& sentences) {
  Text summary;
  for (std::size_t i = 0; i < std::min(sentences.size(), reasons_in_summary); ++i) {
    summary.en += (i == 0 ? "" : " ") + sentences[i].en;
    summary.ja += sentences[i].ja;
  }
  return summary;
}

struct Sentence {
  double weight = 0;  // how much it says
  Text text;
};

// Those that say something, the most first.
std::vector<Text> by_weight(std::vector<Sentence> sentences, double least) {
  std::erase_if(sentences, [&](const Sentence& each) { return std::abs(each.weight) < least; });
  std::stable_sort(sentences.begin(), sentences.end(),
                   [](const Sentence& a, const Sentence& b) { return std::abs(a.weight) > std::abs(b.weight); });
  std::vector<Text> texts;
  texts.reserve(sentences.size());
  for (auto& each : sentences) texts.push_back(std::move(each.text));
  return texts;
}

Reason reason_for(const Definitions& definitions, const FlatScorecard& flat, const Assessments& assessments,
                  std::size_t scorecard, std::size_t account, std::size_t group, std::size_t item) {
  const auto& cells = assessments.scorecards[scorecard].items[flat.groups[group].first_item + item];
  Reason reason;
  reason.group = group;
  reason.item = item;
  reason.measure = flat.groups[group].definition->items[item].measure;
  const auto& measure = assessments.measures[definitions.measure_index(reason.measure).value()];
  reason.state = measure.states[account];
  reason.value = measure.values[account];
  reason.newest_day = measure.newest_days[account];
  reason.use = cells.uses[account];
  reason.points = cells.points[account];
  reason.effective_weight = cells.effective_weights[account];
  reason.contribution = cells.contributions[account];
  if (reason.effective_weight > 0) reason.pull = reason.effective_weight * (reason.points.value() - middle_points);
  return reason;
}

}  // namespace

Text format_value(const Book& book, const MeasureDefinition& measure, ValueState state, double value) {
  if (!is_number(state)) return describe(state);
  if (!measure.is_percentile()) return format_underlying(book, measure, value);
  return {"percentile " + short_number(value), short_number(value) + "パーセンタイル"};
}

Text format_underlying(const Book& book, const MeasureDefinition& measure, double value) {
  if (measure.source == Source::attribute) {
    const auto* column = book.attribute(measure.attribute);
    if (is_choice(column) && static_cast<std::size_t>(value) < column->dictionary.size()) {
      const auto& text = column->dictionary[static_cast<std::size_t>(value)];
      return {fmt::format("\"{}\"", text), fmt::format("「{}」", text)};
    }
    if (column != nullptr && column->description.type == AttributeType::yes_no) {
      return value != 0 ? Text{"yes", "「はい」"} : Text{"no", "「いいえ」"};
    }
  }
  const std::string number = short_number(value);
  if (measure.unit == Unit::ratio) return {fmt::format("{:.2f}", value), fmt::format("{:.2f}", value)};
  return with_unit(number, unit_word(measure.unit));
}

namespace {

const Text& level_name(const Scorecard& scorecard, std::int8_t level) {
  static const Text none{"no level", "レベルなし"};
  return level == no_level ? none : scorecard.levels[static_cast<std::size_t>(level)].name;
}

// "The level is forced to Red because CSM sentiment is "red"; the score alone would give Yellow."
Text forced_note(const Book& book, const Definitions& definitions, const Assessments& assessments,
                 const Scorecard& scorecard, const ScorecardColumn& column, std::size_t account) {
  const auto& rule = scorecard.forced[static_cast<std::size_t>(column.forced_by[account])];
  const auto index = definitions.measure_index(rule.measure).value();
  const auto& measure = definitions.measures[index];
  const auto& values = assessments.measures[index];
  const Text value = format_value(book, measure, values.states[account], values.values[account]);
  const Text& forced = level_name(scorecard, column.machine_levels[account]);
  const Text& alone = level_name(scorecard, level_of(scorecard, column.scores[account]));
  return {fmt::format("The level is forced to {} because {} is {}; the score alone would give {}.", forced.en,
                      measure.name.en, value.en, alone.en),
          fmt::format("{}が{}のため、レベルを「{}」としています。スコアだけなら「{}」です。", measure.name.ja, value.ja,
                      forced.ja, alone.ja)};
}

// "The level is set by hand to At risk until 2026-12-31; the machine says Healthy."
Text override_note(const Book& book, const Assessments& assessments, const Scorecard& scorecard,
                   const ScorecardColumn& column, std::size_t account) {
  const auto index = book.index_of(assessments.account_ids[account]);
  const auto* set = index ? book.level_override(*index, assessments.as_of) : nullptr;
  const bool has_end = set != nullptr && set->until != forever;
  const std::string last_day = has_end ? core::to_string(set->until - 1) : "";
  const Text& shown = level_name(scorecard, column.levels[account]);
  const Text& machine = level_name(scorecard, column.machine_levels[account]);
  return {fmt::format("The level is set by hand to {}{}; the machine says {}.", shown.en,
                      has_end ? " until " + last_day : "", machine.en),
          fmt::format("レベルは手動で「{}」に設定されています{}。自動判定は「{}」です。", shown.ja,
                      has_end ? fmt::format("({}まで)", last_day) : "", machine.ja)};
}

Text level_note(const Book& book, const Definitions& definitions, const Assessments& assessments, std::size_t scorecard,
                std::size_t account) {
  const auto& definition = definitions.scorecards[scorecard];
  const auto& column = assessments.scorecards[scorecard];
  Text note;
  const auto add = [&](const Text& sentence) {
    note.en += (note.en.empty() ? "" : " ") + sentence.en;
    note.ja += sentence.ja;
  };
  if (column.overridden[account]) add(override_note(book, assessments, definition, column, account));
  if (column.forced_by[account] != no_rule) {
    add(forced_note(book, definitions, assessments, definition, column, account));
  }
  return note;
}

}  // namespace

namespace {

std::vector<Text> strongest(const Explanation& explanation, bool has_names, double least_pull) {
  std::vector<Sentence> sentences;
  for (const auto& reason : explanation.reasons) sentences.push_back({reason.pull, reason.sentence});
  if (has_names) {
    for (const auto& child : explanation.children) sentences.push_back({child.pull, child.sentence});
  } else if (!explanation.children.empty()) {
    auto all = children_as_one(explanation.children);
    sentences.push_back({all.pull, std::move(all.sentence)});
  }
  return by_weight(std::move(sentences), least_pull);
}

}  // namespace

Explanation explain(const Book& book, const Definitions& definitions, const Assessments& assessments,
                    std::size_t scorecard, std::size_t account, const AccountNames& names) {
  Explanation explanation;
  const auto& column = assessments.scorecards[scorecard];
  explanation.has_score = assessments.has_score(scorecard, account);
  explanation.score = column.scores[account];
  explanation.level_note = level_note(book, definitions, assessments, scorecard, account);
  const auto flat = flatten(definitions.scorecards[scorecard]);
  for (std::size_t group = 0; group < flat.groups.size(); ++group) {
    const auto& items = flat.groups[group].definition->items;
    for (std::size_t item = 0; item < items.size(); ++item) {
      auto reason = reason_for(definitions, flat, assessments, scorecard, account, group, item);
      reason.sentence = reason_sentence(book, definitions, assessments, account, items[item], reason);
      explanation.reasons.push_back(std::move(reason));
    }
  }
  std::stable_sort(explanation.reasons.begin(), explanation.reasons.end(),
                   [](const Reason& a, const Reason& b) { return std::abs(a.pull) > std::abs(b.pull); });
  explanation.children = child_reasons(column, account, names);
  explanation.roll_up_note = roll_up_note(column, account);
  if (!explanation.has_score) {
    explanation.summary = {"There is nothing yet to score this account by.", "まだ評価できるデータがありません。"};
    return explanation;
  }
  explanation.strongest = strongest(explanation, static_cast<bool>(names), any_pull);
  explanation.summary = joined(strongest(explanation, static_cast<bool>(names), weak_pull));
  if (explanation.summary.en.empty()) {
    explanation.summary = {"All measures are about equally good.", "すべての指標がほぼ同じ水準です。"};
  }
  return explanation;
}

ChangeExplanation explain_change(const Book& book, const Definitions& definitions, const Assessments& then,
                                 std::size_t account_then, const Assessments& now, std::size_t account_now,
                                 std::size_t scorecard, const AccountNames& names) {
  ChangeExplanation explanation;
  if (then.definitions_version != now.definitions_version) {
    explanation.summary = {"The two scores come from different versions of the scorecard and cannot be compared.",
                           "スコアカードの版が異なるため、2つのスコアは比較できません。"};
    return explanation;
  }
  if (!then.has_score(scorecard, account_then) || !now.has_score(scorecard, account_now)) {
    explanation.summary = {"One of the two days has no score.", "どちらかの日のスコアがありません。"};
    return explanation;
  }
  explanation.comparable = true;
  explanation.then = then.scorecards[scorecard].scores[account_then];
  explanation.now = now.scorecards[scorecard].scores[account_now];
  explanation.change = explanation.now - explanation.then;
  const auto flat = flatten(definitions.scorecards[scorecard]);
  for (std::size_t group = 0; group < flat.groups.size(); ++group) {
    for (std::size_t item = 0; item < flat.groups[group].definition->items.size(); ++item) {
      const auto before = reason_for(definitions, flat, then, scorecard, account_then, group, item);
      const auto after = reason_for(definitions, flat, now, scorecard, account_now, group, item);
      ChangeReason reason{group,       item,         after.measure, before.state,
                          after.state, before.value, after.value,   after.contribution - before.contribution,
                          {}};
      const auto& measure = definitions.measures[definitions.measure_index(reason.measure).value()];
      reason.sentence = change_sentence(book, measure, reason);
      explanation.reasons.push_back(std::move(reason));
    }
  }
  std::stable_sort(explanation.reasons.begin(), explanation.reasons.end(), [](const auto& a, const auto& b) {
    return std::abs(a.change.ten_thousandths) > std::abs(b.change.ten_thousandths);
  });
  explanation.children =
      child_changes(then.scorecards[scorecard], account_then, now.scorecards[scorecard], account_now, names);
  std::vector<Sentence> sentences;
  for (const auto& reason : explanation.reasons) sentences.push_back({reason.change.value(), reason.sentence});
  for (const auto& child : explanation.children) sentences.push_back({child.change.value(), child.sentence});
  explanation.summary = joined(by_weight(std::move(sentences), weak_pull));
  if (explanation.summary.en.empty()) {
    explanation.summary = {"The score did not change noticeably.", "スコアに目立った変化はありません。"};
  }
  return explanation;
}

}  // namespace banso::engine
