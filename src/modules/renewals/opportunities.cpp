#include "opportunities.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace banso::renewals {
namespace {

constexpr std::array<std::string_view, 3> kind_words{"seats", "features", "growth"};
constexpr std::int64_t months_per_year = 12;

// What an account has of one product on the day.
struct Holding {
  std::string plan;
  std::int64_t seats = 0;
  std::int64_t mrr_minor = 0;
};

struct Customer {
  core::AccountId account;
  std::map<std::string, Holding> products;
  std::string main_product;  // the one that is worth most
  const UsageSummary* usage = nullptr;

  const Holding& main() const { return products.at(main_product); }
};

// A plan of a product that is some accounts' main one, or a product beside it.
struct Offer {
  std::string product, plan;  // plan empty: the product as such
  auto operator<=>(const Offer&) const = default;
  std::string subject() const { return plan.empty() ? product : product + " " + plan; }
};

std::vector<Customer> customers_on(const OpportunitySources& sources) {
  std::vector<Customer> found;
  for (const auto& [account, versions] : sources.versions) {
    Customer customer;
    customer.account = account;
    for (const auto& term : terms_known_on(versions, sources.day)) {
      if (!term.fact.active_on(sources.day) || term.fact.is_trial) continue;
      auto& holding = customer.products[term.fact.product];
      holding.plan = term.fact.plan;
      holding.seats += term.fact.seats;
      holding.mrr_minor += term.fact.mrr_minor.value_or(0);
    }
    if (customer.products.empty()) continue;
    customer.main_product =
        std::max_element(customer.products.begin(), customer.products.end(), [](const auto& a, const auto& b) {
          return a.second.mrr_minor < b.second.mrr_minor;
        })->first;
    const auto usage = sources.usage.find(account);
    if (usage != sources.usage.end()) customer.usage = &usage->second;
    found.push_back(std::move(customer));
  }
  return found;
}

// ARR of so many seats at the price that the account pays for one, halves away from zero.
std::int64_t price_of(std::int64_t seats, const Holding& holding) {
  if (holding.seats <= 0) return 0;
  const auto numerator = static_cast<__int128>(holding.mrr_minor) * months_per_year * seats;
  return static_cast<std::int64_t>((numerator + holding.seats / 2) / holding.seats);
}

Evidence people(core::Text label, std::int64_t value) {
  return {std::move(label), static_cast<double>(value), "people"};
}
Evidence seats(std::int64_t value) {
  return {{"Seats under contract", "契約席数"}, static_cast<double>(value), "seats"};
}
Evidence price(const Holding& holding) {
  return {{"Price of a seat and year", "1席あたりの年額"}, static_cast<double>(price_of(1, holding)), "money"};
}
Evidence share(core::Text label, double value) {
  return {std::move(label), value, "percent"};
}

std::optional<Opportunity> more_seats(const Customer& customer) {
  const auto& holding = customer.main();
  const auto active = customer.usage ? customer.usage->active_people : 0;
  const double used = holding.seats > 0 ? static_cast<double>(active) / static_cast<double>(holding.seats) : 0;
  if (used < seats_near_limit || active < fewest_people) return std::nullopt;
  const auto wanted = static_cast<std::int64_t>(std::ceil(static_cast<double>(active) / comfortable_share));
  const auto added = wanted - holding.seats;
  const auto amount = price_of(added, holding);
  if (added <= 0 || amount <= 0) return std::nullopt;
  return Opportunity{customer.account,
                     OpportunityKind::seats,
                     customer.main_product,
                     amount,
                     {fmt::format("{} of {} seats of {} are in use. With {} more, four fifths would be.", active,
                                  holding.seats, customer.main_product, added),
                      fmt::format("{}の契約{}席のうち{}席が利用されています。{}席の追加で利用割合が8割になります。",
                                  customer.main_product, holding.seats, active, added)},
                     {seats(holding.seats), people({"People active in 28 days", "28日間の利用者数"}, active),
                      share({"Seats in use", "利用席数の割合"}, used), price(holding)}};
}

std::optional<Opportunity> growing(const Customer& customer) {
  if (!customer.usage) return std::nullopt;
  const auto& holding = customer.main();
  const auto now = customer.usage->active_people, earlier = customer.usage->active_people_earlier;
  if (earlier < fewest_people || now - earlier < fewest_people) return std::nullopt;
  const double growth = static_cast<double>(now - earlier) / static_cast<double>(earlier);
  // As many again in the next quarter, and room for them.
  const auto coming = now + (now - earlier);
  const auto added =
      static_cast<std::int64_t>(std::ceil(static_cast<double>(coming) / comfortable_share)) - holding.seats;
  const auto amount = price_of(added, holding);
  if (growth < growth_share || added <= 0 || amount <= 0) return std::nullopt;
  return Opportunity{
      customer.account,
      OpportunityKind::growth,
      customer.main_product,
      amount,
      {fmt::format("Active people grew from {} to {} in 12 weeks. At this pace {} seats more are needed in another 12.",
                   earlier, now, added),
       fmt::format("利用者数が12週間で{}人から{}人に増えました。このペースでは、次の12週間で{}席の追加が必要です。",
                   earlier, now, added)},
      {people({"Active in 28 days, 12 weeks ago", "28日間の利用者数(12週前)"}, earlier),
       people({"People active in 28 days", "28日間の利用者数"}, now), seats(holding.seats), price(holding)}};
}

// Which features go with which offers, as all customers use them.
class OfferFeatures {
 public:
  OfferFeatures(std::span<const Customer> customers, std::span<const usage::Feature> features) {
    for (const auto& feature : features) {
      if (feature.is_active && !feature.ignored) names_[feature.id.value] = feature.name;
    }
    for (const auto& customer : customers) count(customer);
  }

