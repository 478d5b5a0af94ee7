// Shares and other estimates with their 95% intervals. Rows of the lab come in clusters: one account gives a row for
// each week, and its rows resemble each other, so that counting rows as independent would promise far too much.
#pragma once

#include <cstddef>
#include <optional>

namespace banso::engine::lab {

struct Interval {
  double value = 0;
  double low = 0;
  double high = 0;

  bool operator==(const Interval&) const = default;
};

// Wilson's score interval of hits among trials, which may be fractions; nothing where there are no trials.
std::optional<Interval> wilson(double hits, double trials);

// value ± 1.96 standard errors taken on the scale of log odds, so that it stays inside 0..1.
Interval on_log_odds(double value, double variance);

// A share whose trials come in clusters. Its interval is Wilson's with the number of independent trials that has the
// variance between clusters (ratio estimator); at most as many as there are, and where all are hits or none is, as many
// as there are clusters.
class ClusteredShare {
 public:
  // One cluster. One without trials is none.
  void add(double hits, double trials);
  void add(const ClusteredShare& other);

  double hits() const { return hits_; }
  double trials() const { return trials_; }
  std::size_t clusters() const { return clusters_; }
  std::optional<Interval> interval() const;

 private:
  double hits_ = 0, trials_ = 0;
  double hits_squared_ = 0, hits_by_trials_ = 0, trials_squared_ = 0;
  std::size_t clusters_ = 0;
};

}  // namespace banso::engine::lab
