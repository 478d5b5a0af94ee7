// Amounts as people say them, rounded: "3.1 million yen", 「310万円」. For sentences; tables show exact amounts.
#pragma once

#include "core/money.hpp"
#include "core/text.hpp"

namespace banso::core {

Text money_in_words(const Money& money);

}  // namespace banso::core
