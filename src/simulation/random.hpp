// Chance that is the same on every machine: PCG-XSH-RR (M. E. O'Neill, 2014) and our own distributions, because those
// of the standard library differ between implementations. Only + - * / and square roots of doubles, which IEEE 754
// fixes to the last bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace banso::simulation {

// e^x and ln(x) by series: accurate to about 1e-12, and to the bit the same everywhere.
double exponential(double x);
double natural_log(double x);  // x > 0
double logistic(double x);     // 1 / (1 + e^-x)

double clamp(double value, double low, double high);

// Scrambles a number into an independent looking one (the finaliser of splitmix64).
std::uint64_t scramble(std::uint64_t value);

class Random {
 public:
  // Different streams of one seed are independent of each other: one per account and subject, so that drawing one
  // ticket more does not change the usage.
  Random(std::uint64_t seed, std::uint64_t account, std::uint64_t subject);

  std::uint32_t next();
  double uniform() { return next() * (1.0 / 4294967296.0); }  // [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  int below(int bound);  // 0 .. bound - 1, without bias
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(double probability) { return uniform() < probability; }
  double normal();  // mean 0, deviation 1
  double log_normal(double median, double sigma) { return median * exponential(sigma * normal()); }
  int poisson(double mean);
  int weighted(std::span<const double> weights);  // index; weights need not sum to one

  template <class T, std::size_t size>
  const T& pick(const T (&items)[size]) {
    return items[below(static_cast<int>(size))];
  }
  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
  }

 private:
  std::uint64_t state_;
  std::uint64_t increment_;
};

}  // namespace banso::simulation
