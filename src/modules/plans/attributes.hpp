// What the rest of the product can ask about plans: attributes of the account that this module keeps. Internal to the
// module.
#pragma once

#include <set>

#include "shelf.hpp"
#include "view.hpp"

namespace banso::plans {

// Threading: one thread at a time.
class KeptAttributes {
 public:
  KeptAttributes(std::shared_ptr<customers::Service> customers, const Surroundings& around)
      : customers_(std::move(customers)), around_(around) {}

  // Nothing is defined while there never was a plan.
  void define(bool has_plans);
  // Writes what the book has otherwise than the plans, for these rows. What was written a moment ago and the book does
  // not show yet is not written again: the records tell what differs.
  void keep(const health::BookView& book, Shelf& shelf, std::span<const std::uint32_t> rows);

 private:
  std::shared_ptr<customers::Service> customers_;
  const Surroundings& around_;
  bool is_defined_ = false;
};

}  // namespace banso::plans
