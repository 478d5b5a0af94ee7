#include "template_parts.hpp"

#include <fmt/format.h>

#include "engine/workflow/playbook_json.hpp"
#include "platform/json/json.hpp"

namespace banso::playbooks {
namespace parts {
namespace {

namespace json = platform::json;
using workflow::Step;
using workflow::StepKind;

Step made(StepKind kind, std::string key, core::Text name, std::string next) {
  Step step;
  step.kind = kind;
  step.key = std::move(key);
  step.name = std::move(name);
  step.next = std::move(next);
  return step;
}

json::object two(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

}  // namespace

Step task(std::string key, const TaskText& text, int due_business_days, std::string next, std::string role) {
  auto step = made(StepKind::task, std::move(key), text.title, std::move(next));
  step.title = text.title;
  step.description = text.description;
  step.due_business_days = due_business_days;
  step.role = std::move(role);
  return step;
}

Step waited(Step task, int timeout_days, std::string on_timeout, std::string skipped) {
  task.waits = true;
  task.timeout_days = timeout_days;
  task.on_timeout = std::move(on_timeout);
  task.skipped = std::move(skipped);
  return task;
}

Step approval(std::string key, const TaskText& text, int due_business_days, std::string next, std::string rejected) {
  auto step = task(std::move(key), text, due_business_days, std::move(next));
  step.kind = StepKind::approval;
  step.rejected = std::move(rejected);
  return step;
}

Step mail(std::string key, core::Text name, std::string mail_template, std::vector<std::string> roles, int at_most,
          std::string next) {
  auto step = made(StepKind::email, std::move(key), std::move(name), std::move(next));
  step.template_key = std::move(mail_template);
  step.to = {std::move(roles), at_most};
  return step;
}

Step wait_days(std::string key, int days, std::string next) {
  auto step = made(StepKind::wait, std::move(key), {fmt::format("Wait {} days", days), fmt::format("{}日待つ", days)},
                   std::move(next));
  step.wait_for = workflow::WaitFor::days;
  step.days = days;
  return step;
}

Step wait_business_days(std::string key, int days, std::string next) {
  auto step = made(StepKind::wait, std::move(key),
                   {fmt::format("Wait {} business days", days), fmt::format("{}営業日待つ", days)}, std::move(next));
  step.wait_for = workflow::WaitFor::business_days;
  step.days = days;
  return step;
}

Step wait_before_renewal(std::string key, int days, std::string next, std::string without) {
  auto step = made(StepKind::wait, std::move(key),
                   {fmt::format("Until {} days before the renewal", days), fmt::format("更新日の{}日前まで待つ", days)},
                   std::move(next));
  step.wait_for = workflow::WaitFor::until_field;
  step.field = "renewal_day";
  step.days = -days;
  step.on_timeout = std::move(without);
  return step;
}

Step wait_until(std::string key, core::Text name, std::string condition, int timeout_days, std::string next,
                std::string on_timeout) {
  auto step = made(StepKind::wait, std::move(key), std::move(name), std::move(next));
  step.wait_for = workflow::WaitFor::until_condition;
  step.condition_json = std::move(condition);
  step.timeout_days = timeout_days;
  step.on_timeout = std::move(on_timeout);
  return step;
}

Step branch(std::string key, core::Text name, workflow::Case one, std::string otherwise) {
  auto step = made(StepKind::branch, std::move(key), std::move(name), "");
  step.cases.push_back(std::move(one));
  step.otherwise = std::move(otherwise);
  return step;
}

Step make_plan(std::string key, std::string next) {
  return made(StepKind::plan, std::move(key), {"Make a success plan", "サクセスプランを作成する"}, std::move(next));
}

Step confirm_plan(std::string key, std::string next) {
  return made(StepKind::confirm_plan, std::move(key),
              {"Have the customer confirm the plan", "お客様にプランの確認を依頼する"}, std::move(next));
}

Step set_phase(std::string key, std::string phase, std::string next) {
  auto step =
      made(StepKind::set_field, std::move(key), {"Move to the next phase", "フェーズを進める"}, std::move(next));
  step.field = "phase";
  step.value = std::move(phase);
  return step;
}

Step ending(std::string key, std::string outcome, core::Text name) {
  auto step = made(StepKind::end, std::move(key), std::move(name), "");
  step.outcome = std::move(outcome);
  return step;
}

std::string rule(const std::string& field, const std::string& how, const std::string& value_json) {
  return fmt::format(R"({{"combinator":"and","rules":[{{"field":"{}","operator":"{}","value":{}}}]}})", field, how,
                     value_json);
}

std::string both(const std::string& one, const std::string& other) {
  return fmt::format(R"({{"combinator":"and","rules":[{},{}]}})", one, other);
}

Template finish(std::string key, const workflow::Playbook& playbook, const std::vector<MailText>& mails) {
  Template made{std::move(key), workflow::write_playbook(playbook), {}};
  for (const auto& mail : mails) {
    made.needs.emplace_back(definitions::Name{"mail_template", mail.key},
                            json::serialize(json::object{{"name", two(mail.name)},
                                                         {"description", ""},
                                                         {"purpose", mail.purpose},
                                                         {"subject", two(mail.subject)},
                                                         {"body", two(mail.body)}}));
  }
  return made;
}

}  // namespace parts

const std::vector<Template>& templates() {
  static const std::vector<Template> all = [] {
    auto list = parts::early_templates();
    for (auto& each : parts::renewal_templates()) list.push_back(std::move(each));
    return list;
  }();
  return all;
}

std::span<const StarterPlaybook> starter_playbooks() {
  return templates();
}

}  // namespace banso::playbooks
