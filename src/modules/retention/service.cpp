#include <iterator>

#include "context.hpp"
#include "statistics_routes.hpp"

namespace banso::retention {
namespace {

class RetentionService final : public Service {
 public:
  explicit RetentionService(Dependencies dependencies) : context_(std::make_shared<Context>(std::move(dependencies))) {}
  ~RetentionService() override { stop(); }

  void listen() {
    const auto& from = context_->from;
    from.definitions->register_kind(make_rules_kind());
    const std::weak_ptr<Context> weak = context_;
    from.customers->add_change_listener([weak](std::span<const core::AccountId> accounts) {
      if (const auto context = weak.lock()) context->ledgers.mark(accounts);
    });
    from.revenue->on_rates_changed([weak] {
      if (const auto context = weak.lock()) context->ledgers.mark_all();
    });
    if (from.segments) {
      from.segments->on_membership_changed([weak](std::span<const segments::MembershipChange>) {
        if (const auto context = weak.lock()) context->ledgers.mark_segments();
      });
    }
  }

  void set_churn_reasons(ChurnReasons reasons) override { context_->churn_reasons.ask(std::move(reasons)); }
  void on_figures_changed(std::function<void(const FiguresChange&)> listener) override {
    listeners_.push_back(std::move(listener));
  }

  void start() override {
    context_->churn_reasons.start();
    context_->ledgers.start([this](const FiguresChange& change) {
      for (const auto& tell : listeners_) tell(change);
    });
  }
  void stop() override {
    context_->churn_reasons.stop();
    context_->ledgers.stop();
  }

  http::Routes routes() override {
    http::Routes all;
    for (const auto make : {figure_routes, movement_routes, executive_routes, rule_routes, fault_routes, closing_routes,
                            goal_routes, statistics_routes}) {
      auto some = make(context_);
      all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
  }

 private:
  const ContextPtr context_;
  std::vector<std::function<void(const FiguresChange&)>> listeners_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<RetentionService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::retention
