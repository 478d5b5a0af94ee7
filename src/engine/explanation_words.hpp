// Wording that explanations share. Internal to the engine.
#pragma once

#include <string>
#include <vector>

#include "explanation.hpp"

namespace banso::engine {

inline constexpr double middle_points = 50;
inline constexpr double weak_pull = 0.05;  // below this a reason would read "0.0 points"

std::string short_number(double number);  // one decimal where it says something
core::Text effect(double pull);  // "lowering the score by 3.2 points" /「スコアを3.2点下げています」
core::Text change_effect(Points change);  // "lowered the score by 3.2 points"

// Of a parent on a day; empty where its score is its own. Strongest pull first.
std::vector<ChildReason> child_reasons(const ScorecardColumn& column, std::size_t account, const AccountNames& names);
// "3 child accounts with 42% of the ARR have 31 points on average, ..." with their pull together.
ChildReason children_as_one(const std::vector<ChildReason>& children);
core::Text roll_up_note(const ScorecardColumn& column, std::size_t account);
// Largest first.
std::vector<ChildChange> child_changes(const ScorecardColumn& then, std::size_t account_then,
                                       const ScorecardColumn& now, std::size_t account_now, const AccountNames& names);

}  // namespace banso::engine
