// Tells browsers at once what changed: server-sent events, by topic.
//
//   auto hub = LiveHub::make();
//   hub->add_topic("book", union_of("accounts"));
//   hub->publish("book", {{"accounts", json::array{17}}});   // from any thread, cheap
//   return hub->open({.user = caller.user, .topics = {"book"}, .still_allowed = ...});   // the answer to a GET
//
// A topic is sent at most twice a second: what is published in between is merged with what waits. Listeners get what is
// published after they came; nothing is kept for those who are away, so a page reads the present state when it
// (re)connects. A comment every quarter of a minute keeps proxies from hanging up and finds readers that are gone; a
// reader that does not keep up is dropped, and comes back by itself (browsers do).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "platform/http/http.hpp"
#include "platform/json/json.hpp"

namespace banso::platform::live {

struct Limits {
  int listeners = 2000;  // in all
  int listeners_of_a_user = 20;
  std::chrono::milliseconds heartbeat_every{15'000};
  std::chrono::milliseconds least_gap{500};  // between two sendings of one topic
};

// Adds what was published later to what still waits to be sent.
using Merge = std::function<void(json::object& waiting, json::object later)>;
// The lists of that name are united, each item once; of other fields the later ones count.
Merge union_of(std::string list);

struct Listener {
  core::UserId user;
  std::vector<std::string> topics;
  // Asked at each heartbeat, on the hub's thread; false ends the listening (logged out, role taken away).
  std::function<bool()> still_allowed;
};

class LiveHub {
 public:
  static std::shared_ptr<LiveHub> make(const Limits& limits = {});
  virtual ~LiveHub() = default;

  // Before the first publish. Without a merge the later message replaces the one that waits.
  virtual void add_topic(std::string topic, Merge merge = {}) = 0;
  virtual bool has_topic(std::string_view topic) const = 0;

  // For what is told by asking: called twice a second (Limits::least_gap) while somebody listens to the topic, on the
  // hub's thread. Nothing: nothing changed. Before the first listener.
  virtual void ask_for(std::string_view topic, std::function<std::optional<json::object>()> changes) = 0;

  // Does nothing where nobody listens; ask wanted() first where the message is costly to make.
  virtual void publish(std::string_view topic, json::object message) = 0;
  virtual bool wanted(std::string_view topic) const = 0;

  // A response that stays open. An error (429) if there are too many listeners.
  virtual core::Result<http::Response> open(Listener listener) = 0;
  virtual int listeners() const = 0;

  virtual void stop() = 0;  // ends all listening, for good; before the server stops
};

}  // namespace banso::platform::live
