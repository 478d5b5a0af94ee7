// The draft of a scorecard with the drafts of the measures that it uses, as they would be published together.
#pragma once

#include "definition_set.hpp"

namespace banso::health {

// Empty where the scorecard has no draft.
definitions::Bodies draft_of(definitions::Service& service, const std::string& scorecard);
// Equal text, equal drafts.
std::string text_of(const definitions::Bodies& bodies);

}  // namespace banso::health
