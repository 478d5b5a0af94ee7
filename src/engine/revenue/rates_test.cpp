#include "rates.hpp"

#include <gtest/gtest.h>

namespace banso::engine::revenue {

namespace {

// 64 bits where they are enough, 128 where not: the same either way.
TEST(Rates, KnowTheDigitsOfCurrencies) {
  Rates rates("JPY");
  const auto usd = rates.currency("USD"), kwd = rates.currency("KWD");
  EXPECT_EQ(rates.monthly_minor(100'00, usd, 1, {15125, 100}), 15'125);
  EXPECT_EQ(rates.monthly_minor(-100'00, usd, 12, {15125, 100}), -1'260);
  EXPECT_EQ(rates.monthly_minor(1'000, kwd, 1, {480, 1}), 480);
  EXPECT_EQ(rates.monthly_minor(100, reporting, 12, {}), 8);
  EXPECT_EQ(rates.monthly_minor(100'000'000'000'000, usd, 12, {123'456'789'012'345, 1'000'000'000'000}),
            10'288'065'751'029);
  EXPECT_FALSE(rates.monthly_minor(1'000'000'000'000'000, usd, 1, {999'999'999'999'999, 1}));
  EXPECT_FALSE(rates.monthly_minor(100, reporting, 0, {}));
  Rates dollars("USD");
  EXPECT_EQ(dollars.monthly_minor(1000, dollars.currency("JPY"), 1, {66, 10000}), 660);
}

TEST(Rates, HoldUntilTheNextIsKnown) {
  Rates rates("JPY");
  const Month may = month_from(2025, 5);
  const Fraction first{150, 1}, second{160, 1};
  rates.set("USD", may, first);
  rates.set("USD", may + 3, second);
  const auto usd = rates.currency("USD");
  EXPECT_EQ(rates.of(usd, may), first);
  EXPECT_FALSE(rates.of(usd, may + 1));
  EXPECT_EQ(rates.held(usd, may - 9), first);
  EXPECT_EQ(rates.held(usd, may + 2), first);
  EXPECT_EQ(rates.held(usd, may + 90), second);
  EXPECT_FALSE(rates.held(rates.currency("EUR"), may));
  rates.set("USD", std::nullopt, {140, 1});
  EXPECT_EQ(rates.held(usd, may + 1), (Fraction{140, 1}));
  EXPECT_EQ(rates.of(reporting, may), Fraction{});
}

}  // namespace
}  // namespace banso::engine::revenue
