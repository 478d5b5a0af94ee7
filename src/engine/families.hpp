// Accounts under their parents, with the scores that their own measures give: what a parent's score is rolled up from.
//
// A parent's score is the mean of its own and all its descendants' own scores, weighted by the ARR of the day. Who has
// no ARR or no score counts nothing; where nobody has, the own score stays. Parents in a circle are cut where the
// circle closes, so that nobody counts twice.
//
// Memory: 32 bytes per account of a family and day.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "assessment.hpp"
#include "book.hpp"

namespace banso::engine {

// That an account lies under a parent, as it was known. Versions of one account do not overlap.
struct FamilyLink {
  core::AccountId child;
  core::AccountId parent;
  Known known;
};

struct FamilyMember {
  core::AccountId account;
  core::AccountId parent{};    // nobody: none
  std::int64_t arr_minor = 0;  // of the reporting currency, on the day, as known on it
  Points score{};              // by its own scorecard and its own measures
  bool has_score = false;

  bool counts() const { return has_score && arr_minor > 0; }
  bool operator==(const FamilyMember&) const = default;
};

// The score of a parent.
struct RolledUp {
  Points score;                      // `own` and the children's contributions add up to it
  Points own;                        // what the account's own score contributes
  double own_share = 0;              // of the family's ARR, 0..1
  std::vector<ChildShare> children;  // all descendants that count, ascending by id
};

// The families on one day. A value: filled, settled, then only read, by any number of threads.
class FamilyDay {
 public:
  // One entry per account; the last one added counts.
  void add(const FamilyMember& member) {
    members_.push_back(member);
    is_settled_ = false;
  }
  void remove(core::AccountId account);
  void settle();

  std::span<const FamilyMember> members() const { return members_; }  // settled: ascending by account
  const FamilyMember* find(core::AccountId account) const;
  // Of all generations, without itself; ascending.
  std::vector<core::AccountId> descendants(core::AccountId account) const;
  std::vector<core::AccountId> ancestors(core::AccountId account) const;
  // Nothing where the account has no descendants that count.
  std::optional<RolledUp> roll_up(core::AccountId account) const;
  bool operator==(const FamilyDay&) const = default;

 private:
  std::vector<FamilyMember> members_;
  std::vector<std::uint32_t> by_parent_;  // positions of members with a parent, ascending by parent
  bool is_settled_ = true;

  std::span<const std::uint32_t> children_of(core::AccountId account) const;
};

class FamilyScores {
 public:
  FamilyScores() = default;
  explicit FamilyScores(std::span<const Day> days) : days_(days.begin(), days.end()), by_day_(days.size()) {}

  std::span<const Day> days() const { return days_; }
  bool empty() const { return days_.empty(); }
  FamilyDay& at(std::size_t day) { return by_day_[day]; }
  const FamilyDay* on(Day day) const;  // null where that day was not collected
  // Takes over the members of other chunks on the same days (else std::invalid_argument).
  void merge(const FamilyScores& other);
  void settle();
  std::size_t memory_bytes() const;
  bool operator==(const FamilyScores&) const = default;

 private:
  std::vector<Day> days_;  // ascending
  std::vector<FamilyDay> by_day_;
};

}  // namespace banso::engine
