// Reading calls, and what is done to one of them.
#include "routes.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

class CallHandlers {
 public:
  explicit CallHandlers(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Result<Response> list(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto query, list_query_in(*desk_, request));
    return page_of(query, request);
  }

  Result<Response> of_account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, request.path_id());
    if (!desk_->from().customers->exists({account})) {
      return Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    }
    ListQuery query;
    query.account = {account};
    query.statuses = {CallStatus::open, CallStatus::in_progress, CallStatus::snoozed, CallStatus::closed};
    return page_of(query, request);
  }

  Result<Response> one(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(auto detail, detail_of(*desk_, {id}, request.caller.user));
    return answer(std::move(detail));
  }

  Result<Response> context(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    auto call = desk_->store().find(CallId{id});
    if (!call) return Error::not_found({"There is no such call.", "指定されたアクションはありません。"});
    const auto ranking = desk_->open_calls().ranking();
    std::vector<Call> only;
    only.push_back(std::move(*call));
    const auto items = listed(*desk_, *ranking, std::move(only));
    return answer(Renderer(*desk_, ranking).context(items.front()));
  }

  Result<Response> outcomes(const Request&) const {
    json::array items;
    for (const auto kind : {CallKind::risk, CallKind::opportunity, CallKind::lifecycle, CallKind::renewal,
                            CallKind::data, CallKind::activity, CallKind::objective, CallKind::digital}) {
      items.push_back(
          json::object{{"kind", word_of(kind)}, {"name", render(name_of(kind))}, {"outcomes", render_outcomes(kind)}});
    }
    return answer({{"items", std::move(items)}});
  }

  Result<Response> create(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, new_call_in(*desk_, body));
    BANSO_TRY_ASSIGN(const auto opened, desk_->open(request.caller, {&wanted, 1}));
    BANSO_TRY_ASSIGN(auto detail, detail_of(*desk_, opened.front().id, request.caller.user));
    return answer({{"call", std::move(detail)}, {"created", opened.front().is_new}});
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, change_in(*desk_, body));
    return take_step(request, [&](auto context) { return step(context, wanted); });
  }

  Result<Response> close(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto word = fields.text("outcome", {.required = true, .max_length = 50});
    const auto outcome = word ? outcome_from(*word) : std::nullopt;
    if (word && !outcome) fields.fail("outcome", {"There is no such outcome.", "指定された結果はありません。"});
    const auto why = fields.text("why", {.max_length = 12'000, .allow_empty = true}).value_or("");
    const bool skips = fields.yes_no("skip_open_tasks").value_or(false);
    BANSO_TRY(fields.finish());
    return take_step(request, [&](auto context) { return step(context, Closing{*outcome, {why, why}, skips}); });
  }

  Result<Response> snooze(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto wanted, snoozing_in(body, true));
    const auto call = desk_->store().find(CallId{id});
    BANSO_TRY(desk_->check_snooze(wanted, call ? call->account : core::AccountId{}));
    return take_step(request, [&](auto context) { return step(context, wanted); });
  }

  Result<Response> reopen(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const Reopening wanted{fields.text("why", {.max_length = 900, .allow_empty = true}).value_or(""),
                           fields.day("due_day")};
    BANSO_TRY(fields.finish());
    return take_step(request, [&](auto context) { return step(context, wanted); });
  }

  Result<Response> judge(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto word = fields.choice("verdict", {"useful", "not_useful", "none"}, true).value_or("none");
    const auto why = fields.text("why", {.max_length = 4000, .allow_empty = true}).value_or("");
    BANSO_TRY(fields.finish());
    const auto verdict = word == "useful"       ? Verdict::useful
                         : word == "not_useful" ? Verdict::not_useful
                                                : Verdict::none;
    return take_step(request, [&](auto context) { return step(context, Judging{verdict, why}); });
  }

  Result<Response> comment(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto text = fields.text("body", {.required = true, .max_length = 12'000}).value_or("");
    std::vector<core::UserId> mentions;
    if (fields.has("mentions")) {
      const auto* list = fields.list("mentions");
      constexpr std::size_t most_mentions = 50;
      if (list && list->size() > most_mentions) {
        fields.fail("mentions", {"Mention up to 50 people.", "メンションは50人までです。"});
        list = nullptr;
      }
      for (std::size_t i = 0; list && i < list->size(); ++i) {
        if ((*list)[i].is_int64()) mentions.push_back({(*list)[i].get_int64()});
      }
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto made, desk_->comment(request.caller, {id}, text, std::move(mentions)));
    return answer(Renderer(*desk_, desk_->open_calls().ranking()).comment(made), 201);
  }

  Result<Response> follow(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto follows = fields.yes_no("follows", true);
    BANSO_TRY(fields.finish());
    if (!desk_->store().find(CallId{id})) {
      return Error::not_found({"There is no such call.", "指定されたアクションはありません。"});
    }
    desk_->store().set_follows({id}, request.caller.user, *follows, desk_->now());
    BANSO_TRY_ASSIGN(auto detail, detail_of(*desk_, {id}, request.caller.user));
    return answer({{"call", std::move(detail)}, {"batch", nullptr}});
  }

 private:
  Result<Response> page_of(const ListQuery& query, const Request& request) const {
    BANSO_TRY_ASSIGN(const auto bounds, request.page());
    const auto page = list_calls(*desk_, query, bounds.offset, bounds.limit);
    Renderer renderer(*desk_, page.ranking);
    return answer({{"items", renderer.calls(page.items)},
                   {"total", page.total},
                   {"today", json::from(page.ranking->today())},
                   {"summary", renderer.summary(page.summary)},
                   {"counts", Renderer::counts(page.counts)}});
  }

  Result<Response> take_step(const Request& request, const Desk::MakeStep& make) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto done, desk_->do_one(request.caller, {id}, make));
    BANSO_TRY_ASSIGN(auto detail, detail_of(*desk_, {id}, request.caller.user));
    return answer(
        {{"call", std::move(detail)}, {"batch", done.batch ? json::value(*done.batch) : json::value(nullptr)}});
  }

  std::shared_ptr<Desk> desk_;
};

}  // namespace

