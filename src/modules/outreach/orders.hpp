// Takes orders: one row per unique key, with what the gate says of it. Internal to the module.
#pragma once

#include "gate.hpp"

namespace banso::outreach {

// What MailOrder and SurveyOrder have in common.
struct AnyOrder {
  std::string unique_key, kind, definition;
  std::int64_t version = 0;
  core::AccountId account;
  core::ContactId contact;
  core::UserId sender;
  std::string source;
  std::map<std::string, core::Text> values;
  std::optional<core::Instant> not_before;
};
AnyOrder any_order(const MailOrder& order);
AnyOrder any_order(const SurveyOrder& order);

core::Result<Ordered> place_order(const Context& context, const core::Caller& caller, const AnyOrder& order);
core::Result<Ordered> try_order(const Context& context, const AnyOrder& order);
std::int64_t cancel_orders(const Context& context, const core::Caller& caller, std::string_view source_prefix,
                           const core::Text& why);
core::Result<MailRecord> cancel_mail(const Context& context, const core::Caller& caller, MailId mail);
core::Result<MailRecord> resolve_mail(const Context& context, const core::Caller& caller, MailId mail,
                                      std::string_view as);

std::string values_to_json(const std::map<std::string, core::Text>& values);
std::map<std::string, core::Text> values_from_json(const std::string& text);

}  // namespace banso::outreach
