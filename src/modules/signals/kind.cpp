#include "kind.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"
#include "template_text.hpp"

namespace banso::signals {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

constexpr std::size_t longest_name_bytes = 200, longest_text_bytes = 2000;
constexpr std::int64_t longest_for_days = 365, longest_cooldown_days = 730, longest_due_business_days = 250;
constexpr double most_hours = 200;
constexpr int default_cooldown_days = 30, default_due_business_days = 5;
constexpr std::string_view measure_prefix = "measure.";

// One reading of a body: collects what is wrong with it, and writes the canonical text as it goes.
class Reader {
 public:
  Reader(const json::object& body, const engine::FieldCatalogue& catalogue)
      : body_(body), fields_(body), catalogue_(catalogue) {}

  Result<CheckedBody> read() {
    auto& rule = checked_.body;
    rule.name = text("name", longest_name_bytes, true);
    rule.description = text("description", longest_text_bytes, false);
    if (const auto word = fields_.choice("kind", {"risk", "opportunity", "lifecycle", "renewal", "data"}, true)) {
      rule.kind = *work::call_kind_from(*word);
    }
    if (const auto word = fields_.choice("severity", {"low", "medium", "high", "critical"}, true)) {
      rule.severity = *work::severity_from(*word);
    }
    rule.is_enabled = fields_.yes_no("enabled").value_or(true);
    rule.scope_json = condition("scope", false);
    rule.condition_json = condition("condition", true);
    rule.leave_json = condition("leave_condition", false);
    rule.timing.for_days = whole("for_days", 0, longest_for_days);
    rule.timing.cooldown_days = whole("cooldown_days", default_cooldown_days, longest_cooldown_days);
    rule.timing.fires_on_existing = fields_.yes_no("fires_on_existing").value_or(false);
    rule.closes_by_itself = fields_.yes_no("closes_by_itself").value_or(true);
    rule.explanation = text("explanation", longest_text_bytes, true);
    check_template("explanation", rule.explanation);
    read_call();
    BANSO_TRY(finish());
    checked_.canonical = json::serialize(canonical());
    return std::move(checked_);
  }

 private:
  core::Text text(std::string_view name, std::size_t longest, bool is_required) {
    const auto* object = fields_.child(name);
    core::Text found;
    const auto one = [&](std::string_view language, std::string& into) {
      const auto* given = object ? object->if_contains(language) : nullptr;
      if (given && given->is_string()) into = std::string(given->get_string());
      const bool is_blank = into.find_first_not_of(" \t\r\n") == std::string::npos;
      if ((is_blank && is_required) || into.size() > longest) {
        fields_.fail(fmt::format("{}.{}", name, language),
                     {fmt::format("Give a text in English and in Japanese, of up to {} bytes each.", longest),
                      fmt::format("英語と日本語の両方を、それぞれ{}バイト以内で入力してください。", longest)});
      }
    };
    one("en", found.en);
    one("ja", found.ja);
    return found;
  }

  int whole(std::string_view name, std::int64_t otherwise, std::int64_t most) {
    const auto value = fields_.integer(name).value_or(otherwise);
    if (value < 0 || value > most) {
      fields_.fail(name, {fmt::format("Give a whole number from 0 to {}.", most),
                          fmt::format("0〜{}の整数を指定してください。", most)});
    }
    return static_cast<int>(value);
  }

  std::string condition(std::string_view name, bool is_required) {
    const auto* object = fields_.child(name);
    if (!object) {
      if (is_required && fields_.ok()) {
        fields_.fail(name, {"Give the condition that an account enters.", "検知する条件を指定してください。"});
      }
      return {};
    }
    auto text = json::serialize(*object);
    const auto compiled = engine::compile_condition(text, catalogue_);
    if (!compiled) {
      const auto& error = compiled.error();
      if (error.fields.empty()) faults_.push_back({std::string(name), error.message});
      for (const auto& field : error.fields)
        faults_.push_back({fmt::format("{}.{}", name, field.field), field.message});
    }
    return text;
  }

