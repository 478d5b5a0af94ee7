// Scoring by attributes alone, where a customer table is all there is.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/ascii.hpp"
#include "starter_parts.hpp"

namespace banso::engine {

namespace {

constexpr std::size_t fewest_of_each_outcome = 30;
constexpr std::size_t fewest_accounts_per_bin = 20;
constexpr std::size_t bins = 6;
constexpr std::size_t most_attributes = 10;
constexpr double weakest_power = 0.08;  // of 1: below this an attribute says next to nothing
constexpr double prior_accounts = 20;   // small choices are drawn to the mean by this many accounts

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != std::string_view::npos; });
}

struct Outcome {
  double accounts = 0, left = 0;
  double stay_rate() const { return accounts == 0 ? 0 : 1 - left / accounts; }
};

// Where customers stay as they do on the whole, 60 points; each step of likelihood moves them.
double points_for(const Outcome& part, const Outcome& whole) {
  const double base = whole.stay_rate();
  const double rate = (part.accounts - part.left + base * prior_accounts) / (part.accounts + prior_accounts);
  const auto logit = [](double share) {
    return std::log(std::clamp(share, 0.01, 0.99) / (1 - std::clamp(share, 0.01, 0.99)));
  };
  return std::round(std::clamp(60 + 25 * (logit(rate) - logit(base)), 5.0, 100.0));
}

core::Text learned_description(const BookSummary& summary) {
  const std::string day = core::to_string(summary.as_of);
  return {
      fmt::format("Points follow the share of customers that stayed, per value, as known on {}. Judge them before "
                  "relying on them.",
                  day),
      fmt::format("{}時点のデータで、値ごとの継続率から点数を決めています。使う前に妥当性を確認してください。", day)};
}

Offer offer_of(const BookSummary::AttributeSummary& attribute, Curve curve, double weight) {
  Offer offer;
  auto& measure = offer.measure;
  measure.key = key_for("attribute_", attribute.description.key);
  measure.name = attribute.description.name;
  if (measure.name.en.empty()) measure.name.en = attribute.description.key;
  if (measure.name.ja.empty()) measure.name.ja = measure.name.en;
  measure.source = Source::attribute;
  measure.aggregate = Aggregate::value;
  measure.attribute = attribute.description.key;
  measure.better = Better::neither;
  offer.item.measure = measure.key;
  offer.item.weight = weight;
  offer.item.curves = {{0, std::move(curve)}};
  const auto has_choice = [&](std::string_view word) {
    return std::any_of(attribute.choices.begin(), attribute.choices.end(),
                       [&](const auto& choice) { return core::lower_case(choice.first) == word; });
  };
  offer.is_service = has_choice("yes") && has_choice("no");
  return offer;
}

// ---- learned from the outcome ----

Outcome whole_of(const BookSummary::AttributeSummary& attribute) {
  Outcome whole;
  for (const auto& [text, counts] : attribute.choices_by_outcome) {
    whole.accounts += static_cast<double>(counts.first);
    whole.left += static_cast<double>(counts.second);
  }
  for (const auto& [value, left] : attribute.numbers_by_outcome) {
    whole.accounts += 1;
    whole.left += left ? 1 : 0;
  }
  return whole;
}

// How well the points order those who stayed above those who left: twice the area under the ROC curve, less one.
// `parts` in ascending order of points.
double power_of(std::vector<std::pair<double, Outcome>> parts) {
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  double left_below = 0, pairs = 0, left_all = 0, stayed_all = 0;
  for (const auto& [points, part] : parts) {
    const double stayed = part.accounts - part.left;
    pairs += stayed * (left_below + part.left / 2);
    left_below += part.left;
    left_all += part.left;
    stayed_all += stayed;
  }
  return left_all == 0 || stayed_all == 0 ? 0 : 2 * pairs / (left_all * stayed_all) - 1;
}

std::optional<Offer> learn_choices(const BookSummary::AttributeSummary& attribute, const Outcome& whole) {
  if (attribute.choices_by_outcome.size() < 2) return std::nullopt;
  Curve curve;
  curve.kind = Curve::Kind::choices;
  curve.other_points = 60;
  std::vector<std::pair<double, Outcome>> parts;
  for (const auto& [text, counts] : attribute.choices_by_outcome) {
    const Outcome part{static_cast<double>(counts.first), static_cast<double>(counts.second)};
    curve.choices.push_back({text, points_for(part, whole)});
    parts.emplace_back(curve.choices.back().points, part);
  }
  const double power = power_of(std::move(parts));
  if (power < weakest_power) return std::nullopt;
  return offer_of(attribute, std::move(curve), std::round(power * 100));
}

