#include <cmath>

#include "batch_writer.hpp"
#include "writers.hpp"

namespace banso::integrations {
namespace {

class SubscriptionWriter : public BatchWriter<revenue::SubscriptionInput> {
 public:
  SubscriptionWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch), now_(core::now()) {}

 protected:
  std::vector<revenue::SubscriptionInput> convert(FieldValues& values, const MappedRow&) override {
    revenue::SubscriptionInput subscription;
    subscription.external_id = values.text("external_id");
    subscription.account = values.text("account");
    subscription.product = values.text_patch("product");
    subscription.plan = values.text_patch("plan");
    subscription.seats = values.integer_patch("seats");
    const std::string& currency = values.text("currency");
    subscription.amount = values.money_patch("amount", currency);
    subscription.mrr = values.money_patch("mrr", currency);
    subscription.billing_period_months = values.integer_patch("billing_period_months");
    subscription.start = values.day_patch("start");
    subscription.end = values.day_patch("end");
    subscription.auto_renewal = values.yes_no_patch("auto_renewal");
    subscription.notice_days = values.integer_patch("notice_days");
    apply_discount(values, currency, subscription);
    subscription.is_trial = values.yes_no_patch("is_trial");
    subscription.past_due_from = values.day_patch("past_due_from");
    subscription.cancelled_on = values.day_patch("cancelled_on");
    subscription.transferred_from = values.text_patch("transferred_from");
    check_order(values, subscription);
    return in_order_of_knowledge(std::move(subscription));
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<revenue::SubscriptionInput>& inputs) override {
    return context_.targets.revenue->upsert_subscriptions(context_.provenance, inputs, options());
  }

 private:
  // "15%" and 0.15 are shares of the list price, 1,500 and "¥0.50" amounts.
  static void apply_discount(FieldValues& values, const std::string& currency,
                             revenue::SubscriptionInput& subscription) {
    const auto money = read_money(values.text("discount"));
    const auto number = read_decimal(values.text("discount"));
    const bool is_share = number && *number < 1 && (!money || money->currency.empty());
    if (!is_share) {
      subscription.discount = values.money_patch("discount", currency);
      return;
    }
    const auto share = values.number_patch("discount");
    constexpr double whole_ppm = 1e6;
    if (share.value()) subscription.discount_ppm = static_cast<std::int64_t>(std::llround(*share.value() * whole_ppm));
  }

  static void check_order(FieldValues& values, const revenue::SubscriptionInput& subscription) {
    const core::Day* start = subscription.start.value();
    const core::Day* end = subscription.end.value();
    if (start && end && *end < *start) {
      values.fail("end", core::to_string(*end), {"The end is before the start.", "終了日が開始日より前です。"});
    }
  }

  // A cancellation was not known when the contract began: first the open contract, and on the day itself its end.
  std::vector<revenue::SubscriptionInput> in_order_of_knowledge(revenue::SubscriptionInput subscription) const {
    const core::Day* end = subscription.end.value();
    const bool split = end && context_.mapping.end_known_when_it_comes &&
                       context_.mapping.known_at == KnownAt::happened && !context_.dry_run;
    if (!split) return {std::move(subscription)};
    const core::Instant comes_at = core::start_of(*end, context_.targets.utc_offset_minutes());
    if (comes_at > now_) return {std::move(subscription)};
    revenue::SubscriptionInput ending;
    ending.external_id = subscription.external_id;
    ending.account = subscription.account;
    ending.product = subscription.product;
    ending.start = subscription.start;
    ending.end = subscription.end;
    ending.known_at = comes_at;
    subscription.end = {};
    return {std::move(subscription), std::move(ending)};
  }

  core::Instant now_;
};

}  // namespace

std::unique_ptr<RecordWriter> make_subscription_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<SubscriptionWriter>(context, counts, std::move(reject));
}

}  // namespace banso::integrations
