#include "regression.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Core>

namespace banso::engine::lab {
namespace {

constexpr int most_steps = 60;
constexpr double enough = 1e-9;  // largest move of a coefficient that still counts as one

using Eigen::MatrixXd;
using Eigen::VectorXd;

// The penalised mean loss, its slope and its curvature at one place; the last coefficient is the intercept.
class Loss {
 public:
  Loss(std::span<const float> examples, std::size_t features, std::span<const std::uint8_t> is_positive, double penalty)
      : features_(static_cast<Eigen::Index>(features)), is_positive_(is_positive), penalty_(penalty) {
    const auto rows = static_cast<Eigen::Index>(is_positive.size());
    matrix_.resize(rows, features_ + 1);
    for (Eigen::Index row = 0; row < rows; ++row) {
      for (Eigen::Index feature = 0; feature < features_; ++feature) {
        matrix_(row, feature) = static_cast<double>(examples[static_cast<std::size_t>(row * features_ + feature)]);
      }
      matrix_(row, features_) = 1;
    }
  }

  double value(const VectorXd& at) const {
    const VectorXd odds = matrix_ * at;
    double sum = 0;
    for (Eigen::Index row = 0; row < odds.size(); ++row) {
      // log(1 + e^x) without overflow
      const double x = odds[row];
      sum += std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))) - (positive(row) ? x : 0);
    }
    return sum / static_cast<double>(odds.size()) + penalty_ / 2 * at.head(features_).squaredNorm();
  }

  void slope(const VectorXd& at, VectorXd& gradient, MatrixXd& curvature) const {
    const auto rows = static_cast<double>(matrix_.rows());
    VectorXd chance = matrix_ * at;
    VectorXd spread(chance.size());
    for (Eigen::Index row = 0; row < chance.size(); ++row) {
      const double p = 1 / (1 + std::exp(-chance[row]));
      spread[row] = p * (1 - p) / rows;
      chance[row] = (p - (positive(row) ? 1 : 0)) / rows;
    }
    gradient = matrix_.transpose() * chance;
    curvature = matrix_.transpose() * (spread.asDiagonal() * matrix_);
    gradient.head(features_) += penalty_ * at.head(features_);
    curvature.diagonal().head(features_).array() += penalty_;
    curvature.diagonal().array() += 1e-12;
  }

 private:
  bool positive(Eigen::Index row) const { return is_positive_[static_cast<std::size_t>(row)] != 0; }

  Eigen::Index features_;
  std::span<const std::uint8_t> is_positive_;
  double penalty_;
  MatrixXd matrix_;
};

// Newton's step for the coefficients that may move: those above zero, and those whose slope leads upwards.
VectorXd newton_step(const VectorXd& at, const VectorXd& gradient, const MatrixXd& curvature) {
  std::vector<Eigen::Index> moving;
  for (Eigen::Index i = 0; i < at.size(); ++i) {
    if (i + 1 == at.size() || at[i] > 0 || gradient[i] < 0) moving.push_back(i);
  }
  const auto count = static_cast<Eigen::Index>(moving.size());
  MatrixXd part(count, count);
  VectorXd right(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    right[i] = -gradient[moving[static_cast<std::size_t>(i)]];
    for (Eigen::Index j = 0; j < count; ++j) {
      part(i, j) = curvature(moving[static_cast<std::size_t>(i)], moving[static_cast<std::size_t>(j)]);
    }
  }
  const VectorXd solved = part.ldlt().solve(right);
  VectorXd step = VectorXd::Zero(at.size());
  for (Eigen::Index i = 0; i < count; ++i) step[moving[static_cast<std::size_t>(i)]] = solved[i];
  return step;
}

VectorXd not_negative(VectorXd at) {
  at.head(at.size() - 1) = at.head(at.size() - 1).cwiseMax(0);
  return at;
}

}  // namespace

LogisticModel fit_logistic(std::span<const float> examples, std::size_t features,
                           std::span<const std::uint8_t> is_positive, double penalty) {
  const Loss loss(examples, features, is_positive, penalty);
  VectorXd at = VectorXd::Zero(static_cast<Eigen::Index>(features) + 1);
  VectorXd gradient;
  MatrixXd curvature;
  double value = loss.value(at);
  for (int step = 0; step < most_steps && !is_positive.empty(); ++step) {
    loss.slope(at, gradient, curvature);
    const VectorXd direction = newton_step(at, gradient, curvature);
    bool moved = false;
    // Clipping at zero can overshoot: shorter steps until the loss falls; at last along the slope alone.
    for (const VectorXd& along : {direction, VectorXd(-gradient)}) {
      for (double length = 1; length > 1e-6 && !moved; length /= 2) {
        const VectorXd next = not_negative(at + length * along);
        const double next_value = loss.value(next);
        if (next_value >= value) continue;
        moved = (next - at).cwiseAbs().maxCoeff() > enough;
        at = next;
        value = next_value;
        break;
      }
      if (moved) break;
    }
    if (!moved) break;
  }
  LogisticModel model;
  model.intercept = at[at.size() - 1];
  model.coefficients.assign(at.data(), at.data() + features);
  return model;
}

}  // namespace banso::engine::lab