  void check_template(std::string_view name, const core::Text& template_text) {
    for (const auto& placeholder : placeholders_of(template_text)) {
      if (catalogue_.find(placeholder.field)) continue;
      faults_.push_back({std::string(name),
                         {fmt::format("There is no field \"{}\" to be put into the text.", placeholder.field),
                          fmt::format("文中の {{{}}} に当てはまる項目がありません。", placeholder.field)}});
    }
  }

  void read_call() {
    auto& call = checked_.body.call;
    const auto* object = fields_.child("call");
    if (!object) {
      if (fields_.ok())
        fields_.fail("call", {"Say what to open, and for whom.", "起票する内容と担当の役割を指定してください。"});
      return;
    }
    json::Fields fields(*object, "call.");
    if (const auto* title = fields.child("title")) {
      const auto read = [&](std::string_view language) {
        const auto* given = title->if_contains(language);
        return given && given->is_string() ? std::string(given->get_string()) : std::string();
      };
      call.title = {read("en"), read("ja")};
      const bool fits = call.title.en.size() <= longest_name_bytes && call.title.ja.size() <= longest_name_bytes;
      if (call.title.en.empty() || call.title.ja.empty() || !fits) {
        fields.fail("title", {"Give a title in English and in Japanese, of up to 200 bytes each, or none.",
                              "件名は英語と日本語の両方を200バイト以内で入力するか、省略してください。"});
      }
      check_template("call.title", call.title);
    }
    if (const auto word =
            fields.choice("role", {"csm", "onboarding", "support", "renewal_sales", "marketing", "product"}, true)) {
      call.role = *org::account_role_from(*word);
    }
    const auto due = fields.integer("due_business_days").value_or(default_due_business_days);
    if (due < 0 || due > longest_due_business_days) {
      fields.fail("due_business_days",
                  {"Give 0 to 250 business days.", "期限は0〜250営業日の範囲で指定してください。"});
    }
    call.due_business_days = static_cast<int>(due);
    call.playbook = fields.text("playbook", {.max_length = 64, .allow_empty = true}).value_or("");
    call.hours_estimate = fields.number("hours_estimate").value_or(1);
    if (!(call.hours_estimate >= 0 && call.hours_estimate <= most_hours)) {
      fields.fail("hours_estimate", {"Give 0 to 200 hours.", "工数は0〜200時間の範囲で指定してください。"});
    }
    if (const auto finished = fields.finish(); !finished) {
      for (const auto& each : finished.error().fields) faults_.push_back(each);
    }
  }

  Result<> finish() {
    const auto own = fields_.finish();
    if (own && faults_.empty()) return {};
    auto error = own ? core::Error::invalid({fmt::format("The rule has {} fault(s). First: {}: {}", faults_.size(),
                                                         faults_[0].field, faults_[0].message.en),
                                             fmt::format("ルールに{}件の誤りがあります。最初の誤りは {} です。{}",
                                                         faults_.size(), faults_[0].field, faults_[0].message.ja)})
                     : own.error();
    error.fields.insert(error.fields.end(), faults_.begin(), faults_.end());
    return error;
  }

  json::object canonical() const {
    const auto& rule = checked_.body;
    const auto maybe = [&](std::string_view name) {
      const auto* value = body_.if_contains(name);
      return value && value->is_object() ? *value : json::value(nullptr);
    };
    return {{"name", json::from(rule.name)},
            {"description", json::from(rule.description)},
            {"kind", work::word_of(rule.kind)},
            {"severity", work::word_of(rule.severity)},
            {"enabled", rule.is_enabled},
            {"scope", maybe("scope")},
            {"condition", maybe("condition")},
            {"leave_condition", maybe("leave_condition")},
            {"for_days", rule.timing.for_days},
            {"cooldown_days", rule.timing.cooldown_days},
            {"closes_by_itself", rule.closes_by_itself},
            {"fires_on_existing", rule.timing.fires_on_existing},
            {"explanation", json::from(rule.explanation)},
            {"call",
             json::object{{"title", rule.call.title.en.empty() ? json::value(nullptr) : json::from(rule.call.title)},
                          {"role", org::word_of(rule.call.role)},
                          {"due_business_days", rule.call.due_business_days},
                          {"playbook", rule.call.playbook},
                          {"hours_estimate", rule.call.hours_estimate}}}};
  }

