// The module's tables: what people said about renewals and opportunities, and the calendar of business days. Internal
// to the module.
#pragma once

#include <memory>

#include "core/business_days.hpp"
#include "rows.hpp"

namespace banso::renewals {

// One state of an input, and who gave it that state.
struct InputVersion {
  Input input;
  std::string author, why;
  core::Instant known_at, recorded_at;
  bool is_removed = false;
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<records::Database> database) : database_(std::move(database)) {}

  // As they are now, or as they were known at that time.
  std::vector<Input> inputs(std::optional<core::Instant> known_at);
  std::vector<Decision> decisions(std::optional<core::Instant> known_at);
  // Oldest first.
  std::vector<InputVersion> versions(std::int64_t input_id);

  // What is to become of one renewal's input.
  struct Wanted {
    std::optional<Input> before;
    Input after;
  };
  // Writes those that differ, in one transaction, all as the batch.
  void write(const core::Caller& caller, std::span<const Wanted> wanted, const std::string& why, core::ImportId batch,
             core::Instant known_at);
  // Takes a batch back; returns what was written since by others and is left alone.
  versioned::UndoTally undo(const core::Caller& caller, core::ImportId batch);

  core::Result<> decide(const core::Caller& caller, Decision decision, core::Instant known_at);

  // Every use of `from` becomes a use of `into`. Returns how many renewals had it.
  std::int64_t move_reason(const core::Caller& caller, const std::string& from, const std::string& into,
                           const std::string& why);
  std::map<std::string, std::int64_t> reason_uses();

  core::BusinessCalendar calendar();
  void set_calendar(const core::BusinessCalendar& calendar);

 private:
  std::shared_ptr<records::Database> database_;
};

}  // namespace banso::renewals
