// What a step may ask about its account, answered by the book in memory and the workspace's clock. Internal to the
// module.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "clock.hpp"
#include "engine/workflow/stepping.hpp"
#include "playbooks.hpp"

namespace banso::playbooks {

// The conditions of playbooks, compiled once for the fields of a book. One that does not fit the fields (any more)
// holds for nobody. Threading: may be shared.
class Conditions {
 public:
  explicit Conditions(health::BookViewPtr book) : book_(std::move(book)) {}

  const health::BookView& book() const { return *book_; }
  bool holds(const std::string& json, std::size_t row) const;
  engine::Selection of_rows(const std::string& json, std::span<const std::uint32_t> rows) const;
  engine::Selection of_all(const std::string& json) const;
  // The values it speaks of: "Health score: 43, Phase: Adoption".
  core::Text facts(const std::string& json, std::size_t row) const;

 private:
  const engine::Condition* compiled(const std::string& json) const;

  const health::BookViewPtr book_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::optional<engine::Condition>> compiled_;
};

// The value of a field in words, for people; empty text where there is none.
core::Text value_in_words(const health::BookView& book, std::size_t row, std::string_view field);

class AccountSituation final : public engine::workflow::Situation {
 public:
  AccountSituation(const Conditions& conditions, core::AccountId account, const Clock& clock,
                   const core::BusinessCalendar& calendar, core::Instant now)
      : conditions_(conditions), row_(conditions.book().find(account)), clock_(clock), calendar_(calendar), now_(now) {}

  bool is_in_book() const { return row_.has_value(); }
  core::Instant now() const override { return now_; }
  Local local(core::Instant instant) const override {
    const auto local = clock_.local(instant);
    return {local.day, local.minute_of_day};
  }
  core::Instant instant_of(core::Day day, int minute_of_day) const override {
    return clock_.instant_of(day, minute_of_day);
  }
  const core::BusinessCalendar& calendar() const override { return calendar_; }
  bool holds(const std::string& condition_json) const override {
    return row_ && conditions_.holds(condition_json, *row_);
  }
  core::Text facts(const std::string& condition_json) const override {
    return row_ ? conditions_.facts(condition_json, *row_) : core::Text{};
  }
  std::optional<core::Day> day_of(const std::string& field) const override;

 private:
  const Conditions& conditions_;
  const std::optional<std::size_t> row_;
  const Clock& clock_;
  const core::BusinessCalendar& calendar_;
  const core::Instant now_;
};

}  // namespace banso::playbooks
