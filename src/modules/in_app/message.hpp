// The kind "in_app_message": what its bodies mean. Internal to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "in_app.hpp"

namespace banso::in_app {

struct Link {
  core::Text label;
  std::string url;  // https://..., or a path of the vendor's product ("/settings")
};

struct Item {
  std::string key;
  core::Text label;
  std::string url;             // empty: none
  std::string done_when_json;  // a condition of the account that ticks it by itself; empty: people tick it
};

struct Message {
  core::Text name;
  std::string form = "banner";  // "banner", "dialog", "checklist"
  core::Text title, text;
  std::optional<Link> link;
  std::vector<Item> items;  // of checklists
  std::string audience_json;
  std::optional<core::Day> first_day, last_day;
  int rank = 100;  // of several, the lowest come first
};

core::Result<Message> message_from_json(std::string_view body);
std::string to_json(const Message& message);

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

struct CompiledMessage {
  std::string key;
  Message message;
  engine::Condition audience;
  std::vector<std::optional<engine::Condition>> done_when;  // of items
};
core::Result<CompiledMessage> compile(std::string key, Message message, const engine::FieldCatalogue& fields);

}  // namespace banso::in_app
