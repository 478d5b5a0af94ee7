#include "pipeline.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace banso::renewals {
namespace {

constexpr int horizon_days = 731;
constexpr int months_per_year = 12;

core::UserId user_in(const std::string& owner_word) {
  core::UserId user;
  const auto* end = owner_word.data() + owner_word.size();
  const auto [stop, error] = std::from_chars(owner_word.data(), end, user.value);
  return error == std::errc() && stop == end ? user : core::UserId{};
}

bool is_settled(const DueTerms& due, core::Day as_of) {
  return !due.following.empty() || (due.is_rolling && due.outcome != Outcome::open) ||
         as_of - due.due >= settled_after_days;
}

class Builder {
 public:
  Builder(const Versions& versions, const Knowledge& knowledge) : versions_(versions), known_(knowledge) {
    pipeline_.as_of = known_.as_of;
    pipeline_.currency = known_.currency;
  }

  Pipeline build() {
    read_contracts();
    learn();
    attach_inputs();
    for (auto& renewal : pipeline_.renewals) complete(renewal);
    add_expansions();
    return std::move(pipeline_);
  }

 private:
  ContinuedElsewhere continued_elsewhere() const {
    ContinuedElsewhere found;
    for (const auto& [account, versions] : versions_) {
      for (const auto& version : versions) {
        if (!version.transferred_from.empty() && version.known.on(known_.as_of)) found.insert(version.transferred_from);
      }
    }
    return found;
  }

  void read_contracts() {
    const auto elsewhere = continued_elsewhere();
    for (const auto& [account, versions] : versions_) {
      const auto* in_book = known_.account(account);
      if (!in_book) continue;
      const auto terms = std::make_shared<const std::vector<Term>>(terms_known_on(versions, known_.as_of, elsewhere));
      for (auto& due : due_terms(*terms, known_.as_of, known_.as_of + horizon_days)) {
        Renewal renewal;
        renewal.key = {account, due.due};
        renewal.terms = terms;
        renewal.due = std::move(due);
        renewal.account = *in_book;
        pipeline_.renewals.push_back(std::move(renewal));
      }
    }
    std::sort(pipeline_.renewals.begin(), pipeline_.renewals.end(), [](const Renewal& a, const Renewal& b) {
      return std::tie(a.key.due, a.key.account) < std::tie(b.key.due, b.key.account);
    });
    for (std::size_t i = 0; i < pipeline_.renewals.size(); ++i) place_[pipeline_.renewals[i].key] = i;
  }

  // Earlier renewals teach, with the level that was known long enough before.
  void learn() {
    std::vector<health::AccountDay> questions;
    std::vector<const Renewal*> settled;
    for (const auto& renewal : pipeline_.renewals) {
      if (renewal.key.due > known_.as_of || !is_settled(renewal.due, known_.as_of)) continue;
      settled.push_back(&renewal);
      questions.push_back({renewal.key.account, renewal.key.due - level_lead_days});
    }
    const auto levels = known_.past_levels(questions);
    for (std::size_t i = 0; i < settled.size(); ++i) {
      const auto& due = settled[i]->due;
      const bool was_renewed = due.outcome != Outcome::churned;
      const bool says_something = !known_.levels_from || questions[i].day >= *known_.levels_from;
      // Who gives notice later had a level before: leaving them out of it would make every level look safe.
      const bool had_notice_then = due.cancelled_on && *due.cancelled_on <= questions[i].day;
      pipeline_.rates.add(says_something && !had_notice_then ? levels[i].value_or("") : "", was_renewed);
      if (due.cancelled_on && *due.cancelled_on <= due.due) pipeline_.rates.add_with_notice(was_renewed);
    }
    if (known_.is_past) read_levels_of_the_day();
  }

  void read_levels_of_the_day() {
    std::vector<health::AccountDay> questions;
    std::vector<Renewal*> open;
    for (auto& renewal : pipeline_.renewals) {
      if (renewal.due.outcome != Outcome::open) continue;
      open.push_back(&renewal);
      questions.push_back({renewal.key.account, known_.as_of});
    }
    const auto levels = known_.past_levels(questions);
    for (std::size_t i = 0; i < open.size(); ++i) {
      open[i]->account.level = levels[i].value_or("");
      open[i]->account.score.reset();
    }
  }

  // By its day; where the day moved, by the contracts that it was about.
  void attach_inputs() {
    std::map<core::AccountId, std::vector<const Input*>> homeless;
    for (const auto& input : known_.inputs) {
      const auto found = place_.find(input.key());
      if (found != place_.end()) {
        pipeline_.renewals[found->second].input = input;
      } else {
        homeless[input.account].push_back(&input);
      }
    }
    if (homeless.empty()) return;
    for (auto& renewal : pipeline_.renewals) {
      const auto found = homeless.find(renewal.key.account);
      if (found == homeless.end() || renewal.input) continue;
      for (const auto position : renewal.due.terms) {
        const auto subscription = (*renewal.terms)[position].fact.subscription;
        for (const auto* input : found->second) {
          const auto& about = input->subscriptions;
          if (std::find(about.begin(), about.end(), subscription) != about.end()) renewal.input = *input;
        }
      }
    }
  }