  // The offers, those with fewer accounts than `fewest_peers` left out.
  std::vector<Offer> offers() const {
    std::vector<Offer> found;
    for (const auto& [offer, group] : groups_) {
      if (group.accounts >= fewest_peers && accounts_ - group.accounts >= fewest_peers) found.push_back(offer);
    }
    return found;
  }
  struct Use {
    double with = 0, without = 0;  // shares of the accounts that use the feature
  };
  // Nothing where the feature does not belong to the offer.
  std::optional<Use> belongs(std::int32_t feature, const Offer& offer) const {
    const auto& group = groups_.at(offer);
    const auto users = group.users.find(feature);
    if (users == group.users.end()) return std::nullopt;
    const auto all = users_.at(feature);
    Use use{static_cast<double>(users->second) / static_cast<double>(group.accounts),
            static_cast<double>(all - users->second) / static_cast<double>(accounts_ - group.accounts)};
    if (use.with < used_with_offer || use.without > used_without_offer) return std::nullopt;
    return use;
  }
  // ARR of a seat, of the account in the middle; 0 where nobody has seats.
  std::int64_t price_of_seat(const Offer& offer) const {
    auto prices = groups_.at(offer).seat_prices;
    if (prices.empty()) return 0;
    const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
    std::nth_element(prices.begin(), middle, prices.end());
    return *middle;
  }
  const core::Text* name(std::int32_t feature) const {
    const auto found = names_.find(feature);
    return found == names_.end() ? nullptr : &found->second;
  }
  static std::set<Offer> held_by(const Customer& customer) {
    std::set<Offer> held;
    for (const auto& [product, holding] : customer.products) {
      held.insert(product == customer.main_product && !holding.plan.empty() ? Offer{product, holding.plan}
                                                                            : Offer{product, ""});
    }
    return held;
  }

 private:
  struct Group {
    std::int64_t accounts = 0;
    std::map<std::int32_t, std::int64_t> users;  // accounts by feature
    std::vector<std::int64_t> seat_prices;
  };

