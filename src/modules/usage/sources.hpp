// Where events come from, and the keys they are sent with.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"
#include "usage.hpp"

namespace banso::usage {

class Sources {
 public:
  Sources(std::shared_ptr<platform::records::Database> records, std::shared_ptr<platform::events::EventStore> events)
      : records_(std::move(records)), events_(std::move(events)) {}

  core::Result<std::vector<Source>> list(const core::Caller& caller);
  core::Result<SourceWithKey> create(const std::string& name, const core::Caller& caller);
  core::Result<SourceWithKey> rotate_key(core::SourceId id, const core::Caller& caller);
  core::Result<Source> change(core::SourceId id, const std::optional<std::string>& name,
                              const std::optional<bool>& disabled, const core::Caller& caller);

  // The source that may send with this key.
  core::Result<core::SourceId> of_key(const std::string& write_key);

 private:
  void add_volumes(std::vector<Source>& sources);

  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<platform::events::EventStore> events_;
};

}  // namespace banso::usage
