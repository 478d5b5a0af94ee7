// The bottom of the walk from a score: the rows that a measure's value rests on.
#pragma once

#include "book_loader.hpp"
#include "core/paging.hpp"
#include "engine/evaluate.hpp"
#include "render.hpp"

namespace banso::health {

struct MeasureRows {
  std::string
      kind;  // usage_days, tickets, interactions, surveys, subscriptions, attendance, contacts, attributes, measures
  json::array items;
  std::int64_t total = 0;
};

// Newest first, as known on as_of. `assessed` holds the account alone, evaluated on that day.
MeasureRows measure_rows(const Dependencies& from, const BookLoader& loader, core::AccountId account,
                         const engine::Definitions& definitions, std::size_t measure,
                         const engine::Assessments& assessed, core::PageRequest page);

}  // namespace banso::health
