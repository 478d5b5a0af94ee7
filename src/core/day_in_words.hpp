// A day as people write it in a sentence: "22 Nov 2026", 「2026年11月22日」.
#pragma once

#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::core {

Text day_in_words(Day day);

}  // namespace banso::core
