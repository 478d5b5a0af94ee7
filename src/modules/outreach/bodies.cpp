#include "bodies.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "merge.hpp"
#include "merge_fields.hpp"
#include "platform/json/json.hpp"

namespace banso::outreach {
namespace {

namespace json = platform::json;
using core::Result;

constexpr std::size_t longest_line_bytes = 300;
constexpr std::size_t longest_body_bytes = 20'000;
constexpr int most_open_days = 180;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

core::Text texts_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (!value || !value->is_object()) return {};
  return {text_at(value->get_object(), "en"), text_at(value->get_object(), "ja")};
}

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

// Both languages, since either may be the recipient's.
core::Text read_texts(const json::object& body, json::Fields& fields, std::string_view key, std::size_t most_bytes,
                      bool required = true) {
  auto texts = texts_at(body, key);
  const auto check = [&](std::string_view language, const std::string& text) {
    const bool empty = text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (empty && required) {
      fields.fail(fmt::format("{}.{}", key, language),
                  {"Write this in English and in Japanese.", "英語と日本語の両方で入力してください。"});
    }
    if (text.size() > most_bytes) {
      fields.fail(fmt::format("{}.{}", key, language), {fmt::format("This is longer than {} bytes.", most_bytes),
                                                        fmt::format("{}バイト以内で入力してください。", most_bytes)});
    }
  };
  check("en", texts.en);
  check("ja", texts.ja);
  return texts;
}

void check_fields(json::Fields& fields, const std::string& path, const std::string& text,
                  const engine::FieldCatalogue& catalogue, bool is_survey) {
  const auto used = fields_of(text);
  if (!used) {
    fields.fail(path, used.error().message);
    return;
  }
  for (const auto& field : *used) {
    if (is_merge_field(field, catalogue, is_survey)) continue;
    fields.fail(path, {fmt::format("There is no merge field \"{}\".", field),
                       fmt::format("差し込み項目「{}」はありません。", field)});
  }
}

void check_survey_link(json::Fields& fields, std::string_view language, const std::string& text) {
  const auto used = fields_of(text);
  if (used && used->contains("survey.link")) return;
  fields.fail(fmt::format("body.{}", language), {"The mail needs {{survey.link}}, so that people can answer.",
                                                 "回答できるように、本文に {{survey.link}} を入れてください。"});
}

std::vector<int> read_reminders(const json::object& body, json::Fields& fields, int open_days) {
  std::vector<int> days;
  const auto* list = fields.list("reminder_days");
  if (!list) return body.contains("reminder_days") ? days : std::vector<int>{3, 10};
  for (const auto& value : *list) {
    const auto day = value.is_int64() ? value.get_int64() : -1;
    if (day < 1 || day >= open_days || (!days.empty() && day <= days.back()) || days.size() >= 5) {
      fields.fail("reminder_days", {"Up to five days after the invitation, ascending, while the survey is open.",
                                    "招待後の日数を、回答期間内で小さい順に5つまで指定してください。"});
      return days;
    }
    days.push_back(static_cast<int>(day));
  }
  return days;
}

void add_mail(json::object& canonical, const MailBody& mail) {
  canonical["name"] = render(mail.name);
  canonical["description"] = mail.description;
  canonical["subject"] = render(mail.subject);
  canonical["body"] = render(mail.body);
}

MailBody read_and_check_mail(const json::object& body, json::Fields& fields, const engine::FieldCatalogue& catalogue,
                             bool is_survey) {
  MailBody mail;
  mail.name = read_texts(body, fields, "name", longest_line_bytes);
  mail.description = fields.text("description", {.allow_empty = true}).value_or("");
  mail.subject = read_texts(body, fields, "subject", longest_line_bytes);
  mail.body = read_texts(body, fields, "body", longest_body_bytes);
  check_fields(fields, "subject.en", mail.subject.en, catalogue, is_survey);
  check_fields(fields, "subject.ja", mail.subject.ja, catalogue, is_survey);
  check_fields(fields, "body.en", mail.body.en, catalogue, is_survey);
  check_fields(fields, "body.ja", mail.body.ja, catalogue, is_survey);
  return mail;
}

Result<std::string> check_template(const json::object& body, const engine::FieldCatalogue& catalogue) {
  json::Fields fields(body);
  const auto mail = read_and_check_mail(body, fields, catalogue, false);
  const auto purpose = fields.choice("purpose", {"service", "promotion"}, true);
  BANSO_TRY(fields.finish());
  json::object canonical;
  add_mail(canonical, mail);
  canonical["purpose"] = *purpose;
  return json::serialize(canonical);
}

Result<std::string> check_survey(const json::object& body, const engine::FieldCatalogue& catalogue) {
  json::Fields fields(body);
  const auto mail = read_and_check_mail(body, fields, catalogue, true);
  check_survey_link(fields, "en", mail.body.en);
  check_survey_link(fields, "ja", mail.body.ja);
  const auto kind = fields.choice("kind", {"nps", "csat", "ces"}, true);
  json::object canonical;
  add_mail(canonical, mail);
  for (const auto* key : {"question", "thanks"}) {
    canonical[key] = render(read_texts(body, fields, key, longest_body_bytes));
  }
  for (const auto* key : {"low", "high", "comment_question"}) {
    canonical[key] = render(read_texts(body, fields, key, longest_line_bytes, false));
  }
  const auto open_days = fields.integer("open_days").value_or(30);
  if (open_days < 1 || open_days > most_open_days) {
    fields.fail("open_days", {fmt::format("Between 1 and {} days.", most_open_days),
                              fmt::format("1~{}日の範囲で指定してください。", most_open_days)});
  }
  const auto reminders = read_reminders(body, fields, static_cast<int>(open_days));
  BANSO_TRY(fields.finish());
  canonical["kind"] = *kind;
  canonical["open_days"] = open_days;
  canonical["reminder_days"] = json::array(reminders.begin(), reminders.end());
  return json::serialize(canonical);
}

json::object parsed_object(std::string_view body) {
  auto parsed = json::parse_object(body);
  return parsed ? std::move(*parsed) : json::object{};
}

}  // namespace

