// What people said about renewals and opportunities, as it is stored. See platform/versioned/fields.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/renewals/renewals.hpp"
#include "platform/versioned/versioned.hpp"

namespace banso::renewals {

namespace records = platform::records;
namespace versioned = platform::versioned;

// Found by argument-dependent look-up when a record is stored.
inline std::string_view to_word(Category category) {
  return word_of(category);
}
inline bool from_word(std::string_view word, Category& category) {
  const auto found = category_from(word);
  category = found.value_or(Category::open);
  return found.has_value();
}

// One renewal of which somebody said something.
struct Input : versioned::Recorded {
  static constexpr std::string_view entity = "renewal", table = "renewal";
  core::AccountId account;
  core::Day due;
  std::vector<core::SubscriptionId> subscriptions;  // its terms then: they find it again where its day moves
  Category category = Category::open;
  std::optional<std::int64_t> forecast_minor, target_minor, final_minor;
  core::UserId owner;  // none: the account's
  std::string next_step;
  std::optional<core::Day> next_step_day;
  std::string notes;
  std::optional<std::int64_t> rise_hundredths_percent, rise_minor;
  std::optional<core::Day> rise_announced_day;
  std::string outcome;  // word; empty: not confirmed
  std::optional<core::Day> outcome_day;
  std::vector<std::string> reasons;  // keys
  std::string reason_note;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("due_day", self.due);
    visit("subscriptions", self.subscriptions);
    visit("category", self.category);
    visit("forecast_minor", self.forecast_minor);
    visit("target_minor", self.target_minor);
    visit("final_minor", self.final_minor);
    visit("owner_id", self.owner);
    visit("next_step", self.next_step);
    visit("next_step_day", self.next_step_day);
    visit("notes", self.notes);
    visit("rise_hundredths_percent", self.rise_hundredths_percent);
    visit("rise_minor", self.rise_minor);
    visit("rise_announced_day", self.rise_announced_day);
    visit("outcome", self.outcome);
    visit("outcome_day", self.outcome_day);
    visit("reasons", self.reasons);
    visit("reason_note", self.reason_note);
  }
  Key key() const { return {account, due}; }
  bool operator==(const Input&) const = default;
};

// What was decided about an opportunity to grow.
struct Decision : versioned::Recorded {
  static constexpr std::string_view entity = "expansion_opportunity", table = "expansion_opportunity";
  core::AccountId account;
  std::string kind, subject;
  std::string status;              // dismissed, snoozed, converted, open
  std::optional<core::Day> until;  // snoozed until then
  std::string reason;
  std::optional<std::int64_t> amount_minor;  // converted: what it adds to the forecast
  std::optional<core::Day> due;              // of the renewal whose forecast it joins

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("kind", self.kind);
    visit("subject", self.subject);
    visit("status", self.status);
    visit("until_day", self.until);
    visit("reason", self.reason);
    visit("amount_minor", self.amount_minor);
    visit("due_day", self.due);
  }
  bool operator==(const Decision&) const = default;
};

}  // namespace banso::renewals
