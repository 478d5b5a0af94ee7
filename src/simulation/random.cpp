#include "random.hpp"

#include <bit>
#include <cmath>
#include "core/hash.hpp"

namespace banso::simulation {

namespace {
constexpr double ln_2 = 0.693147180559945309417;
}

double exponential(double x) {
  if (x < -700.0) return 0.0;
  if (x > 700.0) x = 700.0;
  const int power = static_cast<int>(x / ln_2 + (x < 0 ? -0.5 : 0.5));
  const double rest = x - power * ln_2;  // |rest| <= ln 2 / 2
  double sum = 1.0;
  for (int i = 12; i >= 1; --i) sum = 1.0 + sum * rest / i;
  return sum * std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52);
}

double natural_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int power = static_cast<int>((bits >> 52) & 0x7ff) - 1023;
  const double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);  // [1, 2)
  const double t = (mantissa - 1.0) / (mantissa + 1.0);
  const double square = t * t;
  double sum = 0.0;
  for (int i = 25; i >= 1; i -= 2) sum = sum * square + 1.0 / i;
  return 2.0 * t * sum + power * ln_2;
}

double logistic(double x) {
  return 1.0 / (1.0 + exponential(-x));
}

double clamp(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

std::uint64_t scramble(std::uint64_t value) {
  return core::mix_bits(value + 0x9e3779b97f4a7c15ULL);
}

Random::Random(std::uint64_t seed, std::uint64_t account, std::uint64_t subject)
    : state_(scramble(scramble(scramble(seed) ^ account) ^ subject)), increment_((scramble(state_) << 1) | 1) {
  next();
}

std::uint32_t Random::next() {
  const std::uint64_t old = state_;
  state_ = old * 6364136223846793005ULL + increment_;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  return std::rotr(shifted, static_cast<int>(old >> 59));
}

int Random::below(int bound) {
  const auto range = static_cast<std::uint32_t>(bound);
  const std::uint32_t threshold = (0u - range) % range;
  for (;;) {
    const std::uint64_t product = static_cast<std::uint64_t>(next()) * range;
    if (static_cast<std::uint32_t>(product) >= threshold) return static_cast<int>(product >> 32);
  }
}

double Random::normal() {
  // The sum of twelve uniforms: no logarithm, and tails that end at six deviations, which suits people and firms.
  double sum = -6.0;
  for (int i = 0; i < 12; ++i) sum += uniform();
  return sum;
}

int Random::poisson(double mean) {
  if (mean <= 0.0) return 0;
  if (mean > 30.0) {
    // Near enough to normal that nobody could tell. (IEEE 754 fixes the square root to the last bit.)
    const double value = mean + std::sqrt(mean) * normal() + 0.5;
    return value < 0.0 ? 0 : static_cast<int>(value);
  }
  const double limit = exponential(-mean);
  int count = 0;
  for (double product = uniform(); product > limit; product *= uniform()) ++count;
  return count;
}

int Random::weighted(std::span<const double> weights) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double left = uniform() * total;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    if (left < weights[i]) return static_cast<int>(i);
    left -= weights[i];
  }
  return static_cast<int>(weights.size()) - 1;
}

}  // namespace banso::simulation
