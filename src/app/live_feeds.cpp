#include "live_feeds.hpp"

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;

json::object message_of(const health::BookChange& change) {
  json::array accounts;
  for (const auto account : change.accounts) accounts.push_back(account.value);
  return {{"accounts", std::move(accounts)}, {"computed_at", json::from(change.computed_at)}};
}

void tell_operator(const usage::SourceSilence& silence) {
  const std::string source = "source " + silence.name + " (" + std::to_string(silence.source.value) + ")";
  if (silence.is_silent) {
    platform::log::warning(source + " has fallen silent");
  } else {
    platform::log::info(source + " sends again");
  }
}

}  // namespace

void add_live_feeds(Application& application) {
  application.jobs->on_changed([live = application.live](std::int64_t job) {
    live->publish("jobs", {{"jobs", json::array{job}}});
  });
  application.health->on_book_changed([live = application.live](const health::BookChange& change) {
    if (live->wanted("book")) live->publish("book", message_of(change));
  });
  application.retention->on_figures_changed([live = application.live](const retention::FiguresChange& change) {
    if (!live->wanted("revenue")) return;
    json::array accounts;
    for (const auto account : change.accounts) accounts.push_back(account.value);
    live->publish("revenue", {{"accounts", std::move(accounts)}});
  });
  application.renewals->on_changed([live = application.live](std::span<const renewals::Key> keys) {
    json::array changed;
    for (const auto& key : keys) changed.push_back(json::value(renewals::to_string(key)));
    live->publish("renewals", {{"renewals", std::move(changed)}, {"has_many", keys.empty()}});
  });
  application.work->on_changed([live = application.live](std::span<const work::CallId> calls) {
    if (!live->wanted("work")) return;
    json::array changed;
    for (const auto call : calls) changed.push_back(call.value);
    live->publish("work", {{"calls", std::move(changed)}, {"has_many", calls.empty()}});
  });
  application.playbooks->on_runs_changed([live = application.live](std::span<const playbooks::RunId> runs) {
    if (!live->wanted("playbooks")) return;
    json::array changed;
    for (const auto run : runs) changed.push_back(run.value);
    live->publish("playbooks", {{"runs", std::move(changed)}});
  });
  application.plans->on_views_changed([live = application.live](std::span<const core::AccountId> accounts) {
    if (!live->wanted("plans")) return;
    json::array changed;
    for (const auto account : accounts) changed.push_back(account.value);
    live->publish("plans", {{"accounts", std::move(changed)}});
  });
  application.usage->on_source_silent(tell_operator);
  // The hub ends before the service: see serve().
  application.live->ask_for("intake", [usage = application.usage]() -> std::optional<json::object> {
    const std::string changes = usage->live_intake();
    if (changes.empty()) return std::nullopt;
    auto message = json::parse_object(changes);
    return message ? std::optional(std::move(*message)) : std::nullopt;
  });
}

}  // namespace banso::app
