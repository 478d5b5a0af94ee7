// What the bodies of the kinds "mail_template" and "survey" mean. Internal to the module.
#pragma once

#include "outreach.hpp"

namespace banso::outreach {

// What both kinds send: subject and text with merge fields, in both languages.
struct MailBody {
  core::Text name;
  std::string description;
  Purpose purpose = Purpose::service;
  core::Text subject, body;
};

struct SurveyBody {
  MailBody mail;
  customers::SurveyKind kind = customers::SurveyKind::csat;
  core::Text question, low, high, comment_question, thanks;
  int open_days = 30;
  std::vector<int> reminder_days{3, 10};  // after the invitation

  int first_score() const { return kind == customers::SurveyKind::nps ? 0 : 1; }
  int last_score() const;
};

// Of a body that was checked.
MailBody read_mail_body(std::string_view kind, std::string_view body);
SurveyBody read_survey_body(std::string_view body);
// Of a body that is being edited: every fault by path, else the canonical text.
core::Result<std::string> check_body(std::string_view kind, std::string_view body,
                                     const engine::FieldCatalogue& catalogue);

definitions::Kind make_kind(std::string_view kind, const std::shared_ptr<health::Service>& health);

}  // namespace banso::outreach
