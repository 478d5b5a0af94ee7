// What is recorded of membership. Internal to the module.
#pragma once

#include <optional>
#include <vector>

#include "segments.hpp"

namespace banso::segments {

// One entering or leaving, as recorded.
struct HistoryEvent {
  std::string segment;
  core::AccountId account;
  bool has_entered = false;
  core::Day day;
  core::Instant at;
  std::string cause;
  core::Text reason;
};

struct Since {
  core::Day day;
  std::string cause;
  core::Text reason;
};

struct RecentCounts {
  std::int64_t entered = 0, left = 0;
};

struct HistoryQuery {
  std::optional<std::string> segment;
  std::optional<core::AccountId> account;
};

struct HistoryPage {
  std::vector<HistoryEvent> events;  // newest first
  std::int64_t total = 0;
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  std::vector<core::AccountId> members(const std::string& segment);  // ascending
  // The condition that the recorded members met; nothing before the first evaluation.
  std::optional<std::string> evaluated_condition(const std::string& segment);
  void set_evaluated(const std::string& segment, const std::string& condition, core::Instant at);
  void forget_evaluated(const std::string& segment);
  std::vector<std::string> evaluated_segments();

  // Records those that are news, in one transaction, and returns them. An account that is in already, or out already,
  // or of which something newer is recorded (another node knows more), is left alone: the same change twice is one row.
  // Where `is_listened_to`, what is recorded is kept as untold until mark_told().
  struct Recorded {
    std::vector<MembershipChange> changes;
    std::vector<std::int64_t> untold;  // ids, as in changes; empty where nobody listens
  };
  Recorded record(std::span<const MembershipChange> changes, bool is_listened_to);
  Recorded untold(core::Instant before);
  void mark_told(std::span<const std::int64_t> ids);

  void each_stay(const std::function<void(std::string_view segment, core::AccountId account,
                                          std::optional<core::Day> entered, std::optional<core::Day> left)>& visit);
  std::optional<Since> since(const std::string& segment, core::AccountId account);
  HistoryPage history(const HistoryQuery& query, core::PageRequest page);
  // By segment, after that day; what the first evaluation found is not counted.
  std::map<std::string, RecentCounts> recent(core::Day after);

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::segments