http::Routes call_routes(std::shared_ptr<Desk> desk) {
  const auto handlers = std::make_shared<CallHandlers>(std::move(desk));
  const auto to = [&](Result<Response> (CallHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/calls", Permission::read_only, to(&CallHandlers::list)},
      {Method::post, "/api/calls", Permission::csm, to(&CallHandlers::create)},
      {Method::get, "/api/calls/outcomes", Permission::read_only, to(&CallHandlers::outcomes)},
      {Method::get, "/api/calls/{id}", Permission::read_only, to(&CallHandlers::one)},
      {Method::patch, "/api/calls/{id}", Permission::csm, to(&CallHandlers::change)},
      {Method::get, "/api/calls/{id}/context", Permission::read_only, to(&CallHandlers::context)},
      {Method::post, "/api/calls/{id}/close", Permission::csm, to(&CallHandlers::close)},
      {Method::post, "/api/calls/{id}/snooze", Permission::csm, to(&CallHandlers::snooze)},
      {Method::post, "/api/calls/{id}/reopen", Permission::csm, to(&CallHandlers::reopen)},
      {Method::post, "/api/calls/{id}/feedback", Permission::csm, to(&CallHandlers::judge)},
      {Method::post, "/api/calls/{id}/comments", Permission::csm, to(&CallHandlers::comment)},
      {Method::post, "/api/calls/{id}/follow", Permission::read_only, to(&CallHandlers::follow)},
      {Method::get, "/api/accounts/{id}/calls", Permission::read_only, to(&CallHandlers::of_account)},
  };
}

http::Routes make_routes(const std::shared_ptr<Desk>& desk, DigestSender& digests) {
  auto all = call_routes(desk);
  for (auto& more : {deed_routes(desk), task_routes(desk), cockpit_routes(desk, digests)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace banso::work
