// How much is known from each source, and how new it is.
#pragma once

#include <array>
#include <cstdint>

#include "core/text.hpp"
#include "engine/book.hpp"

namespace banso::health {

enum class FactSource { usage, contracts, tickets, surveys, interactions, attendance };
inline constexpr std::size_t fact_source_count = 6;
std::string_view word_of(FactSource source);
core::Text name_of(FactSource source);

struct SourceFreshness {
  std::int64_t rows = 0;
  core::Day newest_day = engine::no_day;        // of happening
  core::Day newest_known_day = engine::no_day;  // of learning

  void add(const SourceFreshness& other);
};
using Freshness = std::array<SourceFreshness, fact_source_count>;

// Of what had happened by then and was known by then.
Freshness freshness_of(const engine::Book& book, core::Day as_of);
void add(Freshness& to, const Freshness& other);

}  // namespace banso::health
