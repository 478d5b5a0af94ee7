// Amounts as people say them, rounded: "3.1 million yen", 「310万円」. For sentences; tables show exact amounts.
#pragma once

#include "core/money.hpp"
#include "core/text.hpp"

namespace banso::core {

Text money_in_words(const Money& money);
// 1234567 -> "1,234,567", as both languages write it. `number` is not negative.
std::string with_commas(std::int64_t number);

}  // namespace banso::core
