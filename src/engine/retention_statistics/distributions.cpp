#include "distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>

namespace banso::engine::retention_statistics {

using boost::math::chi_squared;
using boost::math::complement;

double normal_quantile(double probability) {
  return quantile(boost::math::normal(), probability);
}

double two_sided_z(double confidence) {
  return quantile(complement(boost::math::normal(), (1 - confidence) / 2));
}

double chi_square_tail(double value, double degrees_of_freedom) {
  return value <= 0 ? 1 : cdf(complement(chi_squared(degrees_of_freedom), value));
}

RateInterval exact_rate_interval(double count, double exposure, double confidence) {
  const double tail = (1 - confidence) / 2;
  const double low = count > 0 ? quantile(chi_squared(2 * count), tail) / 2 : 0;
  const double high = quantile(complement(chi_squared(2 * count + 2), tail)) / 2;
  return {low / exposure, high / exposure};
}

}  // namespace banso::engine::retention_statistics
