// The quantiles and tails that the statistics here need, from Boost.Math. Internal to the library.
#pragma once

#include <cstddef>

namespace banso::engine::effects {

// The z of a two-sided interval: 0.9 gives 1.644854.
double two_sided_z(double confidence);
double normal_quantile(double probability);
// P(|T| > |value|) of Student's t.
double student_two_sided_tail(double value, double degrees_of_freedom);
// The t of a two-sided interval.
double two_sided_t(double confidence, double degrees_of_freedom);
// P(|T| > critical) of Student's t moved by `shift`.
double noncentral_student_beyond(double critical, double degrees_of_freedom, double shift);
double beta_quantile(double probability, double a, double b);
// Fisher's exact test, two-sided: the chance of all tables as likely as this one or less, margins given.
double fisher_two_sided(std::size_t good_a, std::size_t cases_a, std::size_t good_b, std::size_t cases_b);

}  // namespace banso::engine::effects
