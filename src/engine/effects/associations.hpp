// Many practices against one outcome: which go along with good ends, told apart from what chance gives to whoever looks
// at many. An association is no proof that the practice is the cause.
#pragma once

#include <span>
#include <vector>

#include "difference.hpp"

namespace banso::engine::effects {

struct Practice {
  Rate with, without;
};

struct Association {
  Difference difference;  // of the rates of good ends, with less without
  double q_value = 1;     // the share of false ones among all that are as clear as this or clearer
};

// In the order given.
std::vector<Association> associate(std::span<const Practice> practices, double confidence);

// Benjamini and Hochberg's adjusted p-values, in the order given.
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace banso::engine::effects
