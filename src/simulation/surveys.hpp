#pragma once

#include <vector>

#include "people.hpp"

namespace banso::simulation {

std::vector<SurveyAnswer> make_survey_answers(const Options& options, const Profile& profile, const Course& course,
                                              const People& people);

}  // namespace banso::simulation
