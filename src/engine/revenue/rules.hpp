// Where authorities disagree: the switches that turn one set of subscriptions into one ledger or another. Each set of
// rules is a definition with a name and versions (its body is the JSON text below); four ship with the product.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"

namespace banso::engine::revenue {

// On which day revenue is gone when a customer leaves: the day the service ends, or the day notice was given.
enum class ChurnOn { service_end, notice };
// What the customer pays, or what is on the price list.
enum class Price { net, list };
enum class Trials { excluded, included };
// Which changes are added up before they are named: all of an account on one day; those of each product on one day (so
// that a product dropped and another added the same day are a contraction and an expansion); all of a month.
enum class Netting { account_day, product_day, account_month };
// The exchange rate of the month in which a subscription starts, for as long as it lasts; or each month's own, with
// what the exchange did shown apart as a movement of its own.
enum class RateMonth { of_start, each_month };

struct RevenueRules {
  core::Text name;
  core::Text explanation;  // whom it follows, in a sentence or two
  ChurnOn churn_on = ChurnOn::service_end;
  // A gap of up to so many days between two terms of a product, or of the whole account, is none: the revenue before it
  // counts until it ends. 0: every gap is one.
  int gap_days = 0;
  // Whether an account lost and back again within a window counts in its NRR and GRR; else it is lost for that window.
  bool reactivation_in_retention = true;
  Price price = Price::net;
  Trials trials = Trials::excluded;
  std::optional<int> past_due_days;   // revenue unpaid for so long counts no more; nothing: it always counts
  std::optional<int> new_after_days;  // who returns after more days than this is new again; nothing: never
  Netting netting = Netting::account_day;
  RateMonth rates = RateMonth::of_start;

  bool operator==(const RevenueRules&) const = default;
};

struct ShippedRules {
  std::string_view key;
  RevenueRules rules;
};
// banso, chartmogul_like, stripe_like, saas_metrics_board, in this order.
std::span<const ShippedRules> shipped_rules();
inline constexpr std::string_view default_rules_key = "banso";

// Canonical JSON text: keys in a fixed order, every switch written out.
std::string to_json(const RevenueRules& rules);
// Reads and validates; every fault with the path of its field. Switches left out have their defaults.
core::Result<RevenueRules> rules_from_json(std::string_view text);

// One switch of the rules, for pages that show and compare them.
struct Switch {
  std::string_view key;  // as in the JSON text
  core::Text name;
  core::Text meaning;  // what it decides
  // The setting in words ("service end", "サービス終了日").
  core::Text (*setting)(const RevenueRules&);
  bool (*differs)(const RevenueRules&, const RevenueRules&);
  void (*copy)(const RevenueRules& from, RevenueRules& to);
};
std::span<const Switch> switches();

}  // namespace banso::engine::revenue
