// What a playbook brought, measure by measure, with an interval and in words. Pure. Internal to the module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases.hpp"
#include "core/money.hpp"
#include "engine/effects/difference.hpp"

namespace banso::proof {

inline constexpr double confidence = 0.9;
// An arm below so many cases gives no verdict, whatever its interval says.
inline constexpr std::size_t least_cases = 10;

enum class Measure { health, level_improved, active_people, renewed, retained, arr_change, net_retention };
std::string_view word_of(Measure measure);
core::Text name_of(Measure measure);
std::string_view unit_of(Measure measure);  // points, share, people, money

enum class Verdict { helps, hurts, none_seen, too_early };
std::string_view word_of(Verdict verdict);

struct Effect {
  Measure measure = Measure::health;
  effects::Difference found;
  std::optional<double> total;  // of money: over all treated accounts
  std::optional<effects::Interval> total_interval;
  Verdict verdict = Verdict::too_early;
  std::optional<std::size_t> more_accounts;  // to be observed until something can be said
  core::Text sentence;
};

// What a comparison is read with.
struct Reading {
  std::string currency = "JPY";
  int holdout_percent = 0;
  std::uint64_t seed = 1;  // the same data with the same seed give the same figures
};

// In the order of Measure; those without a single case on either side are left out.
std::vector<Effect> effects_of(const Cases& cases, const Reading& reading);

// By which effect a playbook is judged: laid down by what it is for, not chosen among what came out. Null: nothing can
// be said yet.
const Effect* headline_of(std::span<const Effect> effects, std::string_view purpose);

// One sentence about the whole.
core::Text verdict_sentence(const Effect* headline, const Cases& cases, const Reading& reading);

struct Caution {
  std::string_view code;
  core::Text words;
};
std::vector<Caution> cautions_of(const Cases& cases, std::span<const Effect> effects, const Effect* headline,
                                 const Reading& reading, std::size_t versions);

}  // namespace banso::proof
