// How many events there are, by source and type: kept in memory, so that nobody scans events to count them.
//
// Threading: all members may be called from any thread; reads see whole changes only.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/events/event_store.hpp"

namespace banso::platform::events {

struct Volume {
  std::int64_t events = 0;
  std::int64_t unmatched = 0;
  core::Instant first_at;  // of occurrence
  core::Instant last_at;
  core::Instant last_received_at;

  void add(const Volume& other);
};

struct VolumeKey {
  core::SourceId source;
  EventType type;
  auto operator<=>(const VolumeKey&) const = default;
};

// What is added or changed at once; also a sum over rows.
class VolumeSum {
 public:
  void add(const Event& event);
  void add(core::SourceId source, EventKind kind, std::string_view name, const Volume& volume);
  void add(const VolumeSum& other);
  void each(const std::function<void(const VolumeKey&, const Volume&)>& visit) const;

 private:
  // Looked up once for each event: by views, so that no text is copied.
  struct KeyView {
    std::int64_t source;
    EventKind kind;
    std::string_view name;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const KeyView& key) const {
      return std::hash<std::string_view>()(key.name) ^
             static_cast<std::size_t>(key.source * 8 + static_cast<int>(key.kind)) * 0x9e3779b97f4a7c15u;
    }
    std::size_t operator()(const VolumeKey& key) const { return (*this)(view_of(key)); }
  };
  struct Equal {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& one, const B& other) const {
      const auto a = view_of(one), b = view_of(other);
      return a.source == b.source && a.kind == b.kind && a.name == b.name;
    }
  };
  static KeyView view_of(const VolumeKey& key) { return {key.source.value, key.type.kind, key.type.name}; }
  static KeyView view_of(const KeyView& key) { return key; }

  Volume& volume_of(core::SourceId source, EventKind kind, std::string_view name);

  std::unordered_map<VolumeKey, Volume, Hash, Equal> volumes_;
};

class Volumes {
 public:
  void reset(VolumeSum sum);
  void add(const VolumeSum& sum);

  std::vector<TypeVolume> by_type() const;
  std::vector<SourceVolume> by_source() const;
  Totals totals() const;
  Volume of_source(core::SourceId source) const;

 private:
  mutable std::mutex mutex_;
  VolumeSum sum_;
};

}  // namespace banso::platform::events
