#include "value_words.hpp"

#include <gtest/gtest.h>

namespace banso::engine {

TEST(ValueWords, CarryTheUnitOfTheirMeasure) {
  const auto shown = [](const char* number, Unit unit) { return with_unit(number, unit_word(unit)); };
  EXPECT_EQ(shown("-33.3", Unit::percent), (core::Text{"-33.3%", "-33.3%"}));
  EXPECT_EQ(shown("1", Unit::people), (core::Text{"1 person", "1人"}));
  EXPECT_EQ(shown("70", Unit::days), (core::Text{"70 days", "70日"}));
  EXPECT_EQ(shown("43", Unit::score), (core::Text{"43", "43点"}));
  EXPECT_EQ(shown("3", Unit::count), (core::Text{"3", "3件"}));
  EXPECT_EQ(with_unit("2.5", ""), (core::Text{"2.5", "2.5"}));
}

TEST(ValueWords, WriteMoneyInItsCurrency) {
  EXPECT_EQ(number_in_words(1234567, FieldType::money, "JPY"), (core::Text{"JPY 1,234,567", "1,234,567円"}));
  EXPECT_EQ(number_in_words(1200, FieldType::money, "USD"), (core::Text{"USD 1,200", "USD 1,200"}));
  EXPECT_EQ(number_in_words(0.04, FieldType::number, "JPY").en, "0");
}

}  // namespace banso::engine
