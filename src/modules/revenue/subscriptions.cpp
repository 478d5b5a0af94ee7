#include "subscriptions.hpp"

#include <algorithm>

#include "core/currency.hpp"

namespace banso::revenue {
namespace {

constexpr std::int64_t most_months = 120;
constexpr std::int64_t most_seats = 1'000'000'000;
constexpr std::int64_t most_notice_days = 3'650;
constexpr std::int64_t largest_amount_minor = 1'000'000'000'000'000;
constexpr std::int64_t whole_ppm = 1'000'000;

using versioned::RowCheck;

class SubscriptionBatch {
 public:
  SubscriptionBatch(SubscriptionBatchContext& batch, std::span<const SubscriptionInput> inputs)
      : batch_(batch), inputs_(inputs) {
    load_products();
    load_subscriptions();
  }

  std::vector<core::RowOutcome> run() {
    std::vector<core::RowOutcome> outcomes;
    outcomes.reserve(inputs_.size());
    for (const auto& input : inputs_) outcomes.push_back(write(input));
    return outcomes;
  }

 private:
  void load_products() {
    std::vector<std::string> keys;
    for (const auto& input : inputs_) {
      if (input.product.value()) keys.push_back(customers::search_key(*input.product.value()));
    }
    products_.load(batch_.writer.session(), keys);
  }

  void load_subscriptions() {
    std::vector<std::int64_t> ids;
    std::vector<std::string> keys;
    for (const auto& input : inputs_) {
      if (input.id) ids.push_back(input.id.value);
      keys.push_back(key_of(input));
    }
    subscriptions_.load(batch_.writer.session(), keys);
    versioned::each_row_with<Subscription>(batch_.writer.session(), "id", std::span<const std::int64_t>(ids),
                                           [&](Subscription&& found) { by_id_.emplace(found.id, std::move(found)); });
  }

  // Empty where the row says too little to have a key; writing it will say what is missing.
  std::string key_of(const SubscriptionInput& input) const {
    RowCheck ignored;
    Subscription named;
    named.external_id = versioned::trimmed(input.external_id);
    named.account = account_of(input, ignored);
    if (input.product.value()) named.product = versioned::trimmed(*input.product.value());
    if (input.start.value()) named.start = *input.start.value();
    const bool is_complete = named.account && !named.product.empty() && input.start.value();
    return named.external_id.empty() && !is_complete ? std::string() : named.match_key();
  }

  core::AccountId account_of(const SubscriptionInput& input, RowCheck& check) const {
    if (input.account_id) {
      if (batch_.accounts.ids.contains(input.account_id.value)) return input.account_id;
      check.fail("account", {"There is no such account.", "この顧客企業はありません。"});
      return {};
    }
    const auto found = batch_.accounts.by_external_id.find(input.account);
    if (found != batch_.accounts.by_external_id.end()) return found->second;
    if (input.account.empty()) {
      check.fail("account", {"Name the account by its external id.", "顧客企業を外部IDで指定してください。"});
    } else {
      check.fail("account",
                 {"There is no account with the external id \"" + input.account + "\". Import the accounts first.",
                  "外部ID「" + input.account + "」の顧客企業がありません。先に顧客企業を取り込んでください。"});
    }
    return {};
  }

  core::RowOutcome write(const SubscriptionInput& input) {
    RowCheck check;
    const auto key = key_of(input);
    const auto* found = find(input, key);
    if (input.id && !found) check.fail("id", {"There is no such subscription.", "この契約はありません。"});
    // Only a table that names the account by its own id may correct whose contract it is.
    if (found && !input.id && input.account_id && found->account != input.account_id) {
      check.fail("external_id", {"Another account has a contract with this external id. Choose another one.",
                                 "この外部IDの契約は別の顧客企業にあります。別のIDを指定してください。"});
    }
    const std::optional<Subscription> present = found ? std::optional(*found) : std::nullopt;
    Subscription subscription = present.value_or(Subscription{});
    apply(input, !present, subscription, check);
    if (!check.ok()) return versioned::rejected(check);
    subscription.product = catalogued(subscription.product, input);
    const auto known_at = known_at_of(input, subscription);
    auto outcome =
        versioned::write_record(batch_.writer, present ? &*present : nullptr, subscription, known_at, batch_.touched);
    if (input.id) by_id_[subscription.id] = subscription;
    subscriptions_.keep(key, subscription);
    return outcome;
  }

