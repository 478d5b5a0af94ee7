// Evaluates one account after the other on all days asked for. Internal to the engine.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "assessment.hpp"
#include "book.hpp"
#include "fact_values.hpp"
#include "plan.hpp"
#include "scoring.hpp"
#include "usage_series.hpp"

namespace banso::engine {

// One per thread: holds scratch memory only, so that results never depend on what was evaluated before.
class AccountEvaluator {
 public:
  AccountEvaluator(const Book& book, const Plan& plan, std::span<const Day> days, const DayIndex& index,
                   const PeerDistributions& peers);

  // Writes the account's row into the assessments of every day (one per day, in order).
  void run(std::size_t account, std::span<Assessments> results);

 private:
  const Book& book_;
  const Plan& plan_;
  std::span<const Day> days_;
  UsageRolling usage_;
  std::vector<Scoring> scorings_;
  std::vector<Value> values_;                               // of the account on the current day, per measure
  std::vector<std::vector<std::int64_t>> active_contacts_;  // per measure of active contacts: per day
  std::vector<std::uint8_t> used_;
  std::vector<double> operand_numbers_;
  std::vector<std::optional<std::size_t>> peer_days_;  // per day, the day of the peers' distributions

  std::size_t account_ = 0;
  std::size_t day_ = 0;  // index into days_
  std::optional<int> age_;

  void count_active_contacts();
  void score(bool is_customer, Assessments& result);
  Value measure_value(const MeasurePlan& measure);
  Value raw_value(const MeasurePlan& measure);
  Value usage_value(const MeasurePlan& measure) const;
  Value usage_quotient(const MeasurePlan& measure, bool is_earlier) const;
  Value facts_value(const MeasurePlan& measure) const;
  Value facts_quotient(const MeasurePlan& measure, bool is_earlier) const;
  Value active_contacts(const MeasurePlan& measure) const;
  Value expression_value(const MeasurePlan& measure);
  Value formula_value(const MeasurePlan& measure) const;
  Value divided(const MeasurePlan& measure, Value value, std::optional<double> divisor, Day window_end) const;
  Value compared(const MeasurePlan& measure, const Value& now, const Value& earlier) const;
  Value among_peers(const MeasurePlan& measure, const Value& value, MeasureColumn& column) const;
  Day stale_basis(const MeasurePlan& measure, const Value& value) const;
  void write(std::size_t measure, Assessments& result) const;
};

}  // namespace banso::engine
