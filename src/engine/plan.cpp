#include "plan.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

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

const std::vector<std::string>& no_yes() {
  static const std::vector<std::string> words = {"no", "yes"};
  return words;
}

// The texts of the groups, by code. A number or a day makes no groups.
std::span<const std::string> group_names(const AttributeColumn& attribute) {
  if (!attribute.dictionary.empty()) return attribute.dictionary;
  if (attribute.description.type == AttributeType::yes_no) return no_yes();
  return {};
}

void plan_peers(const Book& book, const PeerDistributions& peers, MeasurePlan& measure) {
  const auto& definition = *measure.definition;
  if (!definition.is_percentile()) return;
  if (definition.percentile_among == among_book) {
    measure.peer_groups = {peers.find(definition.key, PeerDistributions::whole_book)};
    return;
  }
  measure.peer_attribute = book.attribute(definition.percentile_among);
  if (measure.peer_attribute == nullptr) return;
  for (const auto& name : group_names(*measure.peer_attribute)) {
    measure.peer_groups.push_back(peers.find(definition.key, name));
  }
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
  measure.gives_code = measure.attribute != nullptr && !measure.attribute->dictionary.empty();
  if (definition.aggregate == Aggregate::expression) measure.expression = *Expression::parse(definition.expression);
  for (const auto& key : operands_of(definition)) measure.operands.push_back(*definitions.measure_index(key));
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
  const auto& dictionary = attribute == nullptr || attribute->dictionary.empty() ? no_yes() : attribute->dictionary;
  std::vector<Points> points;
  for (const auto& text : dictionary) {
    const auto found = std::find_if(curve.choices.begin(), curve.choices.end(),
                                    [&](const ChoicePoints& choice) { return choice.choice == text; });
    points.push_back(Points::from(found == curve.choices.end() ? curve.other_points : found->points));
  }
  return points;
}

