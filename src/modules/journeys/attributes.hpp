// What the rest of the product can ask about journeys: attributes of the account that this module keeps. Internal to
// the module.
#pragma once

#include "follower.hpp"

namespace banso::journeys {

// Threading: one thread at a time.
class KeptAttributes {
 public:
  explicit KeptAttributes(std::shared_ptr<customers::Service> customers) : customers_(std::move(customers)) {}

  // Brings names and choices up to date with the journeys. Nothing is defined while there never was a journey.
  void define(const JourneySet& set);
  // Writes what the book has otherwise than the follower, for these rows. Values that were written a moment ago and
  // that the book does not show yet are not written again: the records tell what differs.
  void keep(const health::BookView& book, Follower& follower, std::span<const std::uint32_t> rows);

 private:
  std::shared_ptr<customers::Service> customers_;
  std::int64_t defined_release_ = -1;
  bool is_defined_ = false;
};

}  // namespace banso::journeys
