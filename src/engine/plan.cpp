#include "plan.hpp"

#include <algorithm>
#include <map>

#include "names.hpp"

namespace banso::engine {

namespace {

template <class T>
std::size_t index_of_equal(std::vector<T>& known, const T& wanted) {
  const auto found = std::find(known.begin(), known.end(), wanted);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  known.push_back(wanted);
  return known.size() - 1;
}

bool holds(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

UsageFilter resolve(const Book& book, const Filter& filter) {
  UsageFilter resolved;
  resolved.takes_all = filter.features.empty() && filter.modules.empty() && !filter.active_only;
  if (resolved.takes_all) return resolved;
  for (const auto& feature : book.features()) {
    const bool takes = (filter.features.empty() || holds(filter.features, feature.key)) &&
                       (filter.modules.empty() || holds(filter.modules, feature.module)) &&
                       (!filter.active_only || feature.is_active);
    resolved.takes.push_back(takes ? 1 : 0);
  }
  // Where the condition leaves nothing out, share the work with the unfiltered measures.
  if (std::all_of(resolved.takes.begin(), resolved.takes.end(), [](auto takes) { return takes != 0; })) {
    return UsageFilter{};
  }
  return resolved;
}

template <class Enum>
std::uint32_t kind_bits(const std::vector<std::string>& names) {
  std::uint32_t bits = 0;
  for (const auto& name : names) {
    if (const auto kind = from_name<Enum>(name)) bits |= 1u << static_cast<unsigned>(*kind);
  }
  return names.empty() ? ~0u : bits;
}

std::uint32_t kind_bits(const MeasureDefinition& measure) {
  switch (measure.source) {
    case Source::surveys:
      return kind_bits<SurveyKind>(measure.filter.kinds);
    case Source::interactions:
      return kind_bits<InteractionKind>(measure.filter.kinds);
    case Source::attendance:
      return kind_bits<AttendanceKind>(measure.filter.kinds);
    default:
      return ~0u;
  }
}

ContactRoles role_bits(const std::vector<std::string>& names) {
  if (names.empty()) return 0xff;
  ContactRoles bits = 0;
  for (const auto& name : names) {
    if (const auto role = from_name<ContactRole>(name)) bits = static_cast<ContactRoles>(bits | bit(*role));
  }
  return bits;
}

std::vector<std::uint8_t> product_mask(const Book& book, const std::vector<std::string>& products) {
  std::vector<std::uint8_t> mask;
  if (products.empty()) return mask;
  for (const auto& product : book.products()) mask.push_back(holds(products, product) ? 1 : 0);
  return mask;
}

void plan_usage(Plan& plan, const MeasureDefinition& definition, MeasurePlan& measure) {
  if (definition.aggregate == Aggregate::days_since_latest) return;  // the filter's newest day says it all
  const auto series = [&](Aggregate aggregate, std::size_t filter, int lag_days) {
    return index_of_equal(plan.series, UsageSeries{aggregate, filter, definition.window_days, lag_days});
  };
  const auto divisor = [&](int lag_days) {
    if (definition.divide_by == DivideBy::active_people) return series(Aggregate::people, 0, lag_days);
    if (definition.divide_by == DivideBy::unfiltered) return series(definition.aggregate, 0, lag_days);
    return none;
  };
  measure.series = series(definition.aggregate, measure.filter, 0);
  measure.divisor = divisor(0);
  if (measure.lag_days == 0) return;
  measure.earlier_series = series(definition.aggregate, measure.filter, measure.lag_days);
  measure.earlier_divisor = divisor(measure.lag_days);
}

MeasurePlan plan_measure(Plan& plan, const Book& book, const Definitions& definitions,
                         const MeasureDefinition& definition) {
  MeasurePlan measure;
  measure.definition = &definition;
  if (definition.compare == CompareWith::previous_window) measure.lag_days = definition.window_days;
  if (definition.compare == CompareWith::last_year) measure.lag_days = 364;
  measure.kinds = kind_bits(definition);
  measure.roles = role_bits(definition.filter.roles);
  measure.products = product_mask(book, definition.filter.products);
  if (definition.source == Source::usage || definition.source == Source::contacts) {
    measure.filter = index_of_equal(plan.filters, resolve(book, definition.filter));
  }
  if (definition.source == Source::usage) plan_usage(plan, definition, measure);
  if (definition.source == Source::attribute) measure.attribute = book.attribute(definition.attribute);
  for (const auto& key : definition.of) measure.operands.push_back(*definitions.measure_index(key));
  return measure;
}

std::vector<std::size_t> operands_first(const std::vector<MeasurePlan>& measures) {
  std::vector<std::size_t> order;
  std::vector<std::uint8_t> is_done(measures.size(), 0);
  const auto visit = [&](auto&& self, std::size_t index) -> void {
    if (is_done[index]) return;
    is_done[index] = 1;
    for (const auto operand : measures[index].operands) self(self, operand);
    order.push_back(index);
  };
  for (std::size_t index = 0; index < measures.size(); ++index) visit(visit, index);
  return order;
}

std::vector<Points> points_by_code(const Curve& curve, const AttributeColumn* attribute) {
  if (curve.kind != Curve::Kind::choices) return {};
  static const std::vector<std::string> no_yes = {"no", "yes"};
  const auto& dictionary = attribute == nullptr || attribute->dictionary.empty() ? no_yes : attribute->dictionary;
  std::vector<Points> points;
  for (const auto& text : dictionary) {
    const auto found = std::find_if(curve.choices.begin(), curve.choices.end(),
                                    [&](const ChoicePoints& choice) { return choice.choice == text; });
    points.push_back(Points::from(found == curve.choices.end() ? curve.other_points : found->points));
  }
  return points;
}

ScorecardPlan plan_scorecard(const Plan& plan, const Definitions& definitions, const Scorecard& definition) {
  ScorecardPlan scorecard{&definition, {}};
  for (std::size_t group = 0; group < definition.groups.size(); ++group) {
    for (const auto& item : definition.groups[group].items) {
      ItemPlan resolved{&item, group, *definitions.measure_index(item.measure), {}};
      for (const auto& aged : item.curves) {
        resolved.curves.push_back(
            {aged.from_age_days, &aged.curve, points_by_code(aged.curve, plan.measures[resolved.measure].attribute)});
      }
      scorecard.items.push_back(std::move(resolved));
    }
  }
  return scorecard;
}

}  // namespace

Plan make_plan(const Book& book, const Definitions& definitions) {
  Plan plan;
  plan.filters.emplace_back();
  std::map<std::string_view, std::uint32_t> modules;
  for (const auto& feature : book.features()) {
    plan.module_of_feature.push_back(
        modules.try_emplace(feature.module, static_cast<std::uint32_t>(modules.size())).first->second);
  }
  plan.module_count = modules.size();
  plan.created = book.attribute(attribute_keys::created);
  for (const auto& definition : definitions.measures) {
    plan.measures.push_back(plan_measure(plan, book, definitions, definition));
  }
  plan.order = operands_first(plan.measures);
  for (const auto& definition : definitions.scorecards) {
    plan.scorecards.push_back(plan_scorecard(plan, definitions, definition));
  }
  return plan;
}

}  // namespace banso::engine
