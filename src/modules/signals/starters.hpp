// Rules that ship with the product: the usual reasons to help a customer, written in the fields of the book. Those that
// need a vendor's own features or measures are templates with named parameters. Internal to the module.
#pragma once

#include <map>
#include <variant>

#include "kind.hpp"

namespace banso::signals {

enum class ParameterKind { number, feature, measure };
std::string_view word_of(ParameterKind kind);

struct StarterParameter {
  std::string key;
  core::Text name;
  ParameterKind kind = ParameterKind::number;
  std::optional<double> otherwise = std::nullopt;  // of numbers
};

// Rules of conditions as JSON, without the group around them, all of which must hold. "$key" stands for a parameter.
struct Starter {
  std::string key;
  core::Text name, description;
  work::CallKind kind = work::CallKind::risk;
  work::Severity severity = work::Severity::medium;
  std::string scope_rules = R"({"field": "arr", "operator": ">", "value": 0})";  // customers with a contract
  // Added to the scope where the workspace has the fields that it speaks of.
  std::string narrower_scope_rules = {};
  std::string rules;
  std::string leave_rules = {};  // empty: leaves where the rules do not hold
  core::Text explanation;
  org::AccountRole role = org::AccountRole::csm;
  int due_business_days = 5;
  double hours = 1;
  int cooldown_days = 30;
  std::string for_days = "0";  // may be a parameter
  bool closes_by_itself = true;
  std::vector<StarterParameter> parameters = {};
};
const std::vector<Starter>& starters();
const Starter* find_starter(std::string_view key);

using ParameterValue = std::variant<double, std::string>;
using ParameterValues = std::map<std::string, ParameterValue>;

// What the workspace has to choose from.
struct StarterSituation {
  std::shared_ptr<const engine::FieldCatalogue> fields;
  std::vector<std::pair<std::string, core::Text>> features;  // of the product
  std::map<std::string, std::string> measures;               // published ones: bodies by key
};

struct PreparedStarter {
  std::vector<core::Text> missing;  // data that are not there; empty: it can be added
  struct Measure {
    std::string key, body;
    core::Text name;
  };
  std::vector<Measure> measures;    // to be published with it
  std::optional<std::string> body;  // nothing where a parameter has still to be chosen
};
// Parameters left out take their default; refused where one does not fit.
core::Result<PreparedStarter> prepare(const Starter& starter, const ParameterValues& given,
                                      const StarterSituation& situation);
// Values a parameter can take, with their names; none for numbers.
std::vector<engine::Choice> choices_of(const StarterParameter& parameter, const StarterSituation& situation);

}  // namespace banso::signals