std::optional<double> code_in(const AttributeColumn& attribute, const std::string& text) {
  if (!attribute.dictionary.empty()) {
    const auto found = std::lower_bound(attribute.dictionary.begin(), attribute.dictionary.end(), text);
    if (found == attribute.dictionary.end() || *found != text) return std::nullopt;
    return static_cast<double>(found - attribute.dictionary.begin());
  }
  if (attribute.description.type == AttributeType::yes_no) {
    if (text == "yes") return 1;
    if (text == "no") return 0;
    return std::nullopt;
  }
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<double> codes_of(const AttributeColumn* attribute, const std::vector<std::string>& texts) {
  std::vector<double> codes;
  for (const auto& text : texts) {
    if (const auto code = attribute == nullptr ? std::nullopt : code_in(*attribute, text)) codes.push_back(*code);
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

std::optional<AttributeTest> resolve(const Book& book, const std::optional<AppliesWhen>& condition) {
  if (!condition) return std::nullopt;
  const auto* attribute = book.attribute(condition->attribute);
  return AttributeTest{attribute, codes_of(attribute, condition->values), condition->is_excluding};
}

std::int8_t level_index(const Scorecard& scorecard, std::string_view key) {
  for (std::size_t level = 0; level < scorecard.levels.size(); ++level) {
    if (scorecard.levels[level].key == key) return static_cast<std::int8_t>(level);
  }
  return no_level;
}

ItemPlan plan_item(const Plan& plan, const Book& book, const Definitions& definitions, const FlatItem& flat) {
  const auto& item = *flat.definition;
  ItemPlan resolved{&item, flat.group, *definitions.measure_index(item.measure), {}, resolve(book, item.applies_when)};
  const auto* phase = book.attribute(attribute_keys::phase);
  for (const auto& aged : item.curves) {
    resolved.curves.push_back({aged.from_age_days, &aged.curve,
                               points_by_code(aged.curve, plan.measures[resolved.measure].attribute),
                               !aged.phases.empty(), codes_of(phase, aged.phases)});
  }
  return resolved;
}

std::vector<ForcedPlan> plan_forced(const Scorecard& definition, const FlatScorecard& flat) {
  std::vector<ForcedPlan> rules;
  for (const auto& rule : definition.forced) {
    const auto item = std::find_if(flat.items.begin(), flat.items.end(),
                                   [&](const FlatItem& each) { return each.definition->measure == rule.measure; });
    rules.push_back({static_cast<std::size_t>(item - flat.items.begin()), Points::from(rule.at_most_points),
                     level_index(definition, rule.level)});
  }
  return rules;
}

ScorecardPlan plan_scorecard(const Plan& plan, const Book& book, const Definitions& definitions,
                             const Scorecard& definition) {
  const auto flat = flatten(definition);
  ScorecardPlan scorecard;
  scorecard.definition = &definition;
  for (const auto& group : flat.groups) {
    scorecard.groups.push_back(
        {group.definition->weight, group.parent == no_parent ? flat.groups.size() : group.parent});
  }
  for (const auto& item : flat.items) scorecard.items.push_back(plan_item(plan, book, definitions, item));
  scorecard.forced = plan_forced(definition, flat);
  for (const auto& level : book.levels()) scorecard.level_of_override.push_back(level_index(definition, level));
  scorecard.applies_when = resolve(book, definition.applies_when);
  scorecard.phases = codes_of(book.attribute(attribute_keys::phase), definition.phases);
  return scorecard;
}

bool asks_for_phase(const Scorecard& scorecard) {
  const auto flat = flatten(scorecard);
  return !scorecard.phases.empty() || std::any_of(flat.items.begin(), flat.items.end(), [](const FlatItem& item) {
    const auto& curves = item.definition->curves;
    return std::any_of(curves.begin(), curves.end(), [](const AgedCurve& curve) { return !curve.phases.empty(); });
  });
}

void plan_own_scorecards(Plan& plan, const Definitions& definitions) {
  if (const auto common = definitions.common_scorecard()) plan.common_scorecard = static_cast<std::int16_t>(*common);
  for (std::size_t i = 0; i < definitions.scorecards.size(); ++i) {
    if (definitions.scorecards[i].is_for_some()) plan.scorecards_for_some.push_back(i);
  }
  std::stable_sort(plan.scorecards_for_some.begin(), plan.scorecards_for_some.end(), [&](auto a, auto b) {
    return definitions.scorecards[a].priority < definitions.scorecards[b].priority;
  });
}

}  // namespace

bool AttributeTest::holds(std::size_t account, Day as_of) const {
  const auto value = attribute == nullptr ? std::nullopt : attribute->value_at(account, as_of);
  const bool is_one_of = value && std::binary_search(values.begin(), values.end(), *value);
  return is_one_of != is_excluding;
}

std::optional<std::size_t> peer_group_code(const MeasurePlan& measure, std::size_t account, Day as_of) {
  if (measure.definition->percentile_among == among_book) return 0;
  const auto value = measure.peer_attribute ? measure.peer_attribute->value_at(account, as_of) : std::nullopt;
  if (!value) return std::nullopt;
  const auto code = static_cast<std::size_t>(*value);
  return code < group_names(*measure.peer_attribute).size() ? std::optional(code) : std::nullopt;
}

std::optional<std::string_view> peer_group(const MeasurePlan& measure, std::size_t account, Day as_of) {
  if (measure.definition->percentile_among == among_book) return PeerDistributions::whole_book;
  const auto code = peer_group_code(measure, account, as_of);
  return code ? std::optional<std::string_view>(group_names(*measure.peer_attribute)[*code]) : std::nullopt;
}

Plan make_plan(const Book& book, const Definitions& definitions) {
  return make_plan(book, definitions, {});
}

Plan make_plan(const Book& book, const Definitions& definitions, const PeerDistributions& peers) {
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
    plan_peers(book, peers, plan.measures.back());
  }
  plan.order = operands_first(plan.measures);
  for (const auto& definition : definitions.scorecards) {
    plan.scorecards.push_back(plan_scorecard(plan, book, definitions, definition));
    if (asks_for_phase(definition)) plan.phase = book.attribute(attribute_keys::phase);
  }
  plan_own_scorecards(plan, definitions);
  return plan;
}

}  // namespace banso::engine
