#include "attributes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "stage_words.hpp"

namespace banso::journeys {
namespace {

using customers::AttributeDefinition;
using customers::AttributeType;
using customers::AttributeValue;
using customers::ManagedValue;

constexpr std::string_view module_name = "journeys";
constexpr std::size_t values_at_a_time = 900;

customers::Provenance by_journeys() {
  return customers::Provenance::by(core::Caller::system("Journeys"));
}

// Two journeys may have stages of the same key.
std::string stage_value(const CompiledJourney& journey, std::size_t stage) {
  return fmt::format("{}.{}", journey.key, stage_key(journey.map, stage));
}

std::vector<customers::Choice> stage_choices(const JourneySet& set) {
  std::vector<customers::Choice> choices;
  for (const auto& journey : set.journeys) {
    for (std::size_t stage = 0; stage <= journey.map.stages.size(); ++stage) {
      auto name = stage_name(journey.map, stage_key(journey.map, stage));
      if (set.journeys.size() > 1) {
        name = {fmt::format("{} ({})", name.en, journey.map.name.en),
                fmt::format("{}({})", name.ja, journey.map.name.ja)};
      }
      choices.push_back({stage_value(journey, stage), std::move(name)});
    }
  }
  return choices;
}

std::vector<AttributeDefinition> definitions_of(const JourneySet& set) {
  const auto make = [](std::string key, core::Text name, AttributeType type,
                       std::vector<customers::Choice> choices = {}) {
    AttributeDefinition definition;
    definition.key = std::move(key);
    definition.name = std::move(name);
    definition.type = type;
    definition.choices = std::move(choices);
    definition.managed_by = std::string(module_name);
    return definition;
  };
  std::vector<customers::Choice> journeys;
  for (const auto& journey : set.journeys) journeys.push_back({journey.key, journey.map.name});
  return {make("journey", {"Journey", "ジャーニー"}, AttributeType::choice, std::move(journeys)),
          make("journey_stage", {"Journey stage", "ジャーニーのステージ"}, AttributeType::choice, stage_choices(set)),
          make("journey_stage_since", {"In journey stage since", "現在のステージに入った日"}, AttributeType::date),
          make("journey_confirmed_stage", {"Stage confirmed by the customer", "顧客が確認したステージ"},
               AttributeType::choice, stage_choices(set)),
          make("journey_stuck", {"Stuck in journey stage", "ステージで停滞中"}, AttributeType::yes_no),
          make("journey_regressing", {"Falling back on the journey", "ジャーニーの後退"}, AttributeType::yes_no)};
}

// In the order of definitions_of().
constexpr std::array keys{"journey",       "journey_stage",     "journey_stage_since", "journey_confirmed_stage",
                          "journey_stuck", "journey_regressing"};
using Values = std::array<std::optional<AttributeValue>, keys.size()>;

Values values_of(const std::optional<Position>& position) {
  if (!position) return {};
  const auto& journey = *position->journey;
  return {AttributeValue(journey.key),
          AttributeValue(stage_value(journey, position->standing.current)),
          AttributeValue(position->progress.entered_on),
          AttributeValue(stage_value(journey, position->standing.confirmed)),
          AttributeValue(position->pace.is_stuck()),
          AttributeValue(position->standing.is_regressing)};
}

// Whether the book shows the value already.
bool shows(const health::BookView& book, std::size_t row, std::string_view key,
           const std::optional<AttributeValue>& wanted) {
  const auto field = fmt::format("attribute.{}", key);
  if (book.fields().find(field) == nullptr) return false;
  const auto shown = book.value(row, field);
  if (std::holds_alternative<std::monostate>(shown)) return !wanted;
  if (!wanted) return false;
  if (const auto* text = std::get_if<std::string>(&shown)) {
    const auto* same = std::get_if<std::string>(&*wanted);
    return same ? *text == *same : text->empty();
  }
  if (const auto* day = std::get_if<core::Day>(&shown)) {
    const auto* same = std::get_if<core::Day>(&*wanted);
    return same && *same == *day;
  }
  if (const auto* yes = std::get_if<bool>(&shown)) {
    const auto* same = std::get_if<bool>(&*wanted);
    return same && *same == *yes;
  }
  return false;
}

bool was_defined(customers::Service& customers) {
  const auto definitions = customers.attribute_definitions();
  return std::any_of(definitions.begin(), definitions.end(),
                     [](const auto& definition) { return definition.managed_by == module_name; });
}

}  // namespace

void KeptAttributes::define(const JourneySet& set) {
  if (set.release == defined_release_) return;
  defined_release_ = set.release;
  if (set.journeys.empty()) {  // the last one may have been retired before a start: its values are still to be cleared
    is_defined_ = is_defined_ || was_defined(*customers_);
    return;
  }
  for (auto& definition : definitions_of(set)) {
    const auto defined = customers_->define_managed(by_journeys(), definition);
    if (!defined) {
      platform::log::warning(
          fmt::format("the attribute {} of journeys cannot be kept: {}", definition.key, defined.error().message.en));
    }
  }
  is_defined_ = true;
}

void KeptAttributes::keep(const health::BookView& book, Follower& follower, std::span<const std::uint32_t> rows) {
  if (!is_defined_) return;
  std::vector<ManagedValue> values;
  const auto write = [&] {
    const auto written = customers_->set_managed(by_journeys(), module_name, values);
    if (!written) platform::log::warning("journeys could not be kept on accounts: " + written.error().message.en);
    values.clear();
  };
  for (const auto row : rows) {
    const auto account = book.id(row);
    const auto wanted = values_of(follower.position(account, book.as_of()));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!shows(book, row, keys[i], wanted[i])) values.push_back({account, keys[i], wanted[i]});
    }
    if (values.size() >= values_at_a_time) write();
  }
  if (!values.empty()) write();
}

}  // namespace banso::journeys
