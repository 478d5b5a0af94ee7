#include "terms.hpp"

#include <algorithm>
#include <iterator>

namespace banso::engine::revenue {

std::vector<Term> known_on(std::span<const Term> versions, Day day) {
  std::vector<Term> terms;
  std::copy_if(versions.begin(), versions.end(), std::back_inserter(terms),
               [&](const Term& term) { return term.known_on(day); });
  return terms;
}

}  // namespace banso::engine::revenue
