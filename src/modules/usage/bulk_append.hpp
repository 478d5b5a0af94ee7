// Events from files and from the demo: rows that name their account.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "usage.hpp"

namespace banso::usage {

class BulkAppend {
 public:
  BulkAppend(std::shared_ptr<platform::events::EventStore> events, std::shared_ptr<AccountDirectory> accounts)
      : events_(std::move(events)), accounts_(std::move(accounts)) {}

  std::vector<core::RowOutcome> append(const platform::records::Provenance& provenance,
                                       std::span<const EventInput> batch, core::BatchOptions options);

 private:
  std::shared_ptr<platform::events::EventStore> events_;
  std::shared_ptr<AccountDirectory> accounts_;
};

}  // namespace banso::usage
