// Starter engagement models: which accounts deserve how much of a person's time, read from the book as it is.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/currency.hpp"
#include "engagement.hpp"
#include "platform/json/json.hpp"

namespace banso::org {
namespace {

namespace json = platform::json;

constexpr double high_share = 0.90, low_share = 0.50;  // of the accounts that pay have less than the threshold
constexpr double poor_share = 0.6;                     // of the levels, from the best: below it help is needed

struct Expectations {
  int meeting_every_days = 0, accounts_per_csm = 0;
};

// To two digits: 12,345,678 becomes 12,000,000, which a person would have written.
double rounded(double amount) {
  if (amount <= 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(amount)) - 1);
  return std::floor(amount / unit) * unit;
}

json::object rule(std::string_view field, std::string_view operation, json::value value) {
  return {{"field", field}, {"operator", operation}, {"value", std::move(value)}};
}

json::object group(std::string_view combinator, json::array rules) {
  return {{"combinator", combinator}, {"rules", std::move(rules)}};
}

std::string body(const core::Text& name, const core::Text& description, Touch touch, int rank, json::object condition,
                 const Expectations& expectations) {
  return json::serialize(json::object{
      {"name", json::object{{"en", name.en}, {"ja", name.ja}}},
      {"description", description.en + " / " + description.ja},
      {"touch", word_of(touch)},
      {"rank", rank},
      {"condition", std::move(condition)},
      {"expectations", json::object{{"meeting_every_days", expectations.meeting_every_days > 0
                                                               ? json::value(expectations.meeting_every_days)
                                                               : json::value(nullptr)},
                                    {"accounts_per_csm", expectations.accounts_per_csm},
                                    {"effort_weight", full_effort / expectations.accounts_per_csm}}}});
}

// In the units that conditions write.
std::vector<double> amounts_of(const health::BookView& book) {
  std::vector<double> amounts;
  const double minor = std::pow(10, core::minor_digits(book.currency()));
  for (std::size_t row = 0; row < book.size(); ++row) {
    if (book.arr_minor(row) > 0) amounts.push_back(static_cast<double>(book.arr_minor(row)) / minor);
  }
  std::sort(amounts.begin(), amounts.end());
  return amounts;
}

double at_share(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

// What the book has in that field, where its lower-case text contains one of the words.
json::array values_with(const health::BookView& book, std::string_view field, std::span<const std::string_view> words) {
  std::set<std::string> found;
  if (book.fields().find(field) == nullptr) return {};
  for (std::size_t row = 0; row < book.size(); ++row) {
    const auto value = book.value(row, field);
    const auto* text = std::get_if<std::string>(&value);
    if (!text) continue;
    if (std::any_of(words.begin(), words.end(),
                    [&](std::string_view word) { return text->find(word) != std::string::npos; })) {
      found.insert(*text);
    }
  }
  json::array values;
  for (const auto& value : found) values.push_back(json::value(value));
  return values;
}

json::array poor_levels(const health::BookView& book) {
  json::array poor;
  const auto* level = book.fields().find("level");
  if (level == nullptr) return poor;
  const auto first = static_cast<std::size_t>(poor_share * static_cast<double>(level->best_first.size()));
  for (auto i = first; i < level->best_first.size(); ++i) poor.push_back(json::value(level->best_first[i]));
  return poor;
}

json::object any_of_them(json::array rules) {
  return group("or", std::move(rules));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> suggest_models(const health::BookView& book) {
  if (book.size() == 0) return {};
  constexpr std::string_view large_words[] = {"enterprise", "Enterprise", "large", "Large", "大企業", "大手", "1000"};
  constexpr std::string_view onboarding_words[] = {"onboarding", "Onboarding", "導入", "オンボーディング", "implement"};
  const auto amounts = amounts_of(book);
  const double high = rounded(at_share(amounts, high_share)), low = rounded(at_share(amounts, low_share));

  json::array is_large, needs_people;
  if (high > 0) is_large.push_back(rule("arr", ">=", high));
  // Size counts where somebody wrote it down, for customers who may grow into it.
  if (auto large = values_with(book, "size", large_words); !large.empty() && low > 0) {
    is_large.push_back(group("and", {rule("size", "in", std::move(large)), rule("arr", ">=", low)}));
  }
  if (auto phases = values_with(book, "phase", onboarding_words); !phases.empty()) {
    needs_people.push_back(rule("phase", "in", std::move(phases)));
  }
  if (auto poor = poor_levels(book); !poor.empty() && low > 0) {
    needs_people.push_back(group("and", {rule("level", "in", std::move(poor)), rule("arr", ">=", low)}));
  }

  std::vector<std::pair<std::string, std::string>> models;
  if (!is_large.empty()) {
    models.emplace_back("high_touch", body({"High touch", "ハイタッチ"},
                                           {"A person for each of the largest customers.",
                                            "大口の顧客に、専任に近い形で向き合います。"},
                                           Touch::high, 10, any_of_them(std::move(is_large)), {30, 15}));
  }
  if (!needs_people.empty()) {
    models.emplace_back("mixed_touch", body({"Mixed touch", "ミックスタッチ"},
                                            {"People while it is needed (onboarding, poor health), digital otherwise.",
                                             "導入期や不調の間は人が支え、それ以外はデジタルで支援します。"},
                                            Touch::mixed, 20, any_of_them(std::move(needs_people)), {60, 40}));
  }
  if (low > 0) {
    models.emplace_back("low_touch", body({"Low touch", "ロータッチ"},
                                          {"Groups, events and a person on demand.",
                                           "セミナーや勉強会を中心に、必要なときに人が対応します。"},
                                          Touch::low, 30, group("and", {rule("arr", ">=", low)}), {90, 100}));
  }
  models.emplace_back("tech_touch", body({"Tech touch", "テックタッチ"},
                                         {"Mail, guides and communities; a person on request.",
                                          "メールやガイド、コミュニティで支援し、依頼に応じて人が対応します。"},
                                         Touch::tech, 40, group("and", {}), {0, 500}));
  return models;
}

}  // namespace banso::org
