#include "routes.hpp"

#include "mail_handlers.hpp"
#include "people_handlers.hpp"

namespace banso::outreach {

namespace http = platform::http;
using http::Method;
using http::Permission;
using http::Request;

http::Routes make_routes(std::shared_ptr<Context> context, std::function<void()> wake) {
  const auto mails = std::make_shared<MailHandlers>(context, std::move(wake));
  const auto people = std::make_shared<PeopleHandlers>(std::move(context));
  const auto to = [](const auto& handlers, auto method) {
    return [handlers, method](const Request& request) { return ((*handlers).*method)(request); };
  };
  return {
      {Method::get, "/api/outreach/fields", Permission::read_only, to(mails, &MailHandlers::fields)},
      {Method::post, "/api/outreach/preview", Permission::read_only, to(mails, &MailHandlers::preview)},
      {Method::post, "/api/outreach/test", Permission::leader, to(mails, &MailHandlers::test)},
      {Method::post, "/api/outreach/starters", Permission::leader, to(mails, &MailHandlers::add_starters)},
      {Method::get, "/api/outreach/templates", Permission::read_only, to(mails, &MailHandlers::templates)},
      {Method::get, "/api/outreach/mails", Permission::read_only, to(mails, &MailHandlers::list)},
      {Method::post, "/api/outreach/mails", Permission::csm, to(mails, &MailHandlers::order)},
      {Method::get, "/api/outreach/mails/{id}", Permission::read_only, to(mails, &MailHandlers::detail)},
      {Method::post, "/api/outreach/mails/{id}/cancel", Permission::csm, to(mails, &MailHandlers::cancel)},
      {Method::post, "/api/outreach/mails/{id}/resolve", Permission::csm, to(mails, &MailHandlers::resolve)},
      {Method::get, "/api/outreach/suppressions", Permission::read_only, to(people, &PeopleHandlers::suppressions)},
      {Method::post, "/api/outreach/suppressions", Permission::csm, to(people, &PeopleHandlers::suppress)},
      {Method::post, "/api/outreach/suppressions/{id}/lift", Permission::leader, to(people, &PeopleHandlers::lift)},
      {Method::get, "/api/outreach/consents", Permission::read_only, to(people, &PeopleHandlers::consents)},
      {Method::get, "/api/contacts/{id}/outreach", Permission::read_only, to(people, &PeopleHandlers::contact)},
      {Method::post, "/api/contacts/{id}/consent", Permission::csm, to(people, &PeopleHandlers::consent)},
      {Method::get, "/api/outreach/surveys", Permission::read_only, to(people, &PeopleHandlers::surveys)},
      {Method::get, "/api/outreach/inbox", Permission::read_only, to(people, &PeopleHandlers::inbox)},
      {Method::get, "/api/outreach/settings", Permission::read_only, to(people, &PeopleHandlers::settings)},
      {Method::put, "/api/outreach/settings", Permission::admin, to(people, &PeopleHandlers::put_settings)},
  };
}

}  // namespace banso::outreach
