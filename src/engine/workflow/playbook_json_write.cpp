#include <boost/json.hpp>

#include "playbook_json.hpp"

namespace banso::engine::workflow {
namespace {

namespace json = boost::json;

json::value two(const core::Text& text) {
  return json::object{{"en", text.en}, {"ja", text.ja}};
}
json::value way(const std::string& to) {
  return to.empty() ? json::value(nullptr) : json::value(to);
}
json::value condition(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::parse(text);
}

void write_deed(const Step& step, json::object& into) {
  into["role"] = step.role;
  into["title"] = two(step.title);
  into["description"] = two(step.description);
  into["due_business_days"] = step.due_business_days;
}

void write_timeout(const Step& step, json::object& into) {
  if (step.timeout_days == 0) return;
  into["timeout_days"] = step.timeout_days;
  into["on_timeout"] = way(step.on_timeout);
}

void write_recipients(const Step& step, json::object& into) {
  json::array roles;
  for (const auto& role : step.to.roles) roles.emplace_back(role);
  into["to"] = json::object{{"roles", std::move(roles)}, {"at_most", step.to.at_most}};
  if (step.step_holdout_percent > 0) into["holdout_percent"] = step.step_holdout_percent;
}

void write_wait(const Step& step, json::object& into) {
  switch (step.wait_for) {
    case WaitFor::days:
      into["days"] = step.days;
      break;
    case WaitFor::business_days:
      into["business_days"] = step.days;
      break;
    case WaitFor::until_field:
      into["until_field"] = step.field;
      into["days_after"] = step.days;
      if (!step.on_timeout.empty()) into["on_timeout"] = step.on_timeout;
      break;
    case WaitFor::until_condition:
      into["until_condition"] = condition(step.condition_json);
      write_timeout(step, into);
      break;
  }
}

void write_address(const Step& step, json::object& into) {
  if (!step.url.empty()) into["url"] = step.url;
  if (!step.url_secret.empty()) into["url_secret"] = step.url_secret;
}

void write_parameters(const Step& step, json::object& into) {
  switch (step.kind) {
    case StepKind::task:
      write_deed(step, into);
      into["required"] = step.is_required;
      into["wait"] = step.waits;
      if (!step.skipped.empty()) into["skipped"] = step.skipped;
      if (step.waits) write_timeout(step, into);
      break;
    case StepKind::approval:
      write_deed(step, into);
      into["rejected"] = way(step.rejected);
      write_timeout(step, into);
      break;
    case StepKind::email:
      into["template"] = step.template_key;
      into["sender"] = step.sender_role;
      write_recipients(step, into);
      break;
    case StepKind::survey:
      into["survey"] = step.template_key;
      write_recipients(step, into);
      break;
    case StepKind::wait:
      write_wait(step, into);
      break;
    case StepKind::branch: {
      json::array cases;
      for (const auto& each : step.cases) {
        cases.push_back(json::object{
            {"name", two(each.name)}, {"condition", condition(each.condition_json)}, {"next", way(each.next)}});
      }
      into["cases"] = std::move(cases);
      into["otherwise"] = way(step.otherwise);
      break;
    }
    case StepKind::set_field:
      into["field"] = step.field;
      into["value"] = step.value;
      break;
    case StepKind::webhook:
      write_address(step, into);
      into["body"] = step.body;
      if (!step.secret.empty()) into["secret"] = step.secret;
      break;
    case StepKind::message:
      write_address(step, into);
      into["text"] = two(step.text);
      into["language"] = step.language;
      break;
    case StepKind::open_call:
      into["call_kind"] = step.call_kind;
      into["severity"] = step.severity;
      write_deed(step, into);
      break;
    case StepKind::plan:
      if (!step.template_key.empty()) into["template"] = step.template_key;
      break;
    case StepKind::confirm_plan:
      break;
    case StepKind::playbook:
      into["playbook"] = step.playbook;
      into["wait"] = step.waits;
      break;
    case StepKind::end:
      into["outcome"] = step.outcome;
      break;
  }
}

json::value write_step(const Step& step) {
  json::object into{{"key", step.key}, {"kind", json::string(word_of(step.kind))}, {"name", two(step.name)}};
  write_parameters(step, into);
  if (step.kind != StepKind::end && step.kind != StepKind::branch) into["next"] = way(step.next);
  if (step.x && step.y) into["position"] = json::object{{"x", *step.x}, {"y", *step.y}};
  return into;
}

json::value write_start(const Start& start) {
  static constexpr std::string_view on[] = {"manual", "call", "segment", "schedule", "change"};
  static constexpr std::string_view every[] = {"day", "week", "month"};
  json::object into{{"on", json::string(on[static_cast<std::size_t>(start.on)])}};
  if (start.on == StartOn::segment) into["segment"] = start.segment;
  if (start.on == StartOn::change) {
    into["field"] = start.field;
    into["to"] = start.to;
  }
  if (start.on == StartOn::schedule) {
    into["every"] = json::string(every[static_cast<std::size_t>(start.every)]);
    if (start.every == Every::week) into["weekday"] = start.weekday;
    if (start.every == Every::month) into["day_of_month"] = start.day_of_month;
    into["minute_of_day"] = start.minute_of_day;
  }
  if (!start.condition_json.empty()) into["condition"] = condition(start.condition_json);
  return into;
}

}  // namespace

std::string write_playbook(const Playbook& playbook) {
  json::array steps;
  for (const auto& step : playbook.steps) steps.push_back(write_step(step));
  return json::serialize(
      json::object{{"name", two(playbook.name)},
                   {"description", two(playbook.description)},
                   {"purpose", playbook.purpose},
                   {"start", write_start(playbook.start)},
                   {"goal", condition(playbook.goal_json)},
                   {"exit", condition(playbook.exit_json)},
                   {"holdout_percent", playbook.holdout_percent},
                   {"holdout_days", playbook.holdout_days},
                   {"reentry_days", playbook.reentry_days ? json::value(*playbook.reentry_days) : json::value(nullptr)},
                   {"longest_days", playbook.longest_days},
                   {"steps", std::move(steps)}});
}

}  // namespace banso::engine::workflow
