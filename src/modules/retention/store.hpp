// What people decided: closed months, goals, faults that may stay. Internal to the module.
#pragma once

#include <unordered_map>

#include "retention.hpp"

namespace banso::retention {

struct ClosedMonth {
  core::Day month;
  core::Instant closed_at;
  core::UserId closed_by;
  std::string closed_by_name;
  std::string rates;    // JSON: [[currency, month or null, rate]]
  std::string figures;  // JSON: a cell, by the shipped rules
};

// ARR in minor units, retention as shares; what is absent is no goal.
struct Goal {
  core::Day quarter;  // its first day
  std::optional<std::int64_t> arr_minor;
  std::optional<double> nrr, grr;
  std::optional<std::int64_t> new_minor, churn_minor;

  bool is_empty() const { return !arr_minor && !nrr && !grr && !new_minor && !churn_minor; }
};

struct Acceptance {
  std::string reason;
  std::string by_name;
  core::Instant at;
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  std::vector<ClosedMonth> closed_months();  // newest first
  bool close(const ClosedMonth& month);      // false: it is closed already
  bool reopen(core::Day month);

  std::vector<Goal> goals();  // oldest first
  void put_goals(std::span<const Goal> goals);

  std::unordered_map<std::string, Acceptance> accepted_faults();
  void accept_fault(const std::string& fault, const std::string& reason, const core::Caller& caller, core::Instant at);
  bool reopen_fault(const std::string& fault);

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::retention