  const Subscription* find(const SubscriptionInput& input, const std::string& key) const {
    if (!input.id) return key.empty() ? nullptr : subscriptions_.find(key);
    const auto found = by_id_.find(input.id.value);
    return found == by_id_.end() ? nullptr : &found->second;
  }

  core::Instant known_at_of(const SubscriptionInput& input, const Subscription& subscription) const {
    return batch_.writer.known_at(input.known_at, core::start_of(subscription.start, batch_.utc_offset_minutes));
  }

  void apply(const SubscriptionInput& input, bool is_new, Subscription& subscription, RowCheck& check) {
    if (is_new || input.account_id || !input.account.empty()) subscription.account = account_of(input, check);
    if (!input.external_id.empty() &&
        check.text_is_sound("external_id", input.external_id, versioned::short_text_bytes)) {
      subscription.external_id = versioned::trimmed(input.external_id);
    }
    check.text("product", input.product, subscription.product);
    if (subscription.product.empty()) check.required("product");
    check.text("plan", input.plan, subscription.plan);
    check.needed("start", input.start, subscription.start, is_new);
    RowCheck::maybe(input.end, subscription.end);
    if (subscription.end && *subscription.end <= subscription.start) {
      check.fail("end", {"The end must lie after the start; it is the first day without the contract.",
                         "終了日は開始日より後にしてください(終了日は契約が切れている最初の日です)。"});
    }
    RowCheck::defaulted<std::int64_t>(input.seats, subscription.seats, 0);
    RowCheck::defaulted<std::int64_t>(input.billing_period_months, subscription.billing_period_months, 1);
    RowCheck::defaulted(input.auto_renewal, subscription.auto_renewal, false);
    RowCheck::defaulted<std::int64_t>(input.notice_days, subscription.notice_days, 0);
    check_range("seats", subscription.seats, 0, most_seats, check);
    check_range("billing_period_months", subscription.billing_period_months, 1, most_months, check);
    check_range("notice_days", subscription.notice_days, 0, most_notice_days, check);
    RowCheck::defaulted(input.is_trial, subscription.is_trial, false);
    RowCheck::maybe(input.past_due_from, subscription.past_due_from);
    RowCheck::maybe(input.cancelled_on, subscription.cancelled_on);
    check.text("transferred_from", input.transferred_from, subscription.transferred_from);
    if (!subscription.transferred_from.empty() && subscription.transferred_from == subscription.external_id) {
      check.fail("transferred_from", {"A subscription cannot continue itself. Name the one on the other account.",
                                      "契約を自分自身から移すことはできません。移管元の契約を指定してください。"});
    }
    apply_amount(input, subscription, check);
    apply_discount(input, subscription, check);
  }

  static void check_range(const char* field, std::int64_t number, std::int64_t least, std::int64_t most,
                          RowCheck& check) {
    if (number >= least && number <= most) return;
    const auto from = std::to_string(least), to = std::to_string(most);
    check.fail(field,
               {"This must lie between " + from + " and " + to + ".", from + "から" + to + "までにしてください。"});
  }

  void apply_amount(const SubscriptionInput& input, Subscription& subscription, RowCheck& check) const {
    if (input.amount.clears() || input.mrr.clears()) subscription.amount_minor = 0;
    const auto set = [&](const char* field, const core::Money& money, std::int64_t times) {
      check_range(field, money.amount_minor, 0, largest_amount_minor, check);
      if (!check.ok()) return;
      subscription.amount_minor = money.amount_minor * times;
      subscription.currency = money.currency;
    };
    if (input.mrr.value()) set("mrr", *input.mrr.value(), subscription.billing_period_months);
    if (input.amount.value()) set("amount", *input.amount.value(), 1);
    if (subscription.currency.empty()) subscription.currency = batch_.reporting_currency;
    if (auto code = core::currency_code(subscription.currency)) {
      subscription.currency = std::move(*code);
    } else {
      check.fail("currency", {"There is no such currency. Write its three letters, like JPY.",
                              "この通貨はありません。JPY のような3文字の通貨コードにしてください。"});
    }
  }