std::optional<Offer> learn_numbers(const BookSummary::AttributeSummary& attribute, const Outcome& whole) {
  auto values = attribute.numbers_by_outcome;
  if (values.size() < bins * fewest_accounts_per_bin) return std::nullopt;
  std::sort(values.begin(), values.end());
  std::vector<CurvePoint> points;
  std::vector<std::pair<double, Outcome>> parts;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const std::size_t first = bin * values.size() / bins, last = (bin + 1) * values.size() / bins;
    Outcome part;
    for (std::size_t i = first; i < last; ++i) {
      part.accounts += 1;
      part.left += values[i].second ? 1 : 0;
    }
    const double middle = values[(first + last) / 2].first;
    if (!points.empty() && middle <= points.back().value) continue;
    points.push_back({middle, points_for(part, whole)});
    parts.emplace_back(points.back().points, part);
  }
  const double power = power_of(std::move(parts));
  if (points.size() < 2 || power < weakest_power) return std::nullopt;
  return offer_of(attribute, linear_curve(std::move(points)), std::round(power * 100));
}

// ---- guessed from names and choices ----

// Months of a contract from words such as "Month-to-month", "One year", "24か月", "2年".
std::optional<double> months_in(std::string_view choice) {
  const std::string text = core::lower_case(choice);
  double count = 1;
  const auto digit = text.find_first_of("0123456789");
  if (digit != std::string::npos) count = std::strtod(text.c_str() + digit, nullptr);
  if (has_any(text, {"two", "二"})) count = 2;
  if (has_any(text, {"three", "三"})) count = 3;
  if (has_any(text, {"year", "annual", "年"})) return count * 12;
  if (has_any(text, {"month", "月"})) return count;
  return std::nullopt;
}

std::optional<Offer> guess_choices(const BookSummary::AttributeSummary& attribute) {
  Curve curve;
  curve.kind = Curve::Kind::choices;
  bool is_term = attribute.choices.size() >= 2;
  double longest = 0;
  for (const auto& [text, accounts] : attribute.choices) {
    const auto months = months_in(text);
    is_term = is_term && months.has_value();
    longest = std::max(longest, months.value_or(0));
  }
  for (const auto& [text, accounts] : attribute.choices) {
    if (is_term) {
      curve.choices.push_back({text, std::round(35 + 55 * std::min(1.0, *months_in(text) / std::max(24.0, longest)))});
    } else if (core::lower_case(text) == "yes" || core::lower_case(text) == "no") {
      curve.choices.push_back({text, core::lower_case(text) == "yes" ? 75.0 : 45.0});
    }
  }
  if (curve.choices.size() < 2) return std::nullopt;
  return offer_of(attribute, std::move(curve), is_term ? 40 : 10);
}

std::optional<Offer> guess_numbers(const BookSummary::AttributeSummary& attribute) {
  const std::string key = core::lower_case(attribute.description.key + " " + attribute.description.name.ja);
  if (!has_any(key, {"tenure", "months", "years", "継続", "利用期間", "契約期間", "利用月数"})) return std::nullopt;
  auto curve = curve_by_quantiles(attribute.numbers, Better::higher);
  if (!curve) return std::nullopt;
  return offer_of(attribute, std::move(*curve), 40);
}

// Attributes every account has for administration say nothing of its health.
bool is_administrative(std::string_view key) {
  using namespace attribute_keys;
  return key == phase || key == owner || key == parent || key == country || key == region || key == created;
}

}  // namespace

bool is_outcome(const AttributeDescription& description) {
  const std::string text = core::lower_case(description.key + " " + description.name.en + " " + description.name.ja);
  return has_any(text, {"churn", "attrition", "解約", "退会"});
}

bool says_left(std::string_view text) {
  const std::string word = core::lower_case(text);
  return word == "yes" || word == "true" || word == "1" || word == "はい" ||
         has_any(word, {"churned", "解約", "退会", "left"});
}

std::vector<Offer> attribute_offers(const BookSummary& summary) {
  std::vector<Offer> offers;
  for (const auto& attribute : summary.attributes) {
    if (is_outcome(attribute.description) || is_administrative(attribute.description.key)) continue;
    if (attribute.accounts * 2 < summary.accounts) continue;
    const Outcome whole = whole_of(attribute);
    const bool is_learned =
        whole.left >= fewest_of_each_outcome && whole.accounts - whole.left >= fewest_of_each_outcome;
    auto offer = attribute.choices.empty() ? (is_learned ? learn_numbers(attribute, whole) : guess_numbers(attribute))
                                           : (is_learned ? learn_choices(attribute, whole) : guess_choices(attribute));
    if (!offer) continue;
    if (is_learned) offer->measure.description = learned_description(summary);
    offers.push_back(std::move(*offer));
  }
  std::stable_sort(offers.begin(), offers.end(),
                   [](const auto& a, const auto& b) { return a.item.weight > b.item.weight; });
  if (offers.size() > most_attributes) offers.resize(most_attributes);
  return offers;
}

}  // namespace banso::engine
