#include "figures.hpp"

namespace banso::app {
namespace {

using platform::metrics::Labels;
using platform::metrics::Scrape;

void add_source(Scrape& scrape, const usage::SourceIntake& source) {
  const Labels labels{{"source", std::to_string(source.id.value)}, {"name", source.name}};
  const auto counter = [&](const char* name, const char* help, std::int64_t value) {
    scrape.counter(name, help, static_cast<double>(value), labels);
  };
  const auto gauge = [&](const char* name, const char* help, std::int64_t value) {
    scrape.gauge(name, help, static_cast<double>(value), labels);
  };
  counter("banso_intake_accepted_total", "Events taken in that were new.", source.counts.accepted);
  counter("banso_intake_duplicates_total", "Events that were there before.", source.counts.duplicates);
  counter("banso_intake_late_total", "Accepted events that happened more than a day before.", source.counts.late);
  counter("banso_intake_quarantined_total", "Refused calls that were kept.", source.counts.quarantined);
  gauge("banso_intake_quarantine_waiting", "Calls in the quarantine.", source.quarantine_now);
  gauge("banso_intake_unmatched_events", "Events that belong to no account yet.", source.unmatched_now);
  gauge("banso_intake_silent", "1 while the source is quiet for longer than it ever is.",
        source.silence.silent_since ? 1 : 0);
  if (source.last_received_at) {
    scrape.gauge("banso_intake_last_received_seconds", "When something came last, in seconds since 1970.",
                 static_cast<double>(source.last_received_at->microseconds) / 1e6, labels);
  }
  for (const auto& [reason, count] : source.refused_by_reason) {
    Labels with_reason = labels;
    with_reason["reason"] = reason;
    scrape.counter("banso_intake_refused_total", "Calls that cannot be used.", static_cast<double>(count), with_reason);
  }
}

void add_lag(Scrape& scrape, const char* name, const char* help, const std::optional<double>& milliseconds,
             const char* quantile) {
  if (milliseconds) scrape.gauge(name, help, *milliseconds / 1e3, {{"quantile", quantile}});
}

void add_intake(Scrape& scrape, usage::Service& usage) {
  const auto status = usage.intake_status();
  scrape.gauge("banso_intake_queue_events", "Events that wait for the store.",
               static_cast<double>(status.waiting_events));
  scrape.gauge("banso_intake_queue_bytes", "Memory taken by what waits for the store.",
               static_cast<double>(status.waiting_bytes));
  scrape.gauge("banso_intake_queue_limit_bytes", "Beyond it, calls are refused with 503.",
               static_cast<double>(status.limit_bytes));
  constexpr const char* lag = "banso_intake_lag_seconds";
  constexpr const char* lag_help = "From receipt to the store, of the latest bodies.";
  add_lag(scrape, lag, lag_help, status.lag_ms_p50, "0.5");
  add_lag(scrape, lag, lag_help, status.lag_ms_p99, "0.99");
  const auto report = usage.intake_report();
  scrape.counter("banso_intake_unknown_keys_total", "Calls refused because nobody has their write key.",
                 static_cast<double>(report.unknown_key_refusals));
  for (const auto& source : report.sources) add_source(scrape, source);
}

void add_scores(Scrape& scrape, const health::Service& health) {
  const auto lag = health.score_lag();
  scrape.gauge("banso_score_waiting_accounts", "Accounts that changed and are not scored yet.",
               static_cast<double>(lag.waiting));
  if (lag.samples == 0) return;
  constexpr const char* name = "banso_score_lag_seconds";
  constexpr const char* help = "From the receipt of events to the score that shows them, of the latest accounts.";
  add_lag(scrape, name, help, lag.p50_ms, "0.5");
  add_lag(scrape, name, help, lag.p99_ms, "0.99");
}

}  // namespace

void add_figures(Application& application) {
  platform::metrics::add_process_figures(*application.metrics);
  application.metrics->on_scrape([usage = application.usage, health = application.health](Scrape& scrape) {
    add_intake(scrape, *usage);
    add_scores(scrape, *health);
  });
}

}  // namespace banso::app
