// The module's things as JSON. Internal to the module.
#pragma once

#include "context.hpp"
#include "platform/json/json.hpp"

namespace banso::outreach {

namespace json = platform::json;

json::object render(const core::Text& text);
// Names of accounts and contacts are looked up for all rows at once.
json::array render_mails(const Context& context, std::span<const MailRecord> mails);
json::object render_suppression(const Suppression& suppression);
json::array render_consents(const Context& context, std::span<const ConsentEvent> events);
json::object render_ordered(const Ordered& ordered);
json::object render_state(bool configured, const ServerState& state);
json::value or_null(const core::Text& text);

struct Names {
  std::map<core::AccountId, std::string> accounts;
  std::map<core::ContactId, std::string> contacts;
  std::string account(core::AccountId id) const;
  std::string contact(core::ContactId id) const;
};
Names names_of(const Context& context, std::vector<core::AccountId> accounts);

}  // namespace banso::outreach
