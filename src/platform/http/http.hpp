// HTTP as modules see it: a request, a response, and one table of routes per module. The server behind it hides in
// server.cpp; handlers run on a pool of worker threads and may block.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/paging.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/http/headers.hpp"

namespace banso::platform::http {

enum class Method { get, post, put, patch, del };

// Who may call a route. There is no default: a route without one does not compile. Services check again what depends
// on the object asked for.
enum class Permission {
  anyone,     // log-in, set-up, static files
  write_key,  // event intake: the handler checks the key
  customer,   // somebody of a customer, in the customer's own view; none of us by their own log-in
  read_only,  // any signed-in user
  csm,
  leader,
  admin,
};

struct Request {
  Method method = Method::get;
  std::string path;                               // decoded, without the query
  std::map<std::string, std::string> parameters;  // from the pattern: "/api/accounts/{id}"
  std::map<std::string, std::string> query;       // decoded; the last of a repeated key wins
  Headers headers;                                // names in lower case
  std::string body;
  std::string remote_address;              // of the other end of the connection: a reverse proxy's, where there is one
  core::Caller caller;                     // set for signed-in users; a Role without a user id otherwise
  std::optional<core::Customer> customer;  // set on routes for customers, and only there
  core::Language language = core::Language::en;  // the user's, else from Accept-Language

  const std::string& header(std::string_view name) const;  // empty if absent
  std::string cookie(std::string_view name) const;         // empty if absent

  // Typed access with an error that names the parameter. `{id}` in the path; anything unreadable is "not found".
  core::Result<std::int64_t> path_id(const std::string& name = "id") const;
  core::Result<std::optional<std::int64_t>> query_integer(const std::string& name) const;
  core::Result<std::optional<core::Day>> query_day(const std::string& name) const;
  std::optional<std::string> query_text(const std::string& name) const;  // nothing if absent or empty
  // `offset` and `limit` (default 50, at most 1000).
  core::Result<core::PageRequest> page() const;
};

// Produces the next piece of a body into `chunk`; returns false after the last one. Runs on a worker thread.
using BodyStream = std::function<bool(std::string& chunk)>;

// The server's end of a response that stays open (server-sent events). All functions may be called from any thread and
// return at once.
class Channel {
 public:
  virtual ~Channel() = default;
  // Queues a piece for sending. False: the reader is gone, or so slow that its buffer is full; the channel is closed.
  virtual bool send(std::string_view piece) = 0;
  virtual void close() = 0;  // after what was queued
  virtual bool closed() const = 0;
};
// Called once the head of the response is on its way; whoever keeps the channel speaks. No worker thread waits for it.
using OpenChannel = std::function<void(std::shared_ptr<Channel>)>;

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  BodyStream stream;    // instead of body, for long downloads
  OpenChannel channel;  // instead of body, for what never ends

  static Response json(std::string body, int status = 200) {
    return {status, "application/json; charset=utf-8", std::move(body), {}, {}, {}};
  }
  static Response no_content() { return {204, "", "", {}, {}, {}}; }
  static Response text(std::string body, std::string content_type) {
    return {200, std::move(content_type), std::move(body), {}, {}, {}};
  }
};

// Handlers parse, call the service, render. An error becomes RFC 9457 problem details in the caller's language;
// an exception becomes a 500 that tells nothing and is logged.
using Handler = std::function<core::Result<Response>(const Request&)>;
// Looks at the head of a request before its body is read, so that a large one is not taken from just anybody. Runs on
// the thread of the connections: it must not block.
using Admit = std::function<core::Result<>(const Request&)>;

struct Route {
  Method method;
  std::string pattern;  // "/api/accounts/{id}/timeline"
  Permission permission;
  Handler handler;
  std::size_t body_limit_bytes = 1 << 20;  // a longer body is refused with 413, unread
  Admit admit = {};
};

using Routes = std::vector<Route>;

// RFC 9457 body and status for an error, in that language. 429 and 503 say when to try again (Retry-After).
Response problem(const core::Error& error, core::Language language);
// The answer to a defect of ours: 500, unlike 503 no invitation to send the same again for ever.
Response defect(core::Language language);
int status_of(core::ErrorCode code);

}  // namespace banso::platform::http
