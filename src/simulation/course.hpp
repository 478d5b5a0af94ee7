// The story of an account, week by week: what lives behind the usage, and the contracts that follow from it.
#pragma once

#include <optional>
#include <vector>

#include "profile.hpp"

namespace banso::simulation {

struct Week {
  double engagement;  // 0..1: share of those who have access who work in it
  double value;       // 0..1: what the customer feels to get out of it
  double quality;     // 0..1: of the service as this customer meets it
  double mood;        // factor around 1 on everyday usage, without deeper meaning
  int seats;
  int people;  // who have access, never more than seats
  bool has_champion;
};

struct ChampionTenure {
  core::Day from;
  std::optional<core::Day> to;  // exclusive
};

struct Course {
  std::vector<Week> weeks;  // from the first day of the first contract
  std::vector<ChampionTenure> champions;
  std::vector<Subscription> subscriptions;
  std::vector<PhaseChange> phases;
  std::vector<RenewalDecision> decisions;  // all, also those before the simulated months
  std::optional<core::Day> went_live_on;
  std::optional<core::Day> cancelled_on;
  std::vector<core::Day> renewal_days;  // ends of terms, also of the running one
  std::string plan;                     // in the end
  core::Day end;                        // exclusive: of the last contract or of the simulation

  const Week& at(const Profile& profile, core::Day day) const {
    const int week = (day - profile.start) / 7;
    const int last = static_cast<int>(weeks.size()) - 1;
    return weeks[static_cast<std::size_t>(week < 0 ? 0 : week > last ? last : week)];
  }
};

Course run_course(const Options& options, const Profile& profile);

}  // namespace banso::simulation
