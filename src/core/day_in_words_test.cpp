#include "day_in_words.hpp"

#include <gtest/gtest.h>

namespace banso::core {

TEST(DayInWords, AreShortInBothLanguages) {
  const auto words = day_in_words(*parse_day("2026-03-09"));
  EXPECT_EQ(words.en, "9 Mar 2026");
  EXPECT_EQ(words.ja, "2026年3月9日");
  EXPECT_EQ(day_in_words(*parse_day("1999-12-31")).en, "31 Dec 1999");
}

}  // namespace banso::core
