// What is done to many calls at once, and the way back.
#include <algorithm>

#include <fmt/format.h>

#include "routes.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t most_at_once = 1000;

template <class Id>
std::vector<Id> ids_in(json::Fields& fields, std::string_view name) {
  const auto* list = fields.list(name);
  std::vector<Id> ids;
  if (!list || list->empty() || list->size() > most_at_once) {
    fields.fail(std::string(name), {"List 1 to 1,000 of them.", "1〜1,000件指定してください。"});
    return ids;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    if ((*list)[i].is_int64()) {
      ids.push_back({(*list)[i].get_int64()});
    } else {
      fields.fail(fmt::format("{}[{}]", name, i), {"This is no id.", "IDではありません。"});
    }
  }
  return ids;
}

// Which step the body asks for; what it lacks is named.
Result<Desk::MakeStep> step_in(Desk& desk, const json::object& body) {
  json::Fields fields(body);
  const auto action =
      fields.choice("action", {"assign", "due", "severity", "start", "snooze", "wake", "close", "feedback"}, true);
  BANSO_TRY(fields.finish());
  const auto made = [](auto wanted) -> Desk::MakeStep {
    return [wanted](auto context) { return step(std::move(context), wanted); };
  };
  const auto require = [&](std::string_view name) -> Result<> {
    if (fields.has(name)) return {};
    return Error::invalid_field(std::string(name), {"Say what to set.", "設定する値を指定してください。"});
  };
  if (*action == "snooze") {
    BANSO_TRY_ASSIGN(const auto snoozing, snoozing_in(body, true));
    BANSO_TRY(desk.check_snooze(snoozing, {}));
    return made(snoozing);
  }
  if (*action == "wake") {
    return Desk::MakeStep([](auto) { return waking_step(""); });
  }
  if (*action == "close") {
    const auto word = fields.text("outcome", {.required = true, .max_length = 50});
    const auto why = fields.text("why", {.max_length = 12'000, .allow_empty = true}).value_or("");
    BANSO_TRY(fields.finish());
    const auto outcome = outcome_from(*word);
    if (!outcome) {
      return Error::invalid_field("outcome", {"There is no such outcome.", "指定された結果はありません。"});
    }
    return made(Closing{*outcome, {why, why}});
  }
  if (*action == "feedback") {
    const auto word = fields.choice("verdict", {"useful", "not_useful"}, true);
    const auto why = fields.text("why", {.max_length = 4000, .allow_empty = true}).value_or("");
    BANSO_TRY(fields.finish());
    return made(Judging{*word == "useful" ? Verdict::useful : Verdict::not_useful, why});
  }
  BANSO_TRY_ASSIGN(const auto given, change_in(desk, body));
  ChangeOfCall change;
  change.why = given.why;
  if (*action == "assign") {
    BANSO_TRY(require("assignee_id"));
    change.assignee = given.assignee;
  } else if (*action == "due") {
    BANSO_TRY(require("due_day"));
    change.due = given.due;
  } else if (*action == "severity") {
    BANSO_TRY(require("severity"));
    change.severity = given.severity;
  } else {
    change.status = CallStatus::in_progress;
  }
  return made(change);
}

class DeedHandlers {
 public:
  explicit DeedHandlers(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  Result<Response> change_many(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto ids = ids_in<CallId>(fields, "ids");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto make, step_in(*desk_, body));
    BANSO_TRY_ASSIGN(const auto done, desk_->do_many(request.caller, ids, make));
    json::array left;
    for (const auto& each : done.left) {
      left.push_back(json::object{{"id", each.call.value}, {"reason", render(each.reason)}});
    }
    return answer({{"batch", done.batch ? json::value(*done.batch) : json::value(nullptr)},
                   {"changed", done.calls.size()},
                   {"left", std::move(left)}});
  }

  // The same call for each of them; where one is open for the reason, that one stays.
  Result<Response> open_many(const Request& request) const {
    BANSO_TRY_ASSIGN(auto body, json::parse_object(request.body));
    json::Fields fields(body);
    auto accounts = ids_in<core::AccountId>(fields, "account_ids");
    BANSO_TRY(fields.finish());
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    body["account_id"] = accounts.front().value;
    BANSO_TRY_ASSIGN(const auto pattern, new_call_in(*desk_, body));
    std::vector<NewCall> wanted(accounts.size(), pattern);
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i].account = accounts[i];
    BANSO_TRY_ASSIGN(const auto opened, desk_->open(request.caller, wanted));
    json::array items;
    std::int64_t created = 0;
    for (std::size_t i = 0; i < opened.size(); ++i) {
      created += opened[i].is_new ? 1 : 0;
      items.push_back(
          json::object{{"id", opened[i].id.value}, {"account_id", accounts[i].value}, {"created", opened[i].is_new}});
    }
    return answer({{"created", created}, {"items", std::move(items)}});
  }

  Result<Response> undo(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto batch = fields.integer("batch", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto undone, desk_->undo(request.caller, *batch));
    json::array changed_since;
    for (const auto call : undone.changed_since) changed_since.emplace_back(call.value);
    return answer({{"restored", undone.written.calls.size()}, {"changed_since", std::move(changed_since)}});
  }

 private:
  std::shared_ptr<Desk> desk_;
};

}  // namespace

http::Routes deed_routes(std::shared_ptr<Desk> desk) {
  const auto handlers = std::make_shared<DeedHandlers>(std::move(desk));
  return {
      {Method::post, "/api/calls/bulk", Permission::csm,
       [handlers](const Request& request) { return handlers->change_many(request); }},
      {Method::post, "/api/calls/for-accounts", Permission::csm,
       [handlers](const Request& request) { return handlers->open_many(request); }},
      {Method::post, "/api/calls/undo", Permission::csm,
       [handlers](const Request& request) { return handlers->undo(request); }},
  };
}

}  // namespace banso::work
