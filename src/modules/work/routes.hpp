// The module's routes (api/work.yaml). Internal to the module.
#pragma once

#include "digest_sender.hpp"
#include "render.hpp"

namespace banso::work {

namespace http = platform::http;

// `digests` must live as long as the routes are served.
http::Routes make_routes(const std::shared_ptr<Desk>& desk, DigestSender& digests);
http::Routes call_routes(std::shared_ptr<Desk> desk);
http::Routes deed_routes(std::shared_ptr<Desk> desk);
http::Routes task_routes(std::shared_ptr<Desk> desk);
http::Routes cockpit_routes(std::shared_ptr<Desk> desk, DigestSender& digests);

// What requests say.
core::Result<ListQuery> list_query_in(Desk& desk, const http::Request& request);
// Whose work is asked for: nothing means everybody's.
core::Result<std::optional<std::set<core::UserId>>> users_in(Desk& desk, const http::Request& request);
core::Result<NewCall> new_call_in(Desk& desk, const json::object& body);
core::Result<ChangeOfCall> change_in(Desk& desk, const json::object& body);
core::Result<Snoozing> snoozing_in(const json::object& body, bool needs_reason);
core::Result<NewTask> new_task_in(Desk& desk, const json::object& body);
core::Result<ChangeOfTask> task_change_in(Desk& desk, const json::object& body);

http::Response answer(json::object body, int status = 200);
// The call with everything around it, as its page shows it.
core::Result<json::object> detail_of(Desk& desk, CallId call, core::UserId reader);

}  // namespace banso::work
