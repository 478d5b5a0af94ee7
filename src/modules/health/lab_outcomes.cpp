#include "lab_outcomes.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

namespace banso::health {
namespace {

namespace lab = engine::lab;

constexpr std::size_t most_choices = 40;  // an attribute with more is no outcome

struct ContractOutcome {
  std::string_view key;
  core::Text name;
  bool is_good;
  lab::Outcomes (*find)(const engine::Book&, core::Day);
};

const std::vector<ContractOutcome>& contract_outcomes() {
  static const std::vector<ContractOutcome> all = {
      {"churned", {"Churned", "解約"}, false, lab::churned},
      {"contracted", {"Renewed or changed to less", "契約縮小"}, false, lab::contracted},
      {"expanded", {"Expanded", "契約拡大"}, true, lab::expanded}};
  return all;
}

core::Text choice_name(const engine::AttributeColumn& column,
                       const std::vector<customers::AttributeDefinition>& attributes, const std::string& choice) {
  if (column.description.type == engine::AttributeType::yes_no) {
    return choice == "yes" ? core::Text{"Yes", "はい"} : core::Text{"No", "いいえ"};
  }
  for (const auto& attribute : attributes) {
    if (attribute.key != column.description.key) continue;
    for (const auto& each : attribute.choices) {
      if (each.value == choice) return each.label;
    }
  }
  return {choice, choice};
}

std::vector<std::string> choices_of(const engine::AttributeColumn& column) {
  if (column.description.type == engine::AttributeType::yes_no) return {"yes", "no"};
  return column.dictionary.size() > most_choices ? std::vector<std::string>() : column.dictionary;
}

struct Movement {
  std::string_view key;
  core::Text words;
};

std::span<const Movement> movements_of(const engine::AttributeColumn& column) {
  static const std::array<Movement, 2> all = {
      {{NamedOutcome::grew, {"grew", "増加"}}, {NamedOutcome::fell, {"fell", "減少"}}}};
  const auto type = column.description.type;
  const bool is_number = type == engine::AttributeType::number || type == engine::AttributeType::money;
  return is_number ? std::span<const Movement>(all) : std::span<const Movement>();
}

}  // namespace

lab::Outcomes outcomes_of(const engine::Book& book, const NamedOutcome& outcome, core::Day known_on) {
  if (outcome.of_attribute) {
    if (outcome.of_attribute->is_number) {
      const auto find = outcome.of_attribute->choice == NamedOutcome::grew ? lab::attribute_grew : lab::attribute_fell;
      return find(book, outcome.of_attribute->attribute, known_on);
    }
    return lab::attribute_became(book, outcome.of_attribute->attribute, outcome.of_attribute->choice, known_on);
  }
  const auto& all = contract_outcomes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.key == outcome.key; });
  return found->find(book, known_on);
}

std::vector<NamedOutcome> list_outcomes(const engine::Book& book,
                                        const std::vector<customers::AttributeDefinition>& attributes,
                                        core::Day known_on) {
  std::vector<NamedOutcome> outcomes;
  for (const auto& contract : contract_outcomes()) {
    outcomes.push_back({std::string(contract.key), contract.name, std::nullopt, contract.is_good,
                        contract.find(book, known_on).accounts()});
  }
  for (const auto& column : book.attributes()) {
    const auto& [key, name, type] = column.description;
    for (const auto& [movement, words] : movements_of(column)) {
      NamedOutcome outcome{fmt::format("attribute.{}{}", key, movement),
                           {fmt::format("{}: {}", name.en, words.en), fmt::format("{}：{}", name.ja, words.ja)},
                           NamedOutcome::OfAttribute{key, name, true, std::string(movement), words}};
      outcome.accounts = outcomes_of(book, outcome, known_on).accounts();
      if (outcome.accounts > 0) outcomes.push_back(std::move(outcome));
    }
    for (const auto& choice : choices_of(column)) {
      const auto of_choice = choice_name(column, attributes, choice);
      NamedOutcome outcome{fmt::format("attribute.{}={}", key, choice),
                           {fmt::format("{}: {}", name.en, of_choice.en), fmt::format("{}：{}", name.ja, of_choice.ja)},
                           NamedOutcome::OfAttribute{key, name, false, choice, of_choice}};
      outcome.accounts = outcomes_of(book, outcome, known_on).accounts();
      if (outcome.accounts > 0) outcomes.push_back(std::move(outcome));
    }
  }
  return outcomes;
}

}  // namespace banso::health
