// Parts of the starter definitions. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "definitions.hpp"
#include "starter.hpp"

namespace banso::engine {

// Every measure the starter can offer that does not depend on the vendor's own features and attributes.
std::vector<MeasureDefinition> general_measures();
// How many of the account's active people use one feature.
MeasureDefinition feature_measure(const Feature& feature);

// A key of a-z, 0-9 and _ for any text; different texts give different keys.
std::string key_for(std::string_view prefix, std::string_view text);

// Points by the place of a value in the distribution: the median gets 60. Nothing where there are too few values.
std::optional<Curve> curve_by_quantiles(std::vector<double> values, Better better);
Curve linear_curve(std::vector<CurvePoint> points);

// Whether the attribute tells that a customer left ("Churn", 解約), and which of its values says so.
bool is_outcome(const AttributeDescription& description);
bool says_left(std::string_view text);

// A measure with its place in a scorecard.
struct Offer {
  MeasureDefinition measure;
  ScorecardItem item;
  bool is_service = false;  // a service taken or not: belongs to adoption rather than to the contract
};
// What attributes alone can say of a customer's health: learned from the outcome where there is one, else from what
// their names and choices mean.
std::vector<Offer> attribute_offers(const BookSummary& summary);

}  // namespace banso::engine
