// Changing a fact by its id, as the API does.
#pragma once

#include "batch.hpp"

namespace banso::customers {

core::RowOutcome change_interaction(BatchContext& batch, const Interaction& present, const InteractionInput& input);

}  // namespace banso::customers