  void count(const Customer& customer) {
    if (!customer.usage || customer.usage->active_people == 0) return;
    ++accounts_;
    for (const auto& [feature, number] : customer.usage->people_by_feature) ++users_[feature];
    for (const auto& offer : held_by(customer)) {
      auto& group = groups_[offer];
      ++group.accounts;
      for (const auto& [feature, number] : customer.usage->people_by_feature) ++group.users[feature];
      const auto& holding = customer.products.at(offer.product);
      if (holding.seats > 0) group.seat_prices.push_back(price_of(1, holding));
    }
  }

  std::int64_t accounts_ = 0;
  std::map<std::int32_t, std::int64_t> users_;
  std::map<Offer, Group> groups_;
  std::map<std::int32_t, core::Text> names_;
};

std::optional<Opportunity> beyond_the_plan(const Customer& customer, const Offer& offer, const OfferFeatures& known) {
  const auto& main = customer.main();
  const bool is_plan = !offer.plan.empty();
  // A plan of another product is nothing to move up to; what takes the place of the own plan costs the difference.
  if (is_plan && offer.product != customer.main_product) return std::nullopt;
  const auto own_price = is_plan ? price_of(1, main) : 0;
  const auto amount = (known.price_of_seat(offer) - own_price) * main.seats;
  if (amount <= 0) return std::nullopt;
  Opportunity found{customer.account, OpportunityKind::features, offer.subject(), amount, {}, {}};
  std::vector<core::Text> names;
  for (const auto& [feature, number] : customer.usage->people_by_feature) {
    const auto* name = known.name(feature);
    const auto use = known.belongs(feature, offer);
    if (!name || !use || number < fewest_people) continue;
    names.push_back(*name);
    found.evidence.push_back(people({"People using " + name->en, name->ja + "の利用者数"}, number));
    found.evidence.push_back(share(
        {"Accounts with " + offer.subject() + " that use it", offer.subject() + "の契約先での利用割合"}, use->with));
    found.evidence.push_back(share({"Accounts without it", "それ以外での利用割合"}, use->without));
  }
  if (names.empty()) return std::nullopt;
  found.words = {
      fmt::format("People use {}, which mostly customers with {} do.", names.front().en, offer.subject()),
      fmt::format("主に{}の契約先で使われる機能「{}」が利用されています。", offer.subject(), names.front().ja)};
  found.evidence.push_back(seats(main.seats));
  return found;
}

}  // namespace

std::string_view word_of(OpportunityKind kind) {
  return kind_words[static_cast<std::size_t>(kind)];
}
std::optional<OpportunityKind> opportunity_kind_from(std::string_view word) {
  for (std::size_t i = 0; i < kind_words.size(); ++i) {
    if (kind_words[i] == word) return static_cast<OpportunityKind>(i);
  }
  return std::nullopt;
}

std::vector<Opportunity> find_opportunities(const OpportunitySources& sources) {
  const auto customers = customers_on(sources);
  const OfferFeatures known(customers, sources.features);
  const auto offers = known.offers();
  std::vector<Opportunity> found;
  const auto keep = [&](std::optional<Opportunity> opportunity) {
    if (opportunity) found.push_back(std::move(*opportunity));
    return opportunity.has_value();
  };
  for (const auto& customer : customers) {
    // Where seats are scarce already, that they soon would be says nothing more.
    if (!keep(more_seats(customer))) keep(growing(customer));
    if (!customer.usage) continue;
    const auto held = OfferFeatures::held_by(customer);
    for (const auto& offer : offers) {
      if (!held.contains(offer) && !customer.products.contains(offer.plan.empty() ? offer.product : "")) {
        keep(beyond_the_plan(customer, offer, known));
      }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Opportunity& a, const Opportunity& b) {
    return std::tie(b.amount_minor, a.account) < std::tie(a.amount_minor, b.account);
  });
  return found;
}

}  // namespace banso::renewals
