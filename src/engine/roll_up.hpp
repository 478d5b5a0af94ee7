// Puts the family's score in place of a parent's own, after accounts were scored each for itself. Internal to the
// engine.
#pragma once

#include <span>

#include "assessment.hpp"
#include "families.hpp"
#include "plan.hpp"

namespace banso::engine {

// On every day that the families were collected on (null: on none). The parent's forced levels go on to cap its level,
// and one that a person set stays the one that is shown.
void roll_up(const Plan& plan, const FamilyScores* families, std::span<Assessments> results);

}  // namespace banso::engine
