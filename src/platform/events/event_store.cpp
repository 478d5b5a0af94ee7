#include "platform/events/event_store.hpp"

namespace banso::platform::events {

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::track:
      return "track";
    case EventKind::page:
      return "page";
    case EventKind::screen:
      return "screen";
    case EventKind::identify:
      return "identify";
    case EventKind::group:
      return "group";
    case EventKind::alias:
      return "alias";
  }
  return "unknown";
}

}  // namespace banso::platform::events
