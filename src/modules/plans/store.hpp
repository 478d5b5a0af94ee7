// Plans in the records database. Functions with a Session run within somebody's transaction. Internal to the module.
#pragma once

#include "rows.hpp"

namespace banso::plans {

using platform::records::Session;

class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}
  platform::records::Database& database() { return *database_; }

  // -- whole plans. `until`: as it was recorded at the end of that moment; nothing where it did not exist.
  std::optional<PlanFile> read(PlanId plan, std::optional<core::Instant> until = {}, std::optional<core::Day> day = {});
  std::vector<std::pair<PlanId, std::int64_t>> touched_since(core::Instant since);  // with revisions
  std::vector<PlanId> plans_of(core::AccountId account);                            // newest first
  std::optional<PlanId> living_plan(core::AccountId account);
  std::vector<VersionRow> versions(PlanId plan);  // newest first, with bodies
  std::optional<VersionRow> version(PlanId plan, std::int64_t version);

  // -- in a transaction
  // Takes the row for this transaction: nobody else writes this plan until its end. Nothing: there is no such plan.
  static std::optional<PlanRow> lock(Session& session, PlanId plan, core::Instant now);
  static void add(Session& session, const PlanRow& row,
                  const VersionRow& first);  // UniqueViolation: a living one is there
  static document::Document newest(Session& session, const PlanRow& row);
  static std::optional<document::Document> document_of(Session& session, PlanId plan, std::int64_t version);
  // The next version; the row follows.
  static void add_version(Session& session, PlanRow& row, const document::Document& document, const Actor& by,
                          const std::string& cause, const std::string& why, core::Instant at);
  static void set_state(Session& session, PlanRow& row, const std::string& state);
  static void set_template(Session& session, PlanId plan, std::int64_t version, std::int64_t offered);
  static void set_stage_seen(Session& session, PlanId plan, const std::string& stage);
  static void make_living(Session& session, const PlanRow& row);  // UniqueViolation: another one is
  static void add_event(Session& session, const EventRow& event, bool is_told = false);
  static void put_reading(Session& session, PlanId plan, const ReadingRow& reading);
  static void add_confirmation(Session& session, PlanId plan, const ConfirmationRow& row);
  static void add_comment(Session& session, PlanId plan, const CommentRow& row, const Actor& by);
  static std::int64_t add_review(Session& session, const ReviewRow& review, core::Instant at);
  static bool finish_review(Session& session, PlanId plan, std::int64_t review, const Actor& by,
                            const std::string& note, core::Instant at);
  // False: it was there before.
  static bool add_achievement(Session& session, const AchievementRow& row);
  static bool write_value(Session& session, PlanId plan, const AchievementRow& row);
  static std::vector<EventRow> events(Session& session, PlanId plan);

  // -- what is still to be done elsewhere
  std::vector<EventRow> untold(core::Instant before, int most);
  void mark_told(std::int64_t event);
  std::vector<ReviewRow> reviews_without_call(int most);
  void mark_called(std::int64_t review, core::Instant at);
  std::vector<AchievementRow> without_win(int most);
  void mark_win(PlanId plan, const std::string& goal, core::Instant at);

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::plans
