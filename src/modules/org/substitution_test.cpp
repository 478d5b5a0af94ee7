#include "substitution.hpp"

#include <gtest/gtest.h>

namespace banso::org {
namespace {

const core::Day today = core::day_from(2026, 5, 11);

Absence away(std::int64_t user, int from, int until, std::int64_t substitute, std::int64_t id = 1) {
  return {id, {user}, today + from, today + until, {substitute}, ""};
}

struct Case {
  const char* name;
  std::vector<Absence> absences;
  std::int64_t user, acting;
};

class SubstitutionTable : public testing::TestWithParam<Case> {};

TEST_P(SubstitutionTable, FindsWhoActs) {
  const auto& [name, absences, user, acting] = GetParam();
  const Substitution substitution(absences, today);
  EXPECT_EQ(substitution.stand_in({user}).value, acting);
  const Responsible expected{{acting}, {acting == user ? 0 : user}};
  EXPECT_EQ(substitution.responsible({user}), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SubstitutionTable,
    testing::Values(Case{"nobody_away", {}, 1, 1}, Case{"away", {away(1, -1, 2, 2)}, 1, 2},
                    Case{"first_day_away", {away(1, 0, 1, 2)}, 1, 2}, Case{"first_day_back", {away(1, -3, 0, 2)}, 1, 1},
                    Case{"not_yet", {away(1, 1, 5, 2)}, 1, 1}, Case{"somebody_else_away", {away(3, -1, 2, 2)}, 1, 1},
                    Case{"without_substitute", {away(1, -1, 2, 0)}, 1, 1},
                    Case{"chain", {away(1, -1, 2, 2), away(2, -1, 2, 3)}, 1, 3},
                    Case{"chain_to_nobody", {away(1, -1, 2, 2), away(2, -1, 2, 0)}, 1, 1},
                    Case{"circle", {away(1, -1, 2, 2), away(2, -1, 2, 1)}, 1, 1},
                    Case{"circle_further_on", {away(1, -1, 2, 2), away(2, -1, 2, 3), away(3, -1, 2, 2)}, 1, 1},
                    Case{"the_absence_that_began_last", {away(1, -5, 9, 2), away(1, -1, 2, 3, 2)}, 1, 3}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Substitution, NobodyIsStoodInForByNobody) {
  const std::vector<Absence> absences{away(1, -1, 2, 2)};
  EXPECT_EQ(Substitution(absences, today).responsible({}), Responsible{});
}

}  // namespace
}  // namespace banso::org
