#include "names.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>

#include "test_text.hpp"

namespace banso::simulation {
namespace {

TEST(Names, PermutationReachesEveryPlaceOnce) {
  for (const std::uint64_t size : {7ULL, 600ULL, 51'000ULL}) {
    std::vector<bool> reached(size);
    for (std::uint64_t i = 0; i < size; ++i) reached[permuted(i, size, 42)] = true;
    EXPECT_EQ(std::count(reached.begin(), reached.end(), true), static_cast<std::ptrdiff_t>(size));
  }
}

TEST(Names, AHundredThousandJapaneseCompaniesAreDistinct) {
  std::unordered_set<std::string> names, domains;
  for (int i = 0; i < 100'000; ++i) {
    const CompanyName company = japanese_company(1, i);
    EXPECT_TRUE(names.insert(company.reading).second) << company.name;
    EXPECT_TRUE(domains.insert(company.domain).second) << company.domain;
    ASSERT_TRUE(is_katakana(company.reading)) << company.reading;
  }
}

TEST(Names, CompaniesAbroadAreDistinctWithinAndBetweenCountries) {
  std::unordered_set<std::string> domains;
  const char* const countries[] = {"US", "GB", "DE", "FR", "SG", "AU", "TH", "TW"};
  for (int i = 0; i < 100'000; ++i) {
    const CompanyName company = company_abroad(1, i, countries[i % 8]);
    EXPECT_TRUE(domains.insert(company.domain).second) << company.domain;
    EXPECT_TRUE(company.domain.ends_with(".example"));
  }
}

TEST(Names, JapanesePeopleHaveReadingsInKatakana) {
  Random random(1, 1, 1);
  for (int i = 0; i < 3000; ++i) {
    const PersonName person = japanese_person(random);
    EXPECT_TRUE(is_katakana(person.reading)) << person.reading;
    EXPECT_NE(person.full.find(' '), std::string::npos);
  }
}

}  // namespace
}  // namespace banso::simulation
