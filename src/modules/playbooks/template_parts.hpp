// How templates are written: one function a kind of step. Internal to the module.
#pragma once

#include "engine/workflow/playbook.hpp"
#include "templates.hpp"

namespace banso::playbooks::parts {

namespace workflow = engine::workflow;

struct TaskText {
  core::Text title, description;
};
workflow::Step task(std::string key, const TaskText& text, int due_business_days, std::string next,
                    std::string role = "csm");
// The same, and the run waits until it is done; a skipped one leads to `skipped` where that is given.
workflow::Step waited(workflow::Step task, int timeout_days = 0, std::string on_timeout = "", std::string skipped = "");
workflow::Step approval(std::string key, const TaskText& text, int due_business_days, std::string next,
                        std::string rejected);
workflow::Step mail(std::string key, core::Text name, std::string mail_template, std::vector<std::string> roles,
                    int at_most, std::string next);
workflow::Step wait_days(std::string key, int days, std::string next);
workflow::Step wait_business_days(std::string key, int days, std::string next);
workflow::Step wait_before_renewal(std::string key, int days, std::string next, std::string without);
workflow::Step wait_until(std::string key, core::Text name, std::string condition, int timeout_days, std::string next,
                          std::string on_timeout);
workflow::Step branch(std::string key, core::Text name, workflow::Case one, std::string otherwise);
// The success plan that fits the account, where it has none.
workflow::Step make_plan(std::string key, std::string next);
workflow::Step confirm_plan(std::string key, std::string next);
workflow::Step set_phase(std::string key, std::string phase, std::string next);
workflow::Step ending(std::string key, std::string outcome, core::Text name);

// {"combinator": "and", "rules": [...]} of one rule, its value as JSON.
std::string rule(const std::string& field, const std::string& how, const std::string& value_json);
std::string both(const std::string& one, const std::string& other);

struct MailText {
  std::string key;
  core::Text name, subject, body;
  std::string purpose = "service";
};
Template finish(std::string key, const workflow::Playbook& playbook, const std::vector<MailText>& mails);

std::vector<Template> early_templates();    // onboarding, adoption, champion change
std::vector<Template> renewal_templates();  // renewal, executive review, expansion, win-back

}  // namespace banso::playbooks::parts
