// What an evaluation must know of accounts beyond the book at hand, which may be a chunk of all: measures among peers
// and scores rolled up to parents need it, nothing else does. Collected in passes over all accounts (collect_peers,
// collect_families), merged over their chunks and settled; then an input of evaluate() like the book.
#pragma once

#include <memory>

#include "families.hpp"
#include "peers.hpp"

namespace banso::engine {

// Cheap to copy.
struct WholeBook {
  std::shared_ptr<const PeerDistributions> peers;  // null: not collected
  std::shared_ptr<const FamilyScores> families;
};

}  // namespace banso::engine
