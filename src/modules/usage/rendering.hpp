// What the routes of this module share: answers as JSON.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "platform/events/event_store.hpp"
#include "platform/http/http.hpp"
#include "platform/json/json.hpp"

namespace banso::usage {

inline platform::http::Response respond(const platform::json::value& body, int status = 200) {
  return platform::http::Response::json(platform::json::serialize(body), status);
}

template <class T, class Render>
platform::http::Response list(const std::vector<T>& items, std::int64_t total, Render render) {
  platform::json::array rendered;
  for (const auto& item : items) rendered.push_back(render(item));
  return respond(platform::json::object{{"items", std::move(rendered)}, {"total", total}});
}

inline platform::json::object render_text(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

// Stored texts were checked when they came in; what cannot be read is shown as it is.
inline platform::json::value render_properties(const std::string& properties) {
  if (properties.empty()) return platform::json::object{};
  if (auto parsed = platform::json::parse(properties)) return std::move(*parsed);
  return platform::json::value(properties);
}

// How the account of an event was found; null where it has none.
inline platform::json::value matched_by_word(platform::events::MatchedBy matched_by) {
  using platform::events::MatchedBy;
  switch (matched_by) {
    case MatchedBy::nothing:
      return nullptr;
    case MatchedBy::given:
      return "given";
    case MatchedBy::group_id:
      return "group_id";
    case MatchedBy::group_call:
      return "group_call";
    case MatchedBy::contact:
      return "contact";
    case MatchedBy::email_domain:
      return "email_domain";
    case MatchedBy::hand:
      return "hand";
  }
  return nullptr;
}

// A handler that is a member of a shared object.
template <class Handlers>
platform::http::Handler bound(
    std::shared_ptr<Handlers> handlers,
    core::Result<platform::http::Response> (Handlers::*handler)(const platform::http::Request&) const) {
  return [handlers = std::move(handlers), handler](const platform::http::Request& request) {
    return ((*handlers).*handler)(request);
  };
}

}  // namespace banso::usage
