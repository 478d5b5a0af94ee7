// From a parsed request to a response: finds the route, authenticates, checks permission, forgery and size, calls the
// handler and turns errors into problem details. Knows nothing of sockets, so tests can call it directly.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/http.hpp"
#include "platform/http/static_files.hpp"

namespace banso::platform::http {

// Tells who sends a request (from its session cookie), or nothing for nobody. Called for every route: open ones get the
// caller, too, when there is one.
using Authenticate = std::function<std::optional<core::Caller>(const Request&)>;

class Dispatcher {
 public:
  Dispatcher(Routes routes, Authenticate authenticate, std::shared_ptr<const StaticFiles> files);

  // `method` as on the wire, since OPTIONS and HEAD are answered here. Never throws.
  Response answer(std::string_view method, Request request) const;

  // For the generated test that walks every route as every role.
  const Routes& routes() const { return routes_; }

 private:
  struct Match {
    const Route* route = nullptr;
    bool path_known = false;  // another method would have matched
  };

  Match find(Method method, Request& request) const;
  core::Result<Response> handle(const Route& route, Request& request) const;

  Routes routes_;
  std::vector<std::vector<std::string>> segments_;  // of each route's pattern
  Authenticate authenticate_;
  std::shared_ptr<const StaticFiles> files_;
};

}  // namespace banso::platform::http
