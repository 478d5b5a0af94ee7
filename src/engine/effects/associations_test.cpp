#include "associations.hpp"

#include <gtest/gtest.h>

namespace banso::engine::effects {
namespace {

// Benjamini and Hochberg 1995, their 15 comparisons: at 5 % the four clearest stand.
TEST(BenjaminiHochberg, IsAsPublished) {
  const std::vector<double> p = {0.0459, 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298,
                                 0.0344, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto q = benjamini_hochberg(p);
  EXPECT_NEAR(q[1], 0.0001 * 15, 1e-12);
  EXPECT_NEAR(q[4], 0.0095 * 15 / 4, 1e-12);
  EXPECT_NEAR(q[5], 0.0201 * 15 / 5, 1e-12);
  EXPECT_NEAR(q[6], 0.0298 * 15 / 7, 1e-12);  // not above the one after it
  EXPECT_EQ(std::count_if(q.begin(), q.end(), [](double each) { return each <= 0.05; }), 4);
}

TEST(Associations, LeaveOutWhatCannotBeJudged) {
  const Practice practices[] = {{{45, 60}, {20, 60}}, {{3, 3}, {0, 0}}, {{30, 60}, {31, 60}}};
  const auto found = associate(practices, 0.9);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_TRUE(found[0].difference.interval->excludes(0));
  EXPECT_LT(found[0].q_value, 0.001);
  EXPECT_FALSE(found[1].difference.interval);
  EXPECT_EQ(found[1].q_value, 1);
  EXPECT_FALSE(found[2].difference.interval->excludes(0));
  // Of two that were looked at, not of three.
  EXPECT_NEAR(found[0].q_value, 2 * found[0].difference.p_value, 1e-12);
}

}  // namespace
}  // namespace banso::engine::effects