  void apply_discount(const SubscriptionInput& input, Subscription& subscription, RowCheck& check) const {
    if (input.discount.clears() || input.discount_ppm.clears()) subscription.discount_minor = 0;
    if (const auto* discount = input.discount.value()) {
      check_range("discount", discount->amount_minor, 0, largest_amount_minor, check);
      if (discount->currency != subscription.currency && discount->amount_minor != 0) {
        check.fail("discount", {"The discount must be in the currency of the amount, " + subscription.currency + ".",
                                "割引額は契約金額と同じ通貨(" + subscription.currency + ")で入力してください。"});
      }
      subscription.discount_minor = discount->amount_minor;
    }
    if (const auto* share = input.discount_ppm.value()) {
      if (*share < 0 || *share >= whole_ppm) {
        check.fail("discount", {"A discount must lie between 0% and less than 100% of the list price.",
                                "割引率は定価の0%以上100%未満にしてください。"});
        return;
      }
      // amount = list * (1 - share), so the discount is amount * share / (1 - share).
      subscription.discount_minor =
          core::rounded_quotient(static_cast<__int128>(subscription.amount_minor) * *share, whole_ppm - *share);
    }
  }

  // The product's name as the catalogue has it; a new name is added.
  std::string catalogued(const std::string& name, const SubscriptionInput& input) {
    const auto key = customers::search_key(name);
    if (const auto* known = products_.find(key)) return known->name;
    if (!input.product.value()) return name;
    Product product;
    product.name = name;
    batch_.writer.create(product, batch_.writer.known_at(input.known_at, core::Instant{0}));
    products_.keep(key, product);
    return name;
  }

  SubscriptionBatchContext& batch_;
  std::span<const SubscriptionInput> inputs_;
  versioned::Matches<Product> products_;
  versioned::Matches<Subscription> subscriptions_;
  std::unordered_map<std::int64_t, Subscription> by_id_;
};

}  // namespace

KnownAccounts find_accounts(customers::Service& book, std::span<const SubscriptionInput> inputs) {
  std::vector<std::string> external_ids;
  std::vector<core::AccountId> ids;
  for (const auto& input : inputs) {
    if (input.account_id) {
      ids.push_back(input.account_id);
    } else if (!input.account.empty()) {
      external_ids.push_back(input.account);
    }
  }
  versioned::keep_distinct(external_ids);
  versioned::keep_distinct(ids);
  KnownAccounts known{book.accounts_by_external_id(external_ids), {}};
  for (const auto id : book.existing(ids)) known.ids.insert(id.value);
  return known;
}

std::vector<core::RowOutcome> upsert_subscriptions(SubscriptionBatchContext& batch,
                                                   std::span<const SubscriptionInput> inputs) {
  return SubscriptionBatch(batch, inputs).run();
}

SubscriptionFact fact_from(const Subscription& subscription, KnownSpan known, const Rates& rates) {
  const core::Money amount{subscription.amount_minor, subscription.currency};
  return {{subscription.id},
          subscription.account,
          known,
          subscription.product,
          subscription.plan,
          subscription.seats,
          amount,
          subscription.billing_period_months,
          subscription.is_trial ? std::optional<std::int64_t>(0)
                                : rates.monthly_minor(amount, subscription.billing_period_months, subscription.start),
          subscription.start,
          subscription.end,
          subscription.auto_renewal,
          subscription.notice_days,
          subscription.external_id,
          subscription.discount_minor,
          subscription.is_trial,
          subscription.past_due_from,
          subscription.cancelled_on,
          subscription.transferred_from};
}

}  // namespace banso::revenue
