#include "intake_reports.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "rendering.hpp"
#include "statistics_store.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace json = platform::json;
using platform::records::Session;

constexpr auto volumes_good_for = std::chrono::seconds(5);
constexpr int most_latest_live = 20;
constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;

// Every one of the last minutes, also those in which nothing came: a chart needs no more.
std::vector<IntakeMinute> last_minutes(const std::map<std::int64_t, IntakeCounts>& counted, core::Instant now) {
  std::vector<IntakeMinute> minutes;
  const auto last = now.microseconds / minute_us;
  for (auto minute = last - (minutes_kept - 1); minute <= last; ++minute) {
    const auto found = counted.find(minute);
    minutes.push_back({{minute * minute_us}, found == counted.end() ? IntakeCounts{} : found->second});
  }
  return minutes;
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

bool is_same(const IntakeCounts& a, const IntakeCounts& b) {
  return a.accepted == b.accepted && a.duplicates == b.duplicates && a.refused == b.refused &&
         a.quarantined == b.quarantined;
}

}  // namespace

IntakeReports::Volumes IntakeReports::volumes() {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(reading_);
    if (volumes_ && now - volumes_->read_at < volumes_good_for) return *volumes_;
  }
  Volumes volumes;
  volumes.read_at = now;
  for (const auto& volume : parts_.events->source_volumes()) volumes.unmatched[volume.source] = volume.unmatched;
  if (parts_.quarantine_now) volumes.quarantine = parts_.quarantine_now();
  const std::lock_guard lock(reading_);
  volumes_ = volumes;
  return volumes;
}

IntakeReport IntakeReports::report(core::Instant now) {
  const auto snapshot = parts_.statistics->snapshot(now);
  const auto volumes = this->volumes();
  const auto count_in = [](const std::map<core::SourceId, std::int64_t>& counts, core::SourceId source) {
    const auto found = counts.find(source);
    return found == counts.end() ? 0 : found->second;
  };
  IntakeReport report;
  report.unknown_key_refusals = snapshot.unknown_key_refusals;
  for (auto& source : parts_.records->read([](Session& session) { return store::sources(session); })) {
    SourceIntake intake;
    intake.id = source.id;
    intake.name = std::move(source.name);
    intake.disabled = source.disabled;
    intake.silent_after_minutes = source.silent_after_minutes;
    intake.unmatched_now = count_in(volumes.unmatched, source.id);
    intake.quarantine_now = count_in(volumes.quarantine, source.id);
    const auto found = snapshot.sources.find(source.id);
    const SourceStatistics statistics = found == snapshot.sources.end() ? SourceStatistics{} : found->second;
    intake.counts = statistics.counts;
    intake.last_received_at = statistics.last_received_at;
    intake.refused_by_reason = statistics.refused_by_reason;
    intake.minutes = last_minutes(statistics.minutes, now);
    intake.silence = SilenceWatch::of(intake, statistics.accepted_by_hour, now, parts_.events->day_offset_minutes());
    report.sources.push_back(std::move(intake));
  }
  return report;
}

json::array IntakeReports::latest(const std::optional<core::SourceId>& source, int limit) {
  return render(parts_.events->latest(source, limit));
}

json::array IntakeReports::render(const std::vector<events::StoredEvent>& stored) {
  std::set<core::AccountId> accounts;
  for (const auto& item : stored) {
    if (item.event.account) accounts.insert(item.event.account);
  }
  const auto account_names = parts_.accounts->names(std::vector(accounts.begin(), accounts.end()));
  std::map<core::SourceId, std::string> source_names;
  for (auto& source : parts_.records->read([](Session& session) { return store::sources(session); })) {
    source_names.emplace(source.id, std::move(source.name));
  }
  const auto name_in = [](const auto& names, auto id) {
    const auto found = names.find(id);
    return found == names.end() ? json::value(nullptr) : json::value(found->second);
  };
  json::array rendered;
  for (const auto& [event_no, event] : stored) {
    rendered.push_back(json::object{{"event_no", event_no},
                                    {"source_id", json::from(event.source)},
                                    {"source", name_in(source_names, event.source)},
                                    {"kind", events::to_string(event.kind)},
                                    {"event", event.name},
                                    {"user_key", event.person_key},
                                    {"user_id", text_or_null(event.user_id)},
                                    {"anonymous_id", text_or_null(event.anonymous_id)},
                                    {"group_key", event.group_key},
                                    {"account_id", json::from(event.account)},
                                    {"account_name", name_in(account_names, event.account)},
                                    {"matched_by", matched_by_word(event.matched_by)},
                                    {"occurred_at", json::from(event.occurred_at)},
                                    {"received_at", json::from(event.received_at)},
                                    {"message_id", event.message_id},
                                    {"properties", render_properties(event.properties)}});
  }
  return rendered;
}

std::string IntakeReports::live() {
  const auto snapshot = parts_.statistics->snapshot();
  json::array sources;
  {
    const std::lock_guard lock(reading_);
    for (const auto& [source, statistics] : snapshot.sources) {
      auto& told = told_[source];
      if (is_same(told, statistics.counts)) continue;
      told = statistics.counts;
      sources.push_back(json::object{{"id", source.value},
                                     {"accepted", told.accepted},
                                     {"duplicates", told.duplicates},
                                     {"late", told.late},
                                     {"refused", told.refused},
                                     {"quarantined", told.quarantined},
                                     {"last_received_at", json::from(statistics.last_received_at)}});
    }
  }
  if (sources.empty()) return {};
  auto stored = parts_.events->latest(std::nullopt, most_latest_live);
  {
    const std::lock_guard lock(reading_);
    std::erase_if(stored, [&](const events::StoredEvent& item) { return item.event_no <= last_told_event_no_; });
    if (!stored.empty()) last_told_event_no_ = stored.front().event_no;
  }
  return json::serialize(json::object{{"sources", std::move(sources)}, {"latest", render(stored)}});
}

void IntakeReports::on_source_silent(SilenceListener listener) {
  const std::lock_guard lock(listening_);
  listeners_.push_back(std::move(listener));
}

void IntakeReports::watch(core::Instant now) {
  const auto changes = watch_.changes(report(now).sources, now);
  std::vector<SilenceListener> listeners;
  {
    const std::lock_guard lock(listening_);
    listeners = listeners_;
  }
  for (const auto& change : changes) {
    for (const auto& listener : listeners) listener(change);
  }
}

}  // namespace banso::usage
