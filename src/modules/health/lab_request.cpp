#include "lab.hpp"

namespace banso::health {

core::Result<LabRequest> read_lab_request(std::string_view text) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  json::Fields fields(body);
  LabRequest request;
  request.scorecard = fields.text("scorecard", {.required = true, .max_length = 64}).value_or("");
  request.outcome = fields.text("outcome", {.required = true, .max_length = 300}).value_or("");
  const auto use = fields.choice("use", {"published", "draft", "body"}, false).value_or("published");
  request.use = use == "body" ? TriedBody::given : use == "draft" ? TriedBody::draft : TriedBody::published;
  if (const auto sense = fields.choice("sense", {"bad", "good"}, false)) request.is_good = *sense == "good";
  const auto lead_days = fields.integer("lead_days").value_or(90);
  if (lead_days != 30 && lead_days != 60 && lead_days != 90 && lead_days != 180) {
    fields.fail("lead_days", {"Choose 30, 60, 90 or 180 days.", "30、60、90、180日のいずれかを指定してください。"});
  }
  request.lead_days = static_cast<int>(lead_days);
  request.at_level = fields.text("at_level", {.max_length = 64});
  request.segment_by = fields.text("segment_by", {.max_length = 64});
  if (const auto* given = fields.child("body")) request.body = *given;
  if (request.use == TriedBody::given && !request.body) {
    fields.fail("body", {"Give the scorecard to try.", "試すスコアカードを指定してください。"});
  }
  BANSO_TRY(fields.finish());
  return request;
}

}  // namespace banso::health
