// Effects in words. Pure. Internal to the module.
#pragma once

#include "outcomes.hpp"

namespace banso::proof {

core::Text sentence_of(const Effect& effect, Comparison comparison, const std::string& currency);

}  // namespace banso::proof
