// What is recorded of a plan, row by row, and the whole file of one plan. Internal to the module.
#pragma once

#include <map>

#include "engine/plans/standing.hpp"
#include "plans.hpp"

namespace banso::plans {

namespace document = engine::plans;

// One of us, somebody of the customer, or (neither) the system.
struct Actor {
  core::UserId user;
  core::ContactId contact;
  std::string name;

  static Actor of(const core::Caller& caller) { return {caller.user, {}, caller.name}; }
  static Actor of(const core::Customer& customer) { return {{}, customer.contact, customer.name}; }
};

struct PlanRow {
  PlanId id;
  core::AccountId account;
  std::string state;  // draft, sent, active, closed
  std::int64_t version = 0;
  std::string template_key;  // may be empty
  std::int64_t template_version = 0;
  core::Day template_day;            // on which the template was taken
  std::int64_t offered_version = 0;  // of the template: up to it somebody has decided
  std::string stage_seen;            // of the journey, as the last review looked at it
  core::Instant created_at, touched_at;
  std::int64_t revision = 0;

  bool is_living() const { return state != "closed"; }
};

struct VersionRow {
  std::int64_t version = 0;
  std::string body;
  core::Instant at;
  Actor by;
  std::string cause, why;  // cause: created, changed, restored, template, customer, achieved
};

struct EventRow {
  std::int64_t id = 0;
  PlanId plan;
  core::AccountId account;
  std::string happening;  // word_of(Happening), or "reopened"
  std::string item;
  core::Text words;
  Actor by;
  std::vector<core::ContactId> asked;
  std::int64_t version = 0;
  core::Instant at;
};

struct ReadingRow {
  std::string goal;
  core::Day day;
  double value = 0;
  std::string source;  // measure, customer, us
  std::string author;
  core::Instant at;
};

struct ConfirmationRow {
  std::int64_t version = 0;
  std::string goal;
  core::ContactId contact;
  std::string verdict;  // confirmed, commented
  std::string words;
  core::Instant at;
  std::string how;  // portal, told_us
  std::optional<std::string> noted_by;
};

struct CommentRow {
  std::int64_t id = 0;
  std::string item, author;
  bool is_customer = false, is_internal = true;
  std::string words;
  core::Instant at;
};

struct ReviewRow {
  std::int64_t id = 0;
  PlanId plan;
  core::AccountId account;
  core::Text why;
  core::Day opened;
  std::optional<core::Instant> done_at;
  std::optional<std::string> done_by;
  std::string note;
};

struct AchievementRow {
  PlanId plan;
  core::AccountId account;
  std::string goal;
  core::Day achieved;
  core::Instant at;
  std::optional<core::Instant> win_at;
  std::string story, evidence_json = "[]";
  bool is_shared = false;
  std::optional<std::string> written_by;
  std::optional<core::Instant> written_at;
};

// Everything of one plan, as it was recorded up to a moment. Immutable once read.
struct PlanFile {
  PlanRow row;
  VersionRow newest;
  document::Document plan;
  std::vector<EventRow> events;                     // oldest first
  std::map<std::int64_t, document::Document> sent;  // documents of the versions that were sent
  std::vector<ReadingRow> readings;                 // by goal, then day
  std::vector<ConfirmationRow> confirmations;       // oldest first
  std::vector<CommentRow> comments;                 // oldest first
  std::vector<ReviewRow> reviews;                   // oldest first
  std::vector<AchievementRow> achievements;
};
using PlanFilePtr = std::shared_ptr<const PlanFile>;

}  // namespace banso::plans
