#include "distributions.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace banso::engine::effects {

using boost::math::complement;

double two_sided_z(double confidence) {
  return quantile(complement(boost::math::normal(), (1 - confidence) / 2));
}

double normal_quantile(double probability) {
  return quantile(boost::math::normal(), probability);
}

double student_two_sided_tail(double value, double degrees_of_freedom) {
  return std::min(1.0, 2 * cdf(complement(boost::math::students_t(degrees_of_freedom), std::abs(value))));
}

double two_sided_t(double confidence, double degrees_of_freedom) {
  return quantile(complement(boost::math::students_t(degrees_of_freedom), (1 - confidence) / 2));
}

double noncentral_student_beyond(double critical, double degrees_of_freedom, double shift) {
  const boost::math::non_central_t moved(degrees_of_freedom, shift);
  return cdf(complement(moved, critical)) + cdf(moved, -critical);
}

double beta_quantile(double probability, double a, double b) {
  return quantile(boost::math::beta_distribution<>(a, b), probability);
}

double fisher_two_sided(std::size_t good_a, std::size_t cases_a, std::size_t good_b, std::size_t cases_b) {
  const auto good = good_a + good_b;
  const auto all = cases_a + cases_b;
  if (good == 0 || good == all || cases_a == 0 || cases_b == 0) return 1;
  const boost::math::hypergeometric_distribution<> tables(static_cast<unsigned>(good), static_cast<unsigned>(cases_a),
                                                          static_cast<unsigned>(all));
  // Tables that are as likely but for rounding count as well, as in R.
  const double seen = pdf(tables, static_cast<unsigned>(good_a)) * (1 + 1e-7);
  const auto least = good > cases_b ? good - cases_b : 0;
  const auto most = std::min(good, cases_a);
  double sum = 0;
  for (auto k = least; k <= most; ++k) {
    const double chance = pdf(tables, static_cast<unsigned>(k));
    if (chance <= seen) sum += chance;
  }
  return std::min(1.0, sum);
}

}  // namespace banso::engine::effects
