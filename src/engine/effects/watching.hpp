// An interval that stays right however often somebody looks and whenever they stop.
#pragma once

#include <cstddef>

#include "difference.hpp"

namespace banso::engine::effects {

// Asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas 2021): with the chance of `confidence`
// it holds the truth at all looks together. Narrowest around `planned_cases`, of both arms together; `cases` are those
// behind the estimate.
Interval always_valid(double estimate, double standard_error, std::size_t cases, std::size_t planned_cases,
                      double confidence);

}  // namespace banso::engine::effects
