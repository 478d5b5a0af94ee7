// Who is who among the processes that share a records database. Each holds a number (0..15) that makes its ids its own;
// two processes with one number would make the same ids, so a number in use is refused.
#pragma once

#include <memory>
#include <string>

#include "platform/records/records.hpp"

namespace banso::platform::records {

inline constexpr int most_nodes = 16;

class NodeRegistry {
 public:
  // A node that was not seen for this long is taken for gone. beat() must be called several times in between.
  static constexpr std::int64_t gone_after_us = 30 * core::microseconds_per_second;

  // `home` tells one installation of a node from another (host and data folder): a node that was killed and starts
  // again at home gets its number back at once.
  NodeRegistry(std::shared_ptr<Database> database, int node_number, std::string home)
      : database_(std::move(database)), node_number_(node_number), home_(std::move(home)) {}

  // Takes the number. Error (conflict): another node holds it.
  core::Result<> claim(core::Instant now);
  // Says that the node is alive.
  void beat(core::Instant now);
  // Gives the number back.
  void leave();

 private:
  std::shared_ptr<Database> database_;
  const int node_number_;
  const std::string home_;
};

}  // namespace banso::platform::records
