// A success plan as one document: why the customer bought, the goals of its business with criterion and figure, and the
// way there. A template is the same document with its days counted from the day it is taken.
//
//   plan ─► goals ─► value          what it is worth to the customer
//      ├──► milestones, actions     who does what by when, on both sides, and what comes before
//      └──► risks, internal note    ours alone where they are internal
//
// Values; reading and writing as JSON text is pure. Names may be given in one language: shown() fills the other.
// Whether measures, users and contacts exist is not known here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::engine::plans {

enum class GoalKind { measure, figure, yes_no };  // by the product's data; by a figure that somebody enters
enum class Direction { up, down };
enum class GoalStage { proposed, accepted, delivered, verified };
enum class GoalStatus { not_started, on_track, watchpoint, concern, achieved, missed };
enum class Per { once, year };
enum class Side { ours, theirs };
enum class RiskSeverity { low, medium, high };

std::string_view word_of(GoalKind kind);
std::string_view word_of(GoalStage stage);
std::string_view word_of(GoalStatus status);
std::string_view word_of(Per per);
std::optional<GoalStatus> goal_status_from(std::string_view word);

struct Override {
  GoalStatus status = GoalStatus::on_track;
  std::string why;
};

struct GoalValue {
  std::optional<std::int64_t> amount_minor;  // in the reporting currency
  std::optional<double> quantity;            // in the customer's own unit
  core::Text unit;
  Per per = Per::once;
  core::Text how;  // how it was reckoned
};

struct Goal {
  std::string key;
  core::Text name, why, criterion;
  GoalKind kind = GoalKind::yes_no;
  std::string measure;  // key; of the kind measure
  core::Text unit;
  Direction direction = Direction::up;
  std::optional<double> baseline, target;
  std::optional<core::Day> start, due;
  GoalStage stage = GoalStage::proposed;
  std::optional<Override> judged;  // by a person, in place of the rule
  core::ContactId theirs;
  core::UserId ours;
  std::optional<GoalValue> value;
  std::optional<core::Day> closed_on;
};

struct Milestone {
  std::string key;
  core::Text name;
  std::string goal;  // key, may be empty
  std::optional<core::Day> due, done_on;
};

struct ActionOwner {
  Side side = Side::ours;
  std::string role;  // ours: on the account; theirs: of a contact; may be empty
  core::UserId user;
  core::ContactId contact;
};

struct Action {
  std::string key;
  core::Text name;
  std::string goal;  // key, may be empty
  ActionOwner owner;
  std::optional<core::Day> start, due, done_on;
  std::vector<std::string> depends_on;  // keys of actions, without a circle
  bool is_internal = false;
};

struct Risk {
  std::string key;
  core::Text name;
  RiskSeverity severity = RiskSeverity::medium;
  core::Text mitigation;
  bool is_internal = true;
  std::optional<core::Day> closed_on;
};

struct Document {
  core::Text name, purpose;
  std::vector<Goal> goals;
  std::vector<Milestone> milestones;
  std::vector<Action> actions;
  std::vector<Risk> risks;
  std::string internal_note;

  const Goal* find_goal(std::string_view key) const;
  const Action* find_action(std::string_view key) const;
};

// A language that was left empty is filled with the other.
core::Text shown(core::Text text);

// Canonical text: equal documents, equal text. Reading names every fault by its path ("goals[1].target"). At most
// 512 KiB, 50 goals, 100 milestones, 300 actions and 50 risks.
std::string to_json(const Document& document);
core::Result<Document> document_from_json(std::string_view json);

struct Template {
  core::Text name, description;
  int rank = 100;              // of several that fit, the one of the lowest rank is taken
  std::string condition_json;  // for which accounts; all where empty
  Document document;           // its days count from Day{0}
};
// {"name", "description", "rank", "condition", "document"}; days within the document are whole numbers from 0 to 3,660.
std::string to_json(const Template& plan_template);
core::Result<Template> template_from_json(std::string_view json);
// The template's document with day 0 on `start`.
Document taken_on(const Template& plan_template, core::Day start);

}  // namespace banso::engine::plans
