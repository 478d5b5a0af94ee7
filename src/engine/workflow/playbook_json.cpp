#include "playbook_json.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "body_reader.hpp"
#include "graph_check.hpp"

namespace banso::engine::workflow {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_body_bytes = 1 << 20;
constexpr int longest_wait_days = 730;

std::string read_account_role(BodyReader& from, std::string_view key) {
  return from.choice(key, {"csm", "onboarding", "support", "renewal_sales", "marketing", "product"}, "csm");
}

void read_deed(BodyReader& from, Step& step) {
  step.role = read_account_role(from, "role");
  step.title = from.two("title", true);
  step.description = from.two("description");
  step.due_business_days = static_cast<int>(from.integer("due_business_days", 0, 250, 3));
}

void read_timeout(BodyReader& from, Step& step) {
  step.timeout_days = static_cast<int>(from.integer("timeout_days", 0, longest_wait_days, 0));
  step.on_timeout = from.way("on_timeout");
  if (step.timeout_days == 0 && !step.on_timeout.empty()) {
    from.fail("timeout_days", {"Say after how many days it times out.", "何日で期限切れとするかを指定してください。"});
  }
}

void read_recipients(BodyReader& from, Step& step) {
  const auto* value = from.find("to");
  if (!value) {
    from.fail("to", {"Say whom it goes to.", "送信先を指定してください。"});
    return;
  }
  Faults faults;
  BodyReader to(*value, from.path_of("to"), faults);
  step.to.at_most = static_cast<int>(to.integer("at_most", 1, 20, 1));
  if (const auto* roles = to.find("roles"); roles && roles->is_array()) {
    for (const auto& role : roles->get_array()) {
      const std::string word = role.is_string() ? std::string(role.get_string()) : std::string();
      constexpr std::string_view known[] = {"champion", "executive_sponsor", "decision_maker", "admin", "user"};
      if (std::find(std::begin(known), std::end(known), word) == std::end(known)) {
        from.fail("to.roles", {fmt::format("\"{}\" is no role of a contact.", word),
                               fmt::format("「{}」という担当者の役割はありません。", word)});
      } else {
        step.to.roles.push_back(word);
      }
    }
  }
  if (step.to.roles.empty()) {
    from.fail("to.roles", {"Name at least one role of a contact.", "担当者の役割を1つ以上指定してください。"});
  }
  to.finish();
  for (auto& fault : faults) from.fail("to", fault.message);
}

void read_wait(BodyReader& from, Step& step) {
  const bool has_days = from.find("days");
  const bool has_business_days = from.find("business_days");
  step.field = from.text("until_field");
  step.condition_json = from.object_text("until_condition");
  const int given = has_days + has_business_days + !step.field.empty() + !step.condition_json.empty();
  if (given != 1) {
    from.fail("days", {"Say exactly one of days, business_days, until_field, until_condition.",
                       "日数・営業日数・日付項目・条件のいずれか1つだけを指定してください。"});
    return;
  }
  if (has_days) {
    step.wait_for = WaitFor::days;
    step.days = static_cast<int>(from.integer("days", 1, longest_wait_days, 1));
  } else if (has_business_days) {
    step.wait_for = WaitFor::business_days;
    step.days = static_cast<int>(from.integer("business_days", 1, 500, 1));
  } else if (!step.field.empty()) {
    step.wait_for = WaitFor::until_field;
    step.days = static_cast<int>(from.integer("days_after", -longest_wait_days, longest_wait_days, 0));
    step.on_timeout = from.way("on_timeout");
  } else {
    step.wait_for = WaitFor::until_condition;
    read_timeout(from, step);
  }
}

void read_branch(BodyReader& from, Step& step, Faults& faults) {
  step.otherwise = from.way("otherwise");
  const auto* cases = from.find("cases");
  if (!cases || !cases->is_array() || cases->get_array().empty() || cases->get_array().size() > 20) {
    from.fail("cases", {"Give 1 to 20 cases.", "分岐を1〜20件指定してください。"});
    return;
  }
  for (std::size_t i = 0; i < cases->get_array().size(); ++i) {
    BodyReader each(cases->get_array()[i], fmt::format("{}[{}]", from.path_of("cases"), i), faults);
    Case read{each.two("name", true), each.object_text("condition"), each.way("next")};
    if (read.condition_json.empty()) {
      each.fail("condition", {"Give the condition of this case.", "この分岐の条件を指定してください。"});
    }
    each.finish();
    step.cases.push_back(std::move(read));
  }
}

void read_address(BodyReader& from, Step& step) {
  step.url = from.text("url", false, 2000);
  step.url_secret = from.text("url_secret");
  if (step.url.empty() == step.url_secret.empty()) {
    from.fail("url", {"Give either the address or the name of the secret that holds it.",
                      "URLか、URLを保管したシークレットの名前のどちらか一方を指定してください。"});
  } else if (!step.url.empty() && !step.url.starts_with("https://") && !step.url.starts_with("http://")) {
    from.fail("url", {"The address must begin with https:// (or http://).",
                      "URLは https:// (または http://)で始めてください。"});
  }
}

void read_parameters(BodyReader& from, Step& step, Faults& faults) {
  switch (step.kind) {
    case StepKind::task:
      read_deed(from, step);
      step.is_required = from.yes("required", true);
      step.waits = from.yes("wait", false);
      step.skipped = from.way("skipped");
      if (step.waits) read_timeout(from, step);
      break;
    case StepKind::approval:
      read_deed(from, step);
      step.rejected = from.way("rejected");
      read_timeout(from, step);
      break;
    case StepKind::email:
      step.template_key = from.text("template", true);
      step.sender_role = read_account_role(from, "sender");
      read_recipients(from, step);
      step.step_holdout_percent = static_cast<int>(from.integer("holdout_percent", 0, 90, 0));
      break;
    case StepKind::survey:
      step.template_key = from.text("survey", true);
      read_recipients(from, step);
      step.step_holdout_percent = static_cast<int>(from.integer("holdout_percent", 0, 90, 0));
      break;
    case StepKind::wait:
      read_wait(from, step);
      break;
    case StepKind::branch:
      read_branch(from, step, faults);
      break;
    case StepKind::set_field:
      step.field = from.text("field", true);
      step.value = from.text("value");
      if (!step.field.empty() && step.field != "phase" && step.field != "owner" &&
          !step.field.starts_with("attribute.")) {
        from.fail("field", {"Only phase, owner and attribute.<key> can be set.",
                            "設定できるのは phase、owner、attribute.<キー> だけです。"});
      }
      break;
    case StepKind::webhook:
      read_address(from, step);
      step.body = from.text("body", false, 16 << 10);
      step.secret = from.text("secret");
      break;
    case StepKind::message:
      read_address(from, step);
      step.text = from.two("text", true);
      step.language = from.choice("language", {"en", "ja", "both"}, "both");
      break;
    case StepKind::open_call:
      read_deed(from, step);
      step.call_kind = from.choice(
          "call_kind", {"risk", "opportunity", "lifecycle", "renewal", "data", "activity", "objective", "digital"},
          "lifecycle");
      step.severity = from.choice("severity", {"low", "medium", "high", "critical"}, "medium");
      break;
    case StepKind::plan:
      step.template_key = from.text("template");
      break;
    case StepKind::confirm_plan:
      break;
    case StepKind::playbook:
      step.playbook = from.text("playbook", true);
      step.waits = from.yes("wait", false);
      break;
    case StepKind::end:
      step.outcome = from.choice("outcome", {"success", "no_effect", "lost", "stopped"}, "success");
      break;
  }
}

Step read_step(const json::value& value, std::size_t index, Faults& faults) {
  Step step;
  std::string path = fmt::format("steps[{}]", index);
  const auto* object = value.if_object();
  const auto* key = object ? object->if_contains("key") : nullptr;
  if (key && key->is_string() && is_plain_key(std::string_view(key->get_string()))) {
    path = fmt::format("steps[{}]", std::string_view(key->get_string()));
  }
  BodyReader from(value, path, faults);
  step.key = from.text("key", true);
  if (!step.key.empty() && !is_plain_key(step.key)) {
    from.fail("key", {"A key needs 1 to 64 of a-z, 0-9 and _.", "キーは英小文字・数字・_ の1〜64文字にしてください。"});
  }
  step.name = from.two("name", true);
  const auto word = from.text("kind", true);
  const auto kind = step_kind_from(word);
  if (!kind) {
    if (!word.empty()) {
      from.fail("kind", {fmt::format("There is no kind of step \"{}\".", word),
                         fmt::format("「{}」という種類のステップはありません。", word)});
    }
    return step;
  }
  step.kind = *kind;
  if (step.kind != StepKind::end && step.kind != StepKind::branch) step.next = from.way("next");
  if (step.kind == StepKind::end || step.kind == StepKind::branch) {
    if (from.find("next")) {
      from.fail("next", {"This kind of step has no next one.", "この種類のステップには「次」がありません。"});
    }
  }
  read_parameters(from, step, faults);
  if (const auto* position = from.find("position"); position && position->is_object()) {
    const auto& at = position->get_object();
    const auto number = [&](std::string_view axis) -> std::optional<double> {
      const auto* given = at.if_contains(axis);
      return given && given->is_number() ? std::optional(given->to_number<double>()) : std::nullopt;
    };
    step.x = number("x");
    step.y = number("y");
  }
  from.finish();
  return step;
}

Start read_start(const json::value* value, Faults& faults) {
  Start start;
  if (!value) {
    faults.push_back({"start", {"Say what starts the playbook.", "プレイブックの開始方法を指定してください。"}});
    return start;
  }
  BodyReader from(*value, "start", faults);
  const auto on = from.choice("on", {"manual", "call", "segment", "schedule", "change"}, "");
  if (on.empty()) from.fail("on", {"Say what starts the playbook.", "プレイブックの開始方法を指定してください。"});
  start.condition_json = from.object_text("condition");
  if (on == "call") start.on = StartOn::call;
  if (on == "segment") {
    start.on = StartOn::segment;
    start.segment = from.text("segment", true);
  }
  if (on == "change") {
    start.on = StartOn::change;
    start.field = from.text("field", true);
    start.to = from.text("to", true);
  }
  if (on == "schedule") {
    start.on = StartOn::schedule;
    const auto every = from.choice("every", {"day", "week", "month"}, "week");
    start.every = every == "day" ? Every::day : every == "month" ? Every::month : Every::week;
    start.weekday = static_cast<int>(from.integer("weekday", 0, 6, 0));
    start.day_of_month = static_cast<int>(from.integer("day_of_month", 1, 31, 1));
    start.minute_of_day = static_cast<int>(from.integer("minute_of_day", 0, 24 * 60 - 1, 9 * 60));
  }
  from.finish();
  return start;
}

Playbook read(std::string_view text, Faults& faults) {
  Playbook playbook;
  if (text.size() > longest_body_bytes) {
    faults.push_back({"", {"The playbook is larger than 1 MiB.", "プレイブックが1MiBを超えています。"}});
    return playbook;
  }
  boost::system::error_code failure;
  const auto parsed = json::parse(text, failure);
  if (failure) {
    faults.push_back({"", {"This is not JSON.", "JSONとして読み取れません。"}});
    return playbook;
  }
  BodyReader from(parsed, "", faults);
  playbook.name = from.two("name", true);
  playbook.description = from.two("description");
  playbook.purpose =
      from.choice("purpose", {"risk", "opportunity", "lifecycle", "renewal", "adoption", "other"}, "lifecycle");
  playbook.start = read_start(from.find("start"), faults);
  playbook.goal_json = from.object_text("goal");
  playbook.exit_json = from.object_text("exit");
  playbook.holdout_percent = static_cast<int>(from.integer("holdout_percent", 0, 90, 0));
  playbook.holdout_days = static_cast<int>(from.integer("holdout_days", 1, 730, 90));
  if (from.find("reentry_days")) playbook.reentry_days = static_cast<int>(from.integer("reentry_days", 0, 3650, 0));
  playbook.longest_days = static_cast<int>(from.integer("longest_days", 1, 1095, 365));
  const auto* steps = from.find("steps");
  if (!steps || !steps->is_array() || steps->get_array().empty() || steps->get_array().size() > most_steps) {
    from.fail("steps", {fmt::format("Give 1 to {} steps.", most_steps),
                        fmt::format("ステップを1〜{}件指定してください。", most_steps)});
  } else {
    for (std::size_t i = 0; i < steps->get_array().size(); ++i) {
      playbook.steps.push_back(read_step(steps->get_array()[i], i, faults));
    }
  }
  from.finish();
  return playbook;
}

}  // namespace

core::Result<Playbook> read_playbook(std::string_view text) {
  Faults faults;
  auto playbook = read(text, faults);
  if (faults.empty()) faults = graph_faults(playbook);
  BANSO_TRY(as_result(std::move(faults)));
  return playbook;
}

Playbook read_checked(std::string_view text) {
  Faults ignored;
  return read(text, ignored);
}

}  // namespace banso::engine::workflow
