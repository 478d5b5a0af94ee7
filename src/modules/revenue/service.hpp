// The service behind the face: checks what the caller may do, owns the transactions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "modules/revenue/revenue.hpp"
#include "rows.hpp"
#include "subscriptions.hpp"

namespace banso::revenue {

class RevenueService final : public Service, public std::enable_shared_from_this<RevenueService> {
 public:
  RevenueService(std::shared_ptr<records::Database> database, std::shared_ptr<customers::Service> customers,
                 customers::Surroundings surroundings);

  core::Result<std::vector<core::RowOutcome>> upsert_subscriptions(const Provenance&,
                                                                   std::span<const SubscriptionInput>,
                                                                   core::BatchOptions) override;
  core::Result<customers::UndoReport> undo_import(const Provenance&, core::ImportId) override;
  core::Result<> delete_subscription(const Provenance&, core::SubscriptionId) override;
  void each_subscription(const Selection&, const std::function<void(const SubscriptionFact&)>&) override;
  void each_subscription_recorded_by(core::Instant, const Selection&,
                                     const std::function<void(const SubscriptionFact&)>&) override;
  std::vector<core::AccountId> accounts_recorded_after(core::Instant) override;
  void on_rates_changed(std::function<void()> listener) override { rates_listeners_.push_back(std::move(listener)); }
  std::string reporting_currency() override { return surroundings_.reporting_currency(); }
  std::vector<Rate> rates() override;
  core::Result<> set_rates(const Provenance&, std::span<const Rate>) override;
  platform::http::Routes routes() override;

  // What the routes show beyond the face.
  struct Line {
    SubscriptionFact fact;
    std::string external_id;
  };
  struct Contracts {
    std::vector<Line> lines;  // newest start first
    Totals totals;
    core::Day day;  // on which they are looked at
  };
  core::Result<Contracts> contracts(core::AccountId account, customers::View view);
  std::vector<Product> products();
  core::Result<std::int64_t> put(const Provenance&, const SubscriptionInput&);

  std::vector<customers::TimelineEntry> timeline(core::AccountId account, core::Instant known_at, core::Day day);

 private:
  bool exists(core::SubscriptionId id);
  std::vector<Subscription> load(core::AccountId account, std::optional<core::Instant> known_at);

  std::shared_ptr<records::Database> database_;
  std::shared_ptr<customers::Service> customers_;
  customers::Surroundings surroundings_;
  std::vector<std::function<void()>> rates_listeners_;
};

}  // namespace banso::revenue
