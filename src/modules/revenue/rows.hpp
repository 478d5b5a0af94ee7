// The records of this module as they are stored. See platform/versioned/fields.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/revenue/revenue.hpp"
#include "platform/versioned/upsert.hpp"

namespace banso::revenue {

namespace versioned = platform::versioned;
namespace records = platform::records;
using records::Session;

struct Product : versioned::Recorded {
  static constexpr std::string_view entity = "product", table = "product";
  core::AccountId account;  // none: products belong to the vendor
  std::string name;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = customers::search_key(self.name);
    visit("match_key", key);
  }
  bool operator==(const Product&) const = default;
};

struct Subscription : versioned::Recorded {
  static constexpr std::string_view entity = "subscription", table = "subscription";
  core::AccountId account;
  std::string external_id;
  std::string product;  // by the name under which it is in the catalogue
  std::string plan;
  std::int64_t seats = 0;
  std::int64_t amount_minor = 0;
  std::string currency;
  std::int64_t billing_period_months = 1;
  core::Day start;
  std::optional<core::Day> end;
  bool auto_renewal = false;
  std::int64_t notice_days = 0;
  std::int64_t discount_minor = 0;
  bool is_trial = false;
  std::optional<core::Day> past_due_from, cancelled_on;
  std::string transferred_from;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("account_id", self.account);
    visit("external_id", self.external_id);
    visit("product", self.product);
    visit("plan", self.plan);
    visit("seats", self.seats);
    visit("amount_minor", self.amount_minor);
    visit("currency", self.currency);
    visit("billing_period_months", self.billing_period_months);
    visit("start_day", self.start);
    visit("end_day", self.end);
    visit("auto_renewal", self.auto_renewal);
    visit("notice_days", self.notice_days);
    visit("discount_minor", self.discount_minor);
    visit("is_trial", self.is_trial);
    visit("past_due_from_day", self.past_due_from);
    visit("cancelled_on_day", self.cancelled_on);
    visit("transferred_from", self.transferred_from);
  }
  template <class Self, class Visit>
  static void derived(Self& self, Visit&& visit) {
    auto key = self.match_key();
    visit("match_key", key);
  }
  std::string match_key() const {
    return versioned::match_key(external_id, std::to_string(account.value) + '|' + std::to_string(start.days) + '|' +
                                                 customers::search_key(product));
  }
  bool operator==(const Subscription&) const = default;
};

}  // namespace banso::revenue
