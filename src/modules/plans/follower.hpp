// Follows the book: readings of measures, goals that are reached or missed, stages that ask for a review. Internal to
// the module.
#pragma once

#include "shelf.hpp"
#include "view.hpp"

namespace banso::plans {

// Threading: one thread at a time.
class Follower {
 public:
  Follower(const Dependencies& from, Store& store, Shelf& shelf) : from_(from), store_(store), shelf_(shelf) {}

  // Records what differs between the book and the plans; the same book twice changes nothing. Returns the rows of the
  // book that are to be looked at for what is kept on accounts.
  std::vector<std::uint32_t> look(const health::BookViewPtr& book, std::span<const PlanId> changed_plans);

 private:
  void look_at_plan(const health::BookView& book, std::size_t row, const PlanFilePtr& file);
  std::vector<ReadingRow> new_readings(const health::BookView& book, std::size_t row, const PlanFile& file) const;
  std::optional<core::Text> review_of_stage(const PlanFile& file, const std::string& stage);
  void record_goals(Session& session, PlanRow& row, const PlanFile& file, core::Day today, core::Instant now);

  const Dependencies& from_;
  Store& store_;
  Shelf& shelf_;
  health::BookViewPtr previous_;  // null: compare everything
};

// What shows that a goal was reached: its figure, in words.
std::vector<core::Text> evidence_of(const GoalView& goal);

}  // namespace banso::plans
