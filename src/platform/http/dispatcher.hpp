// From a parsed request to a response: finds the route, authenticates, checks permission, forgery and size, calls the
// handler and turns errors into problem details. Knows nothing of sockets, so tests can call it directly.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/http.hpp"
#include "platform/http/route_table.hpp"
#include "platform/http/static_files.hpp"

namespace banso::platform::http {

// Tells who sends a request (from its session cookie), or nothing for nobody. Called for every route but those of the
// intake: open ones get the caller, too, when there is one.
using Authenticate = std::function<std::optional<core::Caller>(const Request&)>;
// The same for people of customers, by a cookie of their own. Called for routes for customers only.
using AuthenticateCustomer = std::function<std::optional<core::Customer>(const Request&)>;

// What is known of a request from its head alone.
struct Plan {
  const Route* route = nullptr;  // none: a file of the UI, or nothing at all
  bool intake = false;           // the address takes write keys: any website may call and read the answer
  std::size_t body_limit_bytes = 0;
  std::optional<Response> refusal;  // answer with this, without reading the body
};

class Dispatcher {
 public:
  Dispatcher(Routes routes, Authenticate authenticate, std::shared_ptr<const StaticFiles> files,
             AuthenticateCustomer authenticate_customer = {});

  // Completes the request with what its head says (method, parameters, language). Does not block: runs on the thread of
  // the connections. `announced_bytes` is the Content-Length, if there is one. Never throws.
  Plan plan(std::string_view method, Request& request, std::optional<std::uint64_t> announced_bytes) const;
  // The rest, on a worker thread, with the body. Never throws.
  Response answer(const Plan& plan, Request request) const;

  // Both at once. `method` as on the wire, since OPTIONS and HEAD are answered here.
  Response answer(std::string_view method, Request request) const;

  // An answer that was not made here (too busy, ...), with what every answer of this plan carries.
  Response refuse(const Plan& plan, const core::Error& error, core::Language language) const;

  // For figures per route, and for the generated test that walks every route as every role.
  const Routes& routes() const { return table_.routes(); }

 private:
  core::Result<Response> handle(const Route& route, Request& request) const;
  void recognise(const Route& route, Request& request) const;
  Response answer_without_route(const Plan& plan, const Request& request) const;

  RouteTable table_;
  Authenticate authenticate_;
  AuthenticateCustomer authenticate_customer_;
  std::shared_ptr<const StaticFiles> files_;
};

}  // namespace banso::platform::http
