// docs/metrics.md: every figure, every switch and every shipped set of rules, out of the tables that the product shows.
#pragma once

#include <string>

#include "core/text.hpp"

namespace banso::retention {

std::string metrics_document(core::Language language);

}  // namespace banso::retention
