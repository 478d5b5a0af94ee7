// Tasks.
#include "routes.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

class TaskHandlers {
 public:
  explicit TaskHandlers(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Result<Response> list(const Request& request) const {
    TaskFilter filter;
    BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
    BANSO_TRY_ASSIGN(const auto call, request.query_integer("call"));
    filter.account = {account.value_or(0)};
    filter.call = {call.value_or(0)};
    // Of a call all tasks are wanted, whoever does them, unless somebody is named.
    const bool names_people = request.query_text("scope") || request.query_text("user");
    if (names_people || !filter.call) {
      BANSO_TRY_ASSIGN(filter.users, users_in(*desk_, request));
    }
    const auto state = request.query_text("state").value_or("open");
    if (state == "open" || state == "finished") {
      filter.is_finished = state == "finished";
    } else if (state != "all") {
      return Error::invalid_field("state",
                                  {"Give open, finished or all.", "open、finished、allのいずれかを指定してください。"});
    }
    filter.title_contains = request.query_text("q").value_or("");
    BANSO_TRY_ASSIGN(filter.due_from, request.query_day("due_from"));
    BANSO_TRY_ASSIGN(filter.due_to, request.query_day("due_to"));
    const auto today = desk_->today();
    if (request.query_text("overdue").value_or("") == "true") {
      filter.is_finished = false;
      filter.due_to = std::min(filter.due_to.value_or(today), today - 1);
    }
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto counts = desk_->store().count_tasks(filter, today);
    Renderer renderer(*desk_, desk_->open_calls().ranking());
    return answer({{"items", renderer.tasks(desk_->store().tasks(filter, page.offset, page.limit))},
                   {"total", counts.total},
                   {"today", json::from(today)},
                   {"overdue", counts.overdue}});
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    const auto task = desk_->store().find(TaskId{id});
    if (!task) return Error::not_found({"There is no such task.", "指定されたタスクはありません。"});
    return rendered(*task);
  }

  Result<Response> create(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, new_task_in(*desk_, body));
    BANSO_TRY_ASSIGN(const auto task, desk_->add_task(request.caller, wanted));
    return rendered(task, 201);
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, task_change_in(*desk_, body));
    BANSO_TRY_ASSIGN(const auto task, desk_->change_task(request.caller, {id}, wanted));
    return rendered(task);
  }

  Result<Response> finish(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto word = fields.choice("state", {"done", "skipped", "approved", "rejected"}, true);
    const auto why = fields.text("why", {.max_length = 4000, .allow_empty = true}).value_or("");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto task, desk_->finish_task(request.caller, {id}, *task_state_from(*word), why));
    return rendered(task);
  }

  Result<Response> reopen(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto task, desk_->reopen_task(request.caller, {id}));
    return rendered(task);
  }

 private:
  Result<Response> rendered(const Task& task, int status = 200) const {
    return answer(Renderer(*desk_, desk_->open_calls().ranking()).task(task), status);
  }

  std::shared_ptr<Desk> desk_;
};

}  // namespace

http::Routes task_routes(std::shared_ptr<Desk> desk) {
  const auto handlers = std::make_shared<TaskHandlers>(std::move(desk));
  const auto to = [&](Result<Response> (TaskHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/tasks", Permission::read_only, to(&TaskHandlers::list)},
      {Method::post, "/api/tasks", Permission::csm, to(&TaskHandlers::create)},
      {Method::get, "/api/tasks/{id}", Permission::read_only, to(&TaskHandlers::one)},
      {Method::patch, "/api/tasks/{id}", Permission::csm, to(&TaskHandlers::change)},
      {Method::post, "/api/tasks/{id}/finish", Permission::csm, to(&TaskHandlers::finish)},
      {Method::post, "/api/tasks/{id}/reopen", Permission::csm, to(&TaskHandlers::reopen)},
  };
}

}  // namespace banso::work
