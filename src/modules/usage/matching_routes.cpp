#include <map>

#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

json::object render(const WaitingEvents& waiting) {
  const auto& item = waiting.what;
  return {{"assigned_to_nobody", waiting.is_assigned_to_nobody},
          {"source_id", json::from(item.source)},
          {"group_key", item.group_key},
          {"user_key", item.person_key},
          {"events", item.events},
          {"people", item.people},
          {"first_at", json::from(item.first_at)},
          {"last_at", json::from(item.last_at)}};
}

MatchSubject read_subject(json::Fields& fields) {
  const auto source = fields.integer("source_id", true);
  const json::Fields::TextRules key{.required = false, .max_length = 2 * longest_id_bytes, .allow_empty = true};
  return {{source.value_or(0)}, fields.text("group_key", key).value_or(""), fields.text("user_key", key).value_or("")};
}

class MatchingHandlers {
 public:
  explicit MatchingHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> unmatched(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto source, request.query_integer("source_id"));
    const auto found = service_.unmatched(source ? std::optional(core::SourceId{*source}) : std::nullopt, page);
    return list(found.items, found.total, [](const WaitingEvents& item) { return render(item); });
  }

  core::Result<Response> assign(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto subject = read_subject(fields);
    const auto account = fields.integer("account_id", !fields.is_null("account_id"));
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto found, service_.assign(subject, {account.value_or(0)}, request.caller));
    return respond(json::object{{"events", found}});
  }

  core::Result<Response> matches(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account_id"));
    BANSO_TRY_ASSIGN(const auto source, request.query_integer("source_id"));
    if (!account) return assignments(source ? std::optional(core::SourceId{*source}) : std::nullopt, page);
    BANSO_TRY(service_.check_account({*account}));
    const auto found =
        service_.matches_of({*account}, source ? std::optional(core::SourceId{*source}) : std::nullopt, page);
    std::map<core::SourceId, std::string> names;
    for (auto& each : service_.source_names()) names.emplace(each.id, std::move(each.name));
    const auto account_name = service_.account_name({*account});
    return list(found.items, found.total, [&](const EventMatch& match) {
      const auto name = names.find(match.source);
      return json::object{{"source_id", match.source.value},
                          {"source", name == names.end() ? json::value(nullptr) : json::value(name->second)},
                          {"group_key", match.group_key},
                          {"user_key", match.person_key},
                          {"matched_by", matched_by_word(match.matched_by)},
                          {"account_id", *account},
                          {"account_name", account_name},
                          {"events", match.events},
                          {"assigned_by", match.assigned ? json::from(match.assigned->by) : json::value(nullptr)},
                          {"assigned_at", match.assigned ? json::from(match.assigned->at) : json::value(nullptr)}};
    });
  }

  core::Result<Response> undo(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto subject = read_subject(fields);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto changed, service_.undo_match(subject, request.caller));
    return respond(json::object{{"events", changed}});
  }

 private:
  core::Result<Response> assignments(std::optional<core::SourceId> source, core::PageRequest page) const {
    const auto found = service_.assignments(source, page);
    std::map<core::SourceId, std::string> names;
    for (auto& each : service_.source_names()) names.emplace(each.id, std::move(each.name));
    return list(found.items, found.total, [&](const AssignmentByHand& item) {
      const auto name = names.find(item.source);
      const auto account = item.assignment.account;
      return json::object{
          {"source_id", item.source.value},
          {"source", name == names.end() ? json::value(nullptr) : json::value(name->second)},
          {"group_key", item.group_key},
          {"user_key", item.person_key},
          {"matched_by", matched_by_word(events::MatchedBy::hand)},
          {"account_id", account ? json::value(account.value) : json::value(nullptr)},
          {"account_name", account ? json::value(service_.account_name(account)) : json::value(nullptr)},
          {"events", item.events ? json::value(*item.events) : json::value(nullptr)},
          {"assigned_by", json::from(item.assignment.by)},
          {"assigned_at", json::from(item.assignment.at)}};
    });
  }

  ServiceImpl& service_;
};

}  // namespace

http::Routes matching_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<MatchingHandlers>(service);
  return {
      {Method::get, "/api/unmatched-events", Permission::csm, bound(handlers, &MatchingHandlers::unmatched)},
      {Method::post, "/api/unmatched-events/assign", Permission::leader, bound(handlers, &MatchingHandlers::assign)},
      {Method::get, "/api/event-matches", Permission::csm, bound(handlers, &MatchingHandlers::matches)},
      {Method::post, "/api/event-matches/undo", Permission::leader, bound(handlers, &MatchingHandlers::undo)},
  };
}

}  // namespace banso::usage
