#include "outcome_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/money_in_words.hpp"

namespace banso::proof {
namespace {

constexpr double percent = 100;

// An amount of the measure with its unit: "4.2 points", "8 percentage points", "4.2 million yen".
core::Text amount(Measure measure, double value, const std::string& currency) {
  const auto unit = unit_of(measure);
  if (unit == "points") return {fmt::format("{:.1f} points", value), fmt::format("{:.1f}ポイント", value)};
  if (unit == "people") return {fmt::format("{:.1f} people", value), fmt::format("{:.1f}人", value)};
  if (unit == "share") {
    return {fmt::format("{:.1f} percentage points", value * percent),
            fmt::format("{:.1f}パーセントポイント", value * percent)};
  }
  return core::money_in_words({std::llround(value), currency});
}

core::Text interval(Measure measure, const effects::Interval& of, const std::string& currency) {
  const auto low = amount(measure, of.low, currency);
  const auto high = amount(measure, of.high, currency);
  return {fmt::format("90% interval {} to {}", low.en, high.en), fmt::format("90%信頼区間 {}〜{}", low.ja, high.ja)};
}

std::string in_digits(std::size_t accounts) {
  return core::with_commas(static_cast<std::int64_t>(accounts));
}

core::Text more(const std::optional<std::size_t>& accounts) {
  if (!accounts) return {};
  const auto count = in_digits(*accounts);
  return {fmt::format(" About {} more accounts would be needed to tell a difference of this size from chance.", count),
          fmt::format("この大きさの差を偶然と区別するには、あと約{}社の観測が必要です。", count)};
}

core::Text against(Comparison comparison) {
  if (comparison == Comparison::matched)
    return {"than like accounts outside the playbook", "条件の近い対象外の企業より"};
  return {"than the accounts held out", "対照群より"};
}

core::Text arr_sentence(const Effect& effect, const std::string& currency) {
  const auto& range = *effect.total_interval;
  const bool helps = *effect.total > 0;
  // Of a loss people are told the size; its interval then runs the other way round.
  const auto size = amount(Measure::arr_change, std::abs(*effect.total), currency);
  const effects::Interval sized = helps ? range : effects::Interval{-range.high, -range.low};
  const auto words = interval(Measure::arr_change, sized, currency);
  const auto accounts = in_digits(effect.found.treated.cases);
  if (helps) {
    return {fmt::format("Saved {} of ARR over {} accounts, {}.", size.en, accounts, words.en),
            fmt::format("{}社でARR {}を守りました({})。", accounts, size.ja, words.ja)};
  }
  return {fmt::format("Cost {} of ARR over {} accounts, {}.", size.en, accounts, words.en),
          fmt::format("{}社でARR {}を失う結果でした({})。", accounts, size.ja, words.ja)};
}

core::Text plain_sentence(const Effect& effect, Comparison comparison, const std::string& currency) {
  const auto name = name_of(effect.measure);
  const bool helps = effect.found.difference > 0;
  const auto size = amount(effect.measure, std::abs(effect.found.difference), currency);
  const auto range = interval(effect.measure, *effect.found.interval, currency);
  const auto others = against(comparison);
  return {fmt::format("{}: {} {} {}, {}.", name.en, size.en, helps ? "more" : "less", others.en, range.en),
          fmt::format("{}: {}{}{}({})。", name.ja, others.ja, size.ja, helps ? "高い結果でした" : "低い結果でした",
                      range.ja)};
}

core::Text none_seen_sentence(const Effect& effect, const std::string& currency) {
  const auto name = name_of(effect.measure);
  if (!effect.found.interval) {
    return {fmt::format("{}: no effect can be seen; all accounts were alike.", name.en),
            fmt::format("{}: 効果は確認できませんでした(どの企業も同じ結果でした)。", name.ja)};
  }
  const auto range = effect.total_interval ? *effect.total_interval : *effect.found.interval;
  const auto words = interval(effect.measure, range, currency);
  const auto rest = more(effect.more_accounts);
  return {fmt::format("{}: no effect can be seen; {}.{}", name.en, words.en, rest.en),
          fmt::format("{}: 効果は確認できませんでした({})。{}", name.ja, words.ja, rest.ja)};
}

core::Text too_early_sentence(const Effect& effect) {
  const auto name = name_of(effect.measure);
  const auto accounts = in_digits(effect.more_accounts.value_or(1));
  return {fmt::format("{}: not enough yet; {} more accounts have to be observed.", name.en, accounts),
          fmt::format("{}: まだ判断できません。あと{}社の観測が必要です。", name.ja, accounts)};
}

core::Text weaker() {
  return {" Compared with like accounts, not with a random holdout: weaker evidence.",
          "無作為な対照群ではなく条件の近い企業との比較のため、根拠としては弱いものです。"};
}

// How many more observed accounts until something can be said, where nobody has been compared yet.
std::size_t short_of(const Cases& cases, const Reading& reading) {
  const double held = cases.comparison == Comparison::holdout ? reading.holdout_percent / percent : 0;
  const auto needed = static_cast<double>(least_cases) / (held > 0 && held < 1 ? std::min(held, 1 - held) : 1);
  const auto observed = cases.observed();
  const auto all = static_cast<std::size_t>(std::ceil(needed));
  return all > observed ? all - observed : 1;
}

}  // namespace

core::Text name_of(Measure measure) {
  switch (measure) {
    case Measure::health:
      return {"Health score, change", "ヘルススコアの変化"};
    case Measure::level_improved:
      return {"Better level", "レベルの改善"};
    case Measure::active_people:
      return {"Active people, change", "利用人数の変化"};
    case Measure::renewed:
      return {"Renewed", "更新率"};
    case Measure::retained:
      return {"Still a customer", "契約の継続率"};
    case Measure::arr_change:
      return {"ARR, change", "ARRの変化"};
    case Measure::net_retention:
      break;
  }
  return {"Net revenue retention", "売上継続率(NRR)"};
}

core::Text sentence_of(const Effect& effect, Comparison comparison, const std::string& currency) {
  switch (effect.verdict) {
    case Verdict::too_early:
      return too_early_sentence(effect);
    case Verdict::none_seen:
      return none_seen_sentence(effect, currency);
    default:
      break;
  }
  return effect.total_interval ? arr_sentence(effect, currency) : plain_sentence(effect, comparison, currency);
}

core::Text verdict_sentence(const Effect* headline, const Cases& cases, const Reading& reading) {
  if (!headline) {
    const auto accounts = in_digits(short_of(cases, reading));
    return {fmt::format("Not enough yet: {} more accounts have to be observed.", accounts),
            fmt::format("まだ判断できません。あと{}社の観測が必要です。", accounts)};
  }
  auto sentence = headline->sentence;
  if (cases.comparison == Comparison::matched && headline->verdict != Verdict::too_early) {
    const auto label = weaker();
    sentence.en += label.en;
    sentence.ja += label.ja;
  }
  return sentence;
}

}  // namespace banso::proof
