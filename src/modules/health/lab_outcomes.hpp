// What scorecards are judged by: what became of contracts, and attributes that took a value. What an attribute's value
// means nobody can know but the person who asks: a contract that ends is bad, "segment: enterprise" may be either.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/lab/outcomes.hpp"
#include "modules/customers/customers.hpp"

namespace banso::health {

// Keys: "churned", "contracted", "expanded", "attribute.<key>=<choice>".
struct NamedOutcome {
  struct OfAttribute {
    std::string attribute;
    core::Text attribute_name;
    std::string choice;
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
