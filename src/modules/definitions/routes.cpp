#include <algorithm>

#include "body_text.hpp"
#include "definitions.hpp"
#include "platform/json/json.hpp"

namespace banso::definitions {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::value body_value(const std::optional<std::string>& body) {
  return body ? boost::json::parse(*body) : json::value(nullptr);
}

json::object render(const Summary& summary) {
  json::array users;
  for (const auto& name : summary.used_by) users.push_back(json::object{{"kind", name.kind}, {"key", name.key}});
  return {{"kind", summary.name.kind},
          {"key", summary.name.key},
          {"name", render(summary.title)},
          {"version", summary.version},
          {"draft", summary.has_draft},
          {"retired", summary.retired},
          {"updated_at", json::from(summary.updated_at)},
          {"updated_by", summary.updated_by},
          {"used_by", std::move(users)}};
}

json::object render(const Definition& definition) {
  json::object rendered = render(definition.summary);
  rendered["body"] = body_value(definition.body);
  rendered["draft_body"] = body_value(definition.draft);
  rendered["draft_why"] = definition.draft_why;
  return rendered;
}

json::object render(const Version& version) {
  return {{"version", version.version},
          {"release", version.release},
          {"body", body_value(version.body)},
          {"restored_version", json::from(version.restored_version)},
          {"author", json::object{{"id", json::from(version.author)}, {"name", version.author_name}}},
          {"why", render(version.why)},
          {"published_at", json::from(version.published_at)}};
}

json::object render(const Difference& difference) {
  const auto side = [](const std::optional<std::string>& text) {
    return text ? boost::json::parse(*text) : json::value(nullptr);
  };
  return {{"path", difference.path}, {"before", side(difference.before)}, {"after", side(difference.after)}};
}

json::object render(const View& view, const core::Caller& caller) {
  const bool is_own = view.owner == caller.user;
  return {{"id", view.id},
          {"name", view.name},
          {"scope", view.is_team ? "team" : "mine"},
          {"owner_id", json::from(view.owner)},
          {"mine", is_own},
          {"changeable", is_own || caller.at_least(core::Role::leader)},
          {"query", boost::json::parse(view.query)}};
}

template <class Items, class... Extra>
Response items_of(const Items& items, const Extra&... extra) {
  json::array rendered;
  for (const auto& item : items) rendered.push_back(render(item, extra...));
  const auto total = rendered.size();
  return Response::json(json::serialize(json::object{{"items", std::move(rendered)}, {"total", total}}));
}

Name name_in(const Request& request) {
  return {request.parameters.at("kind"), request.parameters.at("key")};
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<Service> service) : service_(std::move(service)) {}

  Result<Response> list(const Request& request) const { return items_of(service_->list(request.query_text("kind"))); }