  void complete(Renewal& renewal) {
    renewal.due_minor = renewal.due.mrr_minor * months_per_year;
    renewal.target_minor = renewal.due_minor;
    renewal.owner = user_in(renewal.account.owner_word);
    renewal.outcome = renewal.due.outcome;
    if (renewal.input) take_input(renewal, *renewal.input);
    renewal.owner_name = renewal.owner ? known_.user_name(renewal.owner).value_or("") : renewal.account.owner_word;
    if (renewal.is_open()) ask_machine(renewal);
    decide_forecast(renewal);
  }

  static void take_input(Renewal& renewal, const Input& input) {
    renewal.category = input.category;
    renewal.target_minor = input.target_minor.value_or(with_rise(renewal.due_minor, input));
    if (input.owner) renewal.owner = input.owner;
    if (const auto confirmed = outcome_from(input.outcome)) {
      renewal.outcome = *confirmed;
      renewal.is_confirmed = true;
    }
  }

  void ask_machine(Renewal& renewal) {
    const auto group = renewal.due.cancelled_on ? std::string(notice_given) : renewal.account.level;
    const auto found = views_.find(group);
    renewal.machine = found != views_.end()
                          ? found->second
                          : views_.emplace(group, pipeline_.rates.view(group, known_.level_name(group))).first->second;
    if (renewal.machine.probability) {
      renewal.expected_minor = std::llround(static_cast<double>(renewal.due_minor) * *renewal.machine.probability);
    }
  }

  static void decide_forecast(Renewal& renewal) {
    const auto set = [&](std::int64_t amount_minor, ForecastBasis basis) {
      renewal.forecast_minor = amount_minor;
      renewal.basis = basis;
    };
    if (!renewal.is_open()) {
      const bool has_following = !renewal.due.following.empty() || renewal.due.is_rolling;
      std::int64_t signed_minor = has_following ? renewal.due.following_mrr_minor * months_per_year : 0;
      // Confirmed before the contract is there: what was forecast, or what was due.
      if (renewal.outcome != Outcome::churned && !has_following) {
        signed_minor = renewal.input->forecast_minor.value_or(renewal.due_minor);
      }
      if (renewal.input && renewal.input->final_minor) signed_minor = *renewal.input->final_minor;
      renewal.final_minor = renewal.outcome == Outcome::churned ? 0 : signed_minor;
      return set(*renewal.final_minor, ForecastBasis::outcome);
    }
    if (renewal.input && renewal.input->forecast_minor) {
      return set(*renewal.input->forecast_minor, ForecastBasis::person);
    }
    if (renewal.category == Category::lost) return set(0, ForecastBasis::category);
    if (renewal.expected_minor) return set(*renewal.expected_minor, ForecastBasis::machine);
    set(renewal.due_minor, ForecastBasis::due);
  }

  void add_expansions() {
    for (const auto& decision : known_.decisions) {
      if (decision.status != "converted" || !decision.amount_minor || !decision.due) continue;
      const auto found = place_.find({decision.account, *decision.due});
      if (found == place_.end() || !pipeline_.renewals[found->second].is_open()) continue;
      pipeline_.renewals[found->second].expansion_minor += *decision.amount_minor;
    }
  }

  const Versions& versions_;
  const Knowledge& known_;
  Pipeline pipeline_;
  std::map<Key, std::size_t> place_;
  std::map<std::string, MachineView> views_;  // by group
};

}  // namespace

std::string_view word_of(ForecastBasis basis) {
  static constexpr std::string_view words[] = {"outcome", "person", "category", "machine", "due"};
  return words[static_cast<std::size_t>(basis)];
}

const Renewal* Pipeline::find(const Key& key) const {
  const auto found =
      std::lower_bound(renewals.begin(), renewals.end(), key, [](const Renewal& renewal, const Key& wanted) {
        return std::tie(renewal.key.due, renewal.key.account) < std::tie(wanted.due, wanted.account);
      });
  return found != renewals.end() && found->key == key ? &*found : nullptr;
}

std::span<const Renewal> Pipeline::between(core::Day from, core::Day to) const {
  const auto begin = std::lower_bound(renewals.begin(), renewals.end(), from,
                                      [](const Renewal& renewal, core::Day day) { return renewal.key.due < day; });
  const auto end = std::upper_bound(begin, renewals.end(), to,
                                    [](core::Day day, const Renewal& renewal) { return day < renewal.key.due; });
  return {begin, end};
}

const Renewal* Pipeline::next_of(core::AccountId account) const {
  for (const auto& renewal : between(as_of, as_of + horizon_days)) {
    if (renewal.key.account == account && renewal.is_open()) return &renewal;
  }
  return nullptr;
}

Pipeline build_pipeline(const Versions& versions, const Knowledge& knowledge) {
  return Builder(versions, knowledge).build();
}

std::int64_t with_rise(std::int64_t amount_minor, const Input& input) {
  constexpr std::int64_t hundredths_percent = 10'000;
  if (input.rise_minor) return amount_minor + *input.rise_minor;
  if (!input.rise_hundredths_percent) return amount_minor;
  const auto numerator = static_cast<__int128>(amount_minor) * (hundredths_percent + *input.rise_hundredths_percent);
  const auto half = numerator < 0 ? -hundredths_percent / 2 : hundredths_percent / 2;
  return static_cast<std::int64_t>((numerator + half) / hundredths_percent);
}

}  // namespace banso::renewals