int SurveyBody::last_score() const {
  switch (kind) {
    case customers::SurveyKind::nps:
      return 10;
    case customers::SurveyKind::ces:
      return 7;
    default:
      return 5;
  }
}

MailBody read_mail_body(std::string_view kind, std::string_view body) {
  const auto object = parsed_object(body);
  MailBody mail;
  mail.name = texts_at(object, "name");
  mail.description = text_at(object, "description");
  mail.subject = texts_at(object, "subject");
  mail.body = texts_at(object, "body");
  mail.purpose =
      kind == survey_kind ? Purpose::survey : purpose_from(text_at(object, "purpose")).value_or(Purpose::service);
  return mail;
}

SurveyBody read_survey_body(std::string_view body) {
  const auto object = parsed_object(body);
  SurveyBody survey;
  survey.mail = read_mail_body(survey_kind, body);
  const auto kind = text_at(object, "kind");
  survey.kind = kind == "nps"   ? customers::SurveyKind::nps
                : kind == "ces" ? customers::SurveyKind::ces
                                : customers::SurveyKind::csat;
  survey.question = texts_at(object, "question");
  survey.low = texts_at(object, "low");
  survey.high = texts_at(object, "high");
  survey.comment_question = texts_at(object, "comment_question");
  survey.thanks = texts_at(object, "thanks");
  if (const auto* days = object.if_contains("open_days"); days && days->is_int64()) {
    survey.open_days = static_cast<int>(days->get_int64());
  }
  if (const auto* reminders = object.if_contains("reminder_days"); reminders && reminders->is_array()) {
    survey.reminder_days.clear();
    for (const auto& day : reminders->get_array()) {
      if (day.is_int64()) survey.reminder_days.push_back(static_cast<int>(day.get_int64()));
    }
  }
  return survey;
}

Result<std::string> check_body(std::string_view kind, std::string_view body, const engine::FieldCatalogue& catalogue) {
  BANSO_TRY_ASSIGN(const auto object, json::parse_object(body));
  return kind == survey_kind ? check_survey(object, catalogue) : check_template(object, catalogue);
}

definitions::Kind make_kind(std::string_view word, const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(word);
  kind.name =
      word == survey_kind ? core::Text{"Survey", "アンケート"} : core::Text{"Mail template", "メールテンプレート"};
  kind.check = [word = kind.word, health = std::weak_ptr(health)](
                   const definitions::Name& name, const definitions::Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return check_body(word, others.at(name), *service->condition_fields());
  };
  kind.uses = [](std::string_view body) {
    std::vector<definitions::Name> used;
    const auto mail = read_mail_body(template_kind, body);
    for (const auto* text : {&mail.subject.en, &mail.subject.ja, &mail.body.en, &mail.body.ja}) {
      const auto fields = fields_of(*text);
      if (!fields) continue;
      constexpr std::string_view prefix = "book.measure.";
      for (const auto& field : *fields) {
        if (field.starts_with(prefix)) used.push_back({"measure", field.substr(prefix.size())});
      }
    }
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    return used;
  };
  kind.title = [](std::string_view body) { return read_mail_body(template_kind, body).name; };
  kind.checked_with = {kind.word};
  return kind;
}

}  // namespace banso::outreach
