#include "terms.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace banso::renewals {
namespace {

constexpr int months_per_year = 12;

bool covers(const Term& term, core::Day day) {
  return !term.fact.end || *term.fact.end > day;
}

// Replaced by a new row for the rest of the agreed time: a change of seats, not a renewal.
bool is_amended(std::span<const Term> terms, const Term& term) {
  if (!term.fact.end || !term.agreed_end || *term.fact.end >= *term.agreed_end) return false;
  return std::any_of(terms.begin(), terms.end(), [&](const Term& next) {
    return next.fact.product == term.fact.product && next.fact.start == *term.fact.end &&
           (!next.fact.end || *next.fact.end >= *term.agreed_end);
  });
}

// The days on which an open-ended contract renewed itself, up to the next one after `as_of`.
std::vector<core::Day> rolling_days(const Term& term, core::Day as_of) {
  std::vector<core::Day> days;
  const auto period = static_cast<int>(std::max<std::int64_t>(term.fact.billing_period_months, 1));
  for (int count = 1;; ++count) {
    const core::Day day = core::add_months(term.fact.start, count * period);
    if (term.fact.end && day >= *term.fact.end) break;
    days.push_back(day);
    if (day > as_of) break;
  }
  return days;
}

bool had_product_before(std::span<const Term> terms, const std::string& product, core::Day day) {
  return std::any_of(terms.begin(), terms.end(),
                     [&](const Term& term) { return term.fact.product == product && term.fact.active_on(day - 1); });
}

class Reader {
 public:
  Reader(std::span<const Term> terms, core::Day as_of) : terms_(terms), as_of_(as_of) {}

  DueTerms read(core::Day due, std::vector<std::size_t> positions, bool is_rolling) const {
    DueTerms renewal;
    renewal.account = terms_[positions.front()].fact.account;
    renewal.due = due;
    renewal.is_rolling = is_rolling;
    renewal.terms = std::move(positions);
    add_up(renewal);
    if (is_rolling) {
      if (due <= as_of_) renewal.outcome = Outcome::renewed;
      renewal.following_mrr_minor = renewal.outcome == Outcome::open ? 0 : renewal.mrr_minor;
      return renewal;
    }
    find_following(renewal);
    decide(renewal);
    return renewal;
  }

 private:
  void add_up(DueTerms& renewal) const {
    renewal.notice_day = renewal.due;
    renewal.has_auto_renewal = true;
    bool is_cancelled = true;
    std::map<std::string, std::int64_t> seats_by_product;  // add-ons count the same people again
    for (const auto position : renewal.terms) {
      const auto& fact = terms_[position].fact;
      if (fact.mrr_minor) {
        renewal.mrr_minor += *fact.mrr_minor;
      } else {
        ++renewal.without_rate;
      }
      renewal.seats = std::max(renewal.seats, seats_by_product[fact.product] += fact.seats);
      renewal.notice_day = std::min(renewal.notice_day, renewal.due - static_cast<int>(fact.notice_days));
      renewal.has_auto_renewal = renewal.has_auto_renewal && fact.auto_renewal;
      is_cancelled = is_cancelled && fact.cancelled_on;
      if (fact.cancelled_on) renewal.cancelled_on = std::max(renewal.cancelled_on, fact.cancelled_on);
    }
    if (!is_cancelled) renewal.cancelled_on.reset();
  }

  void find_following(DueTerms& renewal) const {
    std::set<std::string> products;
    core::Day first_start = renewal.due;
    for (const auto position : renewal.terms) {
      products.insert(terms_[position].fact.product);
      first_start = std::min(first_start, terms_[position].fact.start);
    }
    std::optional<core::Day> begins;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const auto& next = terms_[i].fact;
      if (next.is_trial || next.start <= first_start || !covers(terms_[i], renewal.due)) continue;
      const bool is_due_too = std::find(renewal.terms.begin(), renewal.terms.end(), i) != renewal.terms.end();
      if (is_due_too) continue;
      const bool continues = products.contains(next.product) && next.start >= renewal.due - follows_early_days &&
                             next.start <= renewal.due + follows_late_days;
      const bool replaces = next.start == renewal.due && !had_product_before(terms_, next.product, renewal.due);
      if (!continues && !replaces) continue;
      // Rows that follow each other within the months after the day: the first of a product counts.
      const bool is_later_row = std::any_of(renewal.following.begin(), renewal.following.end(), [&](auto other) {
        const auto& first = terms_[other].fact;
        return first.product == next.product && first.end && *first.end <= next.start;
      });
      if (is_later_row) continue;
      renewal.following.push_back(i);
      renewal.following_mrr_minor += next.mrr_minor.value_or(0);
      begins = std::min(begins.value_or(next.start), next.start);
    }
    renewal.is_late = begins && *begins > renewal.due;
  }

