// What is settled about an account before its story begins.
#pragma once

#include <optional>
#include <string>

#include "names.hpp"
#include "simulation.hpp"

namespace banso::simulation {

// One stream of chance per subject of an account.
enum class Subject : std::uint64_t {
  country,
  profile,
  course,
  people,
  usage,
  tickets,
  interactions,
  surveys,
  attendance
};

inline Random stream(const Options& options, int index, Subject subject) {
  return Random(options.seed, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(subject));
}

struct Profile {
  int index;
  std::string external_id;
  CompanyName company;
  std::optional<int> parent_index;
  std::string country;
  std::string region;
  int utc_offset_minutes;
  core::Language language;
  int employee_count;
  int seats;  // of the first contract
  std::string plan;
  std::string currency;
  int discount_permille;
  int billing_period_months;
  int term_months;
  bool ends_with_fiscal_year;  // contracts run to 31 March
  bool auto_renewal;
  int notice_days;
  int owner;
  std::string contract_channel;
  bool security_review_done;
  int site_count;
  core::Day start;
  Archetype archetype;
  double fit;
  std::optional<core::Day> turning_day;
  int decline_days;             // from the turning day to the floor
  double seat_growth_per_year;  // of the people who would use it
};

std::string account_external_id(int index);
core::Day first_day_of(const Options& options);
Profile make_profile(const Options& options, int index);

}  // namespace banso::simulation
