// Event types as keys of hash tables, looked up without making a string.
#pragma once

#include <functional>
#include <string_view>

#include "platform/events/event_store.hpp"

namespace banso::usage {

struct EventTypeReference {
  platform::events::EventKind kind;
  std::string_view name;
};

struct HashOfEventType {
  using is_transparent = void;
  std::size_t operator()(const EventTypeReference& type) const {
    return std::hash<std::string_view>()(type.name) * 31 + static_cast<std::size_t>(type.kind);
  }
  std::size_t operator()(const platform::events::EventType& type) const {
    return (*this)(EventTypeReference{type.kind, type.name});
  }
};

struct SameEventType {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.kind == b.kind && a.name == b.name;
  }
};

}  // namespace banso::usage
