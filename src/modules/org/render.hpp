// JSON of this module's answers, as api/org.yaml describes them. Internal.
#pragma once

#include "platform/json/json.hpp"
#include "service.hpp"

namespace banso::org {

namespace json = platform::json;

json::object render(const core::Text& text);
json::object render_money(std::int64_t amount_minor, const std::string& currency);
json::object render(const Load& load, const std::string& currency);
json::object render(const Limits& limits);
json::object render_count(std::int64_t accounts, std::int64_t arr_minor, const std::string& currency);

// What needs the names of users and accounts.
class Renderer {
 public:
  explicit Renderer(const OrgService& service) : service_(service), book_(service.from.health->evaluated_book()) {}

  json::object person(core::UserId user) const;
  json::value maybe_person(core::UserId user) const;
  json::object account(core::AccountId account) const;  // one that is gone has no name
  json::object team(const Team& team) const;
  json::object absence(const Absence& absence) const;
  json::object assignment(const Assignment& assignment) const;
  json::object handover(const HandoverDetails& details) const;
  json::object handover_line(const HandoverLine& line) const;
  std::string currency() const;

 private:
  const OrgService& service_;
  const health::BookViewPtr book_;
};

platform::http::Response answer(const json::value& body, int status = 200);

// A handler out of a function of the service and the request.
template <class Handle>
platform::http::Handler with(const std::shared_ptr<OrgService>& service, Handle handle) {
  return [service, handle](const platform::http::Request& request) { return handle(*service, request); };
}

}  // namespace banso::org
