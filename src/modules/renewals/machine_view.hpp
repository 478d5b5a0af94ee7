// How likely a renewal is, judged by earlier ones: the share that was renewed of those that looked alike (the health
// level 90 days before, or notice given), drawn towards the share of all where cases are few. Pure. Internal to the
// module.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/text.hpp"

namespace banso::renewals {

inline constexpr int level_lead_days = 90;  // the level of earlier renewals is taken so long before their day
inline constexpr std::int64_t fewest_cases = 20;
inline constexpr double interval_share = 0.9;  // of the interval around the probability

// Standing in for a level where notice was given.
inline constexpr const char* notice_given = "notice_given";

struct MachineView {
  std::optional<double> probability;    // nothing: too few cases to say
  double low = 0, high = 1;             // the probability lies in between with 90 % certainty
  std::string group;                    // level, notice_given, or empty: not known
  std::int64_t cases = 0, renewed = 0;  // of the group
  std::int64_t all_cases = 0;
  core::Text words;  // where it comes from
};

class RenewalRates {
 public:
  // Each earlier renewal once, by its level.
  void add(const std::string& level, bool was_renewed);
  // Besides, those of which notice was given before their day.
  void add_with_notice(bool was_renewed);
  // `name`: of the group, for the words.
  MachineView view(const std::string& group, const core::Text& name) const;
  std::int64_t cases() const { return all_.cases; }

 private:
  struct Count {
    std::int64_t cases = 0, renewed = 0;
    void add(bool was_renewed) {
      ++cases;
      renewed += was_renewed ? 1 : 0;
    }
  };
  Count all_;
  std::map<std::string, Count> by_group_;
};

}  // namespace banso::renewals
