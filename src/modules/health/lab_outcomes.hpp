// What scorecards are judged by: what became of contracts, attributes that took a value, and numbers that grew or fell.
// What an attribute means nobody can know but the person who asks: a contract that ends is bad, "segment: enterprise"
// may be either. So what modules keep on the account is an outcome, too: a goal that was achieved (goals_achieved
// grew), a stage that was reached, a plan that the customer confirmed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/lab/outcomes.hpp"
#include "modules/customers/customers.hpp"

namespace banso::health {

// Keys: "churned", "contracted", "expanded", "attribute.<key>=<choice>", "attribute.<key>+" (grew), "attribute.<key>-"
// (fell).
struct NamedOutcome {
  static constexpr const char* grew = "+";
  static constexpr const char* fell = "-";
  struct OfAttribute {
    std::string attribute;
    core::Text attribute_name;
    bool is_number = false;
    std::string choice;  // `grew` and `fell` of numbers
    core::Text choice_name;
  };
  std::string key;
  core::Text name;
  std::optional<OfAttribute> of_attribute{};
  std::optional<bool> is_good{};  // nothing: whoever asks has to say
  std::size_t accounts = 0;       // that had it at any time
};

// All that happened to at least one account, and those of contracts in any case.
std::vector<NamedOutcome> list_outcomes(const engine::Book& book,
                                        const std::vector<customers::AttributeDefinition>& attributes,
                                        core::Day known_on);
engine::lab::Outcomes outcomes_of(const engine::Book& book, const NamedOutcome& outcome, core::Day known_on);

}  // namespace banso::health
