#include "core/currency.hpp"

#include <array>

#include <unicode/ucurr.h>

namespace banso::core {

std::optional<std::string> currency_code(std::string_view text) {
  constexpr std::size_t letters = 3;
  if (text.size() != letters) return std::nullopt;
  std::string code(text);
  std::array<UChar, letters + 1> wide{};
  for (std::size_t i = 0; i < letters; ++i) {
    if (code[i] >= 'a' && code[i] <= 'z') code[i] = static_cast<char>(code[i] - 'a' + 'A');
    if (code[i] < 'A' || code[i] > 'Z') return std::nullopt;
    wide[i] = static_cast<UChar>(code[i]);
  }
  UErrorCode status = U_ZERO_ERROR;
  const bool exists = ucurr_isAvailable(wide.data(), U_DATE_MIN, U_DATE_MAX, &status);
  return exists && U_SUCCESS(status) ? std::optional(std::move(code)) : std::nullopt;
}

}  // namespace banso::core
