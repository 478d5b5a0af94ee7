#include "forecast_changes.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace banso::renewals {
namespace {

bool differs_by_person(const Renewal& before, const Renewal& after) {
  const auto forecast = [](const Renewal& renewal) {
    return renewal.input ? renewal.input->forecast_minor : std::nullopt;
  };
  return forecast(before) != forecast(after) || before.category != after.category ||
         before.is_confirmed != after.is_confirmed;
}

core::Text machine_words(const Renewal& before, const Renewal& after) {
  const auto share = [](const Renewal& renewal) {
    return renewal.machine.probability ? fmt::format("{:.0f}%", *renewal.machine.probability * 100) : std::string("-");
  };
  if (before.account.level != after.account.level && before.machine.group != after.machine.group) {
    return {fmt::format("The level changed; probability {} → {}.", share(before), share(after)),
            fmt::format("レベルが変わりました(更新確率 {} → {})。", share(before), share(after))};
  }
  return {fmt::format("The probability changed: {} → {}.", share(before), share(after)),
          fmt::format("更新確率が変わりました({} → {})。", share(before), share(after))};
}

std::pair<ChangeCause, core::Text> cause_of(const Renewal* before, const Renewal* after) {
  if (!before) {
    return {ChangeCause::entered, {"New in the pipeline.", "新たにパイプラインに加わりました。"}};
  }
  if (!after) {
    return {ChangeCause::left,
            {"Left the pipeline: the contract was changed or moved.",
             "契約の変更または更新日の移動により、パイプラインから外れました。"}};
  }
  if (before->outcome != after->outcome) return {ChangeCause::outcome, {"Decided.", "結果が確定しました。"}};
  if (differs_by_person(*before, *after)) {
    return {ChangeCause::person, {"Judged otherwise.", "担当者が見込みを変更しました。"}};
  }
  if (before->expansion_minor != after->expansion_minor) {
    return {ChangeCause::expansion, {"Expansion in the forecast changed.", "拡大見込みが変わりました。"}};
  }
  if (before->due_minor != after->due_minor || before->final_minor != after->final_minor) {
    return {ChangeCause::contract, {"The contract changed.", "契約内容が変わりました。"}};
  }
  return {ChangeCause::machine, machine_words(*before, *after)};
}

ForecastChange describe(const Renewal* before, const Renewal* after) {
  const auto& shown = after ? *after : *before;
  ForecastChange change;
  change.key = shown.key;
  change.account_name = shown.account.name;
  change.owner_name = shown.owner_name;
  if (before) {
    change.before_minor = before->total_minor();
    change.category_before = word_of(before->category);
    change.outcome_before = word_of(before->outcome);
  }
  if (after) {
    change.after_minor = after->total_minor();
    change.category_after = word_of(after->category);
    change.outcome_after = word_of(after->outcome);
  }
  std::tie(change.cause, change.words) = cause_of(before, after);
  if (shown.input) change.input_id = shown.input->id;
  return change;
}

}  // namespace

std::string_view word_of(ChangeCause cause) {
  static constexpr std::string_view words[] = {"outcome", "person",   "expansion", "entered",
                                               "left",    "contract", "machine"};
  return words[static_cast<std::size_t>(cause)];
}

ForecastChanges compare_forecasts(const Pipeline& before, const Pipeline& after, core::Day from, core::Day to) {
  ForecastChanges result;
  const auto keep = [&](const Renewal* old_one, const Renewal* new_one) {
    auto change = describe(old_one, new_one);
    result.before_minor += change.before_minor;
    result.after_minor += change.after_minor;
    const bool is_news = change.delta_minor() != 0 || change.category_before != change.category_after ||
                         change.outcome_before != change.outcome_after;
    if (is_news) result.changes.push_back(std::move(change));
  };
  for (const auto& renewal : before.between(from, to)) keep(&renewal, after.find(renewal.key));
  for (const auto& renewal : after.between(from, to)) {
    if (!before.find(renewal.key)) keep(nullptr, &renewal);
  }
  std::stable_sort(result.changes.begin(), result.changes.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.delta_minor()) > std::abs(b.delta_minor()); });
  return result;
}

}  // namespace banso::renewals
