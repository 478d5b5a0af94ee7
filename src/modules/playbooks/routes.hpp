// /api/playbooks..., /api/runs..., /api/playbook-secrets... Internal to the module.
#pragma once

#include "dry_run.hpp"

namespace banso::playbooks {

struct RouteContext {
  Context& context;
  Runner& runner;
  Service& service;
  std::map<std::string, NoteDeed, std::less<>> notes;
  std::shared_ptr<Service> keeps_alive;  // what the others belong to
};

platform::http::Routes playbook_routes(std::shared_ptr<const RouteContext> context);
platform::http::Routes run_routes(std::shared_ptr<const RouteContext> context);
platform::http::Routes secret_routes(const std::shared_ptr<const RouteContext>& context);

inline platform::http::Response answer(const platform::json::value& body) {
  return platform::http::Response::json(platform::json::serialize(body));
}
inline core::Error no_such_playbook() {
  return core::Error::not_found({"There is no such playbook.", "指定されたプレイブックはありません。"});
}
inline core::Error no_such_run() {
  return core::Error::not_found({"There is no such run.", "指定された実行はありません。"});
}

}  // namespace banso::playbooks
