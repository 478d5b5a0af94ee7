// Where events come from, and the keys they are sent with.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"
#include "source_limits.hpp"
#include "usage.hpp"

namespace banso::usage {

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

class Sources {
 public:
  Sources(std::shared_ptr<platform::records::Database> records, std::shared_ptr<platform::events::EventStore> events)
      : records_(std::move(records)), events_(std::move(events)) {}

  core::Result<std::vector<Source>> list(const core::Caller& caller);
  core::Result<SourceWithKey> create(const std::string& name, const core::Caller& caller);
  core::Result<SourceWithKey> rotate_key(core::SourceId id, const core::Caller& caller);
  core::Result<Source> change(core::SourceId id, const SourceChange& change, const core::Caller& caller);

  // The source that may send with this key. Remembered: what another node changes counts here seconds later.
  core::Result<core::SourceId> of_key(std::string_view write_key);
  // Whether it may send so many events now; for sources that of_key() gave.
  core::Result<> admit(core::SourceId source, std::size_t events) { return limits_.admit(source, events); }

 private:
  struct Known {
    core::SourceId source;  // none: no source has this key
    bool disabled = false;
    std::chrono::steady_clock::time_point until;
  };

  Known look_up(std::string_view write_key);
  void forget_keys();
  void add_volumes(std::vector<Source>& sources);

  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<platform::events::EventStore> events_;

  SourceLimits limits_;

  std::shared_mutex remembering_;  // guards what follows
  std::unordered_map<std::string, Known, KeyHash, std::equal_to<>> known_;
  std::int64_t changes_ = 0;
};

}  // namespace banso::usage
