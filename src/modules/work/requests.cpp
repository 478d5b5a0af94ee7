// What requests say.
#include <algorithm>

#include <fmt/format.h>

#include "routes.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;

// In bytes: three to a Japanese character.
constexpr std::size_t longest_title = 900, longest_text = 12'000;

template <class Enum>
Result<std::vector<Enum>> words_in(const http::Request& request, const std::string& name,
                                   std::optional<Enum> (*from)(std::string_view)) {
  std::vector<Enum> values;
  const auto text = request.query_text(name);
  if (!text) return values;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto value = from(rest.substr(0, end));
    if (!value) {
      return Error::invalid_field(name, {fmt::format("\"{}\" is not known here.", rest.substr(0, end)),
                                         fmt::format("「{}」は指定できません。", rest.substr(0, end))});
    }
    values.push_back(*value);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return values;
}

Result<std::set<CallStatus>> statuses_in(const http::Request& request) {
  using enum CallStatus;
  const auto text = request.query_text("status");
  if (!text || *text == "active") return std::set{open, in_progress};
  if (*text == "all") return std::set{open, in_progress, snoozed, closed};
  BANSO_TRY_ASSIGN(const auto list, words_in<CallStatus>(request, "status", call_status_from));
  return std::set<CallStatus>(list.begin(), list.end());
}

Result<Sort> sort_in(const http::Request& request) {
  static constexpr std::pair<std::string_view, Sort> words[] = {
      {"rank", Sort::rank},         {"due", Sort::due},     {"opened", Sort::opened},  {"closed", Sort::closed},
      {"severity", Sort::severity}, {"value", Sort::value}, {"account", Sort::account}};
  const auto text = request.query_text("sort").value_or("rank");
  for (const auto& [word, sort] : words) {
    if (word == text) return sort;
  }
  return Error::invalid_field("sort",
                              {"Sort by rank, due, opened, closed, severity, value or account.",
                               "rank、due、opened、closed、severity、value、accountのいずれかを指定してください。"});
}

std::optional<org::AccountRole> role_in(json::Fields& fields) {
  const auto word = fields.choice("role", {"csm", "onboarding", "support", "renewal_sales", "marketing", "product"});
  return word ? org::account_role_from(*word) : std::nullopt;
}

// Absent: leave. null: by role. Else a person.
Result<core::Patch<core::UserId>> assignee_in(Desk& desk, json::Fields& fields) {
  if (!fields.has("assignee_id")) return core::Patch<core::UserId>();
  if (fields.is_null("assignee_id")) return core::Patch<core::UserId>::clear();
  const auto id = fields.integer("assignee_id");
  if (!id) return core::Patch<core::UserId>();
  BANSO_TRY(desk.check_person({*id}, "assignee_id"));
  return core::Patch<core::UserId>(core::UserId{*id});
}

std::optional<int> business_days_in(json::Fields& fields) {
  const auto days = fields.integer("due_business_days");
  if (days && (*days < 0 || *days > 260)) {
    fields.fail("due_business_days", {"Give 0 to 260 business days.", "0〜260営業日の範囲で指定してください。"});
    return std::nullopt;
  }
  return days ? std::optional(static_cast<int>(*days)) : std::nullopt;
}

}  // namespace

http::Response answer(json::object body, int status) {
  return http::Response::json(json::serialize(std::move(body)), status);
}

Result<std::optional<std::set<core::UserId>>> users_in(Desk& desk, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto user, request.query_integer("user"));
  if (user) return std::optional(std::set{core::UserId{*user}});
  const auto scope = request.query_text("scope").value_or("me");
  if (scope == "all") return std::optional<std::set<core::UserId>>();
  if (scope == "me") return std::optional(std::set{request.caller.user});
  if (scope == "team") {
    const auto mates = desk.from().org->team_mates(request.caller.user);
    std::set<core::UserId> users(mates.begin(), mates.end());
    users.insert(request.caller.user);
    return std::optional(std::move(users));
  }
  return Error::invalid_field("scope", {"Give me, team or all.", "me、team、allのいずれかを指定してください。"});
}

Result<ListQuery> list_query_in(Desk& desk, const http::Request& request) {
  ListQuery query;
  BANSO_TRY_ASSIGN(query.users, users_in(desk, request));
  BANSO_TRY_ASSIGN(query.statuses, statuses_in(request));
  BANSO_TRY_ASSIGN(query.kinds, words_in<CallKind>(request, "kind", call_kind_from));
  BANSO_TRY_ASSIGN(query.severities, words_in<Severity>(request, "severity", severity_from));
  BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
  query.account = {account.value_or(0)};
  query.reason_prefix = request.query_text("reason").value_or("");
  query.playbook = request.query_text("playbook").value_or("");
  query.search = request.query_text("q").value_or("");
  BANSO_TRY_ASSIGN(query.due_from, request.query_day("due_from"));
  BANSO_TRY_ASSIGN(query.due_to, request.query_day("due_to"));
  query.is_overdue = request.query_text("overdue").value_or("") == "true";
  BANSO_TRY_ASSIGN(query.sort, sort_in(request));
  if (const auto order = request.query_text("order")) query.is_ascending = *order == "asc";
  return query;
}

