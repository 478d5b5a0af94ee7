#include "service.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "core/currency.hpp"

namespace banso::revenue {
namespace {

core::Error forbidden() {
  return core::Error::forbidden({"Your role does not allow this change. Ask an administrator.",
                                 "この操作を行う権限がありません。管理者に依頼してください。"});
}

core::Error no_account() {
  return core::Error::not_found({"There is no such account.", "この顧客企業はありません。"});
}

core::Error no_subscription() {
  return core::Error::not_found({"There is no such subscription.", "この契約はありません。"});
}

core::Instant end_of(core::Day day, int offset_minutes) {
  return {core::start_of(day + 1, offset_minutes).microseconds - 1};
}

}  // namespace

std::shared_ptr<Service> Service::make(std::shared_ptr<records::Database> database,
                                       std::shared_ptr<customers::Service> customers,
                                       customers::Surroundings surroundings) {
  auto service = std::make_shared<RevenueService>(std::move(database), customers, std::move(surroundings));
  // Weakly: the customers' service must not keep alive the one that holds it.
  customers->add_timeline_source(
      [weak = std::weak_ptr<RevenueService>(service)](auto account, auto known_at, auto day) {
        const auto alive = weak.lock();
        return alive ? alive->timeline(account, known_at, day) : std::vector<customers::TimelineEntry>{};
      });
  return service;
}

RevenueService::RevenueService(std::shared_ptr<records::Database> database,
                               std::shared_ptr<customers::Service> customers, customers::Surroundings surroundings)
    : database_(std::move(database)), customers_(std::move(customers)), surroundings_(std::move(surroundings)) {
  if (!surroundings_.book_day) {
    surroundings_.book_day = [offset = surroundings_.utc_offset_minutes] {
      return core::day_of(core::now(), offset());
    };
  }
}

core::Result<std::vector<core::RowOutcome>> RevenueService::upsert_subscriptions(
    const Provenance& provenance, std::span<const SubscriptionInput> inputs, core::BatchOptions options) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  if (inputs.empty()) return std::vector<core::RowOutcome>{};
  const auto accounts = find_accounts(*customers_, inputs);
  std::vector<core::RowOutcome> outcomes;
  std::vector<core::AccountId> touched;
  const auto work = [&](Session& session) {
    versioned::Writer writer(session, provenance, options);
    SubscriptionBatchContext batch{writer, accounts, reporting_currency(), surroundings_.utc_offset_minutes()};
    outcomes = revenue::upsert_subscriptions(batch, inputs);
    touched = std::move(batch.touched);
  };
  if (options.dry_run) {
    database_->read(work);
  } else {
    database_->write(work);
    customers_->tell_changed(touched);
  }
  return outcomes;
}

core::Result<std::int64_t> RevenueService::put(const Provenance& provenance, const SubscriptionInput& input) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  if (input.id && !exists(input.id)) return no_subscription();
  if (!input.id && input.account_id && !customers_->exists(input.account_id)) return no_account();
  BANSO_TRY_ASSIGN(auto outcomes, upsert_subscriptions(provenance, {&input, 1}, {}));
  return versioned::only(std::move(outcomes));
}

bool RevenueService::exists(core::SubscriptionId id) {
  return database_->read([&](Session& session) { return versioned::get<Subscription>(session, id.value).has_value(); });
}

core::Result<> RevenueService::delete_subscription(const Provenance& provenance, core::SubscriptionId id) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  core::AccountId account;
  BANSO_TRY(database_->write([&](Session& session) -> core::Result<> {
    const auto present = versioned::get<Subscription>(session, id.value);
    if (!present) return no_subscription();
    account = present->account;
    versioned::Writer(session, provenance, {}).remove(*present);
    return {};
  }));
  customers_->tell_changed({&account, 1});
  return {};
}

core::Result<customers::UndoReport> RevenueService::undo_import(const Provenance& provenance, core::ImportId import) {
  if (!provenance.caller.at_least(core::Role::csm)) return forbidden();
  const std::string_view entity = Subscription::entity;
  // Products stay: other contracts may name them by now.
  const auto found = database_->read([&](Session& session) {
    return records::records_of_import(session, import, {&entity, 1});
  });
  std::vector<std::int64_t> ids;
  for (const auto& [name, id] : found) ids.push_back(id);
  const auto tally = versioned::undo_all<Subscription>(*database_, std::move(ids), import, provenance);
  customers::UndoReport report;
  report.add(entity, tally.restored, tally.changed_since);
  customers_->tell_changed(tally.accounts);
  return report;
}

