#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

void add_counts(json::object& object, const IntakeCounts& counts) {
  object["accepted"] = counts.accepted;
  object["duplicates"] = counts.duplicates;
  object["late"] = counts.late;
  object["refused"] = counts.refused;
}

json::object render(const IntakeMinute& minute) {
  json::object object{{"at", json::from(minute.at)}};
  add_counts(object, minute.counts);
  object["quarantined"] = minute.counts.quarantined;
  return object;
}

json::object render(const SourceIntake& source) {
  json::array minutes;
  for (const auto& minute : source.minutes) minutes.push_back(render(minute));
  json::object refused;
  for (const auto& [reason, count] : source.refused_by_reason) refused[reason] = count;
  json::object object{{"id", source.id.value},
                      {"name", source.name},
                      {"disabled", source.disabled},
                      {"silent", source.silence.silent_since.has_value()},
                      {"silent_since", json::from(source.silence.silent_since)},
                      {"silent_after_minutes", json::from(source.silent_after_minutes)},
                      {"expected_gap_minutes", json::from(source.silence.expected_gap_minutes)},
                      {"quarantined", source.quarantine_now},
                      {"unmatched", source.unmatched_now},
                      {"last_received_at", json::from(source.last_received_at)},
                      {"refused_by_reason", std::move(refused)},
                      {"minutes", std::move(minutes)}};
  add_counts(object, source.counts);
  return object;
}

class StatisticsHandlers {
 public:
  explicit StatisticsHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> intake(const Request&) const {
    const auto report = service_.intake_report();
    const auto status = service_.intake_status();
    json::array sources;
    for (const auto& source : report.sources) sources.push_back(render(source));
    return respond(json::object{{"sources", std::move(sources)},
                                {"unknown_key_refusals", report.unknown_key_refusals},
                                {"queue",
                                 {{"waiting_events", status.waiting_events},
                                  {"waiting_bytes", status.waiting_bytes},
                                  {"limit_bytes", status.limit_bytes}}},
                                {"processing_lag_ms_p50", json::from(status.lag_ms_p50)},
                                {"processing_lag_ms_p99", json::from(status.lag_ms_p99)}});
  }

  core::Result<Response> latest(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto source, request.query_integer("source_id"));
    const auto limit = std::min<std::int64_t>(page.limit, most_latest);
    return respond(
        json::object{{"items", service_.latest_events(source ? std::optional(core::SourceId{*source}) : std::nullopt,
                                                      static_cast<int>(limit))}});
  }

 private:
  static constexpr std::int64_t most_latest = 200;
  ServiceImpl& service_;
};

}  // namespace

http::Routes statistics_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<StatisticsHandlers>(service);
  return {
      {Method::get, "/api/intake", Permission::leader, bound(handlers, &StatisticsHandlers::intake)},
      {Method::get, "/api/intake/latest", Permission::leader, bound(handlers, &StatisticsHandlers::latest)},
  };
}

}  // namespace banso::usage