  Result<Response> get(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, service_->get(name_in(request)));
    return Response::json(json::serialize(render(definition)));
  }

  Result<Response> versions(const Request& request) const {
    BANSO_TRY(service_->get(name_in(request)));
    return items_of(service_->versions(name_in(request)));
  }

  Result<Response> compare(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto before, request.query_integer("before"));
    BANSO_TRY_ASSIGN(const auto after, request.query_integer("after"));
    BANSO_TRY_ASSIGN(const auto definition, service_->get(name_in(request)));
    BANSO_TRY_ASSIGN(const auto found, service_->compare(name_in(request), before.value_or(definition.summary.version),
                                                         after.value_or(0)));
    return items_of(found);
  }

  // The body is the definition itself; the reason may come along as ?why=.
  Result<Response> put_draft(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto definition, service_->put_draft(request.caller, name_in(request), request.body,
                                                                request.query_text("why").value_or("")));
    return Response::json(json::serialize(render(definition)));
  }

  Result<Response> discard_draft(const Request& request) const {
    BANSO_TRY(service_->discard_draft(request.caller, name_in(request)));
    return Response::no_content();
  }

  Result<Response> publish(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto why, why_in(request));
    BANSO_TRY_ASSIGN(const auto definition, service_->publish(request.caller, name_in(request), why));
    return Response::json(json::serialize(render(definition)));
  }

  Result<Response> roll_back(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto version = fields.integer("version", true);
    const auto why = fields.text("why", {.allow_empty = true});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto definition,
                     service_->roll_back(request.caller, name_in(request), *version, why.value_or("")));
    return Response::json(json::serialize(render(definition)));
  }

  Result<Response> retire(const Request& request) const {
    BANSO_TRY(service_->retire(request.caller, name_in(request), request.query_text("why").value_or("")));
    return Response::no_content();
  }

  Result<Response> export_all(const Request& request) const {
    Response response =
        Response::text(service_->export_text(request.query_text("kind")), "application/json; charset=utf-8");
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"banso-definitions.json\"");
    return response;
  }

  Result<Response> import_all(const Request& request) const {
    const bool publish_now = request.query_text("publish").value_or("") == "true";
    const auto why = request.query_text("why").value_or("");
    BANSO_TRY_ASSIGN(const auto changed, service_->import_text(request.caller, request.body, publish_now, {why, why}));
    return Response::json(json::serialize(json::object{{"changed", changed}}));
  }

  Result<Response> list_views(const Request& request) const {
    return items_of(service_->views(request.caller), request.caller);
  }

  Result<Response> create_view(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    View view;
    json::Fields fields(body);
    view.name = fields.text("name", {.required = true, .max_length = 200}).value_or("");
    return save(request, fields, view, 201);
  }

  Result<Response> change_view(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    const auto views = service_->views(request.caller);
    const auto found = std::find_if(views.begin(), views.end(), [&](const View& view) { return view.id == id; });
    if (found == views.end())
      return core::Error::not_found({"There is no such view.", "指定されたビューはありません。"});
    View view = *found;
    json::Fields fields(body);
    if (const auto name = fields.text("name", {.max_length = 200})) view.name = *name;
    return save(request, fields, view, 200);
  }

  Result<Response> delete_view(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY(service_->delete_view(request.caller, id));
    return Response::no_content();
  }

 private:
  static Result<std::string> why_in(const Request& request) {
    if (request.body.empty()) return std::string();
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto why = fields.text("why", {.allow_empty = true});
    BANSO_TRY(fields.finish());
    return why.value_or("");
  }

  Result<Response> save(const Request& request, json::Fields& fields, View view, int status) const {
    if (const auto scope = fields.choice("scope", {"mine", "team"})) view.is_team = *scope == "team";
    if (const auto* query = fields.child("query")) view.query = json::serialize(*query);
    if (view.query.empty()) view.query = "{}";
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto saved, service_->save_view(request.caller, view));
    return Response::json(json::serialize(render(saved, request.caller)), status);
  }

  std::shared_ptr<Service> service_;
};

constexpr std::size_t import_limit_bytes = 8 << 20;

}  // namespace

http::Routes routes(std::shared_ptr<Service> service) {
  const auto handlers = std::make_shared<Handlers>(std::move(service));
  const auto to = [&](Result<Response> (Handlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/definitions", Permission::read_only, to(&Handlers::list)},
      {Method::get, "/api/definitions/export", Permission::read_only, to(&Handlers::export_all)},
      {Method::post, "/api/definitions/import", Permission::leader, to(&Handlers::import_all), import_limit_bytes},
      {Method::get, "/api/definitions/{kind}/{key}", Permission::read_only, to(&Handlers::get)},
      {Method::del, "/api/definitions/{kind}/{key}", Permission::leader, to(&Handlers::retire)},
      {Method::get, "/api/definitions/{kind}/{key}/versions", Permission::read_only, to(&Handlers::versions)},
      {Method::get, "/api/definitions/{kind}/{key}/diff", Permission::read_only, to(&Handlers::compare)},
      {Method::put, "/api/definitions/{kind}/{key}/draft", Permission::leader, to(&Handlers::put_draft)},
      {Method::del, "/api/definitions/{kind}/{key}/draft", Permission::leader, to(&Handlers::discard_draft)},
      {Method::post, "/api/definitions/{kind}/{key}/publish", Permission::leader, to(&Handlers::publish)},
      {Method::post, "/api/definitions/{kind}/{key}/rollback", Permission::leader, to(&Handlers::roll_back)},
      {Method::get, "/api/views", Permission::read_only, to(&Handlers::list_views)},
      {Method::post, "/api/views", Permission::read_only, to(&Handlers::create_view)},
      {Method::patch, "/api/views/{id}", Permission::read_only, to(&Handlers::change_view)},
      {Method::del, "/api/views/{id}", Permission::read_only, to(&Handlers::delete_view)},
  };
}

}  // namespace banso::definitions
