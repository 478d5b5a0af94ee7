// The pipeline as it was known on a day: every renewal with what the contracts, people and the machine say about it.
// Pure, but for the questions it asks. Internal to the module.
#pragma once

#include <map>
#include <memory>

#include "machine_view.hpp"
#include "rows.hpp"
#include "terms.hpp"

namespace banso::renewals {

// What decides the forecast of a renewal, strongest first.
enum class ForecastBasis {
  outcome,   // it is decided: what was signed
  person,    // somebody gave an amount
  category,  // somebody called it lost
  machine,   // the amount due times the probability
  due,       // nothing else is known
};
std::string_view word_of(ForecastBasis basis);

struct AccountOfBook {
  std::string name;
  std::string level;  // key; empty: none
  std::optional<double> score;
  std::string owner_word;  // as the book has it: a user's id, or a bare name
};

struct Renewal {
  Key key;
  DueTerms due;
  std::shared_ptr<const std::vector<Term>> terms;  // of the account
  std::optional<Input> input;
  AccountOfBook account;
  core::UserId owner;
  std::string owner_name;
  MachineView machine;  // of open ones
  Category category = Category::open;
  Outcome outcome = Outcome::open;
  bool is_confirmed = false;  // a person said so
  std::int64_t due_minor = 0;
  std::int64_t target_minor = 0;    // set, or what is due with the price rise
  std::int64_t forecast_minor = 0;  // by its basis, without what comes of opportunities
  ForecastBasis basis = ForecastBasis::due;
  std::int64_t expansion_minor = 0;            // of opportunities that were taken into the forecast
  std::optional<std::int64_t> expected_minor;  // by the machine
  std::optional<std::int64_t> final_minor;     // of decided ones

  std::int64_t total_minor() const { return forecast_minor + expansion_minor; }
  bool is_open() const { return outcome == Outcome::open; }
};

struct Pipeline {
  core::Day as_of;
  std::string currency;
  std::vector<Renewal> renewals;  // by day and account
  RenewalRates rates;

  const Renewal* find(const Key& key) const;
  // Those whose day lies in [from, to].
  std::span<const Renewal> between(core::Day from, core::Day to) const;
  // The next open one of an account from `as_of` on; null where there is none.
  const Renewal* next_of(core::AccountId account) const;
};

// How the pipeline learns of what lies outside of the contracts.
struct Knowledge {
  core::Day as_of;
  std::string currency;
  std::vector<Input> inputs;
  std::vector<Decision> decisions;
  // Of the accounts that are in the book; others have no renewals.
  std::function<const AccountOfBook*(core::AccountId)> account;
  std::function<std::vector<std::optional<std::string>>(std::span<const health::AccountDay>)> past_levels;
  std::function<core::Text(const std::string& level)> level_name;
  std::function<std::optional<std::string>(core::UserId)> user_name;
  bool is_past = false;  // levels of that day are asked from the past, too
  // Levels of earlier days say nothing: use was not known yet, and who is not seen to use anything looks critical.
  std::optional<core::Day> levels_from;
};
using Versions = std::map<core::AccountId, std::vector<revenue::SubscriptionFact>>;

// Renewals up to two years after the day.
Pipeline build_pipeline(const Versions& versions, const Knowledge& knowledge);

// `amount` raised by the price rise, halves away from zero.
std::int64_t with_rise(std::int64_t amount_minor, const Input& input);

}  // namespace banso::renewals
