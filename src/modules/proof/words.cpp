// The words of the face.
#include <array>

#include "proof.hpp"

namespace banso::proof {
namespace {

constexpr std::array<std::string_view, 6> kind_words{"rescued", "renewed", "expanded", "goal", "reference", "other"};

}  // namespace

std::string_view word_of(WinKind kind) {
  return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<WinKind> win_kind_from(std::string_view word) {
  for (std::size_t i = 0; i < kind_words.size(); ++i) {
    if (kind_words[i] == word) return static_cast<WinKind>(i);
  }
  return std::nullopt;
}

}  // namespace banso::proof
