#include "fraction.hpp"

#include <gtest/gtest.h>

namespace banso::core {
namespace {

TEST(Fraction, IsReadFromDecimals) {
  EXPECT_EQ(parse_fraction("151.25"), (Fraction{15125, 100}));
  EXPECT_EQ(parse_fraction("0.0066"), (Fraction{66, 10000}));
  for (const auto* text : {"", "0", "-1", "1e3", "1,5", "1.2.3", "1234567890123456"})
    EXPECT_FALSE(parse_fraction(text)) << text;
}

TEST(Fraction, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(rounded_quotient(5, 2), 3);
  EXPECT_EQ(rounded_quotient(-5, 2), -3);
  EXPECT_EQ(rounded_quotient(7, 3), 2);
  EXPECT_EQ(rounded_quotient(-7, 3), -2);
}

}  // namespace
}  // namespace banso::core