Result<NewCall> new_call_in(Desk& desk, const json::object& body) {
  json::Fields fields(body);
  NewCall call;
  call.account = {fields.integer("account_id", true).value_or(0)};
  const auto kind = fields.choice(
      "kind", {"risk", "opportunity", "lifecycle", "renewal", "data", "activity", "objective", "digital"}, true);
  if (kind) call.kind = *call_kind_from(*kind);
  const auto severity = fields.choice("severity", {"low", "medium", "high", "critical"});
  if (severity) call.severity = *severity_from(*severity);
  const auto title = fields.text("title", {.required = true, .max_length = longest_title}).value_or("");
  call.title = {title, title};
  const auto explanation = fields.text("explanation", {.max_length = longest_text, .allow_empty = true}).value_or("");
  call.explanation = {explanation, explanation};
  call.role = role_in(fields).value_or(org::AccountRole::csm);
  BANSO_TRY_ASSIGN(const auto assignee, assignee_in(desk, fields));
  if (assignee.value()) call.assignee = *assignee.value();
  call.due = fields.day("due_day");
  call.due_business_days = business_days_in(fields).value_or(call.due_business_days);
  call.playbook = fields.text("playbook", {.max_length = 200, .allow_empty = true}).value_or("");
  call.value_at_stake_minor = fields.integer("value_at_stake_minor");
  call.hours_estimate = fields.number("hours_estimate").value_or(0);
  call.reason = fields.text("reason", {.max_length = 300}).value_or(fmt::format("person:{}", records::new_id()));
  if (call.due && *call.due < desk.today()) {
    fields.fail("due_day", {"Give today or a later day.", "本日以降の日付を指定してください。"});
  }
  if (call.value_at_stake_minor && *call.value_at_stake_minor < 0) {
    fields.fail("value_at_stake_minor", {"Give 0 or more.", "0以上で指定してください。"});
  }
  if (call.hours_estimate < 0 || call.hours_estimate > 1000) {
    fields.fail("hours_estimate", {"Give 0 to 1,000 hours.", "0〜1,000時間の範囲で指定してください。"});
  }
  BANSO_TRY(fields.finish());
  return call;
}

Result<ChangeOfCall> change_in(Desk& desk, const json::object& body) {
  json::Fields fields(body);
  ChangeOfCall change;
  change.title = fields.text("title", {.max_length = longest_title});
  change.explanation = fields.text("explanation", {.max_length = longest_text, .allow_empty = true});
  if (const auto word = fields.choice("severity", {"low", "medium", "high", "critical"})) {
    change.severity = severity_from(*word);
  }
  if (const auto word = fields.choice("status", {"open", "in_progress"})) change.status = call_status_from(*word);
  change.role = role_in(fields);
  BANSO_TRY_ASSIGN(change.assignee, assignee_in(desk, fields));
  change.due = fields.day("due_day");
  if (fields.has("value_at_stake_minor")) {
    const auto value = fields.integer("value_at_stake_minor");
    if (value && *value < 0) {
      fields.fail("value_at_stake_minor", {"Give 0 or more.", "0以上で指定してください。"});
    }
    change.value_at_stake_minor = value ? core::Patch<std::int64_t>(*value) : core::Patch<std::int64_t>::clear();
  }
  change.why = fields.text("why", {.max_length = longest_title, .allow_empty = true}).value_or("");
  change.revision = fields.integer("revision");
  BANSO_TRY(fields.finish());
  return change;
}

Result<Snoozing> snoozing_in(const json::object& body, bool needs_reason) {
  json::Fields fields(body);
  Snoozing snoozing;
  snoozing.until = fields.day("until");
  if (fields.has("condition") && !fields.is_null("condition")) {
    if (const auto* condition = fields.child("condition")) snoozing.condition_json = json::serialize(*condition);
  }
  snoozing.why =
      fields.text("why", {.required = needs_reason, .max_length = longest_title, .allow_empty = !needs_reason})
          .value_or("");
  BANSO_TRY(fields.finish());
  return snoozing;
}

Result<NewTask> new_task_in(Desk& desk, const json::object& body) {
  json::Fields fields(body);
  NewTask task;
  task.account = {fields.integer("account_id").value_or(0)};
  task.call = {fields.integer("call_id").value_or(0)};
  if (!task.account && !task.call) {
    fields.fail("account_id", {"Name an account or a call.", "顧客かアクションを指定してください。"});
  }
  const auto title = fields.text("title", {.required = true, .max_length = longest_title}).value_or("");
  task.title = {title, title};
  const auto description = fields.text("description", {.max_length = longest_text, .allow_empty = true}).value_or("");
  task.description = {description, description};
  task.role = role_in(fields).value_or(org::AccountRole::csm);
  BANSO_TRY_ASSIGN(const auto assignee, assignee_in(desk, fields));
  if (assignee.value()) task.assignee = *assignee.value();
  task.due = fields.day("due_day");
  task.due_business_days = business_days_in(fields).value_or(task.due_business_days);
  task.required = fields.yes_no("required").value_or(false);
  BANSO_TRY(fields.finish());
  return task;
}

Result<ChangeOfTask> task_change_in(Desk& desk, const json::object& body) {
  json::Fields fields(body);
  ChangeOfTask change;
  change.title = fields.text("title", {.max_length = longest_title});
  change.description = fields.text("description", {.max_length = longest_text, .allow_empty = true});
  BANSO_TRY_ASSIGN(change.assignee, assignee_in(desk, fields));
  change.due = fields.day("due_day");
  change.required = fields.yes_no("required");
  BANSO_TRY(fields.finish());
  return change;
}

Result<json::object> detail_of(Desk& desk, CallId id, core::UserId reader) {
  auto call = desk.store().find(id);
  if (!call) return Error::not_found({"There is no such call.", "指定されたアクションはありません。"});
  const auto ranking = desk.open_calls().ranking();
  std::vector<Call> one;
  one.push_back(std::move(*call));
  const auto items = listed(desk, *ranking, std::move(one));
  return Renderer(desk, ranking).detail(items.front(), reader);
}

}  // namespace banso::work
