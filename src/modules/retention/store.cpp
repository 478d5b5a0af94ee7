#include "store.hpp"

namespace banso::retention {
namespace {

using platform::records::Row;
using platform::records::Session;

}  // namespace

std::vector<ClosedMonth> Store::closed_months() {
  std::vector<ClosedMonth> months;
  database_->read([&](Session& session) {
    session.each(
        "SELECT month_day, closed_at_us, closed_by, closed_by_name, rates, figures FROM closed_month "
        "ORDER BY month_day DESC",
        {}, [&](const Row& row) {
          months.push_back(
              {row.day(0), row.instant(1), row.id<core::UserId>(2), row.text(3), row.text(4), row.text(5)});
        });
  });
  return months;
}

bool Store::close(const ClosedMonth& month) {
  return database_->write([&](Session& session) {
    return session.execute(
               "INSERT INTO closed_month (month_day, closed_at_us, closed_by, closed_by_name, rates, figures) "
               "VALUES (:1, :2, :3, :4, :5, :6) ON CONFLICT (month_day) DO NOTHING",
               {month.month, month.closed_at, month.closed_by, month.closed_by_name, month.rates, month.figures}) == 1;
  });
}

bool Store::reopen(core::Day month) {
  return database_->write(
      [&](Session& session) { return session.execute("DELETE FROM closed_month WHERE month_day = :1", {month}) == 1; });
}

std::vector<Goal> Store::goals() {
  std::vector<Goal> goals;
  database_->read([&](Session& session) {
    session.each(
        "SELECT quarter_day, arr_minor, nrr, grr, new_minor, churn_minor FROM revenue_goal ORDER BY quarter_day", {},
        [&](const Row& row) {
          goals.push_back({row.day(0), row.maybe_integer(1), row.maybe_number(2), row.maybe_number(3),
                           row.maybe_integer(4), row.maybe_integer(5)});
        });
  });
  return goals;
}

void Store::put_goals(std::span<const Goal> goals) {
  database_->write([&](Session& session) {
    for (const auto& goal : goals) {
      session.execute("DELETE FROM revenue_goal WHERE quarter_day = :1", {goal.quarter});
      if (goal.is_empty()) continue;
      session.execute(
          "INSERT INTO revenue_goal (quarter_day, arr_minor, nrr, grr, new_minor, churn_minor) "
          "VALUES (:1, :2, :3, :4, :5, :6)",
          {goal.quarter, goal.arr_minor, goal.nrr, goal.grr, goal.new_minor, goal.churn_minor});
    }
  });
}

std::unordered_map<std::string, Acceptance> Store::accepted_faults() {
  std::unordered_map<std::string, Acceptance> accepted;
  database_->read([&](Session& session) {
    session.each("SELECT fault, reason, accepted_by_name, accepted_at_us FROM accepted_fault", {}, [&](const Row& row) {
      accepted[row.text(0)] = {row.text(1), row.text(2), row.instant(3)};
    });
  });
  return accepted;
}

void Store::accept_fault(const std::string& fault, const std::string& reason, const core::Caller& caller,
                         core::Instant at) {
  database_->write([&](Session& session) {
    session.execute(
        "INSERT INTO accepted_fault (fault, reason, accepted_by, accepted_by_name, accepted_at_us) "
        "VALUES (:1, :2, :3, :4, :5) ON CONFLICT (fault) DO UPDATE SET reason = excluded.reason, "
        "accepted_by = excluded.accepted_by, accepted_by_name = excluded.accepted_by_name, "
        "accepted_at_us = excluded.accepted_at_us",
        {fault, reason, caller.user, caller.name, at});
  });
}

bool Store::reopen_fault(const std::string& fault) {
  return database_->write(
      [&](Session& session) { return session.execute("DELETE FROM accepted_fault WHERE fault = :1", {fault}) == 1; });
}

}  // namespace banso::retention
