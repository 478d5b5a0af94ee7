#include "figures.hpp"
#include "routes.hpp"
#include "workbench.hpp"

namespace banso::renewals {
namespace {

class RenewalService final : public Service, public std::enable_shared_from_this<RenewalService> {
 public:
  explicit RenewalService(Dependencies dependencies) : bench_(std::move(dependencies)) {}

  // Weakly: those who tell must not keep alive the one that holds them.
  void listen() {
    const auto& from = bench_.from();
    from.definitions->register_kind(make_reason_kind());
    const std::weak_ptr<RenewalService> self = weak_from_this();
    from.customers->add_change_listener([self](std::span<const core::AccountId> accounts) {
      const auto service = self.lock();
      if (!service) return;
      service->bench_.live().accounts_changed(accounts);
      service->bench_.tell({});
    });
    from.usage->on_usage_changed([self](const usage::UsageChange& change) {
      const auto service = self.lock();
      if (!service) return;
      std::vector<core::AccountId> accounts;
      for (const auto& each : change.accounts) accounts.push_back(each.account);
      service->bench_.usage().changed(accounts);
    });
    from.health->on_book_changed([self](const health::BookChange& change) {
      const auto service = self.lock();
      if (!service) return;
      service->bench_.live().book_changed();
      if (change.has_many) service->bench_.tell({});
    });
    from.definitions->add_release_listener([self](const definitions::Release&) {
      if (const auto service = self.lock()) service->bench_.live().inputs_changed();
    });
  }

  void start() override { publish_starter_reasons(*bench_.from().definitions); }
  void on_changed(Listener listener) override { bench_.on_changed(std::move(listener)); }

  core::Result<core::ImportId> change(const core::Caller& caller, std::span<const Key> keys, const Change& change,
                                      const std::string& why, std::optional<core::Instant> known_at) override {
    return bench_.change(caller, keys, change, why, known_at);
  }
  core::Result<std::vector<Due>> due_between(core::Day from, core::Day to) override {
    BANSO_TRY_ASSIGN(const auto pipeline, bench_.live().get(std::nullopt));
    std::vector<Due> found;
    for (const auto& renewal : pipeline->between(from, to)) {
      found.push_back({renewal.key, renewal.due_minor, renewal.outcome});
    }
    return found;
  }
  core::Result<std::vector<ReasonMonth>> churn_reasons(core::Day from, core::Day to,
                                                       std::optional<core::Day> as_of) override {
    BANSO_TRY_ASSIGN(const auto pipeline, bench_.live().get(as_of));
    return renewals::churn_reasons(*pipeline, all_reasons(*bench_.from().definitions), from, to);
  }

  core::BusinessCalendar calendar() override { return bench_.store().calendar(); }

  platform::http::Routes routes() override {
    const std::shared_ptr<Workbench> bench(shared_from_this(), &bench_);
    auto routes = list_routes(bench);
    for (auto& route : figure_routes(bench)) routes.push_back(std::move(route));
    return routes;
  }

 private:
  Workbench bench_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<RenewalService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::renewals
