// Which currencies there are. Apart from money.hpp, which knows only how amounts are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace banso::core {

// "JPY" for "JPY" and "jpy": the ISO 4217 code in upper case, where that currency exists or once existed. Nothing for
// any other text. Safe from any thread.
std::optional<std::string> currency_code(std::string_view text);

}  // namespace banso::core