void RevenueService::each_subscription(const Selection& selection,
                                       const std::function<void(const SubscriptionFact&)>& visit) {
  const auto offset = surroundings_.utc_offset_minutes();
  const auto listed =
      selection.accounts ? std::optional(std::span<const core::AccountId>(*selection.accounts)) : std::nullopt;
  database_->read([&](Session& session) {
    const auto rates = Rates::load(session, reporting_currency());
    versioned::each_span<Subscription>(session, listed, [&](const versioned::Span<Subscription>& span) {
      KnownSpan known{core::day_of(span.from, offset)};
      if (span.until) known.until = core::day_of(*span.until, offset);
      if (known.from < known.until) visit(fact_from(span.record, known, rates));
    });
  });
}

std::vector<Rate> RevenueService::rates() {
  return database_->read([](Session& session) { return load_rates(session); });
}

core::Result<> RevenueService::set_rates(const Provenance& provenance, std::span<const Rate> rates) {
  if (!provenance.caller.at_least(core::Role::admin)) return forbidden();
  core::Error error = core::Error::invalid({"Some rates are wrong.", "換算レートに誤りがあります。"});
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (core::currency_code(rates[i].currency) == rates[i].currency && core::parse_fraction(rates[i].rate)) continue;
    error.fields.push_back(
        {"rates[" + std::to_string(i) + "]",
         {"Write a currency of three capital letters and a decimal number above 0, like USD and 151.25.",
          "大文字3文字の通貨コードと0より大きい小数(例: USD、151.25)を入力してください。"}});
  }
  if (!error.fields.empty()) return error;
  database_->write([&](Session& session) {
    session.execute("DELETE FROM currency_rate");
    for (const auto& rate : rates) {
      session.execute(
          "INSERT INTO currency_rate (currency, month_day, rate) VALUES (:1, :2, :3) ON CONFLICT (currency, month_day) "
          "DO "
          "UPDATE SET rate = excluded.rate",
          {rate.currency, rate.month ? month_of(*rate.month) : every_month, rate.rate});
    }
  });
  for (const auto& tell : rates_listeners_) tell();
  return {};
}

std::vector<Product> RevenueService::products() {
  return database_->read([](Session& session) { return versioned::load<Product>(session, " ORDER BY name"); });
}

std::vector<Subscription> RevenueService::load(core::AccountId account, std::optional<core::Instant> known_at) {
  return database_->read([&](Session& session) {
    return known_at ? versioned::load_known_at<Subscription>(session, account, *known_at)
                    : versioned::load<Subscription>(session, " WHERE account_id = :1", {account});
  });
}

core::Result<RevenueService::Contracts> RevenueService::contracts(core::AccountId account, customers::View view) {
  if (!view.as_of && !customers_->exists(account)) {
    return no_account();
  }
  Contracts contracts;
  contracts.day = view.as_of.value_or(surroundings_.book_day());
  const auto known_at =
      view.as_of ? std::optional(end_of(*view.as_of, surroundings_.utc_offset_minutes())) : std::nullopt;
  const auto rates = database_->read([&](Session& session) { return Rates::load(session, reporting_currency()); });
  std::vector<SubscriptionFact> facts;
  for (auto& subscription : load(account, known_at)) {
    facts.push_back(fact_from(subscription, {contracts.day}, rates));
    contracts.lines.push_back({facts.back(), std::move(subscription.external_id)});
  }
  contracts.totals = totals_on(facts, contracts.day, reporting_currency());
  std::sort(contracts.lines.begin(), contracts.lines.end(), [](const Line& a, const Line& b) {
    return std::tie(a.fact.start, a.fact.subscription) > std::tie(b.fact.start, b.fact.subscription);
  });
  return contracts;
}

std::vector<customers::TimelineEntry> RevenueService::timeline(core::AccountId account, core::Instant known_at,
                                                               core::Day day) {
  std::vector<customers::TimelineEntry> entries;
  const auto is_everything = known_at.microseconds == std::numeric_limits<std::int64_t>::max();
  const auto offset = surroundings_.utc_offset_minutes();
  for (const auto& subscription : load(account, is_everything ? std::nullopt : std::optional(known_at))) {
    const auto name = subscription.product + (subscription.plan.empty() ? "" : " " + subscription.plan);
    const auto detail = boost::json::serialize(boost::json::object{
        {"product", subscription.product},
        {"plan", subscription.plan},
        {"seats", subscription.seats},
        {"amount", {{"amount_minor", subscription.amount_minor}, {"currency", subscription.currency}}}});
    const auto add = [&](core::Day at, core::Text title) {
      if (at <= day) {
        entries.push_back(
            {"contract", subscription.id, core::start_of(at, offset), true, std::move(title), "", "", detail});
      }
    };
    add(subscription.start, {"Contract started: " + name, "契約開始: " + name});
    if (subscription.end) add(*subscription.end, {"Contract ended: " + name, "契約終了: " + name});
  }
  return entries;
}

}  // namespace banso::revenue
