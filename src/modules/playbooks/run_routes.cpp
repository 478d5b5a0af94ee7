#include <algorithm>

#include "render.hpp"
#include "routes.hpp"
#include "run_lists.hpp"

namespace banso::playbooks {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

Result<std::vector<std::string>> states_of(const Request& request) {
  std::vector<std::string> states;
  auto text = request.query_text("state").value_or("");
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto word = text.substr(0, comma);
    text.erase(0, comma + 1);
    if (word == "live") {
      states.insert(states.end(), {"active", "waiting", "failed"});
    } else if (workflow::state_from(word)) {
      states.push_back(word);
    } else {
      return core::Error::invalid_field(
          "state", {"Use active, waiting, failed, done, goal, exited, stopped or live.",
                    "active、waiting、failed、done、goal、exited、stopped、live のいずれかを指定してください。"});
    }
  }
  return states;
}

class RunHandlers {
 public:
  explicit RunHandlers(std::shared_ptr<const RouteContext> context) : context_(std::move(context)) {}

  Result<Response> list(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    RunFilter filter;
    filter.playbook = request.query_text("playbook");
    filter.step = request.query_text("step");
    BANSO_TRY_ASSIGN(filter.version, request.query_integer("version"));
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    if (account) filter.account = core::AccountId{*account};
    BANSO_TRY_ASSIGN(filter.call_id, request.query_integer("call"));
    BANSO_TRY_ASSIGN(filter.states, states_of(request));
    if (const auto arm = request.query_text("arm")) {
      if (*arm != "treated" && *arm != "holdout") {
        return core::Error::invalid_field("arm",
                                          {"Use treated or holdout.", "treated か holdout を指定してください。"});
      }
      filter.arm = *arm == "holdout" ? workflow::Arm::holdout : workflow::Arm::treated;
    }
    const auto found = records().read([&](store::Session& session) { return list_runs(session, filter, page); });
    json::array items;
    for (const auto& row : found.items) items.push_back(render_run(context_->context, row));
    return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
  }

  Result<Response> failed(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto found = records().read([&](store::Session& session) { return list_failed(session, page); });
    json::array items;
    for (const auto& each : found.items) {
      auto item = render_run(context_->context, each.run);
      item["error"] = render_text(each.error);
      item["attempts"] = each.attempts;
      item["failed_at"] = json::from(each.failed_at);
      items.push_back(std::move(item));
    }
    return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
  }

  Result<Response> get(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto run, known(request));
    return detail(run);
  }

  Result<Response> stop(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto run, known(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto why = fields.text("why", {.allow_empty = true}).value_or("");
    BANSO_TRY(fields.finish());
    BANSO_TRY(context_->service.stop_run(request.caller, run, why));
    return detail(run);
  }

  Result<Response> retry(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto run, known(request));
    BANSO_TRY(context_->service.retry_run(request.caller, run));
    return detail(run);
  }

  Result<Response> move(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto run, known(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    auto version = fields.integer("version");
    BANSO_TRY(fields.finish());
    if (!version) {
      const auto row = records().read([&](store::Session& session) { return store::find_run(session, run); });
      if (!row) return no_such_run();
      const definitions::Name name{std::string(playbook_kind), row->playbook};
      const auto published = context_->context.from.definitions->get(name);
      if (!published || published->summary.version == 0) return no_such_playbook();
      version = published->summary.version;
    }
    BANSO_TRY(context_->runner.change_version(run, *version, request.caller.name));
    return detail(run);
  }

 private:
  platform::records::Database& records() const { return *context_->context.from.records; }

  Result<RunId> known(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    const auto row = records().read([&](store::Session& session) { return store::find_run(session, {id}); });
    if (!row) return no_such_run();
    return RunId{id};
  }

  Result<Response> detail(RunId run) const {
    const auto row = records().read([&](store::Session& session) { return store::find_run(session, run); });
    if (!row) return no_such_run();
    return answer(render_run_detail(context_->context, *row));
  }

  std::shared_ptr<const RouteContext> context_;
};

}  // namespace

http::Routes run_routes(std::shared_ptr<const RouteContext> context) {
  const auto handlers = std::make_shared<RunHandlers>(std::move(context));
  const auto to = [&](Result<Response> (RunHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/runs", Permission::read_only, to(&RunHandlers::list)},
      {Method::get, "/api/runs/failed", Permission::read_only, to(&RunHandlers::failed)},
      {Method::get, "/api/runs/{id}", Permission::read_only, to(&RunHandlers::get)},
      {Method::post, "/api/runs/{id}/stop", Permission::csm, to(&RunHandlers::stop)},
      {Method::post, "/api/runs/{id}/retry", Permission::csm, to(&RunHandlers::retry)},
      {Method::post, "/api/runs/{id}/move", Permission::leader, to(&RunHandlers::move)},
  };
}

}  // namespace banso::playbooks