  const json::object& body_;
  json::Fields fields_;
  const engine::FieldCatalogue& catalogue_;
  std::vector<core::FieldError> faults_;
  CheckedBody checked_;
};

// What a rule needs: measures and segments.
std::vector<Name> uses_of(std::string_view body) {
  const auto rule = read_body(body);
  std::vector<Name> used;
  for (const auto* condition : {&rule.scope_json, &rule.condition_json, &rule.leave_json}) {
    for (const auto& field : engine::referenced_fields(*condition)) {
      if (field.starts_with(measure_prefix)) used.push_back({"measure", field.substr(measure_prefix.size())});
    }
    for (auto& key : engine::referenced_segments(*condition)) used.push_back({"segment", std::move(key)});
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

Result<> check_segments(const RuleBody& rule, const Bodies& others) {
  for (const auto* condition : {&rule.scope_json, &rule.condition_json, &rule.leave_json}) {
    for (const auto& key : engine::referenced_segments(*condition)) {
      if (others.contains({"segment", key})) continue;
      return core::Error::invalid_field("condition", {fmt::format("There is no published segment \"{}\".", key),
                                                      fmt::format("公開済みのセグメント「{}」はありません。", key)});
    }
  }
  return {};
}

}  // namespace

Result<CheckedBody> check_body(std::string_view text, const engine::FieldCatalogue& fields) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  return Reader(body, fields).read();
}

RuleBody read_body(std::string_view text) {
  // Conditions are not compiled here: the fields of today may be others than those it was checked with.
  RuleBody rule;
  const auto parsed = json::parse(text);
  if (!parsed || !parsed->is_object()) return rule;
  const auto& body = parsed->get_object();
  const auto both = [](const json::object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    const auto* words = value ? value->if_object() : nullptr;
    const auto one = [&](std::string_view language) {
      const auto* given = words ? words->if_contains(language) : nullptr;
      return given && given->is_string() ? std::string(given->get_string()) : std::string();
    };
    return core::Text{one("en"), one("ja")};
  };
  const auto condition = [&](std::string_view name) {
    const auto* value = body.if_contains(name);
    return value && value->is_object() ? json::serialize(*value) : std::string();
  };
  json::Fields fields(body);
  rule.name = both(body, "name");
  rule.description = both(body, "description");
  rule.kind = work::call_kind_from(fields.text("kind").value_or("")).value_or(work::CallKind::risk);
  rule.severity = work::severity_from(fields.text("severity").value_or("")).value_or(work::Severity::medium);
  rule.is_enabled = fields.yes_no("enabled").value_or(true);
  rule.scope_json = condition("scope");
  rule.condition_json = condition("condition");
  rule.leave_json = condition("leave_condition");
  rule.timing = {static_cast<int>(fields.integer("for_days").value_or(0)),
                 static_cast<int>(fields.integer("cooldown_days").value_or(default_cooldown_days)),
                 fields.yes_no("fires_on_existing").value_or(false)};
  rule.closes_by_itself = fields.yes_no("closes_by_itself").value_or(true);
  rule.explanation = both(body, "explanation");
  if (const auto* call = fields.child("call")) {
    json::Fields of_call(*call);
    rule.call.title = both(*call, "title");
    rule.call.role = org::account_role_from(of_call.text("role").value_or("")).value_or(org::AccountRole::csm);
    rule.call.due_business_days =
        static_cast<int>(of_call.integer("due_business_days").value_or(default_due_business_days));
    rule.call.playbook = of_call.text("playbook", {.allow_empty = true}).value_or("");
    rule.call.hours_estimate = of_call.number("hours_estimate").value_or(1);
  }
  return rule;
}

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(signal_kind);
  kind.name = {"Signal rule", "シグナルルール"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    const auto fields = service->condition_fields();
    BANSO_TRY_ASSIGN(auto checked, check_body(others.at(name), *fields));
    BANSO_TRY(check_segments(checked.body, others));
    return std::move(checked.canonical);
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) { return read_body(body).name; };
  kind.checked_with = {std::string(signal_kind), "segment"};
  return kind;
}

}  // namespace banso::signals
