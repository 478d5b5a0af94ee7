// The words and addresses of the face.
#include <array>
#include <charconv>

#include "modules/renewals/renewals.hpp"

namespace banso::renewals {
namespace {

constexpr std::array<std::string_view, 5> category_words{"open", "commit", "best_case", "at_risk", "lost"};
constexpr std::array<std::string_view, 5> outcome_words{"open", "renewed", "renewed_up", "renewed_down", "churned"};

template <class E, std::size_t size>
std::optional<E> find_word(const std::array<std::string_view, size>& words, std::string_view word) {
  for (std::size_t i = 0; i < size; ++i) {
    if (words[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(Category category) {
  return category_words[static_cast<std::size_t>(category)];
}
std::optional<Category> category_from(std::string_view word) {
  return find_word<Category>(category_words, word);
}
std::string_view word_of(Outcome outcome) {
  return outcome_words[static_cast<std::size_t>(outcome)];
}
std::optional<Outcome> outcome_from(std::string_view word) {
  return find_word<Outcome>(outcome_words, word);
}

std::string to_string(const Key& key) {
  return std::to_string(key.account.value) + "-" + core::to_string(key.due);
}

std::optional<Key> key_from(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  Key key;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + dash, key.account.value);
  const auto due = core::parse_day(text.substr(dash + 1));
  if (error != std::errc() || stop != text.data() + dash || key.account.value <= 0 || !due) return std::nullopt;
  key.due = *due;
  return key;
}

}  // namespace banso::renewals