  void decide(DueTerms& renewal) const {
    if (renewal.following.empty()) {
      renewal.outcome = as_of_ > renewal.due ? Outcome::churned : Outcome::open;
    } else if (renewal.following_mrr_minor == renewal.mrr_minor) {
      renewal.outcome = Outcome::renewed;
    } else {
      renewal.outcome = renewal.following_mrr_minor > renewal.mrr_minor ? Outcome::renewed_up : Outcome::renewed_down;
    }
  }

  std::span<const Term> terms_;
  core::Day as_of_;
};

std::int64_t pro_rated(std::int64_t mrr_minor, int days, int days_of_year) {
  const auto numerator = static_cast<__int128>(mrr_minor) * months_per_year * days;
  const auto half = days_of_year / 2;
  return static_cast<std::int64_t>((numerator + (numerator < 0 ? -half : half)) / days_of_year);
}

}  // namespace

std::vector<Term> terms_known_on(std::span<const revenue::SubscriptionFact> versions, core::Day as_of,
                                 const ContinuedElsewhere& elsewhere) {
  std::map<core::SubscriptionId, Term> known;
  std::map<core::SubscriptionId, std::pair<std::optional<core::Day>, bool>> earlier;  // latest end, has rolled
  for (const auto& version : versions) {
    if (version.known.from > as_of) continue;
    auto& [latest_end, has_rolled] = earlier[version.subscription];
    if (version.end) latest_end = std::max(latest_end.value_or(*version.end), *version.end);
    has_rolled = has_rolled || (!version.end && version.auto_renewal);
    if (version.known.on(as_of)) known[version.subscription].fact = version;
  }
  std::vector<Term> terms;
  for (auto& [id, term] : known) {
    if (term.fact.end && *term.fact.end <= term.fact.start) continue;  // earned nothing on any day
    std::tie(term.agreed_end, term.has_rolled) = earlier[id];
    term.goes_elsewhere = !term.fact.external_id.empty() && elsewhere.contains(term.fact.external_id);
    terms.push_back(std::move(term));
  }
  std::stable_sort(terms.begin(), terms.end(),
                   [](const Term& a, const Term& b) { return a.fact.start < b.fact.start; });
  return terms;
}

std::vector<DueTerms> due_terms(std::span<const Term> terms, core::Day as_of, core::Day last_due) {
  std::map<std::pair<core::Day, bool>, std::vector<std::size_t>> by_day;  // and whether a period of a rolling contract
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto& term = terms[i];
    if (term.fact.is_trial) continue;
    if (term.fact.end && *term.fact.end <= last_due && !term.goes_elsewhere && !is_amended(terms, term)) {
      by_day[{*term.fact.end, false}].push_back(i);
    }
    if (!term.has_rolled) continue;
    for (const auto day : rolling_days(term, as_of)) {
      if (day <= last_due) by_day[{day, true}].push_back(i);
    }
  }
  const Reader reader(terms, as_of);
  std::vector<DueTerms> found;
  for (auto& [key, positions] : by_day) {
    // One renewal a day: an ending contract beside a rolling one is the one that has to be dealt with.
    if (key.second && by_day.contains({key.first, false})) continue;
    found.push_back(reader.read(key.first, std::move(positions), key.second));
  }
  return found;
}

std::vector<CoTerming> co_terming(std::span<const Term> terms, const DueTerms& renewal) {
  std::vector<CoTerming> proposals;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto& fact = terms[i].fact;
    if (fact.is_trial || !fact.mrr_minor || !fact.end || *fact.end <= renewal.due || !fact.active_on(renewal.due - 1)) {
      continue;
    }
    int years = 1;
    while (core::add_months(renewal.due, months_per_year * years) < *fact.end) ++years;
    const core::Day aligned = core::add_months(renewal.due, months_per_year * years);
    const int days = aligned - *fact.end;
    if (days == 0) continue;
    const int days_of_year = aligned - core::add_months(renewal.due, months_per_year * (years - 1));
    proposals.push_back({i, aligned, days, pro_rated(*fact.mrr_minor, days, days_of_year)});
  }
  return proposals;
}

}  // namespace banso::renewals
